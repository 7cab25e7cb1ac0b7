"""How lists of rows look on a terminal and in a spreadsheet: which columns, in which words."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console
    from rich.table import Table

    Row = dict[str, Any]

_PIPE_WIDTH = 200
_WINDOW = ("edtf", "earliest", "latest", "words")


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of one kind of row: `columns` for people, `fields` (dotted) for spreadsheets.

    A column is a heading and the dotted paths of what stands under it; `because` is shown only to
    those who ask why. `shown` makes of a row what people read, where its values are no words.
    `shape` names, as `module:type`, what declares a row; without it there is no Parquet of them.
    """

    title: str
    columns: tuple[tuple[str, ...], ...]
    fields: tuple[str, ...]
    because: tuple[str, ...] = ()
    shown: Callable[[Row], Row] = dict
    shape: str = ""

    def paths(self, *, explain: bool) -> tuple[str, ...]:
        """Return the paths of a spreadsheet's columns."""
        return self.fields + (self.because if explain else ())


ISSUERS = Layout(
    "issuers",
    (("issuer", "issuer"), ("name", "name"), ("also called", "aliases"), ("packs", "packs")),
    ("issuer", "name", "aliases", "identifiers", "packs"),
    shape="api.models:Issuer",
)
PROGRAMS = Layout(
    "programs",
    (
        ("program", "program"),
        ("name", "name"),
        ("also called", "aliases"),
        ("attributes", "attributes"),
    ),
    ("program", "name", "aliases", "attributes", "stage", "activity", "partner", "rights"),
    ("explain",),
    shape="api.models:Program",
)
STATE = Layout(
    "programs",
    (
        ("program", "program"),
        ("stage", "stage"),
        ("activity", "activity"),
        ("partner", "partner"),
        ("rights", "rights"),
    ),
    ("program", "name", "stage", "activity", "partner", "rights"),
    ("explain",),
    shape="api.models:Program",
)
MILESTONES = Layout(
    "milestones",
    (
        ("program", "program"),
        ("milestone", "milestone", "qualifier"),
        ("standing window", "standing.window"),
        ("revisions", "revisions"),
        ("actual", "actual", "actual.result"),
        ("verdict", "verdict"),
    ),
    (
        *("program", "milestone", "qualifier", "standing.expectation", "standing.said_by"),
        *("standing.stated_on", *(f"standing.window.{key}" for key in _WINDOW)),
        *(f"first_window.{key}" for key in _WINDOW),
        *("revisions", "actual.earliest", "actual.latest", "actual.event", "actual.result"),
        *("outcome", "verdict", "position"),
    ),
    ("because", "overridden"),
    shape="api.models:Milestone",
)
STATEMENTS = Layout(
    "statements",
    (
        ("expectation", "expectation"),
        ("stated on", "stated_on"),
        ("program", "program"),
        ("milestone", "milestone", "qualifier"),
        ("window", "window"),
        ("relation", "relation"),
        ("verdict", "verdict"),
        ("slip, days", "slip_days"),
    ),
    (
        *("expectation", "program", "milestone", "qualifier", "document", "said_by", "stated_on"),
        *(f"window.{key}" for key in _WINDOW),
        *("relation", "verdict", "slip_days", "actual.earliest", "actual.latest", "actual.event"),
        *("actual.result", "condition.text", "position"),
    ),
    ("because", "overridden"),
    shape="api.models:Statement",
)
DOCUMENTS = Layout(
    "documents",
    (
        ("document", "document"),
        ("published", "published"),
        ("kind", "kind"),
        ("title", "title"),
    ),
    ("document", "published", "publisher", "kind", "title", "url", "sha256", "position"),
    shape="api.models:Document",
)
EVENTS = Layout(
    "events",
    (
        ("position", "position"),
        ("recorded at", "time"),
        ("kind", "itemkind"),
        ("id", "subject"),
        ("type", "type"),
        ("recorded by", "recordedby"),
    ),
    ("position", "time", "source", "subject", "itemkind", "type", "recordedby", "data"),
    shape="api.models:CloudEvent",
)
CHANGES = Layout(
    "changes",
    (
        ("program", "program"),
        ("milestone", "milestone", "qualifier"),
        ("what", "what"),
        ("was", "was"),
        ("is", "is"),
    ),
    ("program", "milestone", "qualifier", "what", "was", "is"),
)


def table_of(rows: list[Row], layout: Layout, *, explain: bool = False) -> Table:
    """Return `rows` as a table for a terminal."""
    from rich import box  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    columns = layout.columns + tuple((p, p) for p in layout.because if explain)
    for heading, *_ in columns:
        table.add_column(heading, overflow="fold")
    for row in rows:
        read = layout.shown(row)
        table.add_row(*(printable(_together(read, paths)) for _, *paths in columns))
    return table


def console(*, err: bool = False) -> Console:
    """Return a console for tables; in a pipe it is wide, for nobody sees where lines end."""
    from rich.console import Console  # noqa: PLC0415

    width = None if (sys.stderr if err else sys.stdout).isatty() else _PIPE_WIDTH
    return Console(stderr=err, width=width, markup=False, highlight=False, emoji=False)


def value_at(row: Row, path: str) -> Any:
    """Return what stands under a dotted path; None where the path leads nowhere."""
    value: Any = row
    for key in path.split("."):
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    return value


def cell(row: Row, path: str) -> str | int | float | None:
    """Return one cell of a spreadsheet: lists of words joined, other structures as JSON."""
    value = value_at(row, path)
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "; ".join(value)
    if isinstance(value, bool | list | dict):
        return json.dumps(value, ensure_ascii=False)
    told: str | int | float | None = value
    return told


def printable(text: str) -> str:
    """Return `text` without what could steer a terminal: it comes from other people's files."""
    return "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in text)


def _together(row: Row, paths: list[str]) -> str:
    """Tell what stands under `paths` in one cell; what says nothing is left out of it."""
    told = [_words(value) for path in paths if (value := value_at(row, path)) not in (None, [])]
    return ", ".join(told) or "-"


def _words(value: Any) -> str:
    if isinstance(value, dict):
        return days(value) if "earliest" in value else _pairs(value)
    if isinstance(value, list):
        return _span(value) if all(isinstance(one, int) for one in value) else "; ".join(value)
    return str(value)


def days(window: Row) -> str:
    """Tell a window by its days, an open side left blank, and in the source's words."""
    first, last = window["earliest"], window["latest"]
    told = str(first) if first == last else f"{first or ''}..{last or ''}"
    words = window.get("words")
    return f"{told} ({words})" if words else told


def _span(days: list[int]) -> str:
    return " to ".join(f"{n:+d}" for n in dict.fromkeys(days))


def _pairs(value: Row) -> str:
    """Tell an object as `key: value` lines; an explanation by its events."""
    return "\n".join(
        f"{key}: {_why(told) if isinstance(told, dict) else told}" for key, told in value.items()
    )


def _why(told: Row) -> str:
    if "because" not in told:
        return json.dumps(told, ensure_ascii=False)
    over = f", over {', '.join(told['overridden'])}" if told["overridden"] else ""
    return f"{', '.join(told['because'])} (since {told['since']}){over}"
