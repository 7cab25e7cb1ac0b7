"""Serving HTTP: where it may listen, and how."""

from __future__ import annotations

import ipaddress
import socket
from typing import TYPE_CHECKING

from timeline.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.settings import Settings

_BACKLOG = 2048
_LAST_SECONDS = 5


def require_loopback(host: str) -> None:
    """Refuse an address other than loopback: there are no keys yet, so anybody could ask."""
    if host == "localhost":
        return
    try:
        loopback = ipaddress.ip_address(host).is_loopback
    except ValueError:
        loopback = False
    if not loopback:
        raise BadInput(
            f"{host!r} is not loopback, and without keys anybody could ask; serve on 127.0.0.1",
            place="host",
        )


def bound(host: str, port: int) -> socket.socket:
    """Return a socket that listens on loopback; port 0 takes a free one.

    Raises BadInput for an address that may not, or cannot, be listened on.
    """
    require_loopback(host)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise BadInput(f"cannot listen on {host}:{port}: {error.strerror}", place="port") from None
    listening.listen(_BACKLOG)
    return listening


def serve(settings: Settings, *, announce: Callable[[str], None], access_log: bool = False) -> None:
    """Serve until interrupted; `announce` is told the address once it is bound.

    Now and then a checkpoint is signed; see `checkpoints`.
    """
    # The web framework is loaded by nothing that does not serve.
    from uvicorn import Config  # noqa: PLC0415

    from api.app import create_app  # noqa: PLC0415
    from api.checkpointing import checkpoints  # noqa: PLC0415
    from api.server import Server  # noqa: PLC0415

    with bound(settings.host, settings.port) as listening, checkpoints(settings):
        announce(_url(settings.host, listening.getsockname()[1]))
        app = create_app(settings)
        config = Config(
            app,
            access_log=access_log,
            log_level="warning",
            lifespan="on",
            timeout_graceful_shutdown=_LAST_SECONDS,
        )
        Server(config, app.state.streams).run(sockets=[listening])


def _url(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
