"""Speakers: who says what stands in quotation marks, and who else is named as the one who says."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from timeline.intake.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MARKS = re.compile(r"[\"“”]|\n[ \t]*\n")
_SHORTEST = 40  # code points: shorter ones are names and terms, not speech
_LONGEST = 6_000
_AROUND = 260
_NAME = r"(?:(?:Dr|Mr|Ms|Mrs|Prof)\. )?(?:[A-Z][\w'’.-]{0,30} ){1,4}[A-Z][\w'’-]{1,30}"  # noqa: RUF001
_SAID = (
    r"(?:said|says|stated|states|commented|comments|added|adds|noted|notes|remarked|explained"
    r"|continued|concluded|observed)"
)
_BEFORE = re.compile(
    rf"(?P<name>{_NAME})(?P<title>,[^\"“”]{{1,200}})?,? (?:also |further )?{_SAID}[,:]?\s*$"
)
_AFTER = re.compile(
    rf"\s*{_SAID} (?P<name>{_NAME})|\s*(?P<other>{_NAME})(?:,[^\"“”.]{{1,200}},)? {_SAID}"
)
_ALONE = re.compile(r"(?:he|she) (?:said|added|stated|continued|noted|commented)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Speech:
    """What stands in quotation marks, and who says it."""

    span: Span
    speaker: str


class Speakers:
    """The speeches of a text."""

    def __init__(self, text: str) -> None:
        self.speeches: tuple[Speech, ...] = tuple(_speeches(text))
        self._starts = [speech.span.start for speech in self.speeches]

    def of(self, span: Span) -> str | None:
        """Return who says what stands at `span`, or None where nobody is quoted."""
        at = bisect_right(self._starts, (span.start + span.end) // 2) - 1
        if at < 0:
            return None
        speech = self.speeches[at]
        return speech.speaker if speech.span.overlaps(span) else None


def _speeches(text: str) -> Iterator[Speech]:
    last: str | None = None
    for span in _quoted(text):
        told = _speaker(text, span)
        last = told or (last if _ALONE.search(text[span.end : span.end + 40]) else None)
        if last is not None:
            yield Speech(span, last)


def _quoted(text: str) -> Iterator[Span]:
    """Yield what stands in quotation marks; one left open ends with its paragraph."""
    opened: int | None = None
    for match in _MARKS.finditer(text):
        mark, at = match.group(), match.start()
        if opened is None:
            opened = match.end() if mark in '"“' else None
            continue
        if mark == "“":
            continue
        if _SHORTEST <= at - opened <= _LONGEST:
            yield Span(opened, at)
        opened = None


def _speaker(text: str, span: Span) -> str | None:
    before = _BEFORE.search(text[max(0, span.start - 1 - _AROUND) : span.start - 1])
    if before is not None:
        return before["name"].strip()
    after = _AFTER.match(text[span.end + 1 : span.end + 1 + _AROUND])
    return (after["name"] or after["other"]).strip() if after else None


def third_parties(words: Iterable[str]) -> str:
    """Return what a speaker is called who is neither the issuer nor quoted."""
    return " ".join(("third party:", *words))
