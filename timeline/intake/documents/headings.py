"""Headings: which lines head what follows, which role they give it, and what a paragraph opens."""

from __future__ import annotations

import re

from timeline.intake.documents.lines import bullet
from timeline.intake.documents.wording import wording

_LONGEST = 110
_MOST_WORDS = 14
_PLAIN_WORDS = 8
# Small words that stay in lower case in a heading with capitals.
_SMALL = 4
_DECORATION = "#*_ \t"
_OPENED = 4
_LONGEST_NAME = 60
_LONGEST_ASIDE = 400
_SIGN = r"(?:\((?:TM|R|SM|tm|r|sm)\)|[™®℠])?"
# A name at the beginning of a paragraph: up to five words, the first with a capital or a digit.
_NAME = re.compile(
    rf"[*_]{{0,3}}(?P<name>[^\W_a-z][\w\-‐‑./&'’]*+{_SIGN}(?: [\w\-‐‑/&'’]++{_SIGN}){{0,4}}?"  # noqa: RUF001
    rf" ?{_SIGN})[*_]{{0,3}}(?= ?[(:–—]| -{{1,2}} )"  # noqa: RUF001
)
_AFTER_NAME = re.compile(r"[*_]{0,3} ?(?::|(?P<dash>[–—]|-{1,2} ))[*_]{0,3}")  # noqa: RUF001
# Where one sentence ends and another begins: such a line is running text, whatever is in it.
_SENTENCES = re.compile(r"[a-z]{4}[.!?] [A-Z]")
_CODE = re.compile(r"\d{2}|[™®℠]|\((?:TM|R|SM)\)", re.IGNORECASE)


def plain(words: str) -> str:
    """Return the words of a heading without Markdown's signs, bars and a closing colon."""
    return words.strip(_DECORATION + "|").rstrip(":").strip(_DECORATION)


def looks_like_heading(words: str) -> bool:
    """Whether a line that stands by itself heads what follows it."""
    told = plain(words)
    if words.startswith("#") and told:
        return True
    if not told or len(told) > _LONGEST or bullet(words) or not told[0].isalnum():
        return False
    parts = told.split()
    if len(parts) > _MOST_WORDS or told[-1] in ".!?;," or not any(c.isalpha() for c in told):
        return False
    return _capitals(parts) or len(parts) <= _PLAIN_WORDS


def _capitals(parts: list[str]) -> bool:
    return all(not part[0].islower() for part in parts if len(part) > _SMALL)


def known_role(words: str) -> str | None:
    """Return the role a heading's words give: about, contacts, legend, signature or masthead."""
    told = plain(words).casefold().replace("’", "'")  # noqa: RUF001
    if not told or len(told) > _LONGEST or told[-1] in ".;,":
        return None
    if _SENTENCES.search(words) is not None:
        return None
    known = wording().headings
    if any(word in told for word in known["legend"]):
        return "legend"
    for role in ("about", "contacts", "signature", "masthead"):
        if any(_begins(told, word, whole=role == "contacts") for word in known[role]):
            return role
    return None


def _begins(told: str, word: str, *, whole: bool) -> bool:
    """Whether the words begin with `word` or, where that says too little, are `word` alone."""
    if not told.startswith(word):
        return False
    rest = told[len(word) :]
    if rest[:1].isalnum() and not word.endswith("'"):
        return False
    return not whole or " " in word or rest.strip(" :.") == "" or rest.lstrip()[:1] in ":,(-–—"  # noqa: RUF001


def opener(words: str) -> tuple[str, int] | None:
    """Return the name that a paragraph opens with and where its text begins, if it does.

    So begins what speaks of one thing: "Name: ...", "Name (what it is): ...", "Name - ...".
    """
    start = bullet(words)
    found = _NAME.match(words, start)
    if found is None or len(found["name"]) > _LONGEST_NAME:
        return None
    at = _behind_aside(words, found.end())
    after = _AFTER_NAME.match(words, at)
    if after is None or not _goes_on(words[after.end() : after.end() + _LONGEST]):
        return None
    name = found["name"].strip()
    sure = at > found.end() or _CODE.search(name) is not None
    named = sure or (after["dash"] is None and _capitals(name.split()))
    return (name, after.end()) if named else None


def _goes_on(rest: str) -> bool:
    """Whether running text follows: a few words at least."""
    return len(rest.split()) >= _OPENED


def _behind_aside(words: str, at: int) -> int:
    """Return the place behind the brackets that begin at `at`, or `at`."""
    start = at + (words[at : at + 1] == " ")
    if words[start : start + 1] != "(":
        return at
    depth = 0
    for place in range(start, min(len(words), start + _LONGEST_ASIDE)):
        depth += (words[place] == "(") - (words[place] == ")")
        if depth == 0:
            return place + 1
    return at
