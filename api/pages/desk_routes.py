"""The routes of the release desk: a form, what it comes to, and deciding on what was kept."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response

from api.pages.desk import checked_told, desk_told, draft_of, text_of
from api.pages.drafts import decide, drafts_told
from api.pages.form import Form, sent_form
from api.pages.page import PageRoute, page
from api.problems import kind_of
from api.routes.drafts import DraftId  # noqa: TC001  # read at run time
from api.routes.parameters import only_known
from api.routes.store import store_of
from timeline.errors import BadInput, TimelineError

if TYPE_CHECKING:
    from api.timeline import Timeline

_KEEP = "keep"

OfIssuer = Annotated[str, Query(description="Whose draft it is.")]
OfDocument = Annotated[str, Query(description="The document the drafts were read in.")]
On = Annotated[str, Query(description="When it is to come out.")]
By = Annotated[str, Query(description="Who decides, as stated.")]


def router() -> APIRouter:
    """Return the routes of the desk; their refusals are pages."""
    routes = APIRouter(
        route_class=PageRoute, dependencies=[Depends(only_known)], include_in_schema=False
    )
    routes.get("/desk")(desk)
    routes.post("/desk")(sent)
    routes.get("/desk/drafts")(drafts)
    routes.post("/desk/drafts/{id}")(decided)
    return routes


def desk(request: Request, issuer: OfIssuer = "", published: On = "") -> Response:
    """Show the desk, empty."""
    form = Form({"issuer": issuer, "published": published})
    return page("desk.html", **desk_told(_timeline(request), form))


async def sent(request: Request) -> Response:
    """Check what was sent and keep nothing of it; or, where it was asked for, keep its drafts."""
    form = await sent_form(request)
    return await run_in_threadpool(_answered, _timeline(request), form)


def _answered(timeline: Timeline, form: Form) -> Response:
    """Answer a form; one that cannot be read comes back as it was filled in, with the reason."""
    try:
        return _kept(timeline, form) if form["do"] == _KEEP else _checked(timeline, form)
    except TimelineError as error:
        kind = kind_of(error)
        if kind.private:
            raise
        told = desk_told(timeline, form, told=str(error))
        return page("desk.html", status=kind.status, **told)


def _checked(timeline: Timeline, form: Form) -> Response:
    checked = timeline.check(**draft_of(form))
    told = desk_told(timeline, form) | checked_told(checked)
    return page("desk.html", **told)


def _kept(timeline: Timeline, form: Form) -> Response:
    """Store the document and its drafts, and show them at their words while those are at hand."""
    wanted = draft_of(form)
    store, text = timeline.recording_by(form["by"]), text_of(wanted)
    if not store.extract(**wanted).items:
        raise BadInput("tells nothing to decide on, so nothing was kept", place="text")
    kept = store.extract(**wanted, save=True)
    told = drafts_told(store, kept.issuer, str(kept.document), text=text, rows=kept.items)
    return page("drafts.html", **told)


def drafts(
    request: Request, issuer: OfIssuer = "", document: OfDocument = "", by: By = ""
) -> Response:
    """Show the drafts of one document, to be decided on."""
    for name, value in (("issuer", issuer), ("document", document)):
        if not value:
            raise BadInput("is missing; the release desk leads here", place=name)
    timeline = _timeline(request)
    store = timeline.recording_by(by) if by else timeline
    return page("drafts.html", **drafts_told(store, issuer, document))


async def decided(request: Request, draft: DraftId) -> Response:
    """Accept, edit or reject one draft, and go back to where it stands."""
    form = await sent_form(request)
    await run_in_threadpool(decide, _timeline(request), draft, form)
    back = {name: form[name] for name in ("issuer", "document", "by")}
    place = f"/desk/drafts?{urlencode(back)}#draft-{quote(draft, safe='')}"
    return RedirectResponse(place, HTTPStatus.SEE_OTHER)


def _timeline(request: Request) -> Timeline:
    return store_of(request).timeline()
