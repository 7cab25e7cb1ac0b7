"""One page as a response: its template, its headers, and its face when something is refused."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from api.pages.static_files import address
from api.pages.words import day_told, slip_told, verdict_told, window_told
from api.problems import kind_of
from api.routes.responding import PERSONAL
from api.templating import templates_of
from timeline.errors import BadInput, TimelineError

if TYPE_CHECKING:
    from jinja2 import Environment

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""What a browser may load for a page: files of this server, and nothing that stands in the page."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # without one a form would come from no origin
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": PERSONAL,  # an erasure must leave nothing of an open fact in a cache
}
_UNTOLD = "Nothing is wrong with what was asked; the server's log tells more."

_Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class PageRoute(APIRoute):
    """A route whose refusals are pages, too."""

    def get_route_handler(self) -> _Handler:
        """Return the handler, with every error of ours told to a person."""
        handler = super().get_route_handler()

        async def handle(request: Request) -> Response:
            try:
                return await handler(request)
            except TimelineError as error:
                kind = kind_of(error)
                told = _UNTOLD if kind.private else str(error)
                return page("error.html", status=kind.status, title=kind.title, told=told)
            except HTTPException as error:
                title = HTTPStatus(error.status_code).phrase
                return page("error.html", status=error.status_code, title=title, told=error.detail)
            except RequestValidationError as error:
                title = kind_of(BadInput("")).title
                return page("error.html", status=400, title=title, told=error.errors()[0]["msg"])

        return handle


def page(template: str, *, status: int = 200, **told: Any) -> Response:
    """Return a page made of `template`; every text in it is escaped."""
    content = _templates().get_template(template).render(status=status, **told)
    return HTMLResponse(content, status_code=status, headers=HEADERS)


@cache
def _templates() -> Environment:
    templates = templates_of(Path(__file__).parent / "templates")
    templates.globals["address"] = address
    templates.filters |= {
        "day": day_told,
        "window": window_told,
        "slip": slip_told,
        "verdict": verdict_told,
        "query": _query,
    }
    return templates


def _query(told: dict[str, Any]) -> str:
    """Return the query of an address; what says nothing is left out of it."""
    return urlencode({name: value for name, value in told.items() if value})
