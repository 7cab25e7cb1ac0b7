"""Texts that a reader of words may take longer and longer over: one piece, again and again.

The tests read them; how their time grows is measured in the bench.
"""

from __future__ import annotations

WINDOWS = (
    "from June 2009 to ",
    "the end of the ",
    "6 - - - ",
    "early mid late ",
    "2009, ",
    "of of of ",
    "no ",
    "after the thing ",
    "a few ",
    "x",
    "in the second half of 2009 and ",
    "(",
    "Q1/",
    "until at least ",
    "about ",
    "a - ",
    "first or ",
    "early or mid ",
    "first half of ",
    "first week of ",
)
DRAFTS = (
    "We expect ",
    "if (",
    "was signed in May ",
    "milestone $4 million ",
    "| ",
    "is to be, and ",
    '"',
    "a\n",
)
LEGENDS = (
    "including ",
    "statements regarding (",
    "include: a; ",
    "if the timing of and our plans to ",
    "risks, factors, ",
    'words "a", ',
    "Section 27A of the Securities ",
    "and our plans that and that ",
    "undertakes no obligation ",
    "filings with the Securities ",
    "include      ",
    "forward-looking statements are. ",
    "include:\n- a\n",
)
LEGEND_HEAD = "This release contains forward-looking statements, including statements regarding "


def repeated(piece: str, size: int) -> str:
    """Return whole pieces, one after another, `size` characters at most."""
    return piece * (size // len(piece))
