"""Who may ask a server that is open on loopback: programs of this machine, and its own pages.

A browser asks for any page it has open. A page of elsewhere reaches loopback by a name of its own
that was made to mean 127.0.0.1 (DNS rebinding, seen by `Host`), or by posting across sites (seen by
`Origin`, which browsers always send then). Neither gets in.
"""

from __future__ import annotations

import ipaddress
from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.requests import Request

from api.problems import refusal

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

_LOCALHOST = "localhost"


class OwnPagesOnly:
    """Middleware that refuses a foreign Host (421) and a foreign Origin (403)."""

    def __init__(self, app: ASGIApp, *, hosts: tuple[str, ...] = ()) -> None:
        self._app = app
        self._hosts = {_LOCALHOST, *hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer it with a problem."""
        app = self._app
        if scope["type"] == "http":
            app = self._refused(Request(scope)) or app
        await app(scope, receive, send)

    def _refused(self, request: Request) -> ASGIApp | None:
        told = request.headers.getlist("host")
        if len(told) != 1 or not self._is_ours(told[0]):
            detail = "asked under a name that is not this server's; TIMELINE_HOSTS adds names"
            return refusal(request, HTTPStatus.MISDIRECTED_REQUEST, detail)
        own = f"//{told[0].lower()}"
        origins = request.headers.getlist("origin")
        if any(origin.lower().partition(":")[2] != own for origin in origins):
            return refusal(request, HTTPStatus.FORBIDDEN, "a page of another origin may not ask")
        return None

    def _is_ours(self, host: str) -> bool:
        """Say whether `host`, with or without a port, is loopback by number or a name of ours."""
        name = host.lower()
        name = name[1 : name.find("]")] if name.startswith("[") else name.partition(":")[0]
        return name in self._hosts or _is_loopback(name)


@lru_cache(maxsize=256)
def _is_loopback(name: str) -> bool:
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
