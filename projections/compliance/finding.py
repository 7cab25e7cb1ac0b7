"""A finding: what a rule came to, about what, and why."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from projections.compliance.rule import Rule
    from timeline.intake import Span


class Result(StrEnum):
    """How a rule ends. Never "violation": what the law makes of it is for people to say."""

    PASS = "pass"  # noqa: S105  # no password: how a rule ends
    FAIL = "fail"
    NEEDS_REVIEW = "needs_review"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule came to. `because` names the items that decided, `why` says it in one line.

    `statement`, `document` and `event` say what it is about, `span` (code points) and `text` where
    that stands in the text that was read, if one was.
    """

    result: Result
    why: str
    because: tuple[str, ...] = ()
    statement: str | None = None
    document: str | None = None
    event: str | None = None
    span: Span | None = None
    text: str | None = None


def passed(why: str, *because: str) -> Found:
    """Return that the rule is kept."""
    return Found(Result.PASS, why, because)


def failed(why: str, *because: str) -> Found:
    """Return that it is not; only for what a machine can prove."""
    return Found(Result.FAIL, why, because)


def review(why: str, *because: str) -> Found:
    """Return that a person has to decide."""
    return Found(Result.NEEDS_REVIEW, why, because)


def absent(why: str, *because: str, perhaps: bool) -> Found:
    """Return that something is missing: proven, or with `perhaps` words of it there after all."""
    told = f"{why}; words of one are there, so that a person has to look"
    return review(told, *because) if perhaps else failed(why, *because)


def beside(why: str, *because: str) -> Found:
    """Return that the rule does not speak to this."""
    return Found(Result.NOT_APPLICABLE, why, because)


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule, and what it came to.

    Its `id` is of the rule and of what it is about, so it stays the same from day to day and a
    review of it is found again.
    """

    rule: Rule
    found: Found

    @property
    def id(self) -> str:
        """Twelve hex digits."""
        about = (self.found.statement, self.found.document, self.found.event, self.found.text)
        told = "\n".join((self.rule.id, *(part or "" for part in about)))
        return hashlib.sha256(told.encode()).hexdigest()[:12]
