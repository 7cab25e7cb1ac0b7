"""The log: everything recorded, in the order in which it was, as CloudEvents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, Path, Query

from api import models
from api.answers import Cursor
from api.routes.parameters import IssuerFilter, only_known
from api.routes.questions import PROBLEMS, AskingList, respond

if TYPE_CHECKING:
    from fastapi.responses import Response

_POSITION_MAX = 2**63 - 1

After = Annotated[
    int, Query(ge=0, le=_POSITION_MAX, description="Only what stands after this position.")
]


def router() -> APIRouter:
    """Return the routes under /events."""
    routes = APIRouter(
        prefix="/events", tags=["events"], dependencies=[Depends(only_known)], responses=PROBLEMS
    )
    routes.get("", response_model=models.Events)(events)
    routes.get("/{id}", response_model=models.Events)(event)
    return routes


def events(asking: AskingList, issuer: IssuerFilter = None, after: After = 0) -> Response:
    """List what was recorded by `as_at`, oldest first, every version of it.

    With `as_of` or `known_at` stated, only what was public by the earlier of them.
    """
    clocks, start = asking.pinned(), after
    if asking.cursor is not None:
        start = max(start, Cursor.read(asking.cursor, question=asking.asked_for).offset)
    answer = asking.timeline.events(
        issuer=issuer, after=start, limit=asking.limit, question=asking.asked_for, **clocks
    )
    return respond(asking.request, answer, answer.body())


def event(
    event: Annotated[str, Path(alias="id", examples=["ev-om-top"])],
    asking: AskingList,
    issuer: IssuerFilter = None,
) -> Response:
    """List every version of one item, by the id it was recorded under."""
    return asking.page(asking.timeline.event(event, issuer=issuer, **asking.pinned()))
