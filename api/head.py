"""HEAD: what GET would answer, without the body."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send


class AnswersHead:
    """Middleware that asks GET for HEAD, so that no route needs to know of it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; of the answer to HEAD send the headers alone."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        ended = False

        async def bodiless(message: Message) -> None:
            nonlocal ended
            if not ended:
                ended = "body" in message  # the rest of a stream is not waited for
                await send({**message, "body": b"", "more_body": False} if ended else message)

        await self._app({**scope, "method": "GET"}, receive, bodiless)
