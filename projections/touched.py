"""What touched each chain of statements, ever: counted, so that the count never falls.

A correction or a retraction takes things out of every answer; here it only adds. So what is counted
grows along each of the three clocks, and no answer about a chain changes without it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import select

from projections.adjudications import adjudications_ever_made
from projections.event_index import batched
from projections.outcomes import outcomes_ever_known
from projections.read_model import Lasting  # noqa: TC001  # the fields are read at run time
from projections.statements import statements_ever_made
from timeline.bitemporal import start_of
from timeline.expectations import Adjudication, OutcomeEvent, ProgramEnd, Statement
from timeline.expectations.register import counts
from timeline.recorder.schema import events

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from sqlalchemy import Connection

    from timeline.bitemporal import Clocks
    from timeline.expectations import Target

    Thing = Statement | OutcomeEvent | ProgramEnd | Adjudication

_DAY = timedelta(days=1)


class Version(NamedTuple):
    """One version of something said, come or decided, and between which positions it stood."""

    lasting: Lasting
    thing: Thing

    @property
    def is_first(self) -> bool:
        """Whether it was recorded so from the start, and not corrected into it."""
        said = self.thing
        place = said.position if isinstance(said, Statement) else said.place.position
        return place == self.lasting.position


@dataclass(slots=True)
class Touched:
    """The versions that count at the asked clocks, by what they can decide."""

    clocks: Clocks
    by: dict[tuple[str, Any], list[Version]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, versions: Iterable[Version], clocks: Clocks) -> Touched:
        """Keep of `versions` what was heard by `clocks`."""
        touched = cls(clocks)
        for version in versions:
            if _heard(version, clocks):
                for key in _keys(version.thing):
                    touched.by[key].append(version)
        return touched

    def chain(self, target: Target) -> list[Version]:
        """Return every version of whatever can decide what is answered about `target`."""
        own = self.by.get(("said", target), [])
        ids = dict.fromkeys(said.id for _, said in own if isinstance(said, Statement))
        keys: list[tuple[str, Any]] = [("came", one) for one in _waited_for(target, own)]
        keys.append(("ended", target.program))
        keys += [(how, one) for one in ids for how in ("decided", "taken back")]
        further = (version for key in keys for version in self.by.get(key, ()))
        return [*own, *(one for one in further if not _is_about(one.thing, target))]

    def times(self, target: Target) -> int:
        """Return how often the chain was touched after it began."""
        return sum(1 + self._is_over(version) for version in self.chain(target)) - 1

    def positions(self) -> set[int]:
        """Return the positions whose instants `instants` needs."""
        versions = [version for some in self.by.values() for version in some]
        corrected = {one.lasting.position for one in versions if not one.is_first}
        closed = (one.lasting.position_to for one in versions if self._is_over(one))
        return corrected | {position for position in closed if position is not None}

    def instants(self, target: Target, recorded_at: dict[int, datetime]) -> list[datetime]:
        """Return when the chain was touched, and when a window of it was over.

        What was recorded as it stands counts from when it was public; what was put right or taken
        out, from when that was recorded.
        """
        return sorted(
            at for version in self.chain(target) for at in self._instants(version, recorded_at)
        )

    def _instants(self, version: Version, recorded_at: dict[int, datetime]) -> Iterator[datetime]:
        first, last = version.lasting
        yield _public_at(version.thing) if version.is_first else recorded_at[first]
        if last is not None and self._is_over(version):
            yield recorded_at[last]
        over = _day_over(version.thing)
        if over is not None and over <= self.clocks.day:
            yield start_of(over)

    def _is_over(self, version: Version) -> bool:
        last = version.lasting.position_to
        return last is not None and last <= self.clocks.as_at


def versions_ever(connection: Connection, issuer: str, *, clocks: Clocks) -> list[Version]:
    """Return every version of all that was said, came and was decided, as far as it may count."""
    return [
        Version(*one)
        for some in (
            statements_ever_made(connection, issuer, clocks=clocks),
            outcomes_ever_known(connection, issuer, clocks=clocks),
            adjudications_ever_made(connection, issuer, clocks=clocks),
        )
        for one in some
    ]


def recorded_at_positions(connection: Connection, positions: set[int]) -> dict[int, datetime]:
    """Return when the events at `positions` were recorded."""
    found: dict[int, datetime] = {}
    for some in batched(sorted(positions)):
        query = select(events.c.position, events.c.recorded_at).where(events.c.position.in_(some))
        found |= {row.position: row.recorded_at for row in connection.execute(query)}
    return found


def _heard(version: Version, clocks: Clocks) -> bool:
    thing = version.thing
    if version.lasting.position > clocks.as_at:
        return False
    if isinstance(thing, Statement):
        return thing.stated_on <= clocks.day
    if isinstance(thing, Adjudication):
        return thing.place.disclosed_at <= min(clocks.as_of, clocks.known_at)
    return counts(thing, clocks)


def _keys(thing: Thing) -> Iterator[tuple[str, Any]]:
    match thing:
        case Statement():
            yield "said", thing.target
            if thing.withdraws is not None:
                yield "taken back", thing.withdraws
        case OutcomeEvent():
            yield "came", thing.target
        case ProgramEnd():
            yield "ended", thing.program
        case Adjudication():
            yield "decided", thing.expectation


def _is_about(thing: Thing, target: Target) -> bool:
    return isinstance(thing, Statement) and thing.target == target


def _waited_for(target: Target, own: list[Version]) -> list[Target]:
    """Return the milestones whose outcome decides: its own, and those of its conditions."""
    said = (version.thing for version in own)
    conditions = (one.condition for one in said if isinstance(one, Statement))
    return list(dict.fromkeys([target, *(c.target for c in conditions if c and c.target)]))


def _public_at(thing: Thing) -> datetime:
    return start_of(thing.stated_on) if isinstance(thing, Statement) else thing.place.disclosed_at


def _day_over(thing: Thing) -> date | None:
    window = thing.window if isinstance(thing, Statement) else None
    latest = window and window.latest
    return latest + _DAY if latest and latest < date.max else None
