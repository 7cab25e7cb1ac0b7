"""The shapes of the compliance officer's answers, for /openapi.json; see `api.models`."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from api.models import Day, Listing, Shape, Why, Window
from timeline.expectations import Relation, Verdict  # noqa: TC001  # fields are read at run time


class SilentDocument(Shape):
    """A document that had occasion to speak of a milestone, and of which nothing so is recorded."""

    document: str
    published_on: Day
    title: str | None
    grounds: list[Literal["program", "periodic"]] = Field(
        description="program: it speaks of the same program; periodic: it is a periodic document, "
        "and an earlier one spoke of the milestone."
    )


class Silence(Shape):
    """Since when, and in which documents, nothing is recorded of a milestone."""

    last_document: str
    last_mentioned_on: Day
    mentions: int = Field(description="How many documents spoke of the milestone.")
    periodic_mentions: int
    silent_since: Day
    silent: list[SilentDocument]
    unread: list[str] = Field(description="Newer documents of which nothing is recorded at all.")


class Disappeared(Silence, Why):
    """A statement that stands, and that the issuer's newer documents are silent about."""

    expectation: str
    program: str | None
    milestone: str
    qualifier: str | None
    said_by: str | None
    stated_on: str
    words: str | None
    window: Window | None
    verdict: Verdict
    position: int


class Earlier(Shape):
    """An earlier statement of the same chain."""

    expectation: str
    stated_on: str
    document: str | None
    window: Window | None
    relation: Relation | None


class Touching(Shape):
    """Something that became public in the period and touches a statement."""

    event: str
    kind: Literal["event", "expectation", "adjudication"]
    type: str
    touches: Literal["milestone", "condition", "program", "issuer"]
    disclosed_on: Day
    occurred: str | None
    document: str | None
    summary: str | None


class WorksheetRow(Why):
    """A statement that stands, or stood as the period began; four keys are for a person to fill."""

    expectation: str
    stands: bool = Field(description="False: it stood when the period began, and has ended since.")
    program: str | None
    milestone: str
    milestone_label: str
    qualifier: str | None
    words: str | None
    said_by: str | None
    stated_on: str
    document: str | None
    document_title: str | None
    document_url: str | None
    window: Window | None
    condition: dict[str, Any] | None
    verdict: Verdict
    closes_on: Day | None
    days_left: int | None = Field(description="From the asked day to closes_on; negative: overdue.")
    revisions: int
    earlier: list[Earlier]
    silence: Silence | None
    events: list[Touching]
    material: None
    discussed_where: None
    reviewer: None
    reviewed_on: None
    position: int


class Worksheet(Listing):
    """A page of the worksheet; `since` is the day after which the period begins."""

    since: str | None
    since_document: str | None
    items: list[WorksheetRow]
