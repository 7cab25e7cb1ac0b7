"""The shapes of findings, for /openapi.json; see `api.models`."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.models import Listing, Shape, Statement

Ends = Literal["pass", "fail", "needs_review", "not_applicable"]


class Place(Shape):
    """Code points of the text that was read, the end exclusive."""

    start: int
    end: int


class Reviewed(Shape):
    """One person's decision on a finding, and the event that records it."""

    decision: Literal["waived", "confirmed"]
    by: str
    reason: str | None
    event: str


class Found(Shape):
    """What a rule came to, about what, and why."""

    finding: str = Field(description="Of the rule and what it is about: the same from day to day.")
    rule: str
    version: int
    title: str
    severity: Literal["low", "medium", "high", "critical"]
    result: Ends
    statement: str | None
    document: str | None
    event: str | None
    span: Place | None = Field(description="Where it stands, if a text was read.")
    text: str | None
    why: str
    because: list[str]
    waived: bool = Field(description="Whether enough people waived it: one, or two where asked.")
    reviews: list[Reviewed]
    position: int


class Findings(Listing):
    """What the rules come to, in their order."""

    items: list[Found]


class Review(Shape):
    """A decision on a finding, and why."""

    decision: Literal["waived", "confirmed"]
    reason: str
    document: str | None = Field(default=None, description="The document in hand, if one was.")
    as_of: str | None = Field(default=None, description="The clocks the finding stands at.")
    known_at: str | None = None
    as_at: str | None = None


class Held(Shape):
    """What a rule comes to on a draft."""

    rule: str
    result: Ends
    span: Place | None
    text: str | None
    why: str
    because: list[str]
    version: int
    title: str
    severity: Literal["low", "medium", "high", "critical"]


class Checked(Shape):
    """What the rules come to on a draft, of which nothing is kept."""

    as_of: str
    known_at: str
    as_at: str
    position: int
    issuer: str
    published: str
    digest: str = Field(description="SHA-256 of the words, in whatever rendition.")
    form: str = Field(description="text, html or pdf; spans are in the text that was read.")
    warnings: list[str]
    items: list[Held]
    public: list[Statement] = Field(
        description="The statements on record that decided any row, with their windows."
    )
