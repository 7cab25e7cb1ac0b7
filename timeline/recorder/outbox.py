"""The outbox: digests that are to be sent, committed before they are, and what became of each.

A digest keeps its id over every attempt, so whoever gets it twice can tell. One sender at a time
holds it, by a claim that ends by itself: a sender that is killed blocks nobody for long.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from timeline.recorder.engine import database_of
from timeline.recorder.failures import translated
from timeline.recorder.schema import digests

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.engine import Engine

    from timeline.recorder.clock import Clock

__all__ = ["Outbox", "State", "Unsent"]

CLAIMED_FOR = timedelta(minutes=10)
"""How long a claim holds; longer than one attempt may take, and the wait before it."""


class State(StrEnum):
    """Where a digest is. `failed`: its last sender gave up, the next one tries again."""

    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsent:
    """A digest: the `number`-th of an issuer to a destination, and what it tells of.

    It goes from the end of the day `since_on` and the position `since_position` to those of `to`.
    `message` is what is sent, byte for byte.
    """

    issuer_id: str
    destination: str
    number: int
    id: str
    since_on: str
    since_position: int
    to_on: str
    to_position: int
    message: bytes


_NAMES = tuple(Unsent.__dataclass_fields__)


class Outbox:
    """The digests of one store; safe to share by threads, and by processes."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._clock = clock
        self._database = database_of(engine)
        self._writing = self._database.appending(engine)
        self._me = uuid4().hex

    def last(self, issuer: str, destination: str) -> tuple[Unsent, State] | None:
        """Return the newest digest of an issuer to a destination, and where it is."""
        t = digests.c
        query = select(*(t[name] for name in _NAMES), t.state)
        query = query.where(t.issuer_id == issuer, t.destination == destination)
        with translated(self._database.tell), self._writing.connect() as connection:
            found = connection.execute(query.order_by(t.number.desc()).limit(1)).one_or_none()
        if found is None:
            return None
        *told, state = found
        return Unsent(**dict(zip(_NAMES, told, strict=True))), State(state)

    def add(self, unsent: Unsent) -> bool:
        """Commit a digest before it is sent; False where somebody has made this number already."""
        row = {name: getattr(unsent, name) for name in _NAMES}
        row |= {"made_at": self._clock.now(), "state": State.PENDING.value, "attempts": 0}
        try:
            with translated(self._database.tell), self._writing.begin() as connection:
                connection.execute(insert(digests), row)
        except IntegrityError:
            return False
        return True

    def claim(self, digest: str) -> bool:
        """Take a digest that is not sent for one attempt, or keep it for another.

        False while another sender holds it, and once it is sent.
        """
        now, t = self._clock.now(), digests.c
        free = or_(t.claimed_by.is_(None), t.claimed_by == self._me, t.claimed_to < now)
        mine = {"claimed_by": self._me, "claimed_to": now + CLAIMED_FOR}
        return self._set(digest, t.state != State.SENT.value, free, **mine, attempts=t.attempts + 1)

    def sent(self, digest: str) -> None:
        """Say that it was taken; whoever held it then, it is sent."""
        done: dict[str, Any] = {"sent_at": self._clock.now(), "error": None}
        self._set(digest, state=State.SENT.value, claimed_by=None, claimed_to=None, **done)

    def failed(self, digest: str, error: str) -> None:
        """Say that this sender gives up, and why; the next one may try at once."""
        held = digests.c.claimed_by == self._me
        free: dict[str, Any] = {"claimed_by": None, "claimed_to": None}
        self._set(digest, held, state=State.FAILED.value, error=error, **free)

    def _set(self, digest: str, *where: ColumnElement[bool], **values: Any) -> bool:
        change = update(digests).where(digests.c.id == digest, *where).values(**values)
        with translated(self._database.tell), self._writing.begin() as connection:
            return connection.execute(change).rowcount == 1
