"""Plain text, HTML and PDF say the same, and what is none of them is refused with the way out."""

from __future__ import annotations

import sys

import pytest

from tests.unit.intake.documents.made_pdf import made_pdf
from timeline.errors import InvalidDocument
from timeline.intake.documents import read_document, read_text

LINES = [
    "BOLT GROWS",
    "",
    "OTTAWA, July 8, 2008 - Bolt Air Ltd. said that its second rig is being built and",
]
LINES += [
    "that it will be mov-",
    "ed next year - as a well-known plan has it.",
    "",
    'It is "the" rig(TM).',
]
TEXT = (
    "BOLT GROWS\n\nOTTAWA, July 8, 2008 -- Bolt Air Ltd. said that its second rig is being built"
    ' and that it will be moved next year -- as a well-known plan has it.\n\nIt is "the" rig(TM).\n'
)
HTML = (
    "<!DOCTYPE html><html><head><title>x</title><style>p{}</style></head><body><h1>BOLT GROWS</h1>"
    "<p>OTTAWA, July 8, 2008 &ndash; Bolt Air Ltd. said that its <b>second</b> rig is\nbeing"
    " built and that it"
    " will be moved next year — as a well-known plan has it.<script>var a</script>"
    "<p>It is “the” rig™.<p style='display: none'>no</p></body></html>"
)


def _pdf_lines() -> list[str]:
    return [line.replace("(TM)", "\x99".encode("latin-1").decode("cp1252")) for line in LINES]


def test_renditions_of_one_release_have_one_digest() -> None:
    told = [
        read_document(data)
        for data in (TEXT.encode(), TEXT.encode("utf-16"), HTML.encode(), made_pdf([_pdf_lines()]))
    ]
    assert [d.kind for d in told] == ["text", "text", "html", "pdf"]
    assert {d.digest for d in told} == {told[0].digest}
    assert read_text(TEXT.replace("2008", "2009")).digest != told[0].digest


def test_plain_text_is_kept_as_it_is() -> None:
    text = "Café – a\r\n\tb "  # noqa: RUF001
    assert read_document(b"\xef\xbb\xbf" + text.encode()).text == text
    assert read_document(text.encode("cp1252")).text == text
    assert read_document(b"a\x81\x93").text == "a\x81“"


def test_a_page_has_rows_items_and_headings() -> None:
    page = "<h2>Rigs</h2><table><tr><td>A</td><td> b </td></tr><tr><td>1<td>2</table>"
    page += "<ul><li>x<li>y</ul>z<br>w"
    assert read_document(page.encode()).text == "Rigs\n\nA | b\n1 | 2\n\n• x\n\n• y\n\nz\nw"


def test_the_charset_of_a_page_is_the_one_it_states() -> None:
    page = '<meta charset="windows-1251"><p>Привет</p>'
    assert read_document(page.encode("cp1251")).text == "Привет"
    assert read_document(b'<meta charset="punycode"><p>caf\xe9</p>').text == "café"


def test_what_stands_on_every_page_is_left_out() -> None:
    pages = [
        ["Bolt Air Ltd.", f"Words of page {n} which are long enough.", f"Page {n} of 3"]
        for n in (1, 2, 3)
    ]
    text = read_document(made_pdf(pages)).text
    assert "Bolt" not in text
    assert "Page" not in text
    assert text.count("Words") == 3


@pytest.mark.parametrize(
    ("data", "way_out"),
    [
        (b"PK\x03\x04rest", "ZIP"),
        (b"%PDF-1.4\nnothing", "damaged"),
        (made_pdf([["some text"]])[:300], "damaged|no text"),
        (made_pdf([[]]), "OCR"),
        (b"a" * 20_000_001, "bytes"),
        (b"a\x00b", "U\\+0000 at character 1"),
        (b"\xff\xfea\x00\x00\xd8", "UTF-16"),
        (b"<div>" * 100_000, "too deep"),
        (b"x" * 5_000_001, "characters"),
    ],
)
def test_what_cannot_be_read_says_so(data: bytes, way_out: str) -> None:
    with pytest.raises(InvalidDocument, match=way_out):
        read_document(data)


def test_half_a_surrogate_pair_is_no_text() -> None:
    with pytest.raises(InvalidDocument, match="U\\+D800 at character 2"):
        read_text("ab\ud800")


def test_entities_of_a_page_are_not_expanded() -> None:
    bomb = (
        '<!DOCTYPE html [<!ENTITY a "xx"><!ENTITY b "&a;&a;">]><html><body><p>&b;</p></body></html>'
    )
    assert len(read_document(bomb.encode()).text) < 100


def test_a_missing_extra_names_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "selectolax.lexbor", None)
    with pytest.raises(InvalidDocument, match=r"corporate-timeline\[intake\]"):
        read_document(b"<html><p>x")
