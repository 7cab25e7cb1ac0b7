"""Delivery: each digest committed before it is sent, retried under its id, and sent once by it.

At least once on the wire, exactly once by id: whoever is killed between sending and saying so has
the same digest sent again under the same id, and a receiver that keeps ids takes it once.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from api.sending.destination import NotDelivered
from api.sending.digest import digest_of, id_of, is_news
from timeline.errors import BadInput
from timeline.recorder import State, Unsent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from api.sending.destination import Destination
    from api.timeline import Timeline
    from timeline.recorder import Outbox

    Row = dict[str, Any]

WAITS = (1.0, 4.0, 16.0)
"""Seconds between the attempts of one sender; after the last it gives up."""
FIRST_DAYS = 7
"""How far back a first digest goes, unless told otherwise."""
SENT, FAILED, HELD, NOTHING = "sent", "failed", "held", "nothing"


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of one digest.

    `state` is `sent`, `failed` (tried again by the next sender), `held` (another sender is at it)
    or `nothing` (there is nothing new, and no digest).
    """

    issuer: str
    destination: str
    state: str
    id: str | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """How digests are made and sent: what they tell, and how long to wait between attempts."""

    timeline: Timeline
    within: int = 30
    since: str | None = None
    as_of: str | None = None
    sleep: Callable[[float], None] = time.sleep

    def digest(self, issuer: str, destination: str | None = None) -> Row:
        """Return what would be told now, without making a digest of it."""
        last = self.timeline.outbox().last(issuer, destination) if destination else None
        return self._digest(issuer, last and last[0])

    def deliver(self, issuer: str, to: Destination) -> Iterator[Delivered]:
        """Send what is not sent yet, then what is new since; nothing new while that fails."""
        outbox = self.timeline.outbox()
        while True:
            last = outbox.last(issuer, to.name)
            if last is not None and last[1] is not State.SENT:
                told = self._send(outbox, last[0], to)
                yield told
                if told.state != SENT:
                    return
                last = (last[0], State.SENT)
            made = self._make(issuer, to, last[0] if last else None)
            if made is None:
                yield Delivered(issuer, to.name, NOTHING)
                return
            if outbox.add(made):
                yield self._send(outbox, made, to)
                return

    def _digest(self, issuer: str, last: Unsent | None) -> Row:
        if last is not None and self.since is not None:
            raise BadInput("is for a first digest; there was one already", place="--since")
        asked = self.timeline.asked(**({"as_of": self.as_of} if self.as_of else {}))
        since = self.since or (asked.clocks.day - timedelta(days=FIRST_DAYS)).isoformat()
        answer = self.timeline.follow_up(
            issuer,
            since=last.to_on if last else since,
            since_position=last.to_position if last else None,
            within=self.within,
            as_of=asked.as_of,
            as_at=asked.position,
        )
        return digest_of(answer, issuer)

    def _make(self, issuer: str, to: Destination, last: Unsent | None) -> Unsent | None:
        digest = self._digest(issuer, last)
        if not is_news(digest):
            return None
        number = last.number + 1 if last else 1
        id_ = id_of(issuer, to.name, number, digest)
        return Unsent(
            issuer_id=issuer,
            destination=to.name,
            number=number,
            id=id_,
            since_on=digest["since"]["on"],
            since_position=digest["since"]["position"],
            to_on=digest["to"]["on"],
            to_position=digest["to"]["position"],
            message=to.message(id_, self._now(), digest),
        )

    def _send(self, outbox: Outbox, unsent: Unsent, to: Destination) -> Delivered:
        told = (unsent.issuer_id, unsent.destination)
        for wait in (*WAITS, None):
            if not outbox.claim(unsent.id):
                return Delivered(*told, HELD, unsent.id)
            try:
                to.send(unsent.id, unsent.message, self._now())
            except NotDelivered as error:
                if wait is None or not error.again:
                    outbox.failed(unsent.id, str(error))
                    return Delivered(*told, FAILED, unsent.id, str(error))
                self.sleep(wait)
            else:
                outbox.sent(unsent.id)
                break
        return Delivered(*told, SENT, unsent.id)

    def _now(self) -> datetime:
        return self.timeline.now()
