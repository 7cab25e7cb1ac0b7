"""The log as it grows: what is there, then whatever is appended, by whatever process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Unpack

from api.log import told
from api.opened import opened_events
from api.question_log import quietly
from timeline.errors import ClockBeyondHead

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from api.answers import Answer
    from api.clocks import ClockArguments
    from timeline.recorder import SqlRecorder, StoredRecord

    Row = dict[str, Any]

POLL = 0.2


def _nothing() -> None:
    """Do nothing between two looks."""


class Following:
    """What `Timeline` does to go on with the log as it grows."""

    if TYPE_CHECKING:  # what `Timeline` has
        recorder: SqlRecorder

        def issuer(self, issuer: str, **clocks: Unpack[ClockArguments]) -> Answer: ...

    def follow(
        self, issuer: str | None = None, *, after: int = 0, idle: Callable[[], None] = lambda: None
    ) -> Iterator[Row]:
        """Yield the events after position `after`, of `issuer` alone if named, and wait for more.

        In order, each once, whichever process appends them; it ends when it is closed, or when
        `idle`, called before each wait, raises. Raises ClockBeyondHead for an `after` to come.
        """
        with quietly():  # what is followed is no answer, nor is looking up the name
            of = self.issuer(issuer).items[0]["issuer"] if issuer else None
        found = followed(self.recorder, after, idle)
        rows = (opened_events(self.recorder, [told(record)])[0] for record in found)
        return (row for row in rows if of is None or row["source"] == f"/v1/issuers/{of}")


def require_reached(recorder: SqlRecorder, after: int, *, place: str = "after") -> None:
    """Raise ClockBeyondHead, said of `place`, where the log has not come to position `after`."""
    head = recorder.head()
    if after > head:
        raise ClockBeyondHead(f"position {after} is beyond the head, {head}", place=place)


def heads(recorder: SqlRecorder, ended: Callable[[], bool] = lambda: False) -> Iterator[int]:
    """Yield the head until `ended`: at once, at news of an append, and every `POLL` seconds.

    News is listened for before the first look, so nothing falls in between.
    """
    with recorder.wakeup() as news:
        while not ended():
            yield recorder.head()
            news.wait(POLL)


def followed(
    recorder: SqlRecorder, after: int, idle: Callable[[], None] = _nothing
) -> Iterator[StoredRecord]:
    """Yield every event after position `after`, in order and once, and wait for more at the end.

    Positions have no gaps and commit in order, so the last one seen is all there is to remember.
    `idle` is called before each wait and may raise to end it. Raises ClockBeyondHead where the log
    has not come to `after`.
    """
    require_reached(recorder, after)
    for head in heads(recorder):
        for record in recorder.records(after, upto=head):
            yield record
            after = record.position
        idle()
