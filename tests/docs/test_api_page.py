"""Every route and every verb stands in docs/api.md, and nothing else does."""

from __future__ import annotations

from dataclasses import fields

from api.app import create_app
from api.cli import timeline
from api.settings import Settings
from tests.docs.pages import page


def _column(heading: str) -> set[str]:
    """Return the code in one column of the page's tables."""
    tables = [t for t in page("docs/api.md").tables() if heading in t[0]]
    return {row[heading].strip("`") for table in tables for row in table}


def test_every_route_is_on_the_page_and_the_other_way_round() -> None:
    paths = create_app(Settings()).openapi()["paths"]
    reading = {path for path, verbs in paths.items() if "get" in verbs}
    other = {f"{v.upper()} {path}" for path, verbs in paths.items() for v in verbs if v != "get"}
    assert _column("route") == reading | other | {"/openapi.json"}


def test_every_verb_is_on_the_page_and_the_other_way_round() -> None:
    assert {told.split()[0] for told in _column("verb")} == set(timeline.commands)


def test_every_setting_is_on_the_page_and_the_other_way_round() -> None:
    names = {f"TIMELINE_{field.name.upper()}" for field in fields(Settings)}
    assert _column("name") == names
