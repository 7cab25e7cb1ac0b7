"""The tables of docs/windows.md: read by the grammar, and held against the policy and the score."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING

from tests.docs.pages import ROOT, page
from tests.unit.intake.windows.phrases import COLLECTED
from timeline.intake.windows import read_phrase

if TYPE_CHECKING:
    from timeline.intake.windows import Reading

PAGE = page("docs/windows.md")
SAID_ON = date(2008, 7, 8)
FISCAL_SAID_ON, FISCAL_YEAR_END = date(2009, 7, 8), (4, 30)
POLICY = ROOT / "timeline" / "intake" / "windows" / "policies" / "1.json"


def _tables(*headings: str) -> list[list[dict[str, str]]]:
    return [table for table in PAGE.tables() if [*headings] == list(table[0])]


def _shown(reading: Reading) -> dict[str, str]:
    window = reading.window
    assert window is not None, reading
    return {
        "earliest": str(window.earliest or "-"),
        "latest": str(window.latest or "-"),
        "EDTF": window.edtf,
        "vague": "yes" if reading.vague else "no",
    }


def test_words_are_read_as_the_page_says() -> None:
    tables = _tables("words", "earliest", "latest", "EDTF", "vague")
    *plain, fiscal = tables
    assert len(plain) == 7
    for row in (row for table in plain for row in table):
        words = row.pop("words")
        assert _shown(read_phrase(words, said_on=SAID_ON)) == row, words
    for row in fiscal:
        words = row.pop("words")
        read = read_phrase(words, said_on=FISCAL_SAID_ON, fiscal_year_end=FISCAL_YEAR_END)
        assert _shown(read) == row, words


def test_words_are_refused_for_the_reason_the_page_gives() -> None:
    (table,) = _tables("words", "why not")
    for row in table:
        reading = read_phrase(row["words"], said_on=SAID_ON)
        assert (reading.window, reading.reason) == (None, row["why not"])


def test_every_key_of_the_policy_is_explained() -> None:
    (table,) = _tables("key", "decides")
    keys = [key for key in json.loads(POLICY.read_bytes()) if key != "policy"]
    assert [row["key"].strip("`") for row in table] == keys


def test_the_scores_are_those_measured() -> None:
    told = json.loads(COLLECTED.read_bytes())
    froze, now = told["score_at_freezing"], told["score_now"]
    numbers = [
        int(number) for number in re.findall(r"\d+", PAGE.text.split("written down by hand")[1])
    ]
    assert numbers == [
        *(froze[key] for key in ("phrases", "correct", "unsure", "wrong")),
        *(now[key] for key in ("correct", "wrong")),
    ]
