"""Commitments, governance, changes and all issuers, on either database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from api import Timeline
from timeline.bundle import bundle_of, read_bundle
from timeline.errors import BadInput, InvalidDate, NotFound

if TYPE_CHECKING:
    from collections.abc import Iterator

SAMPLE = Path(__file__).parents[2] / "samples" / "migenix" / "bundle.json"
CADENCE = "licence:omigard:Cadence Pharmaceuticals"
USD, CAD = {"amount": 10, "currency": "USD"}, {"amount": 0.1, "currency": "CAD"}

Row = dict[str, Any]


@pytest.fixture
def timeline(store_url: str) -> Iterator[Timeline]:
    with Timeline(store_url, recorded_by="somebody") as timeline:
        yield timeline


@pytest.fixture
def sample(timeline: Timeline) -> Timeline:
    timeline.import_bundle(read_bundle(SAMPLE))
    return timeline


def _import(timeline: Timeline, issuer: str = "acme", **sections: list[Row]) -> int:
    programs = [{"id": name, "name": name} for name in ("one", "two")]
    body = {"format": "timeline-bundle/1", "issuer": {"id": issuer}, "programs": programs}
    return timeline.import_bundle(bundle_of(body | sections)).position


def _event(name: str, kind: str, on: str, program: str | None = "one", **facts: Any) -> Row:
    return {
        "id": name,
        "type": kind,
        "program": program,
        "occurred": on,
        "disclosed": on,
        "facts": facts,
    }


def _signed(**facts: Any) -> Row:
    told = {"counterparty": "Reed", "direction": "receivable", **facts}
    return _event("signed", "licensing.terms_stated", "2008-01-01", **told)


def _of(rows: list[Row], name: str) -> Row:
    (row,) = (r for r in rows if name in (r.get("commitment"), r.get("subject")))
    return row


def _owed(timeline: Timeline, issuer: str, name: str, **clocks: Any) -> list[tuple[Any, ...]]:
    row = _of(timeline.commitments(issuer, **clocks).items, name)
    return [(m["basis"], m["currency"], m["amount"]) for m in row["money"]]


def _totals(timeline: Timeline, issuer: str = "acme", **clocks: Any) -> dict[Any, Any]:
    totals = timeline.commitments(issuer, **clocks).more["totals"]
    return {(t["basis"], t["to"], t["currency"]): (t["amount"], t["unknown"]) for t in totals}


def test_who_controlled_the_board(sample: Timeline) -> None:
    def board(**clocks: Any) -> tuple[Any, ...]:
        row = _of(sample.governance("migenix", explain=True, **clocks).items, "board")
        why = row["explain"]["controlled_by"]["because"]
        return row["facts"]["controlled_by"], row["facts"]["size"], why

    before = ("the directors in office", 7, ["ev-co-req"])
    assert board(as_of="2008-07-09") == before
    after = ("nominees of Douglas Johnson", 5, ["ev-co-board"])
    assert board(as_of="2008-09-01") == after
    assert board(as_of="2008-09-01", known_at="2008-08-10") == before
    assert board(as_of="2008-07-09", known_at="2010-01-01") == before


def test_what_cadence_could_still_owe(sample: Timeline) -> None:
    agreed = [("agreed", "USD", 500_000), ("agreed", "USD", 1_500_000)]

    def owed(**clocks: Any) -> list[tuple[Any, ...]]:
        return [m for m in _owed(sample, "migenix", CADENCE, **clocks) if m not in agreed]

    assert owed(as_of="2008-07-07") == [("possible", "USD", 30_000_000)]
    assert owed(as_of="2008-07-08") == [("possible", "USD", 27_000_000)]
    assert owed(as_of="2009-06-01") == [("possible", "USD", 27_000_000)]
    assert owed(as_of="2009-06-01", known_at="2009-07-10") == []
    assert owed(as_of="2009-05-30", known_at="2009-07-10") == [("possible", "USD", 27_000_000)]
    assert owed(as_of="2009-07-10") == []
    row = _of(sample.commitments("migenix", as_of="2009-07-10", explain=True).items, CADENCE)
    assert (row["status"], row["terms"]) == ("ended", {"signed_as": "Strata Pharmaceuticals"})
    assert row["explain"]["milestones_max"]["because"] == ["ev-om-licterm"]
    assert "ec-cad-ms-remaining" in row["explain"]["milestones_max"]["overridden"]


def test_the_totals_of_the_sample_mix_nothing(sample: Timeline) -> None:
    assert _totals(sample, "migenix", as_of="2008-07-08") == {
        ("agreed", "Spring Bank", "USD"): (2_600_000, 0),
        ("agreed", "issuer", None): (None, 3),
        ("agreed", "issuer", "USD"): (2_000_000, 0),
        ("possible", "issuer", "CAD"): (9_300_000, 0),
        ("possible", "issuer", "USD"): (51_500_000, 0),
        ("received", "issuer", "CAD"): (8_800_000, 0),
        ("unstated", "issuer", None): (None, 1),
    }
    late = _totals(sample, "migenix", as_of="2010-01-01")
    assert late["repayable", "counterparty", "CAD"] == (228_803, 0)
    assert ("possible", "issuer", "CAD") not in late


def test_what_changed_in_the_sample(sample: Timeline) -> None:
    answer = sample.changes("migenix", since="2008-07-08", to="2009-04-01")
    assert answer.more["from"]["known_at"] == "2008-07-08"
    rows = {(r["program"], r["milestone"], r["qualifier"]): r for r in answer.items}
    read_out = rows["omigard", "clin.ph3_topline", "CLIRS"]
    assert read_out["before"]["standing"]["window"]["latest"] == "2008-12-31"
    assert read_out["after"]["actual"]["result"] == "negative"
    assert read_out["news"][-1]["event"] == "ev-om-top"
    assert "ev-om-top" in read_out["because"]
    silent = rows["celgosivir", "clin.ph2_topline", "viral kinetics"]
    assert (silent["before"]["verdict"], silent["after"]["verdict"]) == ("open", "lapsed")
    assert silent["news"] == []
    facts = {(f["subject"], f["attribute"]): f for f in rows[None, None, None]["facts"]}
    control = facts["board", "controlled_by"]
    assert control["before"] == "the directors in office"
    assert (control["after"], control["because"]) == (
        "nominees of Douglas Johnson",
        ["ev-co-board"],
    )


def test_payments_add_up_and_the_possible_stays_as_stated(timeline: Timeline) -> None:
    paid = [
        _event(n, "licensing.payment_received", on, counterparty="Reed", amount=amount)
        for n, on, amount in (
            ("p1", "2008-02-01", CAD),
            ("p2", "2008-03-01", {"amount": 0.2, "currency": "CAD"}),
            ("p3", "2008-03-01", USD),
            ("p4", "2008-03-02", None),
        )
    ]
    _import(timeline, events=[_signed(milestones_max=USD), *paid])
    assert _totals(timeline, as_of="2008-02-15") == {
        ("possible", "issuer", "USD"): (10, 0),
        ("received", "issuer", "CAD"): (0.1, 0),
    }
    assert _totals(timeline) == {
        ("possible", "issuer", "USD"): (10, 0),
        ("received", "issuer", "CAD"): (0.3, 0),
        ("received", "issuer", "USD"): (10, 0),
        ("received", "issuer", None): (None, 1),
    }


def test_what_the_issuer_owes_goes_to_the_counterparty(timeline: Timeline) -> None:
    _import(timeline, events=[_signed(direction="payable", milestones_max=USD)])
    assert _totals(timeline) == {("possible", "counterparty", "USD"): (10, 0)}


@pytest.mark.parametrize("amount", ["lots", True, {"amount": 1}, {"amount": 1, "currency": 5}])
def test_what_is_no_amount_is_unknown(timeline: Timeline, amount: Any) -> None:
    _import(timeline, events=[_signed(upfront=amount)])
    assert _totals(timeline) == {("agreed", "issuer", None): (None, 1)}


def test_a_currency_without_an_amount_is_told(timeline: Timeline) -> None:
    _import(timeline, events=[_signed(upfront={"amount": "10", "currency": "USD"})])
    assert _totals(timeline) == {("agreed", "issuer", "USD"): (None, 1)}


def test_an_end_holds_against_terms_told_late(timeline: Timeline) -> None:
    ended = _event("end", "licensing.agreement_terminated", "2008-05-01", counterparty="Reed")
    late = _signed(milestones_max=USD) | {"id": "late", "disclosed": "2009-01-01"}
    _import(timeline, events=[ended, late])
    name = "licence:one:Reed"
    assert _owed(timeline, "acme", name, as_of="2008-04-01", known_at="2009-01-01")
    assert _owed(timeline, "acme", name, as_of="2009-02-01") == []


def test_corrections_and_retractions_move_as_at_alone(timeline: Timeline) -> None:
    before = _import(timeline, events=[_signed(milestones_max=CAD)])
    facts = {"counterparty": "Reed", "milestones_max": USD}
    fixed = _import(
        timeline, corrections=[{"id": "c", "corrects": "signed", "set": {"facts": facts}}]
    )
    _import(timeline, corrections=[{"id": "r", "retracts": "signed"}])
    name = "licence:one:Reed"
    then: Row = {"as_of": "2008-02-01"}
    assert _owed(timeline, "acme", name, **then, as_at=before) == [("possible", "CAD", 0.1)]
    assert _owed(timeline, "acme", name, **then, as_at=fixed) == [("possible", "USD", 10)]
    assert timeline.commitments("acme", **then).items == []
    assert timeline.rebuild().differences == ()


def test_internal_events_make_no_commitment_and_no_news(timeline: Timeline) -> None:
    _import(timeline, events=[_signed(milestones_max=USD) | {"visibility": "internal"}])
    assert timeline.commitments("acme").items == []
    assert timeline.changes("acme", since="2007-01-01", to="2009-01-01").items == []


def _news(answer: Any) -> list[tuple[str, str]]:
    return [(n["event"], n["how"]) for row in answer.items for n in row["news"]]


def test_each_clock_has_news_of_its_own(timeline: Timeline) -> None:
    late = _event("late", "trial.happened", "2008-01-10") | {"disclosed": "2008-03-01"}
    other = _event("other", "trial.happened", "2008-02-10")
    head = _import(timeline, events=[late, other])
    fixed = {"id": "c", "corrects": "other", "set": {"occurred": "2008-02-11"}}
    _import(timeline, corrections=[fixed, {"id": "r", "retracts": "late"}])

    def asked(since: Any, to: Any, clock: str, **clocks: Any) -> list[tuple[str, str]]:
        return _news(timeline.changes("acme", since=since, to=to, clock=clock, **clocks))

    then = {"as_at": head}
    assert asked("2008-01-31", "2008-03-01", "known_at", **then) == [
        *(("other", "published"), ("late", "published")),
    ]
    assert asked("2008-02-10", "2008-03-01", "known_at", **then) == [("late", "published")]
    assert asked("2008-01-01", "2008-01-31", "as_of", **then) == [("late", "happened")]
    assert asked("2008-01-01", "2008-01-31", "as_of", **then, known_at="2008-02-20") == []
    assert asked("2008-02-10", "2008-02-11", "as_of") == [("other", "happened")]
    assert asked(0, head, "as_at") == [("other", "recorded"), ("late", "recorded")]
    assert asked(head, head + 2, "as_at") == [("other", "corrected"), ("late", "removed")]
    assert asked(0, head + 2, "as_at") == [("other", "recorded")]


def test_what_became_internal_is_told_as_it_was_last_public(timeline: Timeline) -> None:
    told = _event("e", "trial.happened", "2008-01-10") | {"summary": "public"}
    head = _import(timeline, events=[told])
    hidden = {"visibility": "internal", "summary": "secret"}
    _import(timeline, corrections=[{"id": "c", "corrects": "e", "set": hidden}])
    answer = timeline.changes("acme", since=head, to=head + 1, clock="as_at")
    assert [n["summary"] for n in answer.items[0]["news"]] == ["public"]
    assert _news(answer) == [("e", "removed")]


def test_two_dates_must_be_in_order_and_their_clock_must_move(timeline: Timeline) -> None:
    _import(timeline)
    for asked, place in (
        ({"since": "2009-01-01", "to": "2008-01-01"}, "from"),
        ({"since": "2008-01-01", "to": "2009-01-01", "clock": "now"}, "clock"),
        ({"since": "2008-01-01", "to": "2009-01-01", "known_at": "2009-01-01"}, "known_at"),
        ({"since": 0, "to": 9_999, "clock": "as_at"}, "to"),
    ):
        with pytest.raises(BadInput) as refused:
            timeline.changes("acme", **asked)
        assert refused.value.place == place
    with pytest.raises(InvalidDate) as refused:
        timeline.changes("acme", since="yesterday", to="2009-01-01")
    assert refused.value.place == "from"


def _said(name: str, window: str, program: str = "one") -> Row:
    told = {"program": program, "milestone": "m.done", "window": window}
    return {"id": name, "stated_on": "2008-01-01", **told}


def test_all_issuers_are_asked_at_once(timeline: Timeline) -> None:
    stage = [_event("s", "program.stage_stated", "2008-01-01", stage="phase2")]
    said = [_said("a", "2008-01-01/2008-03-31"), _said("b", "2008-01-01/2008-06-30", "two")]
    _import(timeline, events=stage, expectations=said)
    _import(timeline, "beta", expectations=[_said("a", "2008-01-01/2008-04-30", "two")])

    def closing(**asked: Any) -> list[tuple[str, str, int]]:
        rows = timeline.all_milestones(**asked).items
        return [(r["issuer"], r["program"], r["days_left"]) for r in rows]

    by_stage = timeline.all_programs(stage="phase2", as_of="2008-02-01").items
    assert [(r["issuer"], r["program"]) for r in by_stage] == [("acme", "one")]
    assert timeline.all_programs(stage="phase2", as_of="2007-12-31").items == []
    assert len(timeline.all_programs(as_of="2008-02-01").items) == 3
    may = {"as_of": "2008-03-31"}
    assert closing(closing_before="2008-04-30", **may) == [("acme", "one", 0)]
    assert closing(closing_before="2008-05-01", **may) == [("acme", "one", 0), ("beta", "two", 30)]
    assert closing(closing_within=29, **may) == [("acme", "one", 0)]
    assert closing(closing_within=30, **may) == [("acme", "one", 0), ("beta", "two", 30)]
    assert closing(lapsed=True, **may) == []
    assert closing(lapsed=True, as_of="2008-05-01") == [("acme", "one", -31), ("beta", "two", -1)]
    assert closing(lapsed=True, closing_before="2008-04-01", as_of="2008-05-01") == [
        ("acme", "one", -31)
    ]
    with pytest.raises(InvalidDate, match="closing_before"):
        closing(closing_before="soon")


def test_a_rebuild_finds_the_sample_as_it_is(sample: Timeline) -> None:
    assert sample.rebuild().differences == ()


def test_a_question_by_a_name_that_is_none_says_which_was_meant(sample: Timeline) -> None:
    with pytest.raises(NotFound, match="did you mean governance") as caught:
        sample.ask("governence", "migenix")
    assert caught.value.place == "question"
