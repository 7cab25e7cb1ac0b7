"""Sections of releases in several styles, and of the release the project began with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from timeline.intake.documents import Document, read_text

SHARED = Path(__file__).parents[5] / "shared" / "data"
WIRE = """Bolt Air Announces Plan for Second Rig

OTTAWA, July 8 /CNW/ - Bolt Air Ltd. (TSX: BLT) today said that it has begun work on a second rig
and that the first one is at work as planned since the spring of this year.

"We are glad of it," said Ann Lee, head of Bolt Air. "The rig (see "Works" below) will be ready next
year, and we expect to move it at once."

WORKS

KT-100 (a rig for soft ground): It stands in Hull. We plan to move it by the end of the year.

KT-200: The second one is being built and is to be ready in 2010.

Item | 2008 | 2009
Rigs | 1 | 2

About Bolt Air

Bolt Air drills holes.

On behalf of the Board

Ann Lee
President

For further information: Bob Ray, (613) 555-0100, bob@bolt.example

Certain statements in this release are forward-looking statements. They may prove wrong:
- rain; and
- snow.

Neither the TSX nor anybody else accepts responsibility for the adequacy of this release.
"""
WIRE_SECTIONS = [
    *[("headline", None), ("lead", None), ("quote", None), ("body", "WORKS"), ("body", "KT-100")],
    *[("body", "KT-200"), ("table", "KT-200"), ("about", "About Bolt Air"), ("signature", None)],
    *[("contacts", None), ("legend", None), ("disclaimer", None)],
]


def _told(document: Document) -> list[tuple[str, str | None]]:
    return [(section.name, section.heading) for section in document.sections]


def test_a_wire_release() -> None:
    assert _told(read_text(WIRE)) == WIRE_SECTIONS


def test_windows_line_ends_move_nothing_but_the_places() -> None:
    assert _told(read_text(WIRE.replace("\n", "\r\n"))) == WIRE_SECTIONS


def test_markdown_and_no_headings() -> None:
    marked = "# Bolt grows\n\n" + WIRE.split("\n\n", 1)[1].replace("WORKS", "## Works")
    assert ("body", "Works") in _told(read_text(marked))
    bare = "We dig. " * 30
    assert _told(read_text(bare + "\n\n" + bare)) == [("lead", None), ("body", None)]


def test_a_french_canadian_release() -> None:
    text = (
        "COMMUNIQUÉ DE PRESSE\n\nForage Bolt annonce ses plans\n\nMontréal, le 8 juillet 2008 - "
        "Forage Bolt inc. a annoncé aujourd'hui le début de sa deuxième foreuse dans"
        " la région de Hull.\n\nÀ propos de Forage Bolt\n\nForage Bolt creuse."
        "\n\nÉnoncés prospectifs\n\nCe texte prévoit.\n"
    )
    names = [name for name, _ in _told(read_text(text))]
    assert names == ["masthead", "headline", "lead", "about", "legend"]


def test_an_empty_text_has_nothing() -> None:
    assert (read_text("").sections, read_text(" \n\n").sentences) == ((), ())


def test_the_first_release_is_parted_as_people_did() -> None:
    if not SHARED.is_dir():
        pytest.skip(f"no shared data in {SHARED}")
    text = (SHARED / "migenix-2008-07-08.txt").read_text(encoding="utf-8")
    labels = json.loads((SHARED / "seed_labels.json").read_text())["sections"]
    starts = [
        s["start"] for s in labels if not s["id"].startswith("fls.") or s["id"] == "fls.intro"
    ]
    starts.append(next(s["start"] for s in labels if s["id"] == "fls.exchange_disclaimer"))
    document = read_text(text)
    assert [section.span.start for section in document.sections] == starts
    assert {"Omigard™", "CLS001", "SB9000"} <= {section.heading for section in document.sections}
