"""Pages of the log for many readers at once: those who stand at one place share one reading."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import orjson
from fastapi.sse import format_sse_event

from api.question_log import quietly

if TYPE_CHECKING:
    from typing import Any

    from api.timeline import Timeline

    Place = tuple[str | None, int]

PAGE = 100
_READERS = 2


@dataclass(frozen=True, slots=True)
class LogPage:
    """Events as they go over the wire, and the position up to which there are no others."""

    frames: list[bytes]
    upto: int
    more: bool


class LogPages:
    """Reads the log in threads of its own, two at most, so that other questions keep theirs.

    Nothing is kept: a page is shared by those who asked for it while it was being read.
    """

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline
        self._threads = ThreadPoolExecutor(_READERS, thread_name_prefix="pages of the log")
        self._reading: dict[Place, asyncio.Future[LogPage]] = {}

    async def after(self, issuer: str | None, position: int) -> LogPage:
        """Return what follows `position`, of `issuer` alone if named; its page may be empty."""
        place = (issuer, position)
        if place not in self._reading:
            self._reading[place] = self._begin(place)
        return await asyncio.shield(self._reading[place])

    def close(self) -> None:
        """Let the threads go; who still waits gets the page."""
        self._threads.shutdown(wait=False)

    def _begin(self, place: Place) -> asyncio.Future[LogPage]:
        reading = asyncio.get_running_loop().run_in_executor(self._threads, self._read, *place)

        def done(_: asyncio.Future[LogPage]) -> None:
            del self._reading[place]
            reading.exception()  # all who asked may have left

        reading.add_done_callback(done)
        return reading

    def _read(self, issuer: str | None, position: int) -> LogPage:
        with quietly():  # what is followed is no answer
            answer = self._timeline.events(issuer=issuer, after=position, limit=PAGE)
        more = answer.next is not None
        upto = answer.items[-1]["position"] if more else max(position, answer.asked.position)
        return LogPage([frame(row) for row in answer.items], upto, more)


def frame(row: dict[str, Any]) -> bytes:
    """Write one CloudEvent as a server-sent event; its id is its position."""
    data = orjson.dumps(row).decode()
    return format_sse_event(id=str(row["position"]), event=row["type"], data_str=data)
