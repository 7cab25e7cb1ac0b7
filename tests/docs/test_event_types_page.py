"""The page of event types is what the packs say."""

from __future__ import annotations

import runpy

from tests.docs.pages import ROOT, page
from timeline.packs import vocabulary


def test_the_page_is_what_the_script_makes_of_the_packs() -> None:
    made = runpy.run_path(str(ROOT / "scripts" / "make_event_types_page.py"))["page"]()
    assert page("docs/event-types.md").text == made


def test_every_event_type_of_every_pack_is_on_it() -> None:
    told = {row["type"].strip("`") for t in page("docs/event-types.md").tables() for row in t}
    assert told == set(vocabulary().event_types)
