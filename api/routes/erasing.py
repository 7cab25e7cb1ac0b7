"""Erasing a data subject, whose name is in the body: a path would stand in logs."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import orjson
from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from api import bodies, posted, written_shapes
from api.routes.issuers import IssuerName  # noqa: TC001  # read at run time
from api.routes.parameters import only_known
from api.routes.recording import Sent  # noqa: TC001  # read at run time
from api.routes.responding import PROBLEMS
from api.routes.store import store_of

if TYPE_CHECKING:
    from collections.abc import Mapping

_JSON = "application/json"
_RESPONSES: Mapping[int | str, dict[str, Any]] = {
    "200": {"description": "Nobody of this name is there, or no more"},
    "201": {"description": "Erased", "model": written_shapes.Erasure},
    "default": PROBLEMS["default"],
}


def router() -> APIRouter:
    """Return the route that erases."""
    routes = APIRouter(
        tags=["recording"], dependencies=[Depends(only_known)], responses=dict(_RESPONSES)
    )
    content = {_JSON: {"schema": posted.Erasure.model_json_schema()}}
    told = {"requestBody": {"required": True, "content": content}}
    path = "/issuers/{issuer}/erasures"
    routes.post(path, response_model=written_shapes.Erasure, openapi_extra=told)(erase)
    return routes


def erase(request: Request, issuer: IssuerName, sent: Sent) -> Response:
    """Erase the key of a data subject: its personal facts are unreadable from then on, for good."""
    erasure = store_of(request).timeline().erase(issuer, **bodies.erasure(sent))
    return Response(
        orjson.dumps(erasure.body()),
        status_code=HTTPStatus.CREATED if erasure.erased else HTTPStatus.OK,
        media_type=_JSON,
        headers={"Cache-Control": "no-store"},
    )
