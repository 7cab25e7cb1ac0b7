"""Masking: names made unreadable in place, so that none is read as a date or a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.intake.names.mention import Mention

# A letter, so that a masked name is a word; N stands in no numeral and in no pattern of a date.
MASK = "N"


def masked(text: str, mentions: Iterable[Mention]) -> str:
    """Return `text`, of the same length, with every name in it written as N's."""
    parts: list[str] = []
    at = 0
    for mention in sorted(mentions, key=lambda m: m.span):
        start = max(at, mention.span.start)
        end = max(start, mention.span.end)
        parts += [text[at:start], MASK * (end - start)]
        at = end
    return "".join([*parts, text[at:]])
