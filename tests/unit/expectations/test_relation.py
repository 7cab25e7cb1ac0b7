"""How a newer window stands to the one before it."""

from __future__ import annotations

from datetime import date

import pytest

from tests.unit.expectations.saying import chain, said
from timeline.bitemporal import parse_edtf
from timeline.expectations import Relation, relation

ON = "2031-03-15"

CASES = [
    # older, newer, the relation of the newer said on 15 March 2031
    ("2031-40", "2031-40", "reaffirmed"),
    ("2031", "2031-01-01/2031-12-31", "reaffirmed"),
    ("2031-03-01/2031-06-30", "2031-02-01/2031-06-30", "reaffirmed"),  # both begin before it
    ("2031-03-15/2031-06-30", "2031-01-01/2031-06-30", "reaffirmed"),
    ("../2031-06-30", "2031-03-15/2031-06-30", "reaffirmed"),
    ("2031-01-01/2031-06-30", "../2031-06-30", "reaffirmed"),
    ("2031-01-01/..", "2031-02-01/..", "reaffirmed"),
    ("../..", "../..", "reaffirmed"),
    ("2030-06-01/2030-12-31", "2030-06-01/2030-12-31", "reaffirmed"),  # said again when over
    ("2031-01-01/2031-06-30", "2031-03-16/2031-06-30", "narrowed"),  # begins a day later
    ("2031", "2031-05", "narrowed"),
    ("2031-01-01/..", "2031-04-01/2031-04-30", "narrowed"),
    ("2031-03-01/2031-12-31", "../2031-06-30", "narrowed"),  # open start read as 15 March
    ("../2031-12-31", "../2031-06-30", "narrowed"),
    ("../..", "2031-05", "narrowed"),
    ("2031-05", "2031", "widened"),
    ("2031-04-01/2031-04-30", "2031-04-01/2031-06-30", "widened"),
    ("2031-04-01/2031-04-30", "../2031-06-30", "widened"),
    ("2031-04-01/2031-06-30", "2031-04-01/..", "widened"),
    ("2031-03-16/2031-06-30", "2031-03-15/2031-06-30", "widened"),
    ("2031-04-01/2031-06-30", "2031-04-02/2031-07-01", "pushed_out"),
    ("2031-40", "2031-41", "pushed_out"),
    ("../2031-06-30", "2031-04-01/2031-07-01", "pushed_out"),
    ("../2031-06-30", "../2031-12-31", "pushed_out"),  # from 15 March, where the older had none
    ("2031-03-01/2031-06-30", "../2031-12-31", "pushed_out"),  # 1 March moved to 15 March
    ("2031-40", "2031-07-01/..", "pushed_out"),
    ("2031-41", "2031-40", "pulled_in"),
    ("2031-04-01/2031-06-30", "2031-03-31/2031-06-29", "pulled_in"),
    ("2031-04-01/..", "2031-03-01/2031-12-31", "pulled_in"),
    ("2031-04-01/2031-12-31", "../2031-11-30", "pulled_in"),
    (None, None, "reaffirmed"),
    (None, "2031", "replaced"),
    ("2031", None, "replaced"),
]


@pytest.mark.parametrize(("older", "newer", "expected"), CASES)
def test_the_relation_of_two_windows(older: str | None, newer: str | None, expected: str) -> None:
    windows = [None if text is None else parse_edtf(text) for text in (newer, older)]
    assert relation(*windows, stated_on=date.fromisoformat(ON)) == expected


@pytest.mark.parametrize(("older", "newer", "expected"), CASES)
def test_only_what_is_not_said_again_is_a_revision(
    older: str | None, newer: str | None, expected: str
) -> None:
    told = chain(said("s1", older), said("s2", newer, ON))
    assert [judged.relation for judged in told.statements] == [None, Relation(expected)]
    assert told.revisions == int(expected != "reaffirmed")


def test_each_statement_is_held_against_the_one_before_it() -> None:
    told = chain(
        said("s1", "2031-40", "2030-12-01"),
        said("s2", "2031-41", "2031-01-01"),
        said("s3", "2031-41", "2031-02-01"),
        said("s4", None, "2031-03-01"),
        said("s5", "2031-40", "2031-04-01"),
    )
    relations = [judged.relation for judged in told.statements]
    assert relations == [None, "pushed_out", "reaffirmed", "replaced", "replaced"]
    assert told.revisions == 3


def test_the_order_of_a_chain_is_the_last_day_said_then_the_position() -> None:
    vague = said("vague", "2031-41", "2031-01")  # counts from 31 January
    first, second = said("first", "2031-40", "2031-01-30"), said("second", "2031", "2031-01-31")
    told = chain(second, vague, first)
    assert [j.statement.id for j in told.statements] == ["first", "vague", "second"]


def test_a_statement_not_yet_made_takes_no_part() -> None:
    things = said("s1", "2031-40"), said("s2", "2031-41", "2031-03-01")
    assert [len(chain(*things, as_of=day).statements) for day in ("2031-02-28", "2031-03-01")] == [
        1,
        2,
    ]
    assert chain(*things, as_of="2031-03-01", known_at="2031-02-28").revisions == 0
    assert chain(*things, as_of="2031-02-28", known_at="2031-03-01").revisions == 0
