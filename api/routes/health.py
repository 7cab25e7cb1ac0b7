"""Whether the process lives, and whether it can answer."""

from __future__ import annotations

import orjson
from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from api import models
from api.routes.parameters import only_known
from api.routes.responding import PROBLEMS
from api.routes.store import store_of
from timeline.recorder import require_store

_FRESH = {"Cache-Control": "no-store"}


def router() -> APIRouter:
    """Return the routes outside /v1."""
    routes = APIRouter(tags=["health"], dependencies=[Depends(only_known)], responses=PROBLEMS)
    routes.get("/healthz", response_model=models.Health)(healthz)
    routes.get("/readyz", response_model=models.Readiness)(readyz)
    return routes


async def healthz() -> Response:
    """Tell that the process lives; nothing is asked of the store."""
    return _ok({})


def readyz(request: Request) -> Response:
    """Tell that the store answers and is of this release; otherwise a problem, with 503.

    `behind` is how many events followed read models have still to come by; inline, none.
    """
    recorder = store_of(request).timeline().recorder
    require_store(recorder.engine)
    reached, head, _ = recorder.reach()
    return _ok({"position": head, "behind": head - reached})


def _ok(more: dict[str, int]) -> Response:
    body = orjson.dumps({"status": "ok", **more})
    return Response(body, media_type="application/json", headers=_FRESH)
