"""Following the log as it grows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eventsourcing.persistence import ListenNotifySubscription

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.recorder.recorder import SqlRecorder

__all__ = ["RecorderSubscription"]


class RecorderSubscription(ListenNotifySubscription["SqlRecorder"]):
    """An iterator over events in order of position that waits for more at the end.

    Whatever the database says or fails to say, it looks again every `poll` seconds: news can be
    sent before anybody listens for it. Leave the `with` block, or call `stop`, to end it.
    """

    def __init__(
        self, recorder: SqlRecorder, gt: int | None, topics: Sequence[str], poll: float
    ) -> None:
        self._poll = poll  # before the base starts its thread
        super().__init__(recorder, gt=gt, topics=topics)

    def _loop_on_pull(self) -> None:
        try:
            with self._recorder.wakeup() as news:
                while not self._has_been_stopped:
                    self._pull()
                    if not self._has_been_stopped:
                        news.wait(self._poll)
        except BaseException as error:  # noqa: BLE001  # the reader's thread raises it
            if self._thread_error is None:
                self._thread_error = error
            self.stop()
