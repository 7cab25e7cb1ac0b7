"""Drafts: what was read in documents, and what a person makes of it."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import Response

from api import bodies, draft_shapes, posted
from api.draft_tables import DRAFTS, EDITS
from api.routes.lists import FORMS, AskingList
from api.routes.parameters import IssuerFilter, only_known
from api.routes.questions import Asking  # noqa: TC001  # read at run time
from api.routes.recording import DryRun, Key, Sent, body, only_key, sent_within
from api.routes.responding import PROBLEMS
from api.routes.store import store_of
from timeline.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.deciding_drafts import DraftStep
    from api.timeline import Timeline

_JSON = "application/json"
_ANSWERS: dict[int | str, dict[str, Any]] = {
    "200": {"description": "Done already, or a dry run"},
    "201": {"description": "Recorded", "model": draft_shapes.DraftStep},
    "default": PROBLEMS["default"],
}

DraftId = Annotated[str, Path(alias="id", description="The id of the draft.")]
State = Annotated[
    str | None,
    Query(description="Only those proposed, accepted or rejected.", examples=["accepted"]),
]
OfDocument = Annotated[str | None, Query(description="Only those of this document, by id.")]


def router() -> APIRouter:
    """Return the routes under /drafts."""
    routes = APIRouter(prefix="/drafts", tags=["drafts"], dependencies=[Depends(only_known)])
    routes.get("", response_model=draft_shapes.Drafts, responses=PROBLEMS | FORMS)(drafts)
    routes.get("/edits", response_model=draft_shapes.Edits, responses=PROBLEMS | FORMS)(draft_edits)
    routes.get("/{id}", response_model=draft_shapes.DraftAnswer, responses=PROBLEMS)(draft)
    for path, route, shape, required in (
        ("/{id}/edit", edit, posted.DraftEdit, True),
        ("/{id}/accept", accept, posted.Acceptance, False),
        ("/{id}/reject", reject, posted.Rejection, True),
    ):
        content = {_JSON: {"schema": shape.model_json_schema()}}
        told = {"requestBody": {"required": required, "content": content}}
        routes.post(
            path, response_model=draft_shapes.DraftStep, responses=_ANSWERS, openapi_extra=told
        )(route)
    return routes


async def body_if_any(request: Request) -> bytes:
    """Read the body, JSON if there is any."""
    if request.headers.get("content-type") is None:
        sent = await sent_within(request)
        if not sent:
            return sent
    return await body(request)


SentIfAny = Annotated[bytes, Depends(body_if_any)]


def drafts(
    asking: AskingList,
    issuer: IssuerFilter = None,
    state: State = None,
    document: OfDocument = None,
) -> Response:
    """List drafts in the order they were proposed. Only `as_at` moves what is told of them."""
    clocks = asking.pinned()
    answer = asking.timeline.drafts(issuer, state=state, document=document, **clocks)
    return asking.tell(answer, DRAFTS)


def draft_edits(asking: AskingList, issuer: IssuerFilter = None) -> Response:
    """List every value of a draft that a person edited: what reading got wrong, and where."""
    return asking.tell(asking.timeline.draft_edits(issuer, **asking.pinned()), EDITS)


def draft(draft: DraftId, asking: Asking, issuer: IssuerFilter = None) -> Response:
    """Tell one draft and what was done with it, by whom, when and why."""
    return asking.only(asking.timeline.draft(draft, issuer=issuer, **asking.clocks))


def edit(
    request: Request, draft: DraftId, sent: Sent, dry_run: DryRun = False, key: Key = None
) -> Response:
    """Edit a draft before it is decided on; what was read is kept beside it."""
    do = partial(_timeline(request).edit, draft)
    return _respond(request, bodies.draft_edit(sent), do, dry_run, key)


def accept(
    request: Request, draft: DraftId, sent: SentIfAny, dry_run: DryRun = False, key: Key = None
) -> Response:
    """Record what a draft proposes, and that it was accepted; what is set is edited first."""
    do = partial(_timeline(request).accept, draft)
    return _respond(request, bodies.acceptance(sent), do, dry_run, key)


def reject(
    request: Request, draft: DraftId, sent: Sent, dry_run: DryRun = False, key: Key = None
) -> Response:
    """Reject a draft; it stays on record, with the reason."""
    do = partial(_timeline(request).reject, draft)
    return _respond(request, bodies.rejection(sent), do, dry_run, key)


def _timeline(request: Request) -> Timeline:
    return store_of(request).timeline()


def _respond(
    request: Request,
    told: dict[str, Any],
    do: Callable[..., DraftStep],
    dry_run: bool,
    key: str | None,
) -> Response:
    only_key(request)
    try:
        done = do(**told, key=key, dry_run=dry_run)
    except BadInput as error:
        raise _placed(error) from None
    added = done.added and not done.dry_run
    place = (
        {"Location": f"/v1/events/{quote(done.recorded_as, safe='')}"}
        if added and done.recorded_as
        else {}
    )
    return Response(
        done.content,
        status_code=HTTPStatus.CREATED if added else HTTPStatus.OK,
        media_type=_JSON,
        headers={"Cache-Control": "no-store"} | place,
    )


def _placed(error: BadInput) -> BadInput:
    """Name the place as HTTP does: the path's `id`, the header of the key."""
    return error.at(
        {"draft": "id", "key": "Idempotency-Key"}.get(str(error.place), error.place or "")
    )
