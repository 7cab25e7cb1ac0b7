"""The streams of one process: how many may be open, and what they share while one is."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.responses import StreamingResponse

from api.log_pages import LogPages
from api.news import News
from timeline.errors import TimelineError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.types import Message, Receive, Scope, Send

    from api.timeline import Timeline

MEDIA_TYPE = "text/event-stream"
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
_BEGUN = b"retry: 2000\n\n"
_HEARTBEAT = b": nothing new\n\n"
_PATIENCE = 4
_LATER = {"Retry-After": "5"}
_LOG = logging.getLogger(__name__)


class Streams:
    """Gives each stream its place, and all of them one watcher of the log and its pages.

    `most` streams may be open at once; `heartbeat` is in seconds. Used in one event loop.
    """

    def __init__(self, *, most: int, heartbeat: float) -> None:
        self.heartbeat = heartbeat
        self._most = most
        self._open = 0
        self._ended = False
        self._shared: tuple[News, LogPages] | None = None

    def enter(self, timeline: Timeline) -> tuple[News, LogPages]:
        """Take a place; raises HTTPException (503) where all are taken."""
        if self._ended or self._open >= self._most:
            raise HTTPException(HTTPStatus.SERVICE_UNAVAILABLE, self._refusal(), _LATER)
        if self._shared is None or self._shared[0].ended:
            self._let_go()
            self._shared = News(timeline.recorder), LogPages(timeline)
        self._open += 1
        return self._shared

    def leave(self) -> None:
        """Give the place back; with the last one the threads and the connection go."""
        self._open -= 1
        if self._open == 0:
            self._let_go()

    def end(self) -> None:
        """End every open stream, once it has told what it holds, and open no other."""
        self._ended = True
        if self._shared is not None:
            self._shared[0].end()

    def _refusal(self) -> str:
        if self._ended:
            return "the server ends; try again once it is back"
        return f"{self._most} streams are open, the most there may be; try again, or ask /v1/events"

    def _let_go(self) -> None:
        if self._shared is not None:
            news, pages = self._shared
            news.end()
            pages.close()
        self._shared = None


@dataclass(frozen=True, slots=True)
class Start:
    """Where a stream begins: after which position, and of which issuer, None for all."""

    timeline: Timeline
    after: int
    issuer: str | None


class EventStream(StreamingResponse):
    """The response that tells the log from `start` on, and goes on until its reader leaves.

    A slow reader is waited for, with no more than one page in hand; one that takes nothing for four
    heartbeats is dropped, and may come back with the last id it got.
    """

    media_type = MEDIA_TYPE

    def __init__(self, streams: Streams, start: Start) -> None:
        self._streams = streams
        self._start = start
        self._shared: tuple[News, LogPages] | None = None
        super().__init__(self._told(), headers=_HEADERS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it, in a place of its own."""
        self._shared = self._streams.enter(self._start.timeline)

        async def send_in_time(message: Message) -> None:
            async with asyncio.timeout(self._streams.heartbeat * _PATIENCE):
                await send(message)

        try:
            await super().__call__(scope, receive, send_in_time)
        except TimeoutError:
            _LOG.warning("a stream was dropped: its reader takes nothing")
        finally:
            self._streams.leave()

    async def _told(self) -> AsyncIterator[bytes]:
        assert self._shared is not None  # noqa: S101  # it is told once it has a place
        news, pages = self._shared
        yield _BEGUN
        after = self._start.after
        while not news.ended:
            try:
                page = await pages.after(self._start.issuer, after)
            except TimelineError as error:
                _LOG.error("a stream ended: %s", error)
                return
            for frame in page.frames:
                yield frame
            after = page.upto
            while not page.more and not await news.beyond(after, self._streams.heartbeat):
                yield _HEARTBEAT
