"""The ledger: the newest signed checkpoint, and proofs by RFC 6962."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import orjson
from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import PlainTextResponse, Response

from api import ledger_shapes as shapes
from api.routes.parameters import only_known
from api.routes.responding import CLOSED, OPEN, PROBLEMS
from api.routes.store import store_of

if TYPE_CHECKING:
    from api.timeline import Timeline

_MOST = 2**63 - 1
_NOTE: dict[int | str, dict[str, Any]] = {
    "200": {
        "description": "A signed note, by C2SP tlog-checkpoint",
        "content": {"text/plain": {"schema": {"type": "string"}}},
    }
}

Position = Annotated[int, Query(ge=1, le=_MOST, description="The event to prove.", examples=[17])]
Size = Annotated[
    int | None, Query(ge=0, le=_MOST, description="Among so many events. Default: all.")
]
Since = Annotated[int, Query(alias="from", ge=0, le=_MOST, description="So many events, before.")]
To = Annotated[int | None, Query(ge=0, le=_MOST, description="So many, after. Default: all.")]


def router() -> APIRouter:
    """Return the routes under /ledger."""
    routes = APIRouter(
        prefix="/ledger", tags=["ledger"], dependencies=[Depends(only_known)], responses=PROBLEMS
    )
    routes.get("/checkpoint", response_class=PlainTextResponse, responses=_NOTE)(checkpoint)
    routes.get("/inclusion", response_model=shapes.Inclusion)(inclusion)
    routes.get("/consistency", response_model=shapes.Consistency)(consistency)
    return routes


def checkpoint(request: Request) -> Response:
    """Tell the newest signed checkpoint: what one signature says about all that is recorded."""
    note = _timeline(request).checkpoint()
    return PlainTextResponse(note, headers={"Cache-Control": OPEN})


def inclusion(request: Request, position: Position, size: Size = None) -> Response:
    """Prove that an event is among the first `size`: hash its canonical bytes and follow it up."""
    told = _timeline(request).inclusion(position, size=size)
    return _respond(told, stated=size is not None)


def consistency(request: Request, since: Since, to: To = None) -> Response:
    """Prove that the first `from` events are the beginning of the first `to`: none was altered."""
    told = _timeline(request).consistency(since, to=to)
    return _respond(told, stated=to is not None)


def _timeline(request: Request) -> Timeline:
    return store_of(request).timeline()


def _respond(told: dict[str, Any], *, stated: bool) -> Response:
    """Respond with a proof, which for a stated size is the same for ever."""
    headers = {"Cache-Control": CLOSED if stated else OPEN}
    return Response(orjson.dumps(told), media_type="application/json", headers=headers)
