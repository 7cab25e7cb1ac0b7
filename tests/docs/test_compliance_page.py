"""The page of rules is what the rules say."""

from __future__ import annotations

import runpy

from projections.compliance import versions
from tests.docs.pages import ROOT, page


def test_the_page_is_what_the_script_makes_of_the_rules() -> None:
    made = runpy.run_path(str(ROOT / "scripts" / "make_compliance_page.py"))["page"]()
    assert page("docs/compliance.md").text == made


def test_every_rule_says_where_it_comes_from_and_how_it_decides() -> None:
    told = page("docs/compliance.md").text
    for rule in (one for known in versions().values() for one in known):
        section = told.split(f"\n## {rule.id}\n")[1].split("\n## ")[0]
        assert f"version {rule.version}, in force" in section
        assert rule.source in section
        assert all(f"- {result}: {when}" in section for result, when in rule.decides.items())
        assert "; ".join(rule.needs) in section
