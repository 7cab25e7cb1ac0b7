"""The release desk: a draft that is sent, held against the rules and the record; nothing kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import orjson
from fastapi import APIRouter, Depends, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response

from api import bodies, finding_shapes, posted
from api.routes.parameters import AsAt, AsOf, KnownAt, only_known  # read at run time
from api.routes.responding import PROBLEMS
from api.routes.sent_documents import (  # read at run time
    Issuer,
    Published,
    YearEnd,
    contents,
    told_of,
)
from api.routes.store import store_of

if TYPE_CHECKING:
    from api.checking import Checked

_RESPONSES: dict[int | str, dict[str, Any]] = {
    "413": {"description": "The document is too large"},
    "415": {"description": "Neither JSON nor a document of a form that is read"},
    "default": PROBLEMS["default"],
}

Kind = Annotated[
    str | None, Query(description="What sort of document it will be. Default: news release.")
]
Rule = Annotated[str | None, Query(description="This rule alone.", examples=["PC-10"])]


def router() -> APIRouter:
    """Return the route of the desk."""
    routes = APIRouter(
        tags=["compliance"], dependencies=[Depends(only_known)], responses=_RESPONSES
    )
    told = {
        "requestBody": {"required": True, "content": contents(posted.Check.model_json_schema())}
    }
    routes.post("/checks", response_model=finding_shapes.Checked, openapi_extra=told)(check)
    return routes


async def check(  # noqa: PLR0917  # the parameters of the route
    request: Request,
    issuer: Issuer = None,
    published: Published = None,
    fiscal_year_end: YearEnd = None,
    kind: Kind = None,
    rule: Rule = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_at: AsAt = None,
) -> Response:
    """Hold a draft against the rules, and against what was public by the eve of its publication.

    Text goes in a JSON body, with all the rest; text, HTML and PDF are also taken as they are, by
    their content type. The clocks are asked at the eve of `published` unless stated. Nothing of the
    draft is kept.
    """
    given: dict[str, Any] = {"issuer": issuer, "published": published, "kind": kind}
    given |= {"fiscal_year_end": fiscal_year_end, "rules": rule and [rule]}
    given |= {"as_of": as_of, "known_at": known_at, "as_at": as_at}
    told = await told_of(request, given, read=bodies.check, verb="check")
    found = await run_in_threadpool(_check, request, told)
    headers = {"Cache-Control": "no-store"}
    return Response(orjson.dumps(found.body()), media_type="application/json", headers=headers)


def _check(request: Request, told: dict[str, Any]) -> Checked:
    return store_of(request).timeline().check(**told)
