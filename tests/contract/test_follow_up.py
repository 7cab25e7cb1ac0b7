"""What disappeared, what is new since a day, and the worksheet, on either database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from api import Timeline
from timeline.bundle import bundle_of
from timeline.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator

Row = dict[str, Any]
FLIGHT, TYPE = "flt.first_flight", "cert.type"


@pytest.fixture
def timeline(store_url: str) -> Iterator[Timeline]:
    with Timeline(store_url, recorded_by="somebody") as timeline:
        yield timeline


def paper(name: str, published: str | None, **more: Any) -> Row:
    told = {} if published is None else {"published": published}
    return {"id": name, "kind": "news_release", **told, **more}


def said(name: str, on: str, document: str | None, **more: Any) -> Row:
    base = {"id": name, "program": "kite", "milestone": FLIGHT, "window": "2021-06", "words": "-"}
    return base | {"stated_on": on, "document": document} | more


def event(name: str, on: str, document: str, **more: Any) -> Row:
    base = {"id": name, "type": "program.note_made", "program": "kite", "occurred": on}
    return base | {"disclosed": on, "document": document} | more


def fill(timeline: Timeline, **sections: list[Row]) -> int:
    issuer = {"id": "acme", "name": "Acme Works", "aliases": ["AW"]}
    programs = [{"id": name, "name": name.title()} for name in ("kite", "gull")]
    body = {"format": "timeline-bundle/1", "issuer": issuer, "programs": programs}
    return timeline.import_bundle(bundle_of(body | sections)).position


def gone(timeline: Timeline, as_of: str = "2021-05-01", **clocks: Any) -> dict[str, list[str]]:
    """Return the statements that disappeared, each with the silent documents."""
    rows = timeline.ask("disappeared", "acme", as_of=as_of, **clocks).items
    return {row["expectation"]: [one["document"] for one in row["silent"]] for row in rows}


def test_a_statement_disappears_when_its_program_is_spoken_of_and_it_is_not(
    timeline: Timeline,
) -> None:
    fill(
        timeline,
        documents=[paper("d1", "2021-01-10"), paper("d2", "2021-02-10"), paper("d3", "2021-03-10")],
        expectations=[said("s1", "2021-01-10", "d1")],
        events=[
            event("e2", "2021-02-10", "d2"),
            event("e3", "2021-03-10", "d3", program="gull"),  # another program is no occasion
        ],
    )
    (row,) = timeline.ask("disappeared", "acme", as_of="2021-05-01", explain=True).items
    assert (row["last_document"], row["last_mentioned_on"]) == ("d1", "2021-01-10")
    assert [(one["document"], one["grounds"]) for one in row["silent"]] == [("d2", ["program"])]
    assert (row["silent_since"], row["unread"], row["verdict"]) == ("2021-02-10", [], "open")
    assert row["because"] == ["s1", "d1", "d2"]
    assert gone(timeline, "2021-02-09") == {}
    assert gone(timeline, "2021-02-10") == {"s1": ["d2"]}


def test_what_is_said_again_comes_back(timeline: Timeline) -> None:
    fill(
        timeline,
        documents=[paper(f"d{n}", f"2021-0{n}-10") for n in (1, 2, 3)],
        expectations=[said("s1", "2021-01-10", "d1"), said("s3", "2021-03-10", "d3")],
        events=[event("e2", "2021-02-10", "d2")],
    )
    assert gone(timeline, "2021-03-09") == {"s1": ["d2"]}
    assert gone(timeline, "2021-03-10") == {}


def test_a_periodic_document_is_silent_where_an_earlier_one_spoke(timeline: Timeline) -> None:
    fill(
        timeline,
        documents=[
            paper("q1", "2021-01-10", kind="MD&A"),
            paper("q2", "2021-03-10", title="Second quarter financial results"),
            paper("r3", "2021-04-10"),
        ],
        expectations=[said("s1", "2021-01-10", "q1"), said("s2", "2021-04-10", "r3", program=None)],
        events=[event("e2", "2021-03-10", "q2", program="gull")],
    )
    (row,) = timeline.ask("disappeared", "acme", as_of="2021-05-01").items
    assert [(one["document"], one["grounds"]) for one in row["silent"]] == [("q2", ["periodic"])]
    assert (row["mentions"], row["periodic_mentions"]) == (1, 1)


def test_a_periodic_document_is_not_silent_on_what_none_before_spoke_of(timeline: Timeline) -> None:
    fill(
        timeline,
        documents=[paper("r1", "2021-01-10"), paper("q2", "2021-03-10", kind="MD&A")],
        expectations=[said("s1", "2021-01-10", "r1")],
        events=[event("e2", "2021-03-10", "q2", program="gull")],
    )
    assert gone(timeline) == {}


def test_a_document_of_which_nothing_is_recorded_is_unread_and_not_silent(
    timeline: Timeline,
) -> None:
    documents = [paper(f"d{n}", f"2021-0{n}-10") for n in (1, 2, 3)]
    fill(timeline, documents=documents, expectations=[said("s1", "2021-01-10", "d1")])
    assert gone(timeline) == {}
    fill(
        timeline,
        documents=documents,
        expectations=[said("s1", "2021-01-10", "d1")],
        events=[event("e3", "2021-03-10", "d3")],
    )
    (row,) = timeline.ask("disappeared", "acme", as_of="2021-05-01").items
    assert ([one["document"] for one in row["silent"]], row["unread"]) == (["d3"], ["d2"])


@pytest.mark.parametrize(
    ("publisher", "silent"),
    [
        ("Somebody Else", {}),
        ("acme  works", {"s1": ["d2"]}),
        ("AW (by wire)", {"s1": ["d2"]}),
        (None, {"s1": ["d2"]}),
    ],
)
def test_only_the_issuers_own_documents_count(
    timeline: Timeline, publisher: str | None, silent: dict[str, list[str]]
) -> None:
    by = {} if publisher is None else {"publisher": publisher}
    fill(
        timeline,
        documents=[paper("d1", "2021-01-10"), paper("d2", "2021-02-10", **by)],
        expectations=[said("s1", "2021-01-10", "d1")],
        events=[event("e2", "2021-02-10", "d2")],
    )
    assert gone(timeline) == silent


@pytest.mark.parametrize("published", ["2021-01-10", "2021-01-09", None])
def test_only_documents_of_a_later_day_count(timeline: Timeline, published: str | None) -> None:
    fill(
        timeline,
        documents=[paper("d1", "2021-01-10"), paper("d2", published)],
        expectations=[said("s1", "2021-01-10", "d1")],
        events=[event("e2", "2021-01-10", "d2")],
    )
    assert gone(timeline) == {}


def test_a_milestone_that_another_one_hangs_on_is_spoken_of(timeline: Timeline) -> None:
    hangs = {"text": "once it has flown", "milestone": FLIGHT, "requires": "positive"}
    fill(
        timeline,
        documents=[paper("d1", "2021-01-10"), paper("d2", "2021-02-10")],
        expectations=[
            said("s1", "2021-01-10", "d1"),
            said("s2", "2021-02-10", "d2", milestone=TYPE, window="2022", condition=hangs),
        ],
    )
    assert gone(timeline) == {}


def test_what_has_ended_does_not_disappear(timeline: Timeline) -> None:
    flew = {"milestone": FLIGHT, "outcome": "reached"}
    fill(
        timeline,
        documents=[paper(f"d{n}", f"2021-0{n}-10") for n in (1, 2, 3)],
        expectations=[said("s1", "2021-01-10", "d1")],
        events=[
            event("e2", "2021-02-10", "d2"),
            event("e3", "2021-03-10", "d3", **flew),
        ],
    )
    assert gone(timeline, "2021-03-01") == {"s1": ["d2"]}
    assert gone(timeline, "2021-03-10") == {}


def test_silence_is_told_as_it_was_public_and_as_it_was_recorded(timeline: Timeline) -> None:
    first = fill(
        timeline,
        documents=[paper("d1", "2021-01-10")],
        expectations=[said("s1", "2021-01-10", "d1")],
    )
    fill(
        timeline,
        documents=[paper("d1", "2021-01-10"), paper("d2", "2021-02-10")],
        expectations=[said("s1", "2021-01-10", "d1")],
        events=[event("e2", "2021-02-10", "d2")],
    )
    assert gone(timeline, as_at=first) == {}
    assert gone(timeline, "2021-05-01", known_at="2021-02-09") == {}
    assert gone(timeline) == {"s1": ["d2"]}


def test_what_a_document_tells_later_is_no_occasion_before(timeline: Timeline) -> None:
    fill(
        timeline,
        documents=[paper("d1", "2021-01-10"), paper("d2", "2021-02-10")],
        expectations=[said("s1", "2021-01-10", "d1")],
        events=[event("e2", "2021-03-10", "d2")],
    )
    assert gone(timeline, "2021-03-09") == {}
    assert gone(timeline, "2021-03-10") == {"s1": ["d2"]}


def news(timeline: Timeline, since: str, as_of: str, **more: Any) -> list[tuple[str, str, bool]]:
    rows = timeline.follow_up("acme", since=since, as_of=as_of, **more).items
    return [(row["what"], row["expectation"], row["new"]) for row in rows]


@pytest.fixture
def moving(timeline: Timeline) -> Timeline:
    """A flight that was moved twice and then ran out, and a certificate said again."""
    fill(
        timeline,
        documents=[paper(f"d{n}", f"2021-0{n}-10") for n in (1, 2, 3)],
        expectations=[
            said("f1", "2021-01-10", "d1", window="2021-03"),
            said("f2", "2021-02-10", "d2", window="2021-05"),
            said("f3", "2021-03-10", "d3", window="2021-04"),
            said("c1", "2021-01-10", "d1", milestone=TYPE, window="2022"),
            said("c2", "2021-02-10", "d2", milestone=TYPE, window="2022"),
        ],
    )
    return timeline


def test_the_calendar_alone_closes_a_window_and_lets_it_lapse(moving: Timeline) -> None:
    assert news(moving, "2021-03-11", "2021-03-30", within=30) == []
    assert news(moving, "2021-03-11", "2021-03-31", within=30) == [("closing", "f3", True)]
    assert news(moving, "2021-04-01", "2021-04-30", within=30) == [("closing", "f3", False)]
    assert news(moving, "2021-04-01", "2021-05-01", within=30) == [("lapsed", "f3", True)]
    assert news(moving, "2021-05-01", "2021-06-01", within=30) == []
    (row,) = moving.follow_up("acme", since="2021-04-01", as_of="2021-05-01").items
    assert (row["closes_on"], row["days_left"], row["verdict"]) == ("2021-04-30", -1, "lapsed")


def test_every_revision_since_is_told_with_what_was_said_before(moving: Timeline) -> None:
    rows = moving.follow_up("acme", since="2021-01-11", as_of="2021-03-15", within=0).items
    revised = [row for row in rows if row["what"] == "revised"]
    assert [(r["expectation"], r["relation"], r["was"]["latest"]) for r in revised] == [
        ("f2", "pushed_out", "2021-03-31"),
        ("f3", "pulled_in", "2021-05-31"),
    ]
    assert news(moving, "2021-02-10", "2021-03-09", within=0) == []
    gone_now = [row for row in rows if row["what"] == "disappeared"]
    assert [(r["expectation"], r["silence"]["silent_since"]) for r in gone_now] == [
        ("c2", "2021-03-10")
    ]


def test_what_is_recorded_late_is_news_by_its_position(moving: Timeline) -> None:
    head = moving.recorder.head()
    item = said("f0", "2021-03-11", "d3", window="2021-12")
    moving.record("acme", item, kind="expectation")
    told: dict[str, Any] = {"since": "2021-03-20", "as_of": "2021-03-20", "within": 0}
    assert news(moving, **told) == []
    assert news(moving, since_position=head, **told) == [("revised", "f0", True)]


def test_the_period_cannot_begin_after_it_ends(moving: Timeline) -> None:
    with pytest.raises(BadInput, match="comes after"):
        moving.follow_up("acme", since="2021-03-21", as_of="2021-03-20")
    with pytest.raises(BadInput, match="lies beyond"):
        moving.follow_up("acme", since="2021-03-19", as_of="2021-03-20", since_position=999)
    with pytest.raises(BadInput, match="comes after") as refused:
        moving.worksheet("acme", since="2021-03-21", as_of="2021-03-20")
    assert refused.value.place == "since"


@pytest.fixture
def desk(timeline: Timeline) -> Timeline:
    """An issuer before its MD&A of May: two programs, and something of its own."""
    hangs = {"text": "once it has flown", "milestone": FLIGHT, "requires": "positive"}
    crash = {"milestone": FLIGHT, "outcome": "failed", "summary": "It came down early."}
    fill(
        timeline,
        documents=[
            paper("q1", "2021-02-10", kind="MD&A", url="https://example.org/q1", title="One"),
            paper("r1", "2021-03-10"),
            paper("r2", "2021-04-10"),
            paper("q2", "2021-05-10", kind="MD&A"),
        ],
        expectations=[
            said("flight", "2021-02-10", "q1"),
            said("second", "2021-02-10", "q1", qualifier="second", window="2022"),
            said("type", "2021-02-10", "q1", milestone=TYPE, window="2022", condition=hangs),
            said("gull", "2021-02-10", "q1", program="gull", window="2021-03"),
            said("runway", "2021-02-10", "q1", program=None, milestone="fin.runway", window="2023"),
        ],
        events=[
            event("before", "2021-02-10", "q1"),
            event("office", "2021-03-10", "r1", program=None),
            event("paint", "2021-03-10", "r1"),
            event("crash", "2021-04-10", "r2", **crash),
        ],
    )
    return timeline


def sheet(timeline: Timeline, as_of: str = "2021-05-10", **asked: Any) -> dict[str, Row]:
    rows = timeline.worksheet("acme", as_of=as_of, **asked).items
    assert [row["expectation"] for row in rows] == list({r["expectation"]: 1 for r in rows})
    return {row["expectation"]: row for row in rows}


def touching(row: Row) -> list[tuple[str, str]]:
    return [(one["event"], one["touches"]) for one in row["events"]]


def test_the_worksheet_has_what_touches_each_statement_in_the_period(desk: Timeline) -> None:
    rows = sheet(desk)
    assert touching(rows["flight"]) == [("paint", "program"), ("crash", "milestone")]
    assert touching(rows["second"]) == [("paint", "program"), ("crash", "milestone")]
    assert touching(rows["type"]) == [("paint", "program"), ("crash", "condition")]
    assert touching(rows["gull"]) == []
    assert touching(rows["runway"]) == [("office", "issuer")]
    told = rows["flight"]["events"][1]
    assert (told["disclosed_on"], told["summary"]) == ("2021-04-10", "It came down early.")


def test_two_qualifiers_are_two_milestones(desk: Timeline) -> None:
    item = event("flown", "2021-04-11", "r2", milestone=FLIGHT, qualifier="third")
    item |= {"outcome": "reached"}
    desk.record("acme", item)
    rows = sheet(desk)
    assert ("flown", "program") in touching(rows["second"])
    assert ("flown", "milestone") in touching(rows["flight"])  # it names none: it may be meant


def test_what_stands_comes_first_and_what_ended_in_the_period_after(desk: Timeline) -> None:
    rows = sheet(desk)
    assert [(name, row["stands"], row["verdict"]) for name, row in rows.items()] == [
        ("runway", True, "open"),
        ("gull", True, "lapsed"),
        ("second", True, "open"),
        ("type", False, "condition_failed"),
        ("flight", False, "missed"),
    ]
    assert (rows["gull"]["days_left"], rows["flight"]["days_left"]) == (-40, None)
    later = sheet(desk, since="2021-04-10")
    assert "flight" not in later  # it had ended when the period began
    assert touching(later["second"]) == []


def test_the_period_begins_after_the_last_periodic_document_before_the_day(
    desk: Timeline,
) -> None:
    def begins(as_of: str, **asked: Any) -> tuple[str | None, str | None]:
        more = desk.worksheet("acme", as_of=as_of, **asked).more
        return more["since"], more["since_document"]

    assert begins("2021-05-10") == ("2021-02-10", "q1")
    assert begins("2021-05-11") == ("2021-05-10", "q2")
    assert begins("2021-02-10") == (None, None)
    assert begins("2021-05-11", since="2021-01-01") == ("2021-01-01", None)


def test_without_a_beginning_all_that_is_on_record_touches(desk: Timeline) -> None:
    assert touching(sheet(desk, "2021-02-10")["flight"]) == [
        ("before", "program"),
        ("second", "milestone"),
        ("type", "program"),
    ]


def test_nothing_later_than_the_day_is_in_it(desk: Timeline) -> None:
    rows = sheet(desk, "2021-04-09")
    assert all(one["event"] != "crash" for row in rows.values() for one in row["events"])
    assert rows["flight"]["stands"]
    hindsight = sheet(desk, "2021-04-09", known_at="2021-12-31")
    assert {n: touching(r) for n, r in hindsight.items()} == {
        n: touching(r) for n, r in rows.items()
    }


def test_a_row_leaves_to_a_person_what_only_a_person_can_say(desk: Timeline) -> None:
    row = sheet(desk)["second"]
    for name in ("material", "discussed_where", "reviewer", "reviewed_on"):
        assert row[name] is None
    assert (row["document_title"], row["document_url"]) == ("One", "https://example.org/q1")
    assert row["silence"]["silent_since"] == "2021-03-10"
