"""A reading: what words about time were taken to mean, or why they were not."""

from __future__ import annotations

from dataclasses import dataclass

from timeline.bitemporal import Window  # noqa: TC001 - a dataclass of ours is read at run time
from timeline.intake.span import Span  # noqa: TC001 - likewise


@dataclass(frozen=True, slots=True)
class Reading:
    """The words at `span` and the window they name, its policy in `window.policy`.

    `window` is None where the policy does not say, and `reason` tells why: the words are tied to
    an event ("within three weeks of commencement"), a duration, or no time at all. `vague` is
    whether the policy chose a bound that the words leave open.
    """

    span: Span
    words: str
    window: Window | None
    vague: bool
    reason: str | None = None
    strict_latest: str | None = None
