"""Reading a document that is sent: its drafts, stored when the request says so."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any

import orjson
from fastapi import APIRouter, Depends, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from api import bodies, draft_shapes, posted
from api.routes.parameters import only_known
from api.routes.questions import PROBLEMS
from api.routes.recording import Key, media_type, only_key, sent_within
from api.routes.store import store_of
from timeline.errors import BadInput

if TYPE_CHECKING:
    from api.extraction import Extraction

DOCUMENT_MAX = 8 * 1024 * 1024
_JSON = "application/json"
_KEY = "Idempotency-Key"
_FORMS = {
    "text/plain": "document.txt",
    "text/html": "document.html",
    "application/pdf": "document.pdf",
}
_TOO_LARGE = f"the document is over {DOCUMENT_MAX} bytes; read it by `timeline extract`"
_RESPONSES: dict[int | str, dict[str, Any]] = {
    "200": {"description": "Read, and nothing recorded: not asked for, or read before"},
    "201": {"description": "Read, and its drafts stored", "model": draft_shapes.Extraction},
    "413": {"description": "The document is too large"},
    "415": {"description": "Neither JSON nor a document of a form that is read"},
    "default": PROBLEMS["default"],
}

Issuer = Annotated[
    str | None, Query(description="Of a document sent as it is: id, name or alias of the issuer.")
]
Published = Annotated[
    str | None, Query(description="Of a document sent as it is: when it was published, EDTF.")
]
YearEnd = Annotated[str | None, Query(description="MM-DD; default: as on record.")]
Save = Annotated[bool, Query(description="Store the document and its drafts.")]
DocumentId = Annotated[str | None, Query(description="With save: the document's id.")]


def router() -> APIRouter:
    """Return the route that reads."""
    routes = APIRouter(tags=["drafts"], dependencies=[Depends(only_known)], responses=_RESPONSES)
    binary = {"schema": {"type": "string", "format": "binary"}}
    content = {_JSON: {"schema": posted.Extraction.model_json_schema()}}
    content |= dict.fromkeys(_FORMS, binary)
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
    given = {name: value for name, value in stated.items() if value is not None}
    form = media_type(request)
    if form != _JSON and form not in _FORMS:
        wanted = ", ".join((_JSON, *_FORMS))
        raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"send one of {wanted}")
    sent = await sent_within(request, DOCUMENT_MAX, _TOO_LARGE)
    told = _in_json(sent, given) if form == _JSON else _as_it_is(sent, given, _FORMS[form])
    return _respond(await run_in_threadpool(_read, request, told, key))


def _read(request: Request, told: dict[str, Any], key: str | None) -> Extraction:
    timeline = store_of(request).timeline()
    try:
        return timeline.extract(**told, key=key if told["save"] else None)
    except BadInput as error:
        raise error.at(_KEY) if error.place == "key" else error from None


def _in_json(sent: bytes, given: dict[str, Any]) -> dict[str, Any]:
    for name in given:
        raise BadInput("goes in the body, which is JSON", place=name)
    return bodies.extraction(sent)


def _as_it_is(sent: bytes, given: dict[str, Any], name: str) -> dict[str, Any]:
    for needed in ("issuer", "published"):
        if needed not in given:
            raise BadInput("is required of a document sent as it is", place=needed)
    return {"save": False} | given | {"data": sent, "name": name}


def _respond(found: Extraction) -> Response:
    return Response(
        orjson.dumps(found.body()),
        status_code=HTTPStatus.CREATED if found.added else HTTPStatus.OK,
        media_type=_JSON,
        headers={"Cache-Control": "no-store"},
    )
