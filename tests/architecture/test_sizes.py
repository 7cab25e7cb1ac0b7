"""Files and functions stay small enough to be named for one thing."""

from __future__ import annotations

from tests.architecture.sources import everything, sources

FILE_LINES = 300
FUNCTION_LINES = 50
# Somebody without the project reads and runs it: one file, by its purpose.
WHOLE = "timeline/ledger/verify_timeline.py"


def test_no_file_is_too_long() -> None:
    assert [
        f"{m.where}: {m.lines}" for m in sources() if m.lines > FILE_LINES and m.where != WHOLE
    ] == []


def test_no_function_is_too_long() -> None:
    long = [
        f"{module.where}: {f.name}"
        for module in everything()
        for f in module.functions()
        if f.end_lineno is not None and f.end_lineno - f.lineno >= FUNCTION_LINES
    ]
    assert long == []
