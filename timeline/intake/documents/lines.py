"""Lines and paragraphs: the stretches of a text between line ends and between empty lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from timeline.intake.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

# A line of running text that was broken to fit a width is at least this long; shorter ones are
# lines of their own: of an address, of a list, of a poem.
WRAPPED = 45
# Below this share of the longest line of its paragraph, a line was ended on purpose.
ENDED = 0.6
BULLETS = "•◦▪■●‣⁃∙·–—-*+o"  # noqa: RUF001
_NUMBERED = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One line without the white space around it."""

    span: Span
    words: str

    @property
    def is_item(self) -> bool:
        """Whether it begins with a bullet or with a number of a list."""
        return bullet(self.words) > 0


def bullet(words: str) -> int:
    """Return how many code points of bullet or list number begin `words`; 0 when none do."""
    head, _, rest = words[:12].partition(" ")
    if not rest.strip() or not head:
        return 0
    mark = (len(head) == 1 and head in BULLETS) or _is_number(head)
    return len(head) + 1 if mark else 0


def _is_number(head: str) -> bool:
    inner = head.strip("().")
    ends = head[-1] in ").", head[0] == "("
    told = inner.isascii() and (inner.isdigit() or (len(inner) == 1 and inner.isalpha()))
    return told and any(ends) and len(inner) < _NUMBERED and len(head) - len(inner) <= 2  # noqa: PLR2004


def lines(text: str) -> Iterator[Line]:
    """Yield every line in order, the empty ones too."""
    at = 0
    for raw in text.splitlines(keepends=True):
        words = raw.strip()
        start = at + (len(raw) - len(raw.lstrip())) if words else at
        yield Line(Span(start, start + len(words)), words)
        at += len(raw)


def paragraphs(text: str) -> Iterator[list[Line]]:
    """Yield the lines between empty lines."""
    together: list[Line] = []
    for line in lines(text):
        if line.words:
            together.append(line)
        elif together:
            yield together
            together = []
    if together:
        yield together


def wraps(line: Line, following: Line, longest: int) -> bool:
    """Whether `line` runs on in `following`, `longest` being the longest of their paragraph."""
    if following.is_item:
        return False
    if following.words[0].islower() and " " in following.words:
        return True
    return len(line.words) >= max(WRAPPED, ENDED * longest)
