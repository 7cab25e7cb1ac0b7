"""The front of a release: masthead, headline, and the lead that begins with place and date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from timeline.intake.documents.blocks import BlockKind
from timeline.intake.documents.headings import known_role, plain
from timeline.intake.documents.roles import opens_legend, reaches_somebody
from timeline.intake.documents.wording import wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.intake.documents.blocks import Block

# How many blocks may stand before the lead, and where in it the date and its dash are.
_FRONT = 40
_DATELINE = 220
_BEHIND_DATE = 90
# The lead where no date tells: the first paragraph at least this long.
_LEAD = 140
_HEADLINES = 4
_DASH = re.compile(r"[–—]|-{1,2}[ \w]|:| ?/ ?")  # noqa: RUF001
_TICKER = re.compile(r"\b(?:TSX|TSXV|TSX-V|NASDAQ|NYSE|AMEX|OTC|OTCBB|CSE|LSE|ASX)\b[^.]{0,4}:")
_POSTCODE = re.compile(r"\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b|\b[A-Z]{2},? \d{5}\b|\bhttps?://|\bwww\.")


@dataclass(frozen=True, slots=True)
class Front:
    """How many blocks are masthead and headline, and the lead that follows them, if any."""

    masthead: int
    headline: int
    lead: Block | None

    def names(self) -> list[str]:
        """Return the section of each block of the front, in order."""
        lead = [] if self.lead is None else ["lead"]
        return ["masthead"] * self.masthead + ["headline"] * self.headline + lead


def front(text: str, blocks: Sequence[Block]) -> Front:
    """Tell the front of a release from what follows it."""
    at = _lead_at(text, blocks)
    if at is None:
        return Front(0, 0, None)
    before = [block.span.of(text) for block in blocks[:at]]
    masts = [place for place, block in enumerate(blocks[:at]) if _is_mast(block, before[place])]
    since = masts[-1] + 1 if masts else max(0, at - _HEADLINES)
    if since == at and masts:
        since = _title(before, at)
    return Front(since, at - since, blocks[at])


def _title(before: list[str], at: int) -> int:
    """Return where the headline begins when the last line before the lead is no headline."""
    for place in range(at - 1, -1, -1):
        if known_role(before[place]) is None and wording().dated.search(before[place]) is None:
            return place
    return at


def _lead_at(text: str, blocks: Sequence[Block]) -> int | None:
    """Return which block is the lead: the first with a dateline, else the first long one."""
    first_long: int | None = None
    for place, block in enumerate(blocks[:_FRONT]):
        words = block.span.of(text)
        if block.kind is BlockKind.TABLE or (
            block.kind is BlockKind.HEADING and len(words) < _LEAD
        ):
            continue
        if opens_legend(words):
            break
        if _is_dated(words):
            return place
        if first_long is None and len(words) >= _LEAD and not reaches_somebody(block, words):
            first_long = place
    return first_long


def _is_dated(words: str) -> bool:
    """Whether it begins with a dateline: place and date, or a wire's name, then a dash."""
    opening = words[:_DATELINE]
    found = wording().dated.search(opening) or wording().wire.search(opening)
    if found is None or len(words) < found.end() + _BEHIND_DATE // 2:
        return False
    behind = words[found.end() : found.end() + _BEHIND_DATE]
    dash = _DASH.search(behind)
    return dash is not None and _is_short_sentence(opening[: found.start()])


def _is_short_sentence(before: str) -> bool:
    """Whether nothing but a place can stand there: few words, each with a capital or short."""
    return all(not word[0].islower() or len(word) <= 4 for word in before.split())  # noqa: PLR2004


def _is_mast(block: Block, words: str) -> bool:
    first = words.split("\n", 1)[0]
    if known_role(plain(first)) in {"masthead", "contacts"} or reaches_somebody(block, words):
        return True
    told = _TICKER.search(words) or _POSTCODE.search(words)
    return told is not None and not (block.kind is BlockKind.HEADING and len(words.split()) > 8)  # noqa: PLR2004
