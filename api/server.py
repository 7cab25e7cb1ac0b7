"""The server: uvicorn's, which waits for open answers and so has to end what has no end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import uvicorn

if TYPE_CHECKING:
    import socket

    from api.streams import Streams


class Server(uvicorn.Server):
    """Ends the streams when it is told to stop, before it waits for what is being answered."""

    def __init__(self, config: uvicorn.Config, streams: Streams) -> None:
        super().__init__(config)
        self._streams = streams

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop; every reader gets the end of its stream."""
        self._streams.end()
        await super().shutdown(sockets)
