"""Reads a PDF in a process of its own, which may die of it: the lines of each page as JSON.

Run as a program: the limits as JSON in the first argument, the PDF on standard input.
"""

from __future__ import annotations

import io
import json
import logging
import sys
from dataclasses import fields
from itertools import pairwise
from typing import Any


def main() -> None:
    """Read standard input under the limits given, and write pages, or what is wrong with it."""
    limits = json.loads(sys.argv[1])
    _bound(limits)
    try:
        told = _read(sys.stdin.buffer.read(), limits)
    except MemoryError:
        told = {"error": "memory"}
    except Exception as error:  # noqa: BLE001 - whatever a damaged file brings about
        told = {"error": "limit" if "Limit" in type(error).__name__ else "damaged"}
    sys.stdout.write(json.dumps(told))


def _bound(limits: dict[str, int]) -> None:
    """Bound time and memory, where the system can; the parent watches the clock everywhere."""
    try:
        import resource  # noqa: PLC0415 - not there on every system
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (limits["seconds"], limits["seconds"] + 1))
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory"], limits["memory"]))


def _read(data: bytes, limits: dict[str, int]) -> dict[str, Any]:
    try:
        import pypdf  # noqa: PLC0415 - an extra
    except ImportError:
        return {"error": "missing"}
    logging.disable(logging.CRITICAL)
    pypdf.overwrite_configuration(_inflating(pypdf.Configuration(), limits["inflated"]))
    reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        return {"error": "locked"}
    if len(reader.pages) > limits["pages"]:
        return {"error": "pages"}
    pages: list[list[str]] = []
    size = 0
    for page in reader.pages:
        pages.append(_lines(page))
        size += sum(map(len, pages[-1]))
        if size > limits["text"]:
            return {"error": "text"}
    return {"pages": pages}


def _inflating(configuration: Any, most: int) -> Any:
    """Return the configuration with what a stream may grow to, by any filter, at `most`."""
    names = [one.name for one in fields(configuration)]
    grown = [name for name in names if name.endswith("maximum_output_length")]
    return configuration.with_overwrites(**dict.fromkeys(grown, most))


def _lines(page: Any) -> list[str]:
    """Return the lines of a page; where it leaves more room than between lines, an empty one."""
    seen: list[tuple[float, str]] = []

    def visit(text: str, _cm: Any, matrix: Any, _font: Any, _size: Any) -> None:
        if text.strip():
            seen.append((float(matrix[5]), text.strip()))

    plain = str(page.extract_text(visitor_text=visit)).splitlines()
    heights: dict[str, float] = {words: at for at, words in seen if "\n" not in words}
    steps = sorted(a - b for (a, _), (b, _) in pairwise(seen) if a - b > 1)
    usual = steps[len(steps) // 4] if steps else 0.0
    lines: list[str] = []
    last: float | None = None
    for line in plain:
        at = heights.get(line.strip())
        if usual and last is not None and at is not None and last - at > 1.4 * usual:
            lines.append("")
        lines.append(line)
        last = at if at is not None else last
    return lines


if __name__ == "__main__":
    main()
