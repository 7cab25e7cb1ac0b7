"""The web application: the one place where its parts are put together."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from fastapi import FastAPI

from api import problems
from api.head import AnswersHead
from api.own_pages import OwnPagesOnly
from api.pages import routes as pages
from api.routes import (
    checks,
    company,
    documents,
    drafts,
    erasing,
    events,
    extractions,
    feeds,
    findings,
    health,
    issuers,
    ledger,
    recording,
    stream,
    worksheet,
)
from api.routes.store import Store
from api.streams import Streams

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from fastapi.routing import APIRoute

    from api.settings import Settings
    from timeline.recorder import Clock

PREFIX = "/v1"
_DESCRIPTION = """\
What companies said would happen, and what did, for any date.

Three clocks, never mixed. `as_of` is valid time: when it happened or holds (default: today, UTC).
`known_at` is publication time: what was public by then (default: the value of `as_of`). `as_at` is
transaction time: what this system had recorded by then (default: now; an instant or `position:N`).
A window means some day within it, its first and last day included.
"""


def create_app(settings: Settings, *, clock: Clock | None = None) -> FastAPI:
    """Return the application; the store is opened by the first question, closed at shutdown."""
    store = Store(settings, clock=clock)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        store.close()

    app = FastAPI(
        title="Corporate Timeline",
        version="1",
        description=_DESCRIPTION,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=_operation,
    )
    app.state.store = store
    app.state.streams = Streams(most=settings.streams, heartbeat=settings.heartbeat)
    app.add_middleware(AnswersHead)
    app.add_middleware(OwnPagesOnly, hosts=settings.hosts)
    problems.install(app)
    app.include_router(health.router())
    app.include_router(pages.router())
    # The first route that fits is taken: a stream is no event.
    asking = (issuers, company, worksheet, feeds, findings, documents, stream, events, ledger)
    for part in (*asking, drafts, recording, erasing, extractions, checks):
        app.include_router(part.router(), prefix=PREFIX)
    return app


def _operation(route: APIRoute) -> str:
    return route.name
