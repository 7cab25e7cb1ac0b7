"""The routes of the pages, outside /v1: they are for people, and no part of the interface."""

from __future__ import annotations

from typing import Annotated

import orjson
from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from api.clocks import ClockArguments
from api.pages import desk_routes
from api.pages.audit import event_told, log_told, proof_told
from api.pages.issuer import issuer_told
from api.pages.page import PageRoute, page
from api.pages.portfolio import SOON, portfolio_told
from api.pages.statements import statements_told
from api.pages.static_files import static_files
from api.routes.company import Stage  # noqa: TC001  # read at run time
from api.routes.events import POSITION_MAX
from api.routes.issuers import IssuerName, ProgramFilter  # noqa: TC001  # read at run time
from api.routes.ledger import Position  # noqa: TC001  # read at run time
from api.routes.parameters import AsAt, AsOf, IssuerFilter, KnownAt, only_known
from api.routes.questions import Asking, stated_clocks
from api.routes.responding import CLOSED, OPEN, respond
from api.routes.store import store_of
from timeline.errors import BadInput, NotFound
from timeline.events import Kind

_NO_SNIFFING = {"X-Content-Type-Options": "nosniff"}

OpenRow = Annotated[str | None, Query(description="The milestone whose history is open.")]
OneEvent = Annotated[str | None, Query(description="The item to show in full.")]
OfKind = Annotated[str | None, Query(description="Only items of this kind.")]
OfType = Annotated[str | None, Query(alias="type", description="How the type begins.")]
AfterText = Annotated[str | None, Query(description="Only what stands after this position.")]
Words = Annotated[str, Query(alias="q", description="A part of a name, of issuer or program.")]
OfMilestone = Annotated[str, Query(description="Only rows about this milestone.")]
WithinText = Annotated[str, Query(description="How many days count as soon.")]
Since = Annotated[str | None, Query(description="The date to hold beside the asked one.")]
OfVerdict = Annotated[str, Query(description="Only statements so judged.")]
Version = Annotated[str | None, Query(alias="v", description="The digest of the file.")]


async def page_clocks(
    as_of: AsOf = None, known_at: KnownAt = None, as_at: AsAt = None
) -> ClockArguments:
    """Return the clocks that were stated; a field of a form that was left empty states none."""
    return stated_clocks(as_of or None, known_at or None, as_at or None)


Stated = Annotated[ClockArguments, Depends(page_clocks)]


def router() -> APIRouter:
    """Return the routes of the pages and of what they load."""
    routes = APIRouter(
        route_class=PageRoute, dependencies=[Depends(only_known)], include_in_schema=False
    )
    routes.get("/")(portfolio)
    routes.get("/issuers/{issuer}")(issuer)
    routes.get("/issuers/{issuer}/statements")(statements)
    routes.get("/audit")(audit)
    routes.include_router(desk_routes.router())
    routes.include_router(_loaded())
    return routes


def _loaded() -> APIRouter:
    """Return the routes of what a page loads by itself; their refusals are problems."""
    routes = APIRouter(dependencies=[Depends(only_known)], include_in_schema=False)
    routes.get("/issuers/{issuer}/revisions.json")(revisions)
    routes.get("/audit/proof.json")(proof)
    routes.get("/static/{name}")(static)
    return routes


def portfolio(
    request: Request,
    clocks: Stated,
    *,
    words: Words = "",
    stage: Stage = None,
    milestone: OfMilestone = "",
    within: WithinText = "",
    since: Since = None,
) -> Response:
    """Show all issuers: what changed between two dates, what closes soon, what lapsed."""
    soon = _number(within, "within", 100_000) if within else SOON
    asked = {"q": words, "stage": stage or "", "milestone": milestone, "within": soon}
    told = portfolio_told(
        store_of(request).timeline(),
        clocks,
        words=words,
        stage=stage or "",
        milestone=milestone,
        within=soon,
        since=since or None,
    )
    return page("portfolio.html", **told, asked=asked)


def issuer(
    request: Request,
    issuer: IssuerName,
    clocks: Stated,
    program: ProgramFilter = None,
    row: OpenRow = None,
) -> Response:
    """Show what was expected of one issuer and what came, as known on any day."""
    timeline = store_of(request).timeline()
    told = issuer_told(timeline, issuer, clocks, program=program or None, row=row)
    return page("issuer.html", **told)


def statements(
    request: Request,
    issuer: IssuerName,
    clocks: Stated,
    *,
    program: ProgramFilter = None,
    verdict: OfVerdict = "",
) -> Response:
    """Show the register of statements, how far they slipped, and the scorecard."""
    timeline = store_of(request).timeline()
    asked = {"program": program or "", "verdict": verdict}
    told = statements_told(timeline, issuer, clocks, program=program or None, verdict=verdict)
    return page("statements.html", **told, asked=asked)


def audit(
    request: Request,
    clocks: Stated,
    *,
    event: OneEvent = None,
    issuer: IssuerFilter = None,
    kind: OfKind = None,
    of_type: OfType = None,
    after: AfterText = None,
) -> Response:
    """Show the log, or one event in full."""
    timeline = store_of(request).timeline()
    if event:
        return page("event.html", **event_told(timeline, event, clocks, issuer=issuer or None))
    asked = {"issuer": issuer or "", "kind": kind or "", "type": of_type or ""}
    begun = _number(after, "after", POSITION_MAX) if after else 0
    told = log_told(timeline, clocks, issuer=issuer or None, after=begun, wanted=asked)
    following = {"after": told["next_after"]} | asked | told["stated"]
    saved = told["stated"] | {"issuer": issuer, "as_at": told["clocks"]["as_at"], "format": "csv"}
    shown = asked | {"after": begun}
    kinds = [one.value for one in Kind]
    return page("audit.html", **told, asked=shown, following=following, saved=saved, kinds=kinds)


def _number(text: str, name: str, most: int) -> int:
    """Read a number in a form."""
    if not (text.isascii() and text.isdigit() and len(text) < len(str(most)) + 1):
        raise BadInput(f"{text[:40]!r} is no number from 0 to {most}", place=name)
    return min(int(text), most)


def proof(request: Request, position: Position) -> Response:
    """Tell what a browser needs to prove that the event at `position` is in the log."""
    told = proof_told(store_of(request).timeline(), position)
    headers = {"Cache-Control": OPEN, **_NO_SNIFFING}
    return Response(orjson.dumps(told), media_type="application/json", headers=headers)


def revisions(issuer: IssuerName, asking: Asking) -> Response:
    """Tell everything the page of an issuer shows, for every day at once."""
    answer = asking.timeline.revisions(issuer, **asking.clocks)
    return respond(asking.request, answer, answer.body())


def static(name: str, version: Version = None) -> Response:
    """Send one file that a page loads."""
    file = static_files().get(name)
    if file is None:
        raise NotFound(f"there is no file {name!r}", place="name")
    kept = CLOSED if version == file.digest else OPEN
    headers = {"Cache-Control": kept, "ETag": f'"{file.digest}"', **_NO_SNIFFING}
    return Response(file.content, media_type=file.media_type, headers=headers)
