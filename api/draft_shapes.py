"""The shapes of answers about drafts, for /openapi.json; see `api.models`."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from api.models import Clocks, Instant, Listing, Shape
from api.models import Window as DatedWindow
from api.written_shapes import Change  # noqa: TC001  # fields are read at run time

State = Literal["proposed", "accepted", "rejected"]


class Span(Shape):
    """Code points [start, end) of the text that was read."""

    start: int
    end: int


class Window(DatedWindow):
    """When, and the policy that read the words; null where a person said it."""

    policy: str | None


class Read(Shape):
    """What a reading proposes to record, as last edited."""

    id: str
    kind: Literal["event", "expectation"]
    span: Span
    text: str
    program: str | None
    milestone: str | None
    qualifier: str | None
    type: str = Field(description="Of an event its type, of an expectation what kind it is.")
    window: Window | None
    condition: str | dict[str, Any] | None
    speaker: str | None
    outcome: Literal["reached", "failed"] | None
    result: Literal["positive", "negative", "mixed"] | None
    summary: str | None
    facts: dict[str, Any]
    confidence: float | None = Field(description="0 to 1.")
    why: str | None = Field(description="The cues that decided.")
    document: str | None
    published: str
    recorded_as: str | None


class Draft(Read):
    """A draft on record. `position` is where its last step stands."""

    issuer: str
    state: State
    position: int


class Proposed(Read):
    """A draft as an extraction tells it; not saved, it has neither issuer, state nor position."""

    issuer: str | None = None
    state: State | None
    position: int | None = None


class Step(Shape):
    """What somebody did with a draft: `set` is a merge patch, `was` what stood there."""

    step: Literal["proposed", "edited", "accepted", "rejected"]
    changes: dict[str, Any] | None = Field(alias="set")
    was: dict[str, Any] | None
    reason: str | None
    recorded_by: str
    recorded_at: Instant
    position: int


class DraftAnswer(Clocks, Draft):
    """One draft, and what was done with it."""

    steps: list[Step]


class Drafts(Listing):
    """A page of drafts."""

    items: list[Draft]


class Edit(Shape):
    """One value that a person edited."""

    issuer: str
    draft: str
    field: str
    was: Any = Field(description="What the reading said, or an edit before.")
    now: Any = Field(alias="is")
    document: str | None
    kind: str
    text: str
    why: str | None
    confidence: float | None
    recorded_by: str
    recorded_at: Instant
    reason: str | None
    position: int


class Edits(Listing):
    """A page of edits."""

    items: list[Edit]


class Extraction(Shape):
    """The drafts of a document. Where nothing was saved, what is told of that is null."""

    issuer: str
    published: str
    digest: str = Field(description="SHA-256 of the words, in whatever rendition.")
    warnings: list[str]
    document: str | None
    added: bool | None = Field(description="False where the words were read before.")
    position: int | None
    recorded_at: Instant | None
    items: list[Proposed]


class DraftStep(Shape):
    """What a step did, or a dry run would do."""

    draft: str
    state: State
    recorded_as: str | None = Field(description="The id of what an accepted draft is recorded as.")
    position: int = Field(description="Where the draft's last step stands in the log.")
    recorded_at: Instant
    added: bool = Field(description="False where it was done already.")
    dry_run: bool
    changes: list[Change] | None = Field(
        description="As of today, and as known today; null where a follower keeps the read models."
    )
