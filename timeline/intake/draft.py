"""A draft: what a reading of a document proposes to record, and why. A person decides on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from timeline.intake.span import Span  # noqa: TC001 - a dataclass of ours is read at run time

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from typing import Any


class DraftKind(StrEnum):
    """What an accepted draft is recorded as."""

    EVENT = "event"
    EXPECTATION = "expectation"


@dataclass(frozen=True, slots=True)
class DraftWindow:
    """Inclusive calendar days as the words were read; None is an open side."""

    earliest: date | None
    latest: date | None
    edtf: str
    words: str
    policy: str


@dataclass(frozen=True, slots=True)
class Draft:
    """One event or expectation found in a document.

    `span` is in code points of the text that was read, `text` what stands there. `type` is an
    event type for an event and the kind of forward-looking statement for an expectation.
    `confidence` is 0 to 1; `why` is one line: the cues that decided.
    """

    id: str
    kind: DraftKind
    span: Span
    text: str
    type: str
    confidence: float
    why: str
    program: str | None = None
    milestone: str | None = None
    qualifier: str | None = None
    window: DraftWindow | None = None
    condition: str | None = None
    speaker: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
