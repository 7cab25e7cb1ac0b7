"""PDFs of our own making: pages of lines, written by hand."""

from __future__ import annotations

import zlib

_TOP, _STEP = 760, 14


def made_pdf(pages: list[list[str]], *, stream: bytes | None = None) -> bytes:
    """Return a PDF whose pages show these lines; `stream` stands in for the content of each."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for n, lines in enumerate(pages):
        content = zlib.compress(_content(lines)) if stream is None else stream
        objects += [_page(5 + 2 * n), _stream(content)]
    return _file(objects)


def _page(content: int) -> bytes:
    return (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {content} 0 R"
        " /Resources << /Font << /F1 3 0 R >> >> >>"
    ).encode()


def _stream(content: bytes) -> bytes:
    head = f"<< /Length {len(content)} /Filter /FlateDecode >>".encode()
    return head + b"\nstream\n" + content + b"\nendstream"


def _content(lines: list[str]) -> bytes:
    shown = [
        f"1 0 0 1 72 {_TOP - _STEP * n} Tm ({line}) Tj".encode("cp1252")
        for n, line in enumerate(lines)
        if line
    ]
    return b"BT /F1 11 Tf\n" + b"\n".join(shown) + b"\nET"


def _file(objects: list[bytes]) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, told in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + told + b"\nendobj\n"
    table = b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    size = len(objects) + 1
    trailer = f"trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF".encode()
    return out + f"xref\n0 {size}\n0000000000 65535 f \n".encode() + table + trailer
