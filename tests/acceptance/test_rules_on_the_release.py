"""Every rule on the facts of the release of 8 July 2008, put in sentences of our own.

The release is not part of the project; `test_rules_on_the_seed` reads it where it is at hand.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from api import Timeline
from projections.compliance import rules
from timeline.bundle import read_bundle

if TYPE_CHECKING:
    Row = dict[str, Any]

SAMPLES = Path(__file__).parents[2] / "samples"
FACTS: dict[str, Any] = json.loads((SAMPLES / "desk" / "release-2008-07-08.json").read_bytes())
# From what asks most of a person to what asks nothing.
ORDER = ("fail", "needs_review", "pass", "not_applicable")
LEGEND = "This release contains forward-looking statements, including statements regarding: "


def _release() -> str:
    """Put the facts in words: a sentence each, the section about the company, the legend."""
    head = f"MIGENIX Inc.\n\nMIGENIX reports on its programs\n\n{FACTS['place']}, July 8, 2008 - "
    body = [f'MIGENIX reports on its programs (see "{FACTS["pointed_to"]}").']
    body += [_sentence(one) for one in FACTS["statements"]]
    about = f"About MIGENIX\n\nMIGENIX develops {', '.join(FACTS['about'])}."
    return "\n\n".join(
        (head + body[0], *body[1:-2], FACTS["heading"], *body[-2:], about, _legend())
    )


def _sentence(one: Row) -> str:
    condition = f"With {one['condition']}, " if "condition" in one else ""
    said = " ".join(one[part] for part in ("who", "says", "what", "when") if part in one)
    return f"{condition}{said}."


def _legend() -> str:
    listed = [one for one in FACTS["statements"] if one.get("listed")]
    items = "; ".join(
        f"{one['who']} {one['says'].split()[-1]}ing {one['what']} {one['when']}"
        + (f" after {one['condition']}" if "condition" in one else "")
        for one in listed
    )
    return (
        f"FORWARD-LOOKING STATEMENTS\n\n{LEGEND}{items}.\n\n"
        f"They rest on assumptions including: {'; '.join(FACTS['assumptions'])}.\n\n"
        f"Actual results may differ because of risks including: {'; '.join(FACTS['risks'])}.\n\n"
        "MIGENIX assumes no obligation to update these statements.\n"
    )


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[Row]:
    """The findings on the draft, and those on the record of rules that are not asked of a draft."""
    url = f"sqlite:///{tmp_path_factory.mktemp('release') / 'timeline.db'}"
    day, issuer = FACTS["published"], FACTS["issuer"]
    with Timeline(url, create=True) as made:
        made.import_bundle(read_bundle(SAMPLES / "migenix" / "bundle.json"))
        end = FACTS["fiscal_year_end"]
        checked = made.check(_release(), issuer, published=day, fiscal_year_end=end).items
        asked = {row["rule"] for row in checked}
        told = made.findings(issuer, document="mgi-2008-07-08", as_of=day).items
    return [*checked, *(row for row in told if row["rule"] not in asked)]


@pytest.mark.parametrize("told", FACTS["rules"], ids=lambda told: told["rule"])
def test_a_rule_ends_as_told(found: list[Row], told: Row) -> None:
    ends = {row["result"] for row in found if row["rule"] == told["rule"]}
    assert min(ends, key=ORDER.index, default="not_applicable") == told["ends"]
    assert told["differs"] or told["ends"] == told["expected"]


def test_all_47_are_told() -> None:
    named = [one["rule"] for one in FACTS["rules"]]
    assert len(named) == len(set(named)) == 47
    assert set(named) | {"PC-10", "PC-11", "PC-12"} == set(rules())


def test_what_is_not_listed_is_told_and_what_is_listed_is_not(found: list[Row]) -> None:
    bare = [row["text"] for row in found if row["rule"] == "PC-02"]
    for one in FACTS["statements"]:
        told = [text for text in bare if one["what"] in text]
        assert bool(told) != one.get("listed", False), one
