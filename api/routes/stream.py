"""The log as it grows, as server-sent events."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Header, Request

from api.following import require_reached
from api.question_log import quietly
from api.routes.events import POSITION_MAX, After
from api.routes.parameters import IssuerFilter, only_known
from api.routes.responding import PROBLEMS
from api.routes.store import store_of
from api.streams import EventStream, Start
from timeline.errors import BadInput

if TYPE_CHECKING:
    from fastapi.responses import Response

_LAST = "Last-Event-ID"

LastEventId = Annotated[
    str | None,
    Header(alias=_LAST, description="The last id that came; it goes before `after`."),
]


def router() -> APIRouter:
    """Return the route of the stream, which /events/{id} would take for an item."""
    routes = APIRouter(prefix="/events", tags=["events"], dependencies=[Depends(only_known)])
    problems: dict[int | str, Any] = {"default": PROBLEMS["default"]}
    asked = routes.get(
        "/stream",
        status_code=200,
        response_model=None,
        response_class=EventStream,
        responses=problems,
    )
    asked(stream)
    return routes


def stream(
    request: Request,
    issuer: IssuerFilter = None,
    after: After = 0,
    last_event_id: LastEventId = None,
) -> Response:
    """Tell every event after a position, then each as it is recorded, as server-sent events.

    `id` is its position, `event` its type, `data` what /v1/events tells of it.
    """
    timeline, place = store_of(request).timeline(), "after"
    if last_event_id is not None:
        after, place = _position(last_event_id), _LAST
    require_reached(timeline.recorder, after, place=place)
    with quietly():  # what is followed is no answer, nor is looking up the name
        of = timeline.issuer(issuer).items[0]["issuer"] if issuer else None
    return EventStream(request.app.state.streams, Start(timeline, after, of))


def _position(told: str) -> int:
    if not re.fullmatch(r"[0-9]{1,19}", told) or int(told) > POSITION_MAX:
        raise BadInput(f"{told[:60]!r} is no position; send an id as it came", place=_LAST)
    return int(told)
