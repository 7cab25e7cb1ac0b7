"""Guessing: words that look like a program's name, where no names are on record."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import orjson

from timeline.intake.documents.headings import opener
from timeline.intake.documents.lines import paragraphs
from timeline.intake.names.atoms import key_of
from timeline.intake.names.mention import Mention, Named, NameKind
from timeline.intake.names.names import Names
from timeline.intake.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIGN = r"(?:[™®℠]|\((?:TM|R|SM)\))"
# Letters and digits as in AB-123, ABC001 or Ab12345; two digits at least.
_CODE = re.compile(
    r"(?<![\w\-‐‑–./$])(?P<letters>[A-Z][A-Za-z]{0,4})(?P<dash>[-‐‑–]?)(?P<digits>\d{2,6})"  # noqa: RUF001
    r"[A-Za-z]?(?![\w$%]|[-‐‑–./]\d)"  # noqa: RUF001
)
_MARKED = re.compile(rf"(?<![\w\-])[A-Z][\w\-]{{1,30}}(?: [A-Z][\w\-]{{1,30}}){{0,2}} ?{_SIGN}")
_LONGEST = 400


@cache
def _not_programs() -> frozenset[str]:
    told = orjson.loads(files(__package__).joinpath("wording.json").read_bytes())
    return frozenset(told["letters_of_no_program"])


def guessed(text: str) -> list[Mention]:
    """Return what looks like the name of a program, in order, where nothing on record tells.

    Codes of letters and digits, words with (TM) or (R), and names with an aside that open a
    paragraph: "Name (what it is): ...". The id is the name's letters and digits in lower case.
    """
    found = sorted(_guesses(text), key=lambda span: (span.start, -span.end))
    kept: list[Mention] = []
    for span in found:
        told = "".join(key_of(span.of(text)))
        if told and not (kept and kept[-1].span.overlaps(span)):
            kept.append(Mention(span, NameKind.PROGRAM, told, guessed=True))
    return kept


def _guesses(text: str) -> Iterator[Span]:
    for code in _CODE.finditer(text):
        if code["letters"].lower() not in _not_programs():
            yield Span(code.start(), code.end())
    yield from _marked(text)
    for lines in paragraphs(text):
        yield from _opening(text, lines[0].span)


def _marked(text: str) -> Iterator[Span]:
    """Yield the words with (TM) or (R): without those before them that others are named by too."""
    found = [(m.start(), m.group()) for m in _MARKED.finditer(text)]
    alone = {key_of(words) for _, words in found if " " not in words.rstrip("™®℠ (TMRS)")}
    for start, words in found:
        parts = words.split(" ")
        skip = next(n for n in range(len(parts)) if n == len(parts) - 1 or _begins(parts, n, alone))
        at = start + sum(len(part) + 1 for part in parts[:skip])
        yield Span(at, start + len(words))


def _begins(parts: list[str], at: int, alone: set[tuple[str, ...]]) -> bool:
    """Whether the name begins with this word: none behind it is a name alone, and it may be one."""
    if any(key_of(" ".join(parts[later:])) in alone for later in range(at + 1, len(parts))):
        return False
    word = parts[at].lower()
    return word not in _not_programs() and not set(word) <= set("ivx")


def _opening(text: str, line: Span) -> Iterator[Span]:
    """Yield the name that opens a paragraph with an aside: "Name (what it is): ..."."""
    words = text[line.start : min(line.end, line.start + 2 * _LONGEST)]
    opened = opener(words)
    if opened is None:
        return
    name = opened[0]
    at = words.find(name)
    if words[at + len(name) :].lstrip(" *_")[:1] == "(":
        yield Span(line.start + at, line.start + at + len(name))


def names_guessed(text: str) -> Names:
    """Return the names that `guessed` finds, so that every mention of them in `text` is found."""
    told: dict[str, list[str]] = {}
    for mention in guessed(text):
        told.setdefault(mention.id, []).append(mention.span.of(text))
    return Names(Named(NameKind.PROGRAM, one, tuple(words)) for one, words in told.items())


def names_completed(names: Names, text: str) -> Names:
    """Return `names`, and where no program is among them those that are guessed besides.

    What is on record as the name of a company is not guessed to be one of a program.
    """
    if any(one.kind is NameKind.PROGRAM for one in names.named):
        return names
    taken = {key_of(name) for one in names.named for name in one.names}
    guesses = names_guessed(text).named
    free = (one for one in guesses if not taken & {key_of(name) for name in one.names})
    return Names((*names.named, *free))
