"""Findings of one issuer, and what a person decides on one."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request

from api import bodies, finding_shapes, written_shapes
from api.finding_tables import FINDINGS
from api.routes.issuers import IssuerName  # noqa: TC001  # read at run time
from api.routes.lists import FORMS, AskingList
from api.routes.parameters import only_known
from api.routes.recording import DryRun, Key, Sent, recorded
from api.routes.responding import PROBLEMS
from api.routes.store import store_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fastapi.responses import Response

Named = Annotated[str | None, Query(description="This rule alone.", examples=["PC-06"])]
Ends = Annotated[finding_shapes.Ends | None, Query(description="Only what ends so.")]
InHand = Annotated[
    str | None, Query(description="The document in hand; by default the newest of its own.")
]
Finding = Annotated[str, Path(description="The finding's id.")]
_REVIEWED: Mapping[int | str, dict[str, Any]] = {
    "201": {"description": "Recorded", "model": written_shapes.Written},
    "default": PROBLEMS["default"],
}


def router() -> APIRouter:
    """Return the routes about rules."""
    routes = APIRouter(tags=["compliance"], dependencies=[Depends(only_known)], responses=PROBLEMS)
    path = "/issuers/{issuer}/findings"
    routes.get(path, response_model=finding_shapes.Findings, responses=FORMS)(findings)
    content = {"application/json": {"schema": finding_shapes.Review.model_json_schema()}}
    routes.post(
        path + "/{finding}/review",
        status_code=HTTPStatus.CREATED,
        response_model=written_shapes.Written,
        responses=dict(_REVIEWED),
        openapi_extra={"requestBody": {"required": True, "content": content}},
    )(review)
    return routes


def findings(
    issuer: IssuerName,
    asking: AskingList,
    rule: Named = None,
    result: Ends = None,
    document: InHand = None,
) -> Response:
    """Hold what was said against the rules, on what was visible at the clocks and no more."""
    answer = asking.timeline.findings(
        issuer,
        rules=(rule,) if rule else (),
        result=result,
        document=document,
        **asking.pinned(),
    )
    return asking.tell(answer, FINDINGS)


def review(  # noqa: PLR0917  # the parameters of the route
    request: Request,
    issuer: IssuerName,
    finding: Finding,
    sent: Sent,
    dry_run: DryRun = False,
    key: Key = None,
) -> Response:
    """Record that a person waived or confirmed a finding, with the reason, as an event."""
    timeline = store_of(request).timeline()
    write = partial(timeline.review, issuer, finding)
    return recorded(request, bodies.review(sent), write, dry_run, key)
