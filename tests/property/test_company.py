"""Nothing disclosed later, and nothing recorded later, has influence on any question of company."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api import Timeline
from tests.property.bundles import asked_days, bundles, days
from timeline.bundle import bundle_of

if TYPE_CHECKING:
    from collections.abc import Iterator

Row = dict[str, Any]

BOUNDED = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
FIRST = date(2008, 1, 1)
SIGNED, ENDED, PAID = (
    f"licensing.{n}" for n in ("terms_stated", "agreement_terminated", "payment_received")
)
TYPES = (SIGNED, SIGNED, ENDED, PAID, "grants.awarded", "grants.ended", "governance.board_changed")


@st.composite
def _tellings(draw: st.DrawFn) -> list[Row]:
    """Events about few licences, grants and directors, so that they meet."""
    amount = st.fixed_dictionaries(
        {"amount": st.integers(1, 3), "currency": st.sampled_from(("USD", "CAD"))}
    )
    return [
        {
            "id": f"t{number}",
            "type": draw(st.sampled_from(TYPES)),
            "program": draw(st.sampled_from(("alpha", "beta"))),
            "occurred": draw(days).isoformat(),
            "disclosed": draw(days).isoformat(),
            "open_end": draw(st.sampled_from(("until_next", "forever"))),
            "facts": {
                "counterparty": draw(st.sampled_from(("Reed", "Moss"))),
                "funder": "Fund",
                "milestones_max": draw(amount),
                "amount": draw(st.one_of(st.none(), amount)),
                "size_after": draw(st.integers(3, 9)),
                "joined": draw(st.lists(st.sampled_from(("Ann", "Bob")), max_size=2, unique=True)),
                "left": ["Eve"],
            },
        }
        for number in range(draw(st.integers(1, 8)))
    ]


@contextmanager
def _store(template: Path, bundle: Row) -> Iterator[Timeline]:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "timeline.db"
        shutil.copyfile(template, copy)
        with Timeline(f"sqlite:///{copy}") as timeline:
            timeline.import_bundle(bundle_of(bundle))
            yield timeline


def _answers(timeline: Timeline, as_of: date, known_at: date, **clocks: Any) -> list[Any]:
    """Everything asked at these clocks, positions left out."""
    at: Any = {"as_of": as_of, "known_at": known_at, **clocks}
    before = known_at - timedelta(days=9)
    commitments = timeline.commitments("acme", explain=True, **at)
    changes = timeline.changes("acme", since=before, to=known_at, as_of=as_of, **clocks)
    happened = timeline.changes(
        "acme", since=before, to=max(before, as_of), clock="as_of", known_at=known_at, **clocks
    )
    lists = [
        commitments.items,
        timeline.governance("acme", explain=True, **at).items,
        changes.items,
        happened.items,
        timeline.all_programs(explain=True, **at).items,
        timeline.all_milestones(explain=True, **at).items,
        timeline.all_milestones(closing_within=20, **at).items,
        timeline.all_milestones(lapsed=True, **at).items,
    ]
    told = [[{k: v for k, v in row.items() if k != "position"} for row in rows] for rows in lists]
    return [*told, commitments.more["totals"]]


def _known(bundle: Row, by: date) -> Row:
    """The bundle without what was published after `by`, and without what speaks of that."""

    def last(text: str) -> str:
        month = date.fromisoformat(f"{text}-01") if len(text) == len("2008-01") else None
        return text if month is None else ((month + timedelta(days=31)).replace(day=1)).isoformat()

    return bundle | {
        "events": [e for e in bundle["events"] if last(e["disclosed"]) <= by.isoformat()],
        "expectations": [s for s in bundle["expectations"] if s["stated_on"] <= by.isoformat()],
        "adjudications": [a for a in bundle["adjudications"] if a["disclosed"] <= by.isoformat()],
    }


def _apart(bundle: Row, by: date) -> Row:
    """The bundle without what was published by `by` and names a statement made after it.

    Without that statement it could not be recorded. Corrections are left out too: what they say of
    `disclosed` is told by as_at, so what was public by then depends on them.
    """
    later = {s["id"] for s in bundle["expectations"] if s["stated_on"] > by.isoformat()}
    said = bundle["expectations"]
    return bundle | {
        "expectations": [s | {"withdraws": None} if s["withdraws"] in later else s for s in said],
        "adjudications": [a for a in bundle["adjudications"] if a["expectation"] not in later],
        "corrections": [],
    }


@BOUNDED
@given(bundle=bundles(), told=_tellings(), as_of=days, known_at=days)
def test_nothing_disclosed_later_has_influence(
    sqlite_template: Path, bundle: Row, told: list[Row], as_of: date, known_at: date
) -> None:
    whole = _apart(bundle | {"events": [*bundle["events"], *told]}, known_at)
    with (
        _store(sqlite_template, whole) as everything,
        _store(sqlite_template, _known(whole, known_at)) as by_then,
    ):
        assert _answers(everything, as_of, known_at) == _answers(by_then, as_of, known_at)


@BOUNDED
@given(bundle=bundles(), told=_tellings(), as_of=days, known_at=days)
def test_nothing_recorded_later_has_influence(
    sqlite_template: Path, bundle: Row, told: list[Row], as_of: date, known_at: date
) -> None:
    corrections = [
        {"id": f"k{n}", **fix}
        for n, fix in enumerate(
            [{"retracts": told[0]["id"]}]
            + [{"corrects": t["id"], "set": {"disclosed": "2008-01-20"}} for t in told[1:3]]
        )
    ]
    first = bundle | {"corrections": []}
    later = bundle | {"events": [*bundle["events"], *told]}
    later["corrections"] = bundle["corrections"] + corrections
    with _store(sqlite_template, first) as timeline:
        head = timeline.recorder.head()
        before = _answers(timeline, as_of, known_at)
        timeline.import_bundle(bundle_of(later))
        assert _answers(timeline, as_of, known_at, as_at=head) == before
        assert timeline.rebuild().differences == ()
        assert _answers(timeline, as_of, known_at, as_at=head) == before


@BOUNDED
@given(bundle=bundles(), asked=st.tuples(asked_days, asked_days), data=st.data())
def test_narrowing_loses_no_window_that_closes_or_lapsed(
    sqlite_template: Path, bundle: Row, asked: tuple[date, date], data: st.DataObject
) -> None:
    """What SQL leaves out before anything is judged is what judging would have left out."""
    with _store(sqlite_template, bundle) as timeline:
        as_at = data.draw(st.integers(1, timeline.asked().position))
        at: Row = {"as_of": asked[0], "known_at": asked[1], "as_at": as_at}
        rows = [row for row in timeline.all_milestones(**at).items if row["closes_on"]]
        within = data.draw(st.integers(0, 40))
        soon = str(min(asked) + timedelta(days=within))
        closing = [r for r in rows if r["verdict"] == "open" and r["closes_on"] <= soon]
        assert timeline.all_milestones(closing_within=within, **at).items == closing
        before = [r for r in rows if r["verdict"] == "open" and r["closes_on"] < soon]
        assert timeline.all_milestones(closing_before=soon, **at).items == before
        lapsed = [r for r in rows if r["verdict"] == "lapsed"]
        assert timeline.all_milestones(lapsed=True, **at).items == lapsed
