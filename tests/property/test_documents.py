"""Whatever is given is read or refused; what is read is whole, in order and within the text.

`make fuzz EXAMPLES=20000` looks longer.
"""

from __future__ import annotations

import os
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.errors import InvalidDocument
from timeline.intake.documents import Document, read_document, read_text
from timeline.intake.names import Named, NameKind, Names, guessed, masked

_SCRAPS = [
    *(
        "\n",
        "\n\n",
        "\r\n",
        " ",
        ". ",
        ".",
        '"',
        "“",
        "”",
        "|",
        "\t",
        "• ",
        "1. ",
        "# ",
        ":",
        " - ",
        "--",
    ),
    *(
        "About Bolt",
        "CONTACTS",
        "forward-looking statements",
        "contains forward-looking",
        "said",
        "(613) 555-0100",
    ),
    *(
        "July 8, 2008",
        "KT-100 (a rig): it is there now",
        "Inc.",
        "M.D.",
        "###",
        "Neither the TSX",
        "(",
        ")",
        "™",
    ),
    *(
        "On behalf of",
        "a",
        "Word",
        "KT-100",
        "e.g.",
        "\x0b",
        "\x85",
        "\u2028",
        "é",
        "ﬁ",
        "²",
        "\u00a0",
    ),
]
_TEXTS = st.lists(st.one_of(st.sampled_from(_SCRAPS), st.text(max_size=8)), max_size=40).map(
    "".join
)
_TAGS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<tr>",
        "<td>",
        "</td>",
        "</tr>",
        "<table>",
        "<li>",
        "<h1>",
        "<br>",
        "<pre>",
        "<b",
        "<!--",
        "</",
    ]
)
_PAGES = st.lists(st.one_of(_TAGS, st.sampled_from(_SCRAPS)), max_size=40).map("".join)

_LONG = int(os.environ.get("TIMELINE_FUZZ_EXAMPLES", "0")) or 100
_thorough = settings(max_examples=_LONG)


def _hold(document: Document) -> None:
    length = len(document.text)
    spans = [section.span for section in document.sections]
    assert all(a.end == b.start for a, b in pairwise(spans))
    assert not spans or (spans[0].start, spans[-1].end) == (0, length)
    assert all(a.end <= b.start for a, b in pairwise(document.sentences))
    for sentence in document.sentences:
        assert sentence.of(document.text).strip() == sentence.of(document.text) != ""
        assert any(span.holds(sentence) for span in spans)


@_thorough
@given(_TEXTS)
def test_text_is_whole_and_in_order(text: str) -> None:
    try:
        document = read_text(text)
    except InvalidDocument:
        return
    _hold(document)
    told = "".join("".join(s.of(text).split()) for s in document.sentences)
    assert set(told) | set("-=_|+:#") >= set("".join(text.split()))


@_thorough
@given(st.binary(max_size=200), st.sampled_from(["", "a.html", "a.txt"]))
def test_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    try:
        _hold(read_document(data, name=name))
    except InvalidDocument:
        return


@_thorough
@given(_PAGES)
def test_pages_are_read(page: str) -> None:
    try:
        _hold(read_document(b"<html>" + page.encode("utf-8", "ignore"), name="a.html"))
    except InvalidDocument as refused:
        assert "holds no text" in str(refused)  # noqa: PT017 - nothing else is wrong with a page


@_thorough
@given(_TEXTS)
def test_names_are_found_in_order_and_masked_in_place(text: str) -> None:
    names = Names(
        [Named(NameKind.PROGRAM, "kt", ("KT-100",)), Named(NameKind.ISSUER, "b", ("Bolt",))]
    )
    for found in (names.mentions(text), guessed(text)):
        assert all(a.span.end <= b.span.start for a, b in pairwise(found))
        hidden = masked(text, found)
        assert len(hidden) == len(text)
        assert all(set(m.span.of(hidden)) == {"N"} for m in found)
