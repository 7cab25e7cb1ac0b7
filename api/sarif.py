"""Findings on a draft as SARIF 2.1.0 (OASIS), which code scanners and editors read.

A fail is a result of kind "fail" and level "error", what a person has to decide of kind "review";
the level of all but a fail is "none", as the standard wants it.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable

    from api.checking import Checked

    Row = dict[str, Any]

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_KINDS = {"pass": "pass", "fail": "fail", "needs_review": "review"}
_APPLIES_NOT = "notApplicable"
_PLAIN = "text"
_STDIN = "draft"


def sarif_of(checked: Checked, file: str | None) -> Row:
    """Return one log with one run; `file` is the draft's name as it is to be told.

    Regions count code points. Of HTML and PDF the text that was read is not the file's, so there
    is none: the words stand in the message.
    """
    rules = {row["rule"]: row for row in checked.items}
    places = _Places(checked.text) if checked.form == _PLAIN else None
    driver = {"name": "timeline check", "rules": [_rule(row) for row in rules.values()]}
    index = {name: number for number, name in enumerate(rules)}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(row, index, file or _STDIN, places) for row in checked.items],
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(row: Row) -> Row:
    return {
        "id": row["rule"],
        "shortDescription": {"text": row["title"]},
        "properties": {"version": row["version"], "severity": row["severity"]},
    }


def _result(row: Row, index: dict[str, int], file: str, places: _Places | None) -> Row:
    kind = _KINDS.get(row["result"], _APPLIES_NOT)
    where: Row = {"artifactLocation": {"uri": quote(file)}}
    if row["span"] is not None and places is not None:
        where["region"] = places.region(row["span"], row["text"])
    told = row["why"] if "region" in where or not row["text"] else f"{row['text']}: {row['why']}"
    return {
        "ruleId": row["rule"],
        "ruleIndex": index[row["rule"]],
        "kind": kind,
        "level": "error" if kind == "fail" else "none",
        "message": {"text": told},
        "locations": [{"physicalLocation": where}],
        "properties": {"because": row["because"]},
    }


class _Places:
    """Where lines begin, so that a span is a line and a column."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *_after_each_line(text)]

    def region(self, span: Row, text: str | None) -> Row:
        first, last = self._at(span["start"]), self._at(span["end"])
        told: Row = {
            "charOffset": span["start"],
            "charLength": span["end"] - span["start"],
            "startLine": first[0],
            "startColumn": first[1],
            "endLine": last[0],
            "endColumn": last[1],
        }
        return told if text is None else told | {"snippet": {"text": text}}

    def _at(self, offset: int) -> tuple[int, int]:
        """Return the line and the column, both from 1."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def _after_each_line(text: str) -> Iterable[int]:
    at = text.find("\n")
    while at >= 0:
        yield at + 1
        at = text.find("\n", at + 1)
