"""The log: everything recorded, in the order in which it was, as CloudEvents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, Path, Query

from api import models
from api.routes.lists import FORMS, AskingList
from api.routes.parameters import IssuerFilter, only_known
from api.routes.responding import PROBLEMS
from api.tables import EVENTS

if TYPE_CHECKING:
    from fastapi.responses import Response

    from api.answers import Answer
    from api.clocks import ClockArguments

POSITION_MAX = 2**63 - 1

After = Annotated[
    int, Query(ge=0, le=POSITION_MAX, description="Only what stands after this position.")
]


def router() -> APIRouter:
    """Return the routes under /events."""
    routes = APIRouter(
        prefix="/events", tags=["events"], dependencies=[Depends(only_known)], responses=PROBLEMS
    )
    routes.get("", response_model=models.Events, responses=FORMS)(events)
    routes.get("/{id}", response_model=models.Events, responses=FORMS)(event)
    return routes


def events(asking: AskingList, issuer: IssuerFilter = None, after: After = 0) -> Response:
    """List what was recorded by `as_at`, oldest first, every version of it.

    With `as_of` or `known_at` stated, only what was public by the earlier of them.
    """

    def read(after: int, limit: int, clocks: ClockArguments) -> Answer:
        return asking.timeline.events(
            issuer=issuer, after=after, limit=limit, question=asking.asked_for, **clocks
        )

    return asking.tell_read(read, EVENTS, after=after)


def event(
    event: Annotated[str, Path(alias="id", examples=["ev-om-top"])],
    asking: AskingList,
    issuer: IssuerFilter = None,
) -> Response:
    """List every version of one item, by the id it was recorded under."""
    answer = asking.timeline.event(event, issuer=issuer, **asking.pinned())
    return asking.tell(answer, EVENTS)
