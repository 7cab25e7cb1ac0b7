"""As-of reads in the library: one subject at random settings of all three clocks."""

from __future__ import annotations

import random
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import text

from benchmarks import made_up
from benchmarks.measuring import durations, p99
from benchmarks.peers import versioned
from benchmarks.row import LATENCY, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from sqlalchemy import Connection

    from api import Timeline
    from benchmarks.bench import Bench

    Work = Callable[[], object]

_POINT, _WORST, _FLAT = 1.0, 5.0, 1.5
_KEYED = 10  # events on one key
_TURNS = 10
_FEW = 10
_FLOOR = text(
    "SELECT value FROM facts WHERE issuer_id = :issuer AND subject = :subject "
    "AND attribute = 'stage' AND valid_from <= :as_of AND disclosed_at <= :known_at "
    "AND position <= :as_at AND (position_to IS NULL OR position_to > :as_at) "
    "ORDER BY disclosed_at DESC, place DESC LIMIT 1"
)


def read(bench: Bench) -> Iterator[Row]:
    """Point reads at 10^4 events, and at 10^5 and 10^6 unless it must be quick."""
    small = yield from _point(bench, bench.sized(10_000, 1_000))
    if not bench.quick:
        for power in (5, 6):
            large = yield from _point(bench, 10**power)
            flat = large <= _FLAT * small
            yield Row("read", f"p99 at 10^{power} against 10^4", LATENCY, large, "10^4", small,
                      f"flat: <= {_FLAT}x", flat)  # fmt: skip


def worst(bench: Bench) -> Iterator[Row]:
    """All events on one key, asked about a late day: with old knowledge, and with all of it."""
    events = bench.sized(10_000, 1_000)
    count = bench.sized(200, 20)
    with bench.timeline("sqlite") as timeline:
        made_up.History(events, keys=1).load(timeline.recorder)
        late = made_up.day(made_up.DAYS)
        works = f"{events:,} events on one key, late valid date"
        for known, told in ((made_up.day(made_up.DAYS // 100), "old knowledge"), (late, "all")):
            ask = partial(_library, timeline, "s0", late, known, events)
            taken = p99(durations([ask] * (count if told != "all" else _FEW)))
            goal = f"p99 < {_WORST:.0f} ms" if told != "all" else ""
            met = taken < _WORST if goal else None
            yield Row("worst", f"{works}, {told} known", LATENCY, taken, goal=goal, met=met)


def _point(bench: Bench, events: int) -> Generator[Row, None, float]:
    """Tell the rows of one size, and return our p99."""
    count = bench.sized(2_000, 100)
    chance = random.Random(made_up.SEED)
    keys = events // _KEYED
    with bench.timeline("sqlite") as timeline:
        made_up.History(events, keys).load(timeline.recorder)
        head = timeline.recorder.head()
        asked = [_question(chance, keys, head) for _ in range(count)]
        ours: list[float] = []
        floor: list[float] = []
        theirs: list[float] = []
        with versioned(bench, _KEYED) as get:
            for start in range(0, count, count // _TURNS):
                some = asked[start : start + count // _TURNS]
                ours += durations(partial(_library, timeline, *one) for one in some)
                with timeline.recorder.begin_read() as connection:
                    floor += durations(partial(_sql, connection, *one) for one in some)
                theirs += durations(partial(get, chance.randrange(1, _KEYED + 1)) for _ in some)
    taken = p99(ours)
    work = f"point as-of read, {events:,} events, SQLite, p99"
    yield Row("read", work, LATENCY, taken, "one SQL statement", p99(floor),
              f"p99 < {_POINT:.0f} ms", taken < _POINT)  # fmt: skip
    yield Row("read", work, LATENCY, taken, "its repository.get at a version", p99(theirs))
    return taken


def _question(chance: random.Random, keys: int, head: int) -> tuple[str, str, str, int]:
    as_of, known_at = (made_up.day(chance.randrange(made_up.DAYS)) for _ in range(2))
    return f"s{chance.randrange(keys)}", as_of, known_at, chance.randrange(1, head + 1)


def _library(timeline: Timeline, subject: str, as_of: str, known_at: str, as_at: int) -> object:
    return timeline.facts(
        made_up.ISSUER, subject=subject, as_of=as_of, known_at=known_at, as_at=as_at
    ).items


def _sql(connection: Connection, subject: str, as_of: str, known_at: str, as_at: int) -> object:
    told = {
        "issuer": made_up.ISSUER,
        "subject": subject,
        "as_of": f"{as_of}T23:59:59.999999Z",
        "known_at": f"{known_at}T23:59:59.999999Z",
        "as_at": as_at,
    }
    return connection.execute(_FLOOR, told).scalar()
