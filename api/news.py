"""How far the log has come, told to everybody of one process who waits for it."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from threading import Event, Thread
from typing import TYPE_CHECKING

from api.following import heads

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline.recorder import SqlRecorder

_LOG = logging.getLogger(__name__)


class News:
    """Watches the head in one thread of its own, with one connection, for all who wait.

    All but the thread belongs to one event loop. `ended` is true once nothing more will come:
    after `end()`, or when the store could not be read.
    """

    def __init__(self, recorder: SqlRecorder) -> None:
        """Begin to watch, for the event loop that runs."""
        self.ended = False
        self._head = 0
        self._told = asyncio.Event()
        self._left = Event()
        self._loop = asyncio.get_running_loop()
        Thread(target=self._watch, args=(recorder,), name="news of the log", daemon=True).start()

    async def beyond(self, position: int, seconds: float) -> bool:
        """Wait for the log to come beyond `position`, or the end; false after so many seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while self._head <= position and not self.ended:
                    await self._told.wait()
        return self._head > position or self.ended

    def end(self) -> None:
        """End every wait, now and later; the thread ends when it looks next."""
        self.ended = True
        self._left.set()
        self._tell(self._head)

    def _tell(self, head: int) -> None:
        self._head = head
        self._told.set()
        self._told = asyncio.Event()

    def _watch(self, recorder: SqlRecorder) -> None:
        """Tell the loop of each new head, until nobody is left."""
        try:
            self._watch_heads(recorder)
        except Exception:  # noqa: BLE001  # whatever it is, nobody may wait for ever
            _LOG.exception("the log cannot be followed")
            self._hand(self.end)

    def _watch_heads(self, recorder: SqlRecorder) -> None:
        seen = 0
        for head in heads(recorder, ended=self._left.is_set):
            if head != seen:
                self._hand(self._tell, head)
            seen = head

    def _hand(self, call: Callable[..., None], *arguments: int) -> None:
        with suppress(RuntimeError):  # the loop is closed: there is nobody to tell
            self._loop.call_soon_threadsafe(call, *arguments)
