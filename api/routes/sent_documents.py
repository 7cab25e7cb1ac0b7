"""A document as it is sent to be read: as text in JSON, or as it is with the rest as parameters."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Query
from starlette.exceptions import HTTPException

from api.routes.recording import media_type, sent_within
from timeline.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable

    from fastapi import Request

DOCUMENT_MAX = 8 * 1024 * 1024
_JSON = "application/json"
_FORMS = {
    "text/plain": "document.txt",
    "text/html": "document.html",
    "application/pdf": "document.pdf",
}

Issuer = Annotated[
    str | None, Query(description="Of a document sent as it is: id, name or alias of the issuer.")
]
Published = Annotated[
    str | None, Query(description="Of a document sent as it is: when it was published, EDTF.")
]
YearEnd = Annotated[str | None, Query(description="MM-DD; default: as on record.")]


def contents(schema: dict[str, Any]) -> dict[str, Any]:
    """Return what may be sent, for /openapi.json: JSON of that schema, or a document."""
    binary = {"schema": {"type": "string", "format": "binary"}}
    return {_JSON: {"schema": schema}} | dict.fromkeys(_FORMS, binary)


async def told_of(
    request: Request,
    given: dict[str, Any],
    *,
    read: Callable[[bytes], dict[str, Any]],
    verb: str,
) -> dict[str, Any]:
    """Return what is sent as arguments: a body in JSON by `read`, else the document and `given`.

    Raises BadInput, or 415 for another form, or 413 beyond `DOCUMENT_MAX`, which names the `verb`
    of the command line that reads more.
    """
    form = media_type(request)
    if form != _JSON and form not in _FORMS:
        wanted = ", ".join((_JSON, *_FORMS))
        raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"send one of {wanted}")
    too_large = f"the document is over {DOCUMENT_MAX} bytes; read it by `timeline {verb}`"
    sent = await sent_within(request, DOCUMENT_MAX, too_large)
    given = {name: value for name, value in given.items() if value is not None}
    if form == _JSON:
        return _in_json(sent, given, read)
    return _as_it_is(sent, given, _FORMS[form])


def _in_json(
    sent: bytes, given: dict[str, Any], read: Callable[[bytes], dict[str, Any]]
) -> dict[str, Any]:
    for name in given:
        raise BadInput("goes in the body, which is JSON", place=name)
    return read(sent)


def _as_it_is(sent: bytes, given: dict[str, Any], name: str) -> dict[str, Any]:
    for needed in ("issuer", "published"):
        if needed not in given:
            raise BadInput("is required of a document sent as it is", place=needed)
    return given | {"data": sent, "name": name}
