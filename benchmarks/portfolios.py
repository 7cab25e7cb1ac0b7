"""Whole portfolios: how many programs of all issuers are at each stage, and a page of them."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from benchmarks import made_up
from benchmarks.made_up import DAYS, day
from benchmarks.measuring import durations, p99
from benchmarks.row import LATENCY, Row
from timeline.commands import stored
from timeline.events import Kind, stream_id
from timeline.items import event_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventsourcing.persistence import StoredEvent
    from sqlalchemy import Connection

    from api import Timeline
    from benchmarks.bench import Bench

    Asked = tuple[str, str, int]

_GOALS = {1_000: 5.0, 10_000: 20.0, 80_000: 150.0}
_ASKED = 400
_EVERY = 20  # of the questions to us, how many go by until one is asked of SQL
_MILESTONES, _WITHIN = 1_000, 30
_EACH = 80  # programs of one issuer
_EVENTS = 4  # about one program
_PAGE = 1_000
_CHUNK = 2_000
_BACKDATED, _CORRECTED = 0.1, 0.02
_STAGES = ("discovery", "preclinical", "phase1", "phase2", "phase3", "registration", "approved")

# The programs of which something was public, each with the stage that begins last; counted by
# stage. It knows only stages that wait for the next, which is all there is here.
_FLOOR = text("""
WITH held AS (
  SELECT issuer_id, subject, value, row_number() OVER (
    PARTITION BY issuer_id, subject ORDER BY valid_from DESC, disclosed_at DESC, place DESC
  ) AS latest FROM facts
  WHERE attribute = 'stage' AND valid_from <= :as_of AND disclosed_at <= :known_at
    AND position <= :as_at AND (position_to IS NULL OR position_to > :as_at)
), spoken_of AS (
  SELECT DISTINCT issuer_id, program FROM event_index
  WHERE disclosed_at <= :by AND position <= :as_at
    AND (position_to IS NULL OR position_to > :as_at)
)
SELECT held.value, count(*) FROM programs AS p
JOIN spoken_of AS s ON s.issuer_id = p.issuer_id AND s.program = p.item_id
LEFT JOIN held ON held.issuer_id = p.issuer_id AND held.subject = p.item_id AND held.latest = 1
WHERE p.position <= :as_at AND (p.position_to IS NULL OR p.position_to > :as_at)
GROUP BY held.value
""")


def portfolio(bench: Bench) -> Iterator[Row]:
    """Ask for all programs at random clocks, beside one SQL statement that counts them."""
    sizes = (200,) if bench.quick else tuple(_GOALS)
    for programs in sizes:
        yield from _portfolio(bench, programs)
    yield from _closing(bench)


def _portfolio(bench: Bench, programs: int) -> Iterator[Row]:
    count = bench.sized(_ASKED, 20)
    with bench.timeline("sqlite") as timeline:
        Portfolio(programs).load(timeline)
        head, chance = timeline.recorder.head(), random.Random(made_up.SEED)
        first = durations([partial(timeline.stages)])[0]
        ours: list[float] = []
        floor: list[float] = []
        for _ in range(count // _EVERY):
            asked = [_clocks(chance, head) for _ in range(_EVERY)]
            ours += durations(partial(_page, timeline, *one) for one in asked)
            with timeline.recorder.begin_read() as connection:
                floor += durations([partial(_counted, connection, *asked[-1])])
        assert _page(timeline, *asked[-1]) == _told(timeline, asked[-1])
        after = _after_an_append(timeline, bench.sized(10, 2))
    work = f"portfolio of {programs:,} programs, SQLite"
    goal = _GOALS.get(programs, 5.0)
    yield Row("portfolio", f"{work}, median", LATENCY, median(ours), "SQL group by", median(floor),
              f"< {goal:.0f} ms", median(ours) < goal)  # fmt: skip
    yield Row("portfolio", f"{work}, p99", LATENCY, p99(ours))
    yield Row("portfolio", f"{work}, first after an append, median", LATENCY, median(after))
    yield Row("portfolio", f"{work}, first of a process", LATENCY, first)


def _clocks(chance: random.Random, head: int) -> Asked:
    as_of, known_at = (day(chance.randrange(DAYS)) for _ in range(2))
    return as_of, known_at, chance.randrange(1, head + 1)


def _page(timeline: Timeline, as_of: str, known_at: str, as_at: int) -> dict[str | None, int]:
    """Ask as users do: counts by stage, and the first page of rows with names and status."""
    answer = timeline.all_programs(limit=_PAGE, as_of=as_of, known_at=known_at, as_at=as_at)
    return {one["stage"]: one["programs"] for one in answer.more["stages"]}


def _counted(connection: Connection, as_of: str, known_at: str, as_at: int) -> list[Any]:
    late = "T23:59:59.999999Z"
    told = {"as_of": f"{as_of}{late}", "known_at": f"{known_at}{late}", "as_at": as_at}
    by = f"{min(as_of, known_at)}{late}"
    return list(connection.execute(_FLOOR, told | {"by": by}))


def _told(timeline: Timeline, asked: Asked) -> dict[str | None, int]:
    """Return what SQL counts: both sides must say the same."""
    with timeline.recorder.begin_read() as connection:
        rows = _counted(connection, *asked)
    return {value and value.strip('"'): count for value, count in rows}


def _after_an_append(timeline: Timeline, times: int) -> list[float]:
    taken = []
    for number in range(times):
        timeline.recorder.append([_newest(number)])
        taken += durations([timeline.stages])
    return taken


def _newest(number: int) -> StoredEvent:
    return _event(10**9 + number, "i0", "p0", disclosed=DAYS, begun=DAYS, stage=_STAGES[0])


def _closing(bench: Bench) -> Iterator[Row]:
    """Ask a thousand issuers, ten chains each, which windows close within a month; which lapsed."""
    issuers, count = bench.sized(_MILESTONES, 20), bench.sized(10, 2)
    chance = random.Random(made_up.SEED)
    with bench.timeline("sqlite") as timeline:
        _load(timeline, _statements(issuers))
        days = [day(chance.randrange(DAYS)) for _ in range(count)]
        for told, narrowed in (
            (f"closing within {_WITHIN} days", {"closing_within": _WITHIN}),
            ("lapsed", {"lapsed": True}),
            ("all of them", {}),
        ):
            asks = [partial(timeline.all_milestones, **narrowed, as_of=one) for one in days]
            taken = durations(asks)
            yield Row("portfolio", f"milestones of {issuers:,} issuers, {told}, median", LATENCY,
                      median(taken))  # fmt: skip


def _statements(issuers: int) -> Iterator[StoredEvent]:
    """Yield ten chains of four statements an issuer, every second chain reached in the end."""
    for number in range(issuers):
        issuer, chance = f"i{number}", random.Random(number)
        yield _item(issuer, Kind.ISSUER, {"id": issuer, "name": f"Issuer {number}"})
        for chain in range(10):
            yield _item(issuer, Kind.PROGRAM, {"id": f"p{chain}", "name": f"Program {chain}"})
            begun = chance.randrange(DAYS)
            for step in range(4):
                yield _item(issuer, Kind.EXPECTATION, _statement(chain, step, begun + 200 * step))
            if chain % 2:
                yield _item(issuer, Kind.EVENT, _reached(chain, begun + 800))


def _statement(chain: int, step: int, stated: int) -> dict[str, Any]:
    window = f"{day(stated + 100)}/{day(stated + 190)}"
    about = {"program": f"p{chain}", "milestone": "milestone.one"}
    return {"id": f"x{chain}-{step}", **about, "window": window, "stated_on": day(stated)}


def _reached(chain: int, on: int) -> dict[str, Any]:
    about = {"program": f"p{chain}", "milestone": "milestone.one"}
    reached = {"type": "milestone.reached", "occurred": day(on), "disclosed": day(on)}
    return {"id": f"r{chain}", **about, **reached}


@dataclass(frozen=True, slots=True)
class Portfolio:
    """So many programs, eighty an issuer, four events each: a tenth backdated, one in 50 corrected.

    The events come in order of disclosure, about programs by chance.
    """

    programs: int

    def records(self) -> Iterator[StoredEvent]:
        """Yield issuers, programs, then the events."""
        chance, issuers = random.Random(made_up.SEED), max(1, self.programs // _EACH)
        for number in range(issuers):
            named = {"id": f"i{number}", "name": f"Issuer {number}"}
            yield _item(f"i{number}", Kind.ISSUER, named)
        for number in range(self.programs):
            named = {"id": f"p{number}", "name": f"Program {number}"}
            yield _item(f"i{number % issuers}", Kind.PROGRAM, named)
        for number in range(self.programs * _EVENTS):
            program = chance.randrange(self.programs)
            yield from self._about(chance, number, f"i{program % issuers}", f"p{program}")

    def _about(
        self, chance: random.Random, number: int, issuer: str, program: str
    ) -> Iterator[StoredEvent]:
        disclosed = number * DAYS // (self.programs * _EVENTS)
        late = chance.randrange(1, 400) if chance.random() < _BACKDATED else 0
        begun = max(0, disclosed - late)
        stage = chance.choice(_STAGES)
        yield _event(number, issuer, program, disclosed=disclosed, begun=begun, stage=stage)
        if chance.random() < _CORRECTED:
            changes = {"facts": {"stage": chance.choice(_STAGES)}}
            told = {"corrects": f"e{number}", "set": changes, "reason": "mistyped"}
            yield _item(issuer, Kind.CORRECTION, {"id": f"c{number}", **told})

    def load(self, timeline: Timeline) -> None:
        """Append all of it, in large batches."""
        _load(timeline, self.records())


def _load(timeline: Timeline, records: Iterator[StoredEvent]) -> None:
    chunk: list[StoredEvent] = []
    for record in records:
        chunk.append(record)
        if len(chunk) == _CHUNK:
            timeline.recorder.append(chunk)
            chunk = []
    timeline.recorder.append(chunk)


def _event(
    number: int, issuer: str, program: str, *, disclosed: int, begun: int, stage: str
) -> StoredEvent:
    told = {"program": program, "occurred": day(begun), "disclosed": day(disclosed)}
    stated = {"type": "program.stage_stated", "facts": {"stage": stage}}
    return _item(issuer, Kind.EVENT, {"id": f"e{number}", **told, **stated})


def _item(issuer: str, kind: Kind, item: dict[str, Any]) -> StoredEvent:
    """Return version 1 of an item, or version 2 when it corrects an event."""
    event = event_of(kind, item, issuer=issuer, recorded_by="bench")
    corrects = kind is Kind.CORRECTION
    of = stream_id(issuer, item.get("corrects", item["id"]), Kind.EVENT if corrects else kind)
    return stored(event, of, 2 if corrects else 1)
