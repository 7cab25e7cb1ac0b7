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


def followed(
    recorder: SqlRecorder, after: int, idle: Callable[[], None] = _nothing
) -> Iterator[StoredRecord]:
    """Yield every event after position `after`, in order and once, and wait for more at the end.

    Positions have no gaps and commit in order, so the last one seen is all there is to remember.
    News is listened for before the first look, and looked for every `POLL` seconds all the same;
    `idle` is called before each wait and may raise to end it. Raises ClockBeyondHead where the log
    has not come to `after`.
    """
    head = recorder.head()
    if after > head:
        raise ClockBeyondHead(f"position {after} is beyond the head, {head}", place="after")
    with recorder.wakeup() as news:
        while True:
            for record in recorder.records(after):
                yield record
                after = record.position
            idle()
            news.wait(POLL)
