"""Feeds to subscribe to: the calendar of an issuer, and the latest of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from api.feeds import atom, calendar, picture
from api.pages.issuer import issuer_told
from api.routes.issuers import IssuerName, ProgramFilter, ProgramName  # noqa: TC001  # read at run time
from api.routes.parameters import only_known
from api.routes.questions import Stated  # noqa: TC001  # read at run time
from api.routes.responding import PERSONAL, PROBLEMS, respond_with
from api.routes.store import store_of

if TYPE_CHECKING:
    from api.answers import Answer


def router() -> APIRouter:
    """Return the routes of feeds."""
    routes = APIRouter(
        prefix="/issuers/{issuer}",
        tags=["feeds"],
        dependencies=[Depends(only_known)],
        responses=PROBLEMS,
        default_response_class=Response,
    )
    routes.get("/calendar.ics", responses=_told(calendar.MEDIA, "A calendar"))(issuer_calendar)
    told = _told(picture.MEDIA, "A picture")
    routes.get("/programs/{program}/timeline.svg", responses=told)(program_timeline)
    routes.get("/feed.atom", responses=_told(atom.MEDIA, "A feed"))(issuer_feed)
    return routes


def _told(media: str, what: str) -> dict[int | str, dict[str, Any]]:
    return {"200": {"description": what, "content": {media: {"schema": {"type": "string"}}}}}


def issuer_calendar(
    request: Request, issuer: IssuerName, clocks: Stated, program: ProgramFilter = None
) -> Response:
    """Send the schedule as a calendar (RFC 5545): windows as whole days, moved ones as updates."""
    answer = store_of(request).timeline().schedule(issuer, program, **clocks)
    content = calendar.calendar_of(answer, base=_base(request), source=str(request.url))
    return _sent(request, answer, content, calendar.MEDIA)


def issuer_feed(request: Request, issuer: IssuerName, clocks: Stated) -> Response:
    """Send what was last said, came or was decided, newest first, as a feed (Atom, RFC 4287)."""
    answer = store_of(request).timeline().latest(issuer, **clocks)
    content = atom.feed_of(answer, base=_base(request), source=str(request.url))
    return _sent(request, answer, content, atom.MEDIA)


def program_timeline(
    request: Request, issuer: IssuerName, program: ProgramName, clocks: Stated
) -> Response:
    """Send the timeline of one program as a picture, to be shown by pages of elsewhere, too."""
    timeline = store_of(request).timeline()
    told = issuer_told(timeline, issuer, clocks, program=program, row=None)
    rows = [row for group in told["groups"] for row in group["rows"]]
    day = date.fromisoformat(told["clocks"]["known_at"][:10])
    name = told["issuer"]["name"] or told["issuer"]["issuer"]
    of = told["groups"][0]["name"] or told["groups"][0]["program"]
    said = [row["sentence"] for row in rows]
    content = picture.picture_of(rows, title=picture.titled(name, of, day), day=day, sentences=said)
    headers = {"Content-Security-Policy": picture.POLICY, "X-Content-Type-Options": "nosniff"}
    headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return Response(
        content, media_type=picture.MEDIA, headers=headers | {"Cache-Control": PERSONAL}
    )


def _base(request: Request) -> str:
    return str(request.base_url).rstrip("/")


def _sent(request: Request, answer: Answer, content: bytes, media: str) -> Response:
    """Send a feed; the clocks it holds for are told in headers, so that it changes only by news."""
    told = answer.asked.texts()
    headers = {f"Timeline-{name.replace('_', '-').title()}": str(told[name]) for name in told}
    headers["X-Content-Type-Options"] = "nosniff"
    return respond_with(request, answer, content, media_type=media, headers=headers)
