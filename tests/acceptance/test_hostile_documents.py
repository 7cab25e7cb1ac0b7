"""Whatever file is given, `timeline extract` ends in drafts or says what is wrong with it."""

from __future__ import annotations

import gzip
import io
import re
import time
import zipfile
import zlib
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from api.cli import timeline as cli
from tests.unit.intake.documents.made_pdf import made_pdf

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

SAID = "Bolt Air expects to begin the second test in the fourth quarter of 2009. "
# Far more than any of them takes alone; what is quadratic takes minutes.
SECONDS = 60


def _zipped(size: int) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(size))
    return file.getvalue()


def _bomb(size: int) -> bytes:
    packer = zlib.compressobj(9)
    piece = bytes(10_000_000)
    return b"".join([*(packer.compress(piece) for _ in range(size // len(piece))), packer.flush()])


def _locked() -> bytes:
    from pypdf import PdfReader, PdfWriter  # noqa: PLC0415 - an extra

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(made_pdf([[SAID]]))))
    writer.encrypt("secret", algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def _scan() -> bytes:
    """Return a PDF that draws a picture, a black dot, and no letter."""
    drawn = b"q 600 0 0 700 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q"
    return made_pdf([[]], stream=zlib.compress(drawn))


def _extract(folder: Path, name: str, data: bytes) -> Result:
    file = folder / name
    file.write_bytes(data)
    env = {"TIMELINE_DATABASE_URL": f"sqlite:///{folder / 'none.db'}"}
    args = ["extract", str(file), "--issuer", "bolt", "--published", "2008-07-08", "--json"]
    begun = time.monotonic()
    result = CliRunner().invoke(cli, args, env=env, prog_name="timeline")
    assert time.monotonic() - begun < SECONDS
    assert isinstance(result.exception, SystemExit | None), result.exception
    return result


@pytest.mark.parametrize(
    ("name", "data", "way_out"),
    [
        ("empty.txt", b"", "holds no text; give the file again"),
        ("blank.html", b"<html><body><script>draw()</script></body></html>", "holds no text"),
        ("empty.pdf", b"", "does not begin as one; save it again"),
        ("no-pages.pdf", made_pdf([]), "holds no text.* OCR"),
        ("scan.pdf", _scan(), "holds no text.* OCR"),
        ("locked.pdf", _locked(), "locked by a password; save it without one"),
        ("bomb.pdf", made_pdf([[]], stream=_bomb(2_000_000_000)), "give its text"),
        ("cut.pdf", made_pdf([[SAID]])[:200], "damaged; save it again|holds no text"),
        ("bomb.docx", _zipped(100_000_000), "ZIP archive.* save it as PDF, HTML or plain text"),
        ("release.txt.gz", gzip.compress(bytes(100_000_000)), "gzip; decompress it first"),
        ("deep.html", b"<div>" * 1_000_000, "too deep in one another; give it as plain text"),
        ("program", bytes(range(256)) * 40, r"U\+0000 at character 0 .*save it as UTF-8 text"),
        ("large.txt", b"a " * 10_000_001, "more than 20000000 bytes; give the part that matters"),
    ],
    ids=lambda told: told if isinstance(told, str) and "." in told and " " not in told else "",
)
def test_what_cannot_be_read_names_the_way_out(
    tmp_path: Path, name: str, data: bytes, way_out: str
) -> None:
    result = _extract(tmp_path, name, data)
    assert result.exit_code != 0
    assert re.search(way_out, " ".join(result.stderr.split())), result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    "around",
    [
        ("(" * 50_000, ")" * 50_000),
        ("[{(<" * 20_000, ""),
        (bytes(range(1, 32)).decode() * 3_000, ""),
        ("." * 100_000, "?!" * 50_000),
        ("1" * 100_000 + " ", "\u202e\u200b" * 10_000),
        ("on and on and ".strip() * 10_000 + ". ", ""),
    ],
    ids=["brackets", "unclosed", "control", "marks", "digits", "unended"],
)
def test_hostile_text_around_a_statement_is_read(tmp_path: Path, around: tuple[str, str]) -> None:
    text = around[0] + "\n\n" + SAID + "\n\n" + around[1]
    result = _extract(tmp_path, "hostile.txt", text.encode())
    assert result.exit_code == 0, result.stderr
    assert '"2009-10-01"' in result.stdout


def test_a_quarter_of_a_megabyte_on_one_line_is_read(tmp_path: Path) -> None:
    result = _extract(tmp_path, "line.txt", (SAID * 3_400).encode())
    assert result.exit_code == 0
    assert result.stdout.count('"2009-10-01"') == 3_400


def test_a_text_in_two_encodings_is_read(tmp_path: Path) -> None:
    mixed = "Café. ".encode("cp1252") + "Café. ".encode() + SAID.encode()
    result = _extract(tmp_path, "mixed.txt", mixed)
    assert '"2009-10-01"' in result.stdout
