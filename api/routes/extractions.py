"""Reading a document that is sent: its drafts, stored when the request says so."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any

import orjson
from fastapi import APIRouter, Depends, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response

from api import bodies, draft_shapes, posted
from api.routes.parameters import only_known
from api.routes.recording import Key, only_key
from api.routes.responding import PROBLEMS
from api.routes.sent_documents import (  # read at run time
    Issuer,
    Published,
    YearEnd,
    contents,
    told_of,
)
from api.routes.store import store_of
from timeline.errors import BadInput

if TYPE_CHECKING:
    from api.extraction import Extraction

_KEY = "Idempotency-Key"
_RESPONSES: dict[int | str, dict[str, Any]] = {
    "200": {"description": "Read, and nothing recorded: not asked for, or read before"},
    "201": {"description": "Read, and its drafts stored", "model": draft_shapes.Extraction},
    "413": {"description": "The document is too large"},
    "415": {"description": "Neither JSON nor a document of a form that is read"},
    "default": PROBLEMS["default"],
}

Save = Annotated[bool, Query(description="Store the document and its drafts.")]
DocumentId = Annotated[str | None, Query(description="With save: the document's id.")]


def router() -> APIRouter:
    """Return the route that reads."""
    routes = APIRouter(tags=["drafts"], dependencies=[Depends(only_known)], responses=_RESPONSES)
    content = contents(posted.Extraction.model_json_schema())
    told = {"requestBody": {"required": True, "content": content}}
    routes.post("/extractions", response_model=draft_shapes.Extraction, openapi_extra=told)(extract)
    return routes


async def extract(
    request: Request,
    *,
    issuer: Issuer = None,
    published: Published = None,
    fiscal_year_end: YearEnd = None,
    save: Save = False,
    document: DocumentId = None,
    key: Key = None,
) -> Response:
    """Read a document and tell what it says will happen and what did, as drafts.

    Text goes in a JSON body, with all the rest. Text, HTML and PDF are also taken as they are, by
    their content type, with the rest as parameters. With `save` the drafts are stored; a person
    decides on each.
    """
    only_key(request)
    stated: dict[str, Any] = {"issuer": issuer, "published": published, "document": document}
    stated |= {"fiscal_year_end": fiscal_year_end, "save": save or None}
    told = await told_of(request, stated, read=bodies.extraction, verb="extract")
    return _respond(await run_in_threadpool(_read, request, {"save": False} | told, key))


def _read(request: Request, told: dict[str, Any], key: str | None) -> Extraction:
    timeline = store_of(request).timeline()
    try:
        return timeline.extract(**told, key=key if told["save"] else None)
    except BadInput as error:
        raise error.at(_KEY) if error.place == "key" else error from None


def _respond(found: Extraction) -> Response:
    return Response(
        orjson.dumps(found.body()),
        status_code=HTTPStatus.CREATED if found.added else HTTPStatus.OK,
        media_type="application/json",
        headers={"Cache-Control": "no-store"},
    )
