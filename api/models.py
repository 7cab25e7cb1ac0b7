"""The shapes of answers, for /openapi.json. Answers are not read through them at run time."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from timeline.expectations import Relation, Verdict  # noqa: TC001  # fields are read at run time

Slip = tuple[int, int]
Day = Annotated[str, Field(json_schema_extra={"format": "date"})]
Instant = Annotated[str, Field(json_schema_extra={"format": "date-time"})]


class Shape(BaseModel):
    """A JSON object with exactly these keys."""

    model_config = ConfigDict(extra="forbid")


class ProvenEvent(Shape):
    """One version of a deciding event, and the proof that it is in the log (hashes in base64)."""

    issuer: str
    event: str
    position: int
    leaf: str = Field(description="The hash of the event's canonical bytes, as a leaf (RFC 6962).")
    proof: list[str] | None = Field(description="Null where it is newer than the checkpoint.")


class AnswerProof(Shape):
    """With proof=true only: the deciding events, proven against one checkpoint."""

    checkpoint: str = Field(description="A signed note, by C2SP tlog-checkpoint.")
    size: int = Field(description="How many events the checkpoint speaks of.")
    events: list[ProvenEvent]


class Clocks(Shape):
    """What every answer opens with: the three clocks it holds for, and the position it rests on."""

    as_of: str = Field(description="Valid time: when it happened or holds.")
    known_at: str = Field(description="Publication time: what was public by then.")
    as_at: str = Field(description="Transaction time: what this system had recorded by then.")
    position: int = Field(description="The position of the log the answer rests on.")
    proof: AnswerProof | None = None


class Listing(Clocks):
    """What every list opens with."""

    next: str | None = Field(description="The cursor of the next page; it pins the clocks.")


class Why(Shape):
    """With explain=true only: the events that decided, and those they overrode."""

    because: list[str] = []
    overridden: list[str] = []


class Window(Shape):
    """Some day within [earliest, latest], both included; an open side is null."""

    earliest: Day | None
    latest: Day | None
    edtf: str = Field(description="The window as ISO 8601-2 (EDTF) text.")
    words: str | None = Field(description="The source's own words.")


class Actual(Shape):
    """When the milestone was reached: some day within [earliest, latest]; and with what result."""

    earliest: Day | None
    latest: Day | None
    event: str
    result: Literal["positive", "negative", "mixed"] | None


class Issuer(Why):
    """A company whose record this is."""

    issuer: str
    name: str | None
    aliases: list[str]
    identifiers: dict[str, Any]
    packs: list[str]
    position: int


class Explained(Why):
    """Why a program's attribute has its value, and since when."""

    since: Instant


class Program(Shape):
    """A program and its status."""

    program: str
    name: str | None
    aliases: list[str]
    attributes: dict[str, Any]
    stage: Any
    activity: Any
    partner: Any
    rights: Any
    position: int
    explain: dict[str, Explained] = {}


class Standing(Shape):
    """The newest statement, while it stands."""

    expectation: str
    window: Window | None
    said_by: str | None
    stated_on: str


class Told(Why):
    """One statement of a milestone's chain."""

    expectation: str
    stated_on: str
    window: Window | None
    relation: Relation | None = Field(description="To the window before it; null for the first.")
    verdict: Verdict
    slip_days: Slip | None = Field(description="Days from the window's last day: [min, max].")


class Milestone(Why):
    """Expected against actual for one milestone."""

    program: str | None
    milestone: str
    qualifier: str | None
    standing: Standing | None
    first_window: Window | None
    revisions: int
    statements: list[Told]
    actual: Actual | None
    outcome: Literal["reached", "failed"] | None
    verdict: Verdict | None
    position: int


class Statement(Shape):
    """A statement about the future, with its verdict."""

    expectation: str
    program: str | None
    milestone: str
    qualifier: str | None
    document: str | None
    said_by: str | None
    stated_on: str
    window: Window | None
    words: str | None
    condition: dict[str, Any] | None
    relation: Relation | None
    verdict: Verdict
    slip_days: Slip | None
    actual: Actual | None
    because: list[str]
    overridden: list[str]
    position: int


class Document(Why):
    """Something published. In a list `position` is where the document was recorded."""

    document: str
    published: str | None
    publisher: str | None
    kind: str | None
    title: str | None
    url: str | None
    sha256: str | None
    position: int


class CloudEvent(Shape):
    """One stored event, as a CloudEvent 1.0; `time` is when it was recorded."""

    specversion: Literal["1.0"]
    id: str
    source: str
    type: str
    subject: str
    recorded_at: Instant = Field(alias="time")
    datacontenttype: Literal["application/json"]
    position: int
    itemkind: str
    typeversion: int
    recordedby: str
    data: dict[str, Any]


class IssuerAnswer(Clocks, Issuer):
    """One issuer."""


class ProgramAnswer(Clocks, Program):
    """One program."""


class DocumentAnswer(Clocks, Document):
    """One document."""


class Issuers(Listing):
    """A page of issuers."""

    items: list[Issuer]


class Programs(Listing):
    """A page of programs."""

    items: list[Program]


class Milestones(Listing):
    """A page of milestones."""

    items: list[Milestone]


class Statements(Listing):
    """A page of statements."""

    items: list[Statement]


class Documents(Listing):
    """A page of documents."""

    items: list[Document]


class Events(Listing):
    """A page of the log."""

    items: list[CloudEvent]


class Health(Shape):
    """How the process is."""

    status: Literal["ok"]


class Readiness(Health):
    """How the store is."""

    position: int
    behind: int = Field(description="How many events the read models are behind the log.")


class Problem(BaseModel):
    """A problem, by RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    parameter: str | None = Field(default=None, description="The parameter at fault, if one is.")
