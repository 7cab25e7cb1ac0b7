"""Sections: the blocks of a text gathered by the role they play in a release."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from timeline.intake.documents.blocks import Block, BlockKind
from timeline.intake.documents.document import Section
from timeline.intake.documents.front import front
from timeline.intake.documents.headings import known_role, opener, plain
from timeline.intake.documents.roles import (
    disclaims,
    ends,
    is_quotation,
    is_signature,
    opens_legend,
    reaches_somebody,
    runs_on,
    stays_in_legend,
)
from timeline.intake.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True)
class _Part:
    """Where a section begins, and what it is."""

    start: int
    name: str
    heading: str | None = None


def sections(text: str, blocks: Sequence[Block]) -> tuple[Section, ...]:
    """Return the sections of `text` in order: without gaps; of a text without words none."""
    parts = list(_merged(_parts(text, blocks)))
    ends_at = [*(part.start for part in parts[1:]), len(text)][: len(parts)]
    return tuple(
        Section(part.name, Span(part.start if number else 0, end), part.heading)
        for number, (part, end) in enumerate(zip(parts, ends_at, strict=True))
    )


def _merged(parts: Iterator[_Part]) -> Iterator[_Part]:
    """Leave out what only goes on with the section before it."""
    last: _Part | None = None
    for part in parts:
        if last is None or (part.name, part.heading) != (last.name, last.heading):
            yield part
        last = part


def _parts(text: str, blocks: Sequence[Block]) -> Iterator[_Part]:
    opening = front(text, blocks)
    names = opening.names()
    for block, name in zip(blocks, names, strict=False):
        yield _Part(block.span.start, name)
    yield from _Rest(text, opening.lead).parts(blocks[len(names) :])


class _Rest:
    """What follows the lead, read block by block: each goes by itself and by where it stands."""

    def __init__(self, text: str, lead: Block | None) -> None:
        self._text = text
        self._name = "body"
        self._heading: str | None = None
        self._speaks = lead is not None and runs_on(lead.span.of(text))

    def parts(self, blocks: Sequence[Block]) -> Iterator[_Part]:
        for block in blocks:
            words = block.span.of(self._text)
            name = self._turn(block, words)
            heading = None if name in {"signature", "disclaimer"} else self._heading
            yield _Part(block.span.start, name, heading)

    def _turn(self, block: Block, words: str) -> str:
        """Take the block in, and return the name of the section it belongs to."""
        if ends(words):
            return self._name
        if block.kind is BlockKind.HEADING and not reaches_somebody(block, words):
            return self._headed(words)
        if disclaims(words):
            return self._enter("disclaimer", None)
        if self._name != "legend" and opens_legend(words):
            return self._enter("legend", None)
        if self._name == "legend":
            return "legend" if known_role(_first(words)) is None else self._titled(words)
        return self._by_content(block, words)

    def _enter(self, name: str, heading: str | None) -> str:
        self._name, self._heading, self._speaks = name, heading, False
        return name

    def _headed(self, words: str) -> str:
        role = known_role(words)
        if self._name == "legend" and role is None and stays_in_legend(words):
            return "legend"
        if self._name in {"contacts", "signature"} and role is None:
            return self._name
        if role in {None, "masthead"}:
            return self._enter("body", plain(words))
        return self._enter(str(role), plain(words))

    def _titled(self, words: str) -> str:
        """Take in a block whose first line is a heading though no empty line follows it."""
        return self._enter(str(known_role(_first(words))), plain(_first(words)))

    def _by_content(self, block: Block, words: str) -> str:
        if block.kind is BlockKind.TABLE:
            return "table" if self._name in {"body", "about"} else self._name
        if is_signature(words):
            return self._enter("signature", None)
        if reaches_somebody(block, words):
            return self._enter("contacts", self._heading if self._name == "contacts" else None)
        if self._name in {"signature", "contacts", "disclaimer"}:
            return self._after_the_end(words)
        return self._body(words) if self._name == "body" else self._name

    def _after_the_end(self, words: str) -> str:
        """Short lines belong to who signs or can be asked; running text is the body again."""
        return self._enter("body", None) if _is_running(words) else self._name

    def _body(self, words: str) -> str:
        if self._speaks or is_quotation(words):
            self._speaks = runs_on(words, open_before=self._speaks)
            return "quote"
        opened = opener(words)
        if opened is not None:
            self._heading = opened[0]
        return "body"


_RUNNING = 160


def _is_running(words: str) -> bool:
    return len(words) >= _RUNNING and words.count("\n") * _RUNNING < 2 * len(words)


def _first(words: str) -> str:
    return words.split("\n", 1)[0].strip()
