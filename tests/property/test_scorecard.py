"""Scorecards of random bundles, against the independent checker; and no look ahead in any figure.

Random bundles are small, so what counts as enough is less here, on both sides.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import ExitStack, contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from api import Timeline
from projections.scorecard import backtest as back
from projections.scorecard import calibration, forecasts, shares, slips
from projections.scorecard.shares import share_of
from projections.scorecard.slips import slips_told
from tests.acceptance import backtest_checker, bundle_figures, scorecard_checker
from tests.acceptance.rows_agree import agree, without
from tests.property.bundles import asked_days, bundles
from tests.property.chains import clocks, records
from timeline.bitemporal import Clocks, end_of, parse_day, parse_edtf, start_of
from timeline.bundle import bundle_of
from timeline.expectations import OutcomeEvent, Place, Recorded, Statement, Target

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Row = dict[str, Any]
STORES = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
PURE = settings(max_examples=300)
FIRST = date(2008, 1, 1)
DAYS, FEW = (0, 3, 10), 2
FORETOLD = ("pool", "late_by", "behind")


@contextmanager
def _few_are_enough() -> Iterator[None]:
    with ExitStack() as stack:
        for module in (forecasts, back, calibration):
            stack.enter_context(patch.object(module, "LATE_BY", DAYS))
        for module, name in (
            *((forecasts, "ENOUGH"), (shares, "SMALL_SAMPLE")),
            *((slips, "MEDIAN_FROM"), (slips, "P90_FROM")),
        ):
            stack.enter_context(patch.object(module, name, FEW))
        for name in ("SMALL", "MEDIAN", "TAIL"):
            stack.enter_context(patch.object(bundle_figures, name, FEW))
        stack.enter_context(patch.object(backtest_checker, "ENOUGH", FEW))
        stack.enter_context(patch.object(backtest_checker, "DAYS", DAYS))
        yield


@contextmanager
def _store(template: Path, bundle: Row) -> Iterator[Timeline]:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "timeline.db"
        shutil.copyfile(template, copy)
        with Timeline(f"sqlite:///{copy}") as timeline:
            timeline.import_bundle(bundle_of(bundle))
            yield timeline


def _day(number: int) -> str:
    return (FIRST + timedelta(days=number)).isoformat()


def _range(first: int, last: int) -> str:
    return f"{_day(first)}/{_day(last)}"


@st.composite
def _about(draw: st.DrawFn) -> Row:
    """One of few milestones."""
    name = draw(st.sampled_from(("a.one", "a.one", "a.two", "b.one")))
    qualifier = draw(st.sampled_from((None, "q")))
    return {"program": "alpha", "milestone": name, "qualifier": qualifier}


@st.composite
def _said(draw: st.DrawFn, number: int) -> Row:
    on, ahead, long = (draw(st.integers(*few)) for few in ((0, 90), (-3, 15), (0, 9)))
    takes_back = number and draw(st.sampled_from(range(9))) == 8
    return draw(_about()) | {
        "id": f"x{number}",
        "said_by": draw(st.sampled_from((None, "Ann", "Bob"))),
        "stated_on": _day(on),
        "window": _range(on + ahead, on + ahead + long),
        "withdraws": f"x{draw(st.integers(0, number - 1))}" if takes_back else None,
    }


@st.composite
def _came(draw: st.DrawFn, number: int) -> Row:
    on, before, long = (draw(st.integers(*few)) for few in ((0, 110), (0, 9), (0, 4)))
    return draw(_about()) | {
        "id": f"e{number}",
        "type": "trial.happened",
        "outcome": draw(st.sampled_from(("reached", "reached", "failed"))),
        "occurred": _range(on - before - long, on - before),
        "disclosed": _day(on),
    }


@st.composite
def _busy(draw: st.DrawFn) -> Row:
    """A bundle of many short windows on few milestones, so that there is a past to count."""
    return {
        "format": "timeline-bundle/1",
        "issuer": {"id": "acme", "name": "Acme"},
        "programs": [{"id": "alpha", "name": "alpha"}],
        "documents": [],
        "events": [draw(_came(n)) for n in range(draw(st.integers(1, 8)))],
        "expectations": [draw(_said(n)) for n in range(draw(st.integers(4, 14)))],
        "adjudications": [],
        "corrections": [],
    }


def _recorded(bundle: Row) -> Recorded:
    """The same as the domain sees it."""

    def target(item: Row) -> Target:
        return Target(item["program"], item["milestone"], item["qualifier"])

    said = [
        Statement(s["id"], target(s), parse_edtf(s["stated_on"]), parse_edtf(s["window"]), place,
                  withdraws=s["withdraws"])
        for place, s in enumerate(bundle["expectations"], 100)
    ]  # fmt: skip
    came = [
        OutcomeEvent(e["id"], target(e), e["outcome"] == "reached", None, parse_edtf(e["occurred"]),
                     Place(start_of(parse_day(e["disclosed"])), place))
        for place, e in enumerate(bundle["events"])
    ]  # fmt: skip
    return Recorded(said, came)


busy_days = st.integers(60, 140).map(lambda n: FIRST + timedelta(days=n))
busy_records = _busy().map(_recorded)
busy_clocks = st.tuples(busy_days, busy_days).map(
    lambda both: Clocks(as_of=end_of(both[0]), known_at=end_of(both[1]), as_at=999)
)


@STORES
@given(
    st.one_of(
        st.tuples(_busy(), busy_days, busy_days), st.tuples(bundles(), asked_days, asked_days)
    )
)
def test_a_random_bundle_is_scored_as_the_checker_scores_it(
    sqlite_template: Path, asked: tuple[Row, date, date]
) -> None:
    bundle, as_of, known_at = asked
    at: Any = {"as_of": as_of, "known_at": known_at}
    with _few_are_enough(), _store(sqlite_template, bundle) as timeline:
        scored = timeline.scorecard("acme", **at).items
        agree(without(scored, "position"), scorecard_checker.scorecard(bundle, **at))
        told = {r["expectation"]: r for r in timeline.forecasts("acme", **at).items}
        expected = backtest_checker.forecasts(bundle, **at)
        agree({i: _foretold(row) for i, row in told.items()}, expected)
        answer = timeline.backtest("acme", **at)
        tried = backtest_checker.backtest(bundle, **at)
        rows = [_foretold(r) | {k: r[k] for k in ("expectation", "results")} for r in answer.items]
        agree(rows, without(tried, "_chain"))
        agree(answer.more["calibration"], backtest_checker.calibration(tried))
        event(f"forecasts tried: {bool(answer.more['scores'][0]['of'])}")


def _foretold(row: Row) -> Row:
    return {"pool": row["pool"], "late_by": row["late_by"]}


def _only(recorded: Recorded, keep: Callable[[Any], bool]) -> Recorded:
    return Recorded(
        [s for s in recorded.statements if keep(s)],
        [o for o in recorded.outcomes if keep(o)],
        [e for e in recorded.ends if keep(e)],
        [a for a in recorded.adjudications if keep(a)],
    )


def _public_at(thing: Any) -> Any:
    return start_of(thing.stated_on) if isinstance(thing, Statement) else thing.place.disclosed_at


@PURE
@given(st.one_of(records(), busy_records), st.one_of(clocks(), busy_clocks))
def test_nothing_disclosed_after_known_at_changes_a_back_test(
    recorded: Recorded, asked: Clocks
) -> None:
    known = _only(recorded, lambda thing: _public_at(thing) <= asked.known_at)
    with _few_are_enough():
        assert back.backtest(known, asked) == back.backtest(recorded, asked)


@PURE
@given(st.one_of(records(), busy_records), st.one_of(clocks(), busy_clocks))
def test_nothing_public_on_its_day_or_later_is_in_a_forecast(
    recorded: Recorded, asked: Clocks
) -> None:
    """Everything else taken out, the forecast is the same; only what came of it may differ."""
    with _few_are_enough():
        for row in back.backtest(recorded, asked):
            (said,) = (s for s in recorded.statements if s.id == row["expectation"])
            alone = back.backtest(_before(recorded, said), asked)
            (then,) = (r for r in alone if r["expectation"] == said.id)
            assert [row[key] for key in FORETOLD] == [then[key] for key in FORETOLD]
            event(f"a pool: {row['pool'] is not None}")


def _before(recorded: Recorded, said: Statement) -> Recorded:
    begin = start_of(said.stated_on)
    return _only(recorded, lambda thing: thing is said or _public_at(thing) < begin)


@given(st.integers(0, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_share_lies_within_its_interval(of: tuple[int, int]) -> None:
    told = share_of(*of)
    agree(told, bundle_figures.share(*of))
    if of[1]:
        assert 0 <= told["low"] <= told["share"] <= told["high"] <= 1


@given(st.lists(st.tuples(st.integers(-999, 999), st.integers(0, 60)), max_size=60))
def test_slips_are_told_by_their_ranks(told: list[tuple[int, int]]) -> None:
    ranges = [(first, first + more) for first, more in told]
    agree(slips_told(ranges), bundle_figures.slips(ranges))
