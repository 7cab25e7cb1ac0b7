"""Issuers, and everything asked about one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, Path, Query

from api import models
from api.routes.lists import FORMS, AskingList
from api.routes.parameters import only_known
from api.routes.questions import Asking, explained
from api.routes.responding import PROBLEMS
from api.tables import DOCUMENTS, ISSUERS, MILESTONES, PROGRAMS, STATEMENTS

if TYPE_CHECKING:
    from fastapi.responses import Response

IssuerName = Annotated[
    str, Path(description="Id, name or alias of the issuer.", examples=["migenix"])
]
ProgramName = Annotated[str, Path(description="Id, name or alias.", examples=["omigard"])]
ProgramFilter = Annotated[
    str | None, Query(description="Only of this program: id, name or alias.", examples=["omigard"])
]


def router() -> APIRouter:
    """Return the routes under /issuers."""
    routes = APIRouter(
        prefix="/issuers", tags=["issuers"], dependencies=[Depends(only_known)], responses=PROBLEMS
    )
    routes.get("/{issuer}", response_model=models.IssuerAnswer)(issuer)
    routes.get("/{issuer}/programs/{program}", response_model=models.ProgramAnswer)(program)
    for path, shape, route in (
        ("", models.Issuers, issuers),
        ("/{issuer}/programs", models.Programs, programs),
        ("/{issuer}/milestones", models.Milestones, milestones),
        ("/{issuer}/statements", models.Statements, statements),
        ("/{issuer}/documents", models.Documents, documents),
    ):
        routes.get(path, response_model=shape, responses=FORMS)(route)
    return routes


def issuers(asking: AskingList) -> Response:
    """List the issuers on record by `as_at`."""
    answer = asking.timeline.issuers(**asking.pinned())
    return asking.tell(explained(answer, "issuer", explain=asking.explain), ISSUERS)


def issuer(issuer: IssuerName, asking: Asking) -> Response:
    """Tell what is recorded of one issuer."""
    answer = asking.timeline.issuer(issuer, **asking.clocks)
    return asking.only(explained(answer, "issuer", explain=asking.explain))


def programs(issuer: IssuerName, asking: AskingList) -> Response:
    """List the issuer's programs of which something was public, with their status."""
    answer = asking.timeline.programs(issuer, explain=asking.explain, **asking.pinned())
    return asking.tell(answer, PROGRAMS)


def program(issuer: IssuerName, program: ProgramName, asking: Asking) -> Response:
    """Tell the status of one program."""
    return asking.only(
        asking.timeline.programs(issuer, program, explain=asking.explain, **asking.clocks)
    )


def milestones(issuer: IssuerName, asking: AskingList, program: ProgramFilter = None) -> Response:
    """Hold expected against actual, one row per milestone. A window means some day within it."""
    answer = asking.timeline.milestones(issuer, program, explain=asking.explain, **asking.pinned())
    return asking.tell(answer, MILESTONES)


def statements(issuer: IssuerName, asking: AskingList, program: ProgramFilter = None) -> Response:
    """List the statements about the future in the order they were made, each with its verdict."""
    return asking.tell(asking.timeline.statements(issuer, program, **asking.pinned()), STATEMENTS)


def documents(issuer: IssuerName, asking: AskingList) -> Response:
    """List what was published by the earlier of `as_of` and `known_at`, oldest first."""
    answer = asking.timeline.documents(issuer, **asking.pinned())
    return asking.tell(explained(answer, "document", explain=asking.explain), DOCUMENTS)
