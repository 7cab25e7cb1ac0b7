"""The log as it grows: what is there, then whatever is appended, by whatever process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.errors import ClockBeyondHead

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from timeline.recorder import SqlRecorder, StoredRecord

POLL = 0.2


def _nothing() -> None:
    """Do nothing between two looks."""


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
