"""The bitemporal core against the brute-force oracle, over random logs of a few instants."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.property import oracle
from timeline.bitemporal import Fact, OpenEnd, decided_by, knowledge, timeline, value_at, visible

Command = tuple[Any, ...]

CELLS = 13  # valid instants 0..11, and one cell for all time after
DAYS = 8  # publication instants
LONGEST = 14  # commands in a log
BOUNDED = settings(max_examples=300)
# Few are forever: each wipes out the structure after it that the others are there to build.
KINDS = ["bounded"] * 4 + ["until_next"] * 5 + ["forever"]
VALUES: list[Any] = [None, "a", "b", 0, False, 0.0, 1, True, "", [], [0], [False], {}, {"a": 0}]


def at(cell: int) -> datetime:
    # One microsecond a cell: an off-by-one of the smallest unit falls into another cell.
    return datetime(2008, 7, 8, tzinfo=UTC) + timedelta(microseconds=cell)


def cell_of(instant: datetime | None) -> int | None:
    return None if instant is None else (instant - at(0)) // timedelta(microseconds=1)


cells = st.sampled_from(range(CELLS))
days = st.sampled_from(range(DAYS))
places = st.integers(0, 30)


@st.composite
def contents(draw: st.DrawFn) -> dict[str, Any]:
    start = draw(st.sampled_from(range(CELLS - 1)))
    end = draw(st.sampled_from(range(start + 1, CELLS)))
    kind = draw(st.sampled_from(KINDS))
    return {
        "from": start,
        "to": end if kind == "bounded" else None,
        "open_end": "forever" if kind == "forever" else "until_next",
        "value": draw(st.sampled_from(VALUES)),
        "disclosed": draw(days),
    }


records = st.tuples(st.just("record"), contents())
corrections = st.tuples(
    st.just("correct"), places, contents(), st.sampled_from(["all", "same day"])
)
retractions = st.tuples(st.just("retract"), places)
# Mostly records, so that there is enough to correct and retract; mostly long logs, asked late on
# both knowing axes, so that the questions see several facts. Small ones come up as well.
commands = st.sampled_from([records] * 6 + [corrections] * 2 + [retractions]).flatmap(lambda s: s)
logs = st.sampled_from([0, 6, 10, 10]).flatmap(
    lambda least: st.lists(commands, min_size=least, max_size=LONGEST)
)
known_clocks = st.sampled_from([*range(DAYS), *[DAYS - 1] * DAYS])
positions = st.sampled_from([*range(LONGEST + 2), *[LONGEST] * LONGEST])


def replay(log: list[Command]) -> list[oracle.Op]:
    """Return the rows a store holds after these commands, each taking one position."""
    rows: list[oracle.Op] = []
    live: list[oracle.Op] = []
    for position, command in enumerate(log, 1):
        row: oracle.Op | None = None
        if command[0] == "record":
            row = {**command[1], "place": position}
        elif live:
            old = live.pop(command[1] % len(live))
            old["position_to"] = position
            if command[0] == "correct":
                row = {**command[2], "place": old["place"]}
                if command[3] == "same day":
                    row["disclosed"] = old["disclosed"]
        if row is not None:
            row |= {"position": position, "position_to": None, "id": f"e{position}"}
            rows.append(row)
            live.append(row)
    return rows


def facts_of(rows: list[oracle.Op]) -> list[Fact]:
    return [
        Fact(
            value=row["value"],
            valid_from=at(row["from"]),
            valid_to=None if row["to"] is None else at(row["to"]),
            open_end=OpenEnd(row["open_end"]),
            disclosed_at=at(row["disclosed"]),
            place=row["place"],
            position=row["position"],
            position_to=row["position_to"],
            event=row["id"],
        )
        for row in rows
    ]


def held(facts: list[Fact], valid_at: int, known_at: int, as_at: int) -> tuple[Any, list[str]]:
    found = value_at(facts, valid_at=at(valid_at), known_at=at(known_at), as_at=as_at)
    winner = None if found.fact is None else found.fact.event
    return winner, [fact.event for fact in found.overridden]


def valid_slices(facts: list[Fact], known_at: int, as_at: int) -> list[oracle.Run]:
    return [
        (int(cell_of(s.valid_from) or 0), cell_of(s.valid_to), s.value, [f.event for f in s.facts])
        for s in timeline(facts, known_at=at(known_at), as_at=as_at)
    ]


def known_slices(facts: list[Fact], valid_at: int, as_at: int) -> list[oracle.Run]:
    return [
        (int(cell_of(k.known_from) or 0), cell_of(k.known_to), k.value, [f.event for f in k.facts])
        for k in knowledge(facts, valid_at=at(valid_at), as_at=as_at)
    ]


def assert_same_runs(got: list[oracle.Run], wanted: list[oracle.Run]) -> None:
    assert got == wanted
    # == calls 0 and False equal, so the values are compared once more, strictly.
    assert all(oracle.same(g[2], w[2]) for g, w in zip(got, wanted, strict=True))


def run_at(runs: list[oracle.Run], cell: int) -> Any:
    covering = [run[2] for run in runs if run[0] <= cell and (run[1] is None or cell < run[1])]
    assert len(covering) <= 1
    return covering[0] if covering else None


@BOUNDED
@given(logs, known_clocks, positions)
def test_point_reads_agree_with_the_oracle(log: list[Command], known_at: int, as_at: int) -> None:
    rows = replay(log)
    facts = facts_of(rows)
    for cell in range(CELLS):
        winner = oracle.holder(rows, cell, known_at, as_at, CELLS)
        assert held(facts, cell, known_at, as_at) == (
            None if winner is None else winner["id"],
            oracle.overridden(rows, cell, known_at, as_at, CELLS),
        )


@BOUNDED
@given(logs, known_clocks, positions)
def test_timelines_agree_with_the_oracle(log: list[Command], known_at: int, as_at: int) -> None:
    rows = replay(log)
    assert_same_runs(
        valid_slices(facts_of(rows), known_at, as_at),
        oracle.valid_runs(rows, known_at, as_at, CELLS),
    )


@BOUNDED
@given(logs, cells, positions)
def test_knowledge_agrees_with_the_oracle(log: list[Command], valid_at: int, as_at: int) -> None:
    rows = replay(log)
    assert_same_runs(
        known_slices(facts_of(rows), valid_at, as_at),
        oracle.known_runs(rows, valid_at, as_at, CELLS, DAYS),
    )


@BOUNDED
@given(logs, known_clocks, positions)
def test_nothing_disclosed_later_has_influence(
    log: list[Command], known_at: int, as_at: int
) -> None:
    everything = facts_of(replay(log))
    by_then = [fact for fact in everything if fact.disclosed_at <= at(known_at)]
    for cell in range(CELLS):
        assert held(everything, cell, known_at, as_at) == held(by_then, cell, known_at, as_at)
    assert valid_slices(everything, known_at, as_at) == valid_slices(by_then, known_at, as_at)


@BOUNDED
@given(logs, known_clocks, cells, positions)
def test_nothing_recorded_later_has_influence(
    log: list[Command], known_at: int, valid_at: int, as_at: int
) -> None:
    # The store as it stood then: later corrections and retractions have closed nothing yet.
    now, then = facts_of(replay(log)), facts_of(replay(log[:as_at]))
    for cell in range(CELLS):
        assert held(now, cell, known_at, as_at) == held(then, cell, known_at, as_at)
    assert valid_slices(now, known_at, as_at) == valid_slices(then, known_at, as_at)
    assert known_slices(now, valid_at, as_at) == known_slices(then, valid_at, as_at)


@BOUNDED
@given(logs, known_clocks, cells, st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter_in_the_end(
    log: list[Command], known_at: int, valid_at: int, random: Any
) -> None:
    rows = [row for row in replay(log) if row["position_to"] is None]
    arrivals = random.sample(range(1, len(rows) + 1), len(rows))
    moved = [row | {"position": arrival} for row, arrival in zip(rows, arrivals, strict=True)]
    random.shuffle(moved)
    facts, shuffled, head = facts_of(rows), facts_of(moved), len(log)
    for cell in range(CELLS):
        assert held(shuffled, cell, known_at, head) == held(facts, cell, known_at, head)
    assert valid_slices(shuffled, known_at, head) == valid_slices(facts, known_at, head)
    assert known_slices(shuffled, valid_at, head) == known_slices(facts, valid_at, head)


@BOUNDED
@given(logs, positions)
def test_points_and_slices_say_the_same(log: list[Command], as_at: int) -> None:
    facts = facts_of(replay(log))
    along_valid = [valid_slices(facts, day, as_at) for day in range(DAYS)]
    for cell in range(CELLS):
        along_known = known_slices(facts, cell, as_at)
        for day in range(DAYS):
            found = value_at(facts, valid_at=at(cell), known_at=at(day), as_at=as_at).fact
            value = None if found is None else found.value
            assert oracle.same(run_at(along_valid[day], cell), value)
            assert oracle.same(run_at(along_known, day), value)


@BOUNDED
@given(logs, known_clocks, positions, cells)
def test_a_lazy_read_from_the_newest_back_decides_alike(
    log: list[Command], known_at: int, as_at: int, cell: int
) -> None:
    rows = replay(log)
    newest_first = visible(facts_of(rows), known_at=at(known_at), as_at=as_at)[::-1]
    found = decided_by(iter(newest_first), valid_at=at(cell))
    wanted = oracle.holder(rows, cell, known_at, as_at, CELLS)
    assert (found and found.event) == (wanted and wanted["id"])


def test_the_random_questions_see_enough_to_be_worth_asking() -> None:
    seen: list[int] = []

    @BOUNDED
    @given(logs, known_clocks, positions)
    def ask(log: list[Command], known_at: int, as_at: int) -> None:
        seen.append(len(oracle.seen(replay(log), known_at, as_at)))

    ask()
    # About half see four facts or more; a generator gone sparse would agree with anything.
    assert sum(number >= 4 for number in seen) > len(seen) / 4
