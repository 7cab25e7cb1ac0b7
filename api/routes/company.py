"""The whole company: the questions of `api.questions`, changes, and all issuers at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, Query

from api import company_shapes as shapes
from api.company_tables import ALL_MILESTONES, ALL_PROGRAMS, CHANGES
from api.questions import QUESTIONS
from api.routes.issuers import IssuerName  # noqa: TC001  # read at run time
from api.routes.lists import FORMS, AskingList
from api.routes.parameters import IssuerFilter, only_known
from api.routes.responding import PROBLEMS

if TYPE_CHECKING:
    from collections.abc import Callable

    from fastapi.responses import Response

    from api.answers import Answer
    from api.clocks import ClockArguments
    from api.questions import Question

Since = Annotated[
    str,
    Query(alias="from", description="After this: a day, an instant, or a position."),
]
To = Annotated[str, Query(description="Up to and with this.")]
Moving = Annotated[
    str,
    Query(
        description="The clock that moves: known_at (what was published in between; as_of goes "
        "along unless stated), as_of (what happened) or as_at (what was recorded)."
    ),
]
Stage = Annotated[str | None, Query(description="Only those at this stage.", examples=["phase2"])]
Before = Annotated[
    str | None,
    Query(description="Only open ones whose window's last day is earlier than this day."),
]
Within = Annotated[
    int | None,
    Query(ge=0, le=100_000, description="Only open ones whose last day is so many days off."),
]
By = Annotated[
    str | None, Query(description="Only the rows of this grouping.", examples=["speaker"])
]
Lapsed = Annotated[
    bool, Query(description="Those whose window is over unheard of, instead of the open ones.")
]


def router() -> APIRouter:
    """Return the routes about the whole company."""
    routes = APIRouter(tags=["company"], dependencies=[Depends(only_known)], responses=PROBLEMS)
    for question in QUESTIONS:
        path = f"/issuers/{{issuer}}/{question.name}"
        page = shapes.page_of(question)
        routes.get(
            path,
            response_model=page,
            responses=FORMS,
            name=question.name,
            description=question.told,
        )(_answering(question))
    routes.get("/issuers/{issuer}/changes", response_model=shapes.Changes, responses=FORMS)(changes)
    routes.get("/programs", response_model=shapes.AllPrograms, responses=FORMS)(all_programs)
    routes.get("/milestones", response_model=shapes.AllMilestones, responses=FORMS)(all_milestones)
    return routes


def _answering(question: Question) -> Callable[..., Response]:
    def answer(issuer: IssuerName, asking: AskingList) -> Response:
        return narrowed(issuer, asking)

    def narrowed(issuer: IssuerName, asking: AskingList, by: By = None) -> Response:
        told = asking.timeline.ask(
            question.name, issuer, by=by, explain=asking.explain, **asking.pinned()
        )
        return asking.tell(told, question.layout)

    return narrowed if question.grouped_by else answer


def changes(
    issuer: IssuerName, asking: AskingList, since: Since, to: To, clock: Moving = "known_at"
) -> Response:
    """Hold two dates side by side: what became known in between, by program and milestone."""
    clocks = asking.pinned()
    answer = asking.timeline.changes(issuer, since=since, to=to, clock=clock, **clocks)
    return asking.tell(answer, CHANGES)


def all_programs(asking: AskingList, stage: Stage = None) -> Response:
    """List the programs of all issuers, or those at one stage; `stages` counts all of them."""

    def read(start: int, limit: int, clocks: ClockArguments) -> Answer:
        return asking.timeline.all_programs(
            stage=stage,
            explain=asking.explain,
            start=start,
            limit=limit,
            question=asking.asked_for,
            **clocks,
        )

    return asking.tell_read(read, ALL_PROGRAMS)


def all_milestones(
    asking: AskingList,
    issuer: IssuerFilter = None,
    closing_before: Before = None,
    closing_within: Within = None,
    lapsed: Lapsed = False,
) -> Response:
    """List the milestones of all issuers, or of one, the window that ends first before others."""
    answer = asking.timeline.all_milestones(
        issuer,
        closing_before=closing_before,
        closing_within=closing_within,
        lapsed=lapsed,
        explain=asking.explain,
        **asking.pinned(),
    )
    return asking.tell(answer, ALL_MILESTONES)
