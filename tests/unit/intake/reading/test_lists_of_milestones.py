"""Lists of what is to come: an item's name, its semicolons, and where the list ends."""

from __future__ import annotations

from datetime import date

from tests.unit.intake.reading.read import drafts
from timeline.intake import DraftKind

TEXT = """Northgate Bio Inc. Reports Its Quarter

HALIFAX, August 6, 2015 -- Northgate Bio Inc. reports its quarter.

Upcoming milestones

- Millpond: Phase 1 interim data in December; Phase 2 start in 1H 2016
- Harbour Tunnel: first patient dosed in Q3 2016

The company expects its cash to last into 2017. It will open an office in Lyon in May 2016,
and output shall reach 80,000 flasks by 2018.
"""


def test_lists_and_what_follows() -> None:
    found = drafts(TEXT, "biotech", published_on=date(2015, 8, 6))
    told = {
        one.text: (one.program, one.milestone, one.window and one.window.edtf)
        for one in found
        if one.kind is DraftKind.EXPECTATION
    }
    assert told["Phase 2 start in 1H 2016"] == ("millpond", "clin.ph2_started", "2016-40")
    assert "- Millpond: Phase 1 interim data in December" in told
    assert not [one for one in found if "dosed" in one.text and one.kind is DraftKind.EVENT]
    behind = [one for words, one in told.items() if "office" in words or "cash" in words]
    assert [program for program, *_ in behind] == [None, None]
    assert any("80,000 flasks by 2018" in words for words in told)
