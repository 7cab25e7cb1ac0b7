"""The shapes of answers about the whole company, for /openapi.json; see `api.models`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field, create_model

from api.models import (
    Actual,
    Clocks,
    Day,
    Explained,
    Instant,
    Listing,
    Milestone,
    Program,
    Shape,
    Standing,
    Why,
)
from api.questions import loaded
from timeline.expectations import Verdict  # noqa: TC001  # fields are read at run time

if TYPE_CHECKING:
    from api.questions import Question

Amount = int | float | None


class Money(Shape):
    """One amount of a commitment. An amount nobody stated is null; `details` may say more."""

    term: str
    basis: Literal["possible", "agreed", "received", "repayable", "held"]
    to: str = Field(description="Who gets it: issuer, counterparty, or another by name.")
    amount: Amount
    currency: str | None
    details: dict[str, Any]
    since: Instant


class Total(Shape):
    """The sum of one basis, receiver and currency; of unknown amounts only how many."""

    basis: Literal["possible", "agreed", "received", "repayable", "held", "unstated"]
    to: str
    currency: str | None
    amount: Amount
    unknown: int
    commitments: list[str]


class Commitment(Why):
    """A licence, grant, stake or the like; one that has ended keeps what was agreed and paid."""

    commitment: str
    type: str
    program: str | None
    counterparty: str | None
    recipient: str | None
    status: str | None
    terms: dict[str, Any]
    money: list[Money]
    since: Instant | None = Field(description="Since when the newest of it is so.")
    position: int
    explain: dict[str, Explained] = Field(default_factory=dict)


class Governed(Why):
    """The board, a director, an office, a committee, a meeting, a requisition, a holding."""

    subject: str
    type: str
    name: str | None
    status: str | None
    facts: dict[str, Any]
    since: Instant | None
    position: int
    explain: dict[str, Explained] = Field(default_factory=dict)


class State(Shape):
    """A milestone at one of the two settings of the clocks."""

    standing: Standing | None
    verdict: Verdict | None
    outcome: Literal["reached", "failed"] | None
    actual: Actual | None
    revisions: int


class FactChanged(Shape):
    """A fact whose value differs, with the events behind the newer value."""

    subject: str
    attribute: str
    before: Any
    after: Any
    because: list[str]
    overridden: list[str]


class NewsItem(Shape):
    """An item that became known, happened, or was recorded, corrected or removed in between."""

    event: str
    kind: Literal["event", "expectation", "adjudication"]
    type: str
    how: Literal["published", "happened", "recorded", "corrected", "removed"]
    occurred: str | None
    disclosed_at: str | None
    document: str | None
    summary: str | None
    expectation: str | None = None


class Changed(Shape):
    """What became known of one milestone; of the program, or the issuer, where it is null."""

    program: str | None
    milestone: str | None
    qualifier: str | None
    before: State | None
    after: State | None
    facts: list[FactChanged]
    news: list[NewsItem]
    because: list[str]
    overridden: list[str]
    position: int


class IssuersProgram(Program):
    """A program, and whose it is."""

    issuer: str


class IssuersMilestone(Milestone):
    """A milestone, whose it is, and the last day of its standing window."""

    issuer: str
    closes_on: Day | None
    days_left: int | None = Field(description="From the asked day to closes_on; negative: over.")


def page_of(question: Question) -> type[Listing]:
    """Return the shape of a page of answers to one of `api.questions`."""
    lists = {"items": question.layout.shape} | {
        one.name: one.layout.shape for one in question.beside
    }
    fields: dict[str, Any] = {name: (list[loaded(shape)], ...) for name, shape in lists.items()}  # type: ignore[misc]
    told = f"A page of {question.layout.title}."
    return create_model(question.name.title(), __base__=Listing, __doc__=told, **fields)


class Changes(Listing):
    """A page of changes; the clocks it opens with are those of `to`."""

    clock: Literal["known_at", "as_of", "as_at"]
    since: Clocks = Field(alias="from")
    to: Clocks
    items: list[Changed]


class AtStage(Shape):
    """How many programs are at a stage; null counts those at none."""

    stage: Any
    programs: int


class AllPrograms(Listing):
    """A page of the programs of all issuers, with how many of all of them are at each stage."""

    stages: list[AtStage]
    items: list[IssuersProgram]


class AllMilestones(Listing):
    """A page of the milestones of all issuers."""

    items: list[IssuersMilestone]
