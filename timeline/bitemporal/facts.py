"""Facts on three axes, and what held when: the read side of the bitemporal core, pure.

Facts given together speak about one thing (one subject and attribute). The visible ones are laid
over each other in knowledge order, (disclosed_at, place): the last published wins, and within one
publication the last recorded. Where an open period ends is worked out for each question from what
that question may see, and never stored.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from itertools import groupby, pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from timeline.errors import InvalidPeriod

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_BEGINNING: Final = datetime.min.replace(tzinfo=UTC)


class OpenEnd(StrEnum):
    """How long a fact without `valid_to` holds.

    until_next: to the end of the stretch that held at its `valid_from` among the visible facts
    earlier in knowledge order. forever: it overrides everything after its `valid_from`.
    """

    UNTIL_NEXT = "until_next"
    FOREVER = "forever"


@dataclass(frozen=True, slots=True)
class Fact:
    """One version of one recorded item: `value` held over [valid_from, valid_to).

    `value` is any JSON value; None is an ordinary "nothing holds here". `disclosed_at` is when
    it became public. `place` is the position of the item's first version, `position` the one of
    this version, and `position_to` the one that corrected or retracted it. A correction closes
    the old version and adds one with the same `place`; a retraction only closes. `event` names
    the event behind it. valid_from >= valid_to raises InvalidPeriod.
    """

    value: Any = field(hash=False)  # a list or an object is a value too
    valid_from: datetime
    valid_to: datetime | None
    open_end: OpenEnd
    disclosed_at: datetime
    place: int
    position: int
    position_to: int | None
    event: str

    def __post_init__(self) -> None:
        """Refuse a period that holds no time."""
        if self.valid_to is not None and self.valid_from >= self.valid_to:
            raise InvalidPeriod(
                f"{self.event}: valid_to {self.valid_to} must come after {self.valid_from};"
                " a period includes its start and excludes its end"
            )


@dataclass(frozen=True, slots=True)
class Holding:
    """What held at one instant: the deciding `fact`, or None where none reaches.

    `overridden` are the visible facts whose own period (an open one: any time from its start)
    covers the instant and that lost, newest first in knowledge order.
    """

    fact: Fact | None
    overridden: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A value that held over [valid_from, valid_to), and the facts that decided it."""

    valid_from: datetime
    valid_to: datetime | None
    value: Any
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """A value the public knew from `known_from` until `known_to`, and the facts behind it."""

    known_from: datetime
    known_to: datetime | None
    value: Any
    facts: tuple[Fact, ...]


def visible(facts: Iterable[Fact], *, known_at: datetime, as_at: int) -> tuple[Fact, ...]:
    """Return the facts public by `known_at` in the versions recorded by `as_at`, both inclusive.

    They come in knowledge order, oldest first.
    """
    return tuple(
        _ordered(fact for fact in _recorded(facts, as_at) if fact.disclosed_at <= known_at)
    )


def value_at(
    facts: Iterable[Fact], *, valid_at: datetime, known_at: datetime, as_at: int
) -> Holding:
    """Return what held at `valid_at`, as published by `known_at` and recorded by `as_at`."""
    begun = (fact for fact in facts if fact.valid_from <= valid_at)
    newest_first = visible(begun, known_at=known_at, as_at=as_at)[::-1]
    winner = decided_by(newest_first, valid_at=valid_at)
    return Holding(
        winner,
        tuple(
            fact
            for fact in newest_first
            if fact is not winner and (fact.valid_to is None or valid_at < fact.valid_to)
        ),
    )


def decided_by(newest_first: Iterable[Fact], *, valid_at: datetime) -> Fact | None:
    """Return the fact that holds at `valid_at`, reading visible facts from the newest back.

    It stops at the first fact that settles the question, so the facts may come from a cursor.

    At most one fact is ever in doubt: the newest open one that starts latest. Going back, an
    older boundary after its start ends it before `valid_at`, and whatever that ended earlier
    started earlier still, so it cannot come back.
    """
    in_doubt: Fact | None = None
    for fact in newest_first:
        if fact.valid_from > valid_at:
            continue
        if fact.valid_to is not None and fact.valid_to <= valid_at:
            if in_doubt is not None and in_doubt.valid_from < fact.valid_to:
                in_doubt = None
        elif in_doubt is None or in_doubt.valid_from < fact.valid_from:
            in_doubt = fact
            if not _waits(fact):
                break
        elif not _waits(fact):
            break
    return in_doubt


def timeline(facts: Iterable[Fact], *, known_at: datetime, as_at: int) -> tuple[Stretch, ...]:
    """Return all values along valid time, as published by `known_at` and recorded by `as_at`.

    Neighbours with strictly equal JSON values are one stretch; where nothing holds there is none.
    """
    layers = _Layers()
    for fact in visible(facts, known_at=known_at, as_at=as_at):
        layers.lay(fact)
    return tuple(Stretch(*run) for run in _runs(layers.starts, layers.holders))


def knowledge(facts: Iterable[Fact], *, valid_at: datetime, as_at: int) -> tuple[Known, ...]:
    """Return what the public believed of `valid_at` along publication time, recorded by `as_at`.

    Neighbours with strictly equal JSON values are one; where nothing was believed there is none.
    """
    layers = _Layers()
    starts: list[datetime] = []
    holders: list[Fact | None] = []
    for disclosed_at, batch in groupby(
        _ordered(_recorded(facts, as_at)), attrgetter("disclosed_at")
    ):
        for fact in batch:
            layers.lay(fact)
        starts.append(disclosed_at)
        holders.append(layers.holder_at(valid_at))
    return tuple(Known(*run) for run in _runs(starts, holders))


class _Layers:
    """The valid axis, cut at `starts`; from each cut to the next it is held by one fact or none."""

    __slots__ = ("holders", "starts")

    def __init__(self) -> None:
        self.starts = [_BEGINNING]
        self.holders: list[Fact | None] = [None]

    def lay(self, fact: Fact) -> None:
        """Lay a fact over those before it; what its end uncovers goes on from there."""
        starts, holders = self.starts, self.holders
        first = bisect_left(starts, fact.valid_from)
        end = self._end_of(fact)
        last = len(starts) if end is None else bisect_left(starts, end)
        cuts: list[datetime] = [fact.valid_from]
        held: list[Fact | None] = [fact]
        if end is not None and (last == len(starts) or starts[last] != end):
            cuts.append(end)
            held.append(holders[last - 1])
        starts[first:last] = cuts
        holders[first:last] = held

    def holder_at(self, valid_at: datetime) -> Fact | None:
        return self.holders[bisect_right(self.starts, valid_at) - 1]

    def _end_of(self, fact: Fact) -> datetime | None:
        if not _waits(fact):
            return fact.valid_to
        following = bisect_right(self.starts, fact.valid_from)
        return self.starts[following] if following < len(self.starts) else None


def _waits(fact: Fact) -> bool:
    """Tell whether the fact holds only until the next boundary."""
    return fact.valid_to is None and fact.open_end is OpenEnd.UNTIL_NEXT


def _recorded(facts: Iterable[Fact], as_at: int) -> Iterable[Fact]:
    return (
        fact
        for fact in facts
        if fact.position <= as_at and (fact.position_to is None or as_at < fact.position_to)
    )


def _ordered(facts: Iterable[Fact]) -> list[Fact]:
    return sorted(facts, key=attrgetter("disclosed_at", "place"))


_Run = tuple[datetime, datetime | None, Any, tuple[Fact, ...]]


def _runs(starts: Sequence[datetime], holders: Sequence[Fact | None]) -> Iterable[_Run]:
    """Yield (from, to, value, facts) of each unbroken run of one value, leaving out null."""
    pieces = zip(pairwise([*starts, None]), holders, strict=True)
    for _, run in groupby(pieces, lambda piece: _json_text(piece[1])):
        bounds, held = zip(*run, strict=True)
        deciding = tuple({id(fact): fact for fact in held if fact is not None}.values())
        if deciding and deciding[0].value is not None:
            yield bounds[0][0], bounds[-1][1], deciding[0].value, deciding


def _json_text(holder: Fact | None) -> str:
    # Python calls 0, False and 0.0 equal, inside containers too; their JSON texts differ.
    return json.dumps(None if holder is None else holder.value, sort_keys=True)
