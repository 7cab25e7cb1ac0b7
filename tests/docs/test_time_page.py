"""The tables of docs/time.md: asked of the sample, or worked out by the core."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.docs.pages import page
from timeline.bitemporal import Fact, OpenEnd, end_of, parse_day, start_of, value_at
from timeline.errors import NotFound

if TYPE_CHECKING:
    from api import Timeline

Row = dict[str, str]

_FIRST, _MISREAD, _MEANT = "2007-01/2007-06", "2008-01/2008-06", "2007-07/2007-12"
_NEWS, _NEWS_ON = "2008-07/2008-12", "2007-12-13"


def _tables(*headings: str) -> list[Row]:
    tables = [table for table in page("docs/time.md").tables() if {*headings} <= set(table[0])]
    return [row for table in tables for row in table]


def _read_out(sample: Timeline, row: Row) -> dict[str, Any]:
    asked = sample.milestones("migenix", "omigard", as_of=row["as_of"], known_at=row["known_at"])
    wanted = (row["milestone"], "CLIRS")
    return next(r for r in asked.items if (r["milestone"], r["qualifier"]) == wanted)


def _days(window: dict[str, Any] | None) -> tuple[str, str] | None:
    return None if window is None else (window["earliest"], window["latest"])


def test_answers_at_stated_clocks(sample: Timeline) -> None:
    rows = _tables("as_of", "known_at", "milestone")
    assert len(rows) == 10
    for row in rows:
        got = _read_out(sample, row)
        actual = {None: "-", ("2005-08-01", "2005-08-31"): "2005-08"}
        days = _days(got["actual"])
        assert row["actual"] == actual.get(days, days and days[0]), row
        assert row.get("verdict", got["verdict"]) == got["verdict"], row
        standing = got["standing"] and got["standing"]["window"]["edtf"]
        assert row.get("standing window", standing or "-") == (standing or "-"), row


def test_the_log_as_it_was(sample: Timeline) -> None:
    head, empty = _tables("milestones told")
    clocks = {"as_of": head["as_of"], "known_at": head["known_at"]}
    assert (head["as_at"], head["milestones told"]) == ("the head", "some")
    assert sample.milestones("migenix", "omigard", **clocks).items  # type: ignore[arg-type]
    assert empty["milestones told"] == "unknown issuer"
    with pytest.raises(NotFound):
        sample.milestones("migenix", as_of=empty["as_of"], as_at=empty["as_at"])


def _fact(value: str, disclosed: str, place: int, position: int, closed: int | None) -> Fact:
    at = start_of(parse_day(disclosed))
    return Fact(value, at, None, OpenEnd.UNTIL_NEXT, at, place, position, closed, "-")


def _logs() -> dict[str, list[Fact]]:
    first = _fact(_FIRST, "2005-12-08", 1, 1, None)
    misread = _fact(_MISREAD, "2006-07-13", 2, 2, None)
    closed = _fact(_MISREAD, "2006-07-13", 2, 2, 3)
    return {
        "correction": [first, closed, _fact(_MEANT, "2006-07-13", 2, 3, None)],
        "retraction": [first, closed],
        "restatement": [first, misread, _fact(_NEWS, _NEWS_ON, 3, 3, None)],
    }


def test_three_ways_of_taking_something_back() -> None:
    rows = _tables("position 3")
    assert [row["position 3"].split()[0] for row in rows] == list(_logs())
    for row in rows:
        log = _logs()[row["position 3"].split()[0]]
        for heading, shown in list(row.items())[1:]:
            found = re.fullmatch(r"as_of ([\d-]+), as_at position:(\d)", heading)
            assert found is not None, heading
            at = end_of(parse_day(found[1]))
            held = value_at(log, valid_at=at, known_at=at, as_at=int(found[2])).fact
            assert held is not None
            assert held.value == shown, (row["position 3"], heading)
