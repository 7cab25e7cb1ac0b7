"""Recording by hand: an item, and what puts one right, takes it out, or decides on it."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Header, Path, Query, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from api import bodies, posted, written_shapes
from api.routes.parameters import only_known
from api.routes.responding import PROBLEMS
from api.routes.store import store_of
from timeline.errors import BadInput, NotFound, UnknownReference

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.answers import Written
    from api.timeline import Timeline

BODY_MAX = 1024 * 1024
_JSON = "application/json"
_KEY = "Idempotency-Key"
_TOO_LARGE = f"the body is over {BODY_MAX} bytes; a whole history goes in by `timeline import`"
_RESPONSES: dict[int | str, dict[str, Any]] = {
    "200": {"description": "Recorded already, or a dry run"},
    "201": {"description": "Recorded", "model": written_shapes.Written},
    "default": PROBLEMS["default"],
}

DryRun = Annotated[bool, Query(description="Tell what it would change, and record nothing.")]
Key = Annotated[
    str | None,
    Header(
        alias=_KEY,
        description="Your name for this request: sent again it gets the same answer and records "
        "nothing; another request under it is refused.",
    ),
]
Target = Annotated[str, Path(alias="id", description="The id it was recorded under.")]
Statement = Annotated[str, Path(alias="id", description="The id of the expectation.")]


def router() -> APIRouter:
    """Return the routes that record, under /events."""
    routes = APIRouter(
        prefix="/events",
        tags=["recording"],
        dependencies=[Depends(only_known)],
        responses=_RESPONSES,
    )
    for path, route, shape in (
        ("", record, posted.Recording),
        ("/{id}/correction", correct, posted.Correction),
        ("/{id}/retraction", retract, posted.Retraction),
        ("/{id}/adjudication", adjudicate, posted.Adjudication),
    ):
        content = {_JSON: {"schema": shape.model_json_schema()}}
        told = {"requestBody": {"required": True, "content": content}}
        routes.post(path, response_model=written_shapes.Written, openapi_extra=told)(route)
    return routes


async def body(request: Request) -> bytes:
    """Read the body, JSON of a bounded size; its type cannot be sent across sites unasked."""
    if media_type(request) != _JSON:
        raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"send {_JSON}")
    return await sent_within(request)


def media_type(request: Request) -> str:
    """Return what the body is said to be, without parameters."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def sent_within(request: Request, most: int = BODY_MAX, told: str = _TOO_LARGE) -> bytes:
    """Read the body, at most `most` bytes of it; a larger one is answered with 413 and `told`."""
    read = bytearray()
    async for chunk in request.stream():
        read += chunk
        if len(read) > most:
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, told)
    return bytes(read)


def only_key(request: Request) -> None:
    """Refuse a request that has several names; raises BadInput."""
    if len(request.headers.getlist(_KEY)) > 1:
        raise BadInput("is given more than once; give it once", place=_KEY)


Sent = Annotated[bytes, Depends(body)]


def record(request: Request, sent: Sent, dry_run: DryRun = False, key: Key = None) -> Response:
    """Record one event, expectation, document or program; what is recorded already adds nothing."""
    return recorded(request, bodies.recording(sent), _timeline(request).record, dry_run, key)


def correct(
    request: Request, target: Target, sent: Sent, dry_run: DryRun = False, key: Key = None
) -> Response:
    """Put an item right: we misread the source. Moves on `as_at` alone."""
    write = partial(_timeline(request).correct, target=target)
    return recorded(request, bodies.correction(sent), write, dry_run, key)


def retract(
    request: Request, target: Target, sent: Sent, dry_run: DryRun = False, key: Key = None
) -> Response:
    """Take an item out: we should not have recorded it. Moves on `as_at` alone."""
    write = partial(_timeline(request).retract, target=target)
    return recorded(request, bodies.retraction(sent), write, dry_run, key)


def adjudicate(
    request: Request,
    expectation: Statement,
    sent: Sent,
    dry_run: DryRun = False,
    key: Key = None,
) -> Response:
    """Decide on one statement, in the place of the rules, from the day `disclosed` on."""
    write = partial(_timeline(request).adjudicate, expectation=expectation)
    return recorded(request, bodies.adjudication(sent), write, dry_run, key)


def _timeline(request: Request) -> Timeline:
    return store_of(request).timeline()


def recorded(
    request: Request,
    told: dict[str, Any],
    write: Callable[..., Written],
    dry_run: bool,
    key: str | None,
) -> Response:
    """Write what was told, and answer as every route that records does."""
    only_key(request)
    try:
        written = write(**told, key=key, dry_run=dry_run)
    except BadInput as error:
        raise _placed(error) from None
    added = written.added and not written.dry_run
    return Response(
        written.content,
        status_code=HTTPStatus.CREATED if added else HTTPStatus.OK,
        media_type=_JSON,
        headers={"Cache-Control": "no-store"}
        | ({"Location": f"/v1/events/{quote(written.id, safe='')}"} if added else {}),
    )


def _placed(error: BadInput) -> BadInput:
    """Name the place as HTTP does: the path's `id`, the header of the key."""
    if error.place in ("target", "expectation"):
        gone = isinstance(error, UnknownReference)
        return NotFound(error.message, place="id") if gone else error.at("id")
    return error.at(_KEY) if error.place == "key" else error
