"""Facts of January 2008 and short questions about them, for the tests beside this file."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from timeline.bitemporal import Fact, OpenEnd, knowledge, timeline, value_at

HEAD = 1000
FOREVER, UNTIL_NEXT = OpenEnd.FOREVER, OpenEnd.UNTIL_NEXT


def jan(day: int) -> datetime:
    return datetime(2008, 1, 1, tzinfo=UTC) + timedelta(days=day - 1)


ALWAYS = jan(10_000)


def fact(
    value: Any,
    start: int,
    end: int | None = None,
    *,
    open_end: OpenEnd = UNTIL_NEXT,
    disclosed: int = 1,
    place: int = 1,
    position: int | None = None,
    position_to: int | None = None,
) -> Fact:
    return Fact(
        value=value,
        valid_from=jan(start),
        valid_to=None if end is None else jan(end),
        open_end=open_end,
        disclosed_at=jan(disclosed),
        place=place,
        position=place if position is None else position,
        position_to=position_to,
        event=f"{value}@{place}",
    )


def value(facts: list[Fact], day: int, *, known_at: datetime = ALWAYS, as_at: int = HEAD) -> Any:
    found = value_at(facts, valid_at=jan(day), known_at=known_at, as_at=as_at).fact
    return "nothing" if found is None else found.value


def values(facts: list[Fact], *days: int) -> list[Any]:
    return [value(facts, day) for day in days]


def number(day: datetime | None) -> int | None:
    return None if day is None else (day - jan(0)).days


def stretches(facts: list[Fact], *, as_at: int = HEAD) -> list[tuple[Any, ...]]:
    return [
        (s.value, number(s.valid_from), number(s.valid_to))
        for s in timeline(facts, known_at=ALWAYS, as_at=as_at)
    ]


def beliefs(facts: list[Fact], day: int, *, as_at: int = HEAD) -> list[tuple[Any, ...]]:
    return [
        (k.value, number(k.known_from), number(k.known_to))
        for k in knowledge(facts, valid_at=jan(day), as_at=as_at)
    ]
