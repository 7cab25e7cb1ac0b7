"""Answers: the clocks they hold for, the position they rest on, and what was asked."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import orjson

from api.clocks import ClockArguments
from timeline.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable

    from api.clocks import Asked

PAGE = 1_000
PAGE_MAX = 10_000


@dataclass(frozen=True, slots=True)
class Answer:
    """A list of rows, each a JSON object, at the asked clocks.

    `more` is told beside the list, of all of it. `moving` are clocks that follow from the question
    itself or do not matter to it, so a cursor does not pin them. `personal` says that personal
    facts are in it, open or erased: no cache may keep such an answer, for an erasure changes it
    whatever its clocks. `sealed` are then its items, and what it tells beside them, as they are
    stored, which no erasure changes.
    """

    asked: Asked
    items: list[dict[str, Any]]
    next: str | None = None
    more: dict[str, Any] = field(default_factory=dict)
    moving: tuple[str, ...] = ()
    personal: bool = False
    sealed: tuple[list[dict[str, Any]], dict[str, Any]] | None = field(default=None, repr=False)

    def body(self) -> dict[str, Any]:
        """Return the answer as HTTP tells it."""
        return {**self.asked.texts(), **self.more, "items": self.items, "next": self.next}

    def only(self) -> dict[str, Any]:
        """Return the one row of a question about one thing, with its clocks."""
        return {**self.asked.texts(), **self.items[0], "position": self.asked.position}

    def page(self, *, limit: int = PAGE, cursor: str | None = None, question: str = "") -> Answer:
        """Return one page; its cursor pins the clocks, so later pages belong to the same answer.

        `question` is whatever else was asked; a cursor of another question is refused.
        """
        checked_limit(limit)
        start = 0 if cursor is None else Cursor.read(cursor, question=question).offset
        end = start + limit
        more = end < len(self.items)
        cut = Cursor.at(self.asked, end, question=question).without(self.moving)
        following = cut.text() if more else None
        return replace(self, items=self.items[start:end], next=following)


@dataclass(frozen=True, slots=True)
class Written:
    """The answer of a write: where the item stands in the log, and which answers it changes.

    `position` and `recorded_at` are those of the item, whether this write `added` it or it was
    there; of a dry run, those it would get. `changes` are the rows of programs and milestones that
    answer otherwise now, as of today; None where a follower keeps the read models, which have not
    come to the item yet. `content` is the answer as it was kept, byte for byte.
    """

    position: int
    recorded_at: str
    id: str
    added: bool
    dry_run: bool
    changes: list[dict[str, Any]] | None
    content: bytes = field(repr=False)

    @classmethod
    def read(cls, content: bytes, *, dry_run: bool) -> Written:
        """Read a kept answer; asked again by a dry run, it says that nothing would be added."""
        told = orjson.loads(content)
        if dry_run and not told["dry_run"]:
            told |= {"added": False, "dry_run": True, "changes": []}
            content = orjson.dumps(told)
        return cls(**told, content=content)

    def body(self) -> dict[str, Any]:
        """Return the answer as a JSON object."""
        body: dict[str, Any] = orjson.loads(self.content)
        return body


def checked_limit(limit: int) -> int:
    """Return `limit`, the most rows a page may have; raises BadInput when it is out of bounds."""
    if not 1 <= limit <= PAGE_MAX:
        raise BadInput(f"{limit} is not between 1 and {PAGE_MAX}", place="limit")
    return limit


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where the next page begins, the clocks the first page was asked at, and what was asked."""

    offset: int
    as_of: str
    known_at: str
    as_at: str
    question: str = ""

    @classmethod
    def at(
        cls, asked: Asked, offset: int, *, question: str = "", only_as_at: bool = False
    ) -> Cursor:
        """Make the cursor of the page that begins at `offset`.

        `only_as_at` is for answers that do not depend on the other two clocks.
        """
        of, known = ("", "") if only_as_at else (asked.as_of, asked.known_at)
        return cls(offset, of, known, f"position:{asked.position}", question)

    @classmethod
    def read(cls, text: str, *, question: str = "") -> Cursor:
        """Read a cursor given back by a caller; raises BadInput for anything else."""
        cursor = cls._decoded(text)
        # What we did not write ourselves, letter by letter, is not ours.
        if cursor is None or cursor.offset < 0 or cursor.text() != text:
            raise BadInput("not a cursor of ours; take `next` as it came", place="cursor")
        if cursor.question != question:
            raise BadInput("the cursor of another question; ask this one without", place="cursor")
        return cursor

    @classmethod
    def _decoded(cls, text: str) -> Cursor | None:
        try:
            offset, *told = orjson.loads(base64.urlsafe_b64decode(text.encode()))
            as_of, known_at, as_at, question = (str(one) for one in told)
            # A huge number is read as a float, and none of ours is one.
            whole = int(offset) if isinstance(offset, int) else -1
            return cls(whole, as_of, known_at, as_at, question)
        except (binascii.Error, OverflowError, TypeError, ValueError):
            return None

    def pins(self) -> ClockArguments:
        """Return the clocks that later pages are asked at."""
        pins = ClockArguments()
        if self.as_at:
            pins["as_at"] = self.as_at
        if self.as_of:
            pins["as_of"] = self.as_of
        if self.known_at:
            pins["known_at"] = self.known_at
        return pins

    def without(self, clocks: Iterable[str]) -> Cursor:
        """Return the cursor with `clocks` left open."""
        left: dict[str, Any] = dict.fromkeys(clocks, "")
        return replace(self, **left)

    def text(self) -> str:
        """Write the cursor as one opaque word."""
        told = [self.offset, self.as_of, self.known_at, self.as_at, self.question]
        return base64.urlsafe_b64encode(orjson.dumps(told)).decode()
