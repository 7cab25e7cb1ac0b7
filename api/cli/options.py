"""The options questions share: the three clocks in words, --explain, and the forms of answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable

Verb = TypeVar("Verb", bound="Callable[..., Any]")

_CLOCKS = (
    click.option(
        "--as-of",
        metavar="WHEN",
        help="Valid time: when it happened or holds. A day (through its end) or an instant. "
        "[default: today, UTC]",
    ),
    click.option(
        "--known-at",
        metavar="WHEN",
        help="Publication time: what was public by then. A day or an instant. "
        "[default: the value of --as-of]",
    ),
    click.option(
        "--as-at",
        metavar="WHEN",
        help="Transaction time: what this system had recorded by then. An instant, a day that is "
        "over, or position:N. [default: now]",
    ),
)


def example(*lines: str) -> str:
    """Return the epilog of a verb: its examples, each on a line of its own."""
    return "\n".join(("\b", "Example:", *(f"  {line}" for line in lines)))


def clocks(verb: Verb) -> Verb:
    """Give `verb` the three clocks."""
    for option in reversed(_CLOCKS):
        verb = option(verb)
    return verb


def explain(verb: Verb) -> Verb:
    """Give `verb` --explain."""
    told = "Tell the events that decided each value, and those they overrode."
    return click.option("--explain", is_flag=True, help=told)(verb)


def as_json(verb: Verb) -> Verb:
    """Give `verb` --json."""
    return click.option("--json", "as_json", is_flag=True, help="Write JSON, for machines.")(verb)


def forms(verb: Verb) -> Verb:
    """Give `verb` --json and --csv."""
    csv = click.option("--csv", "as_csv", is_flag=True, help="Write CSV, for spreadsheets.")
    return as_json(csv(verb))


def tables(verb: Verb) -> Verb:
    """Give `verb` --json, --csv and --parquet."""
    file = click.Path(path_type=Path, dir_okay=False)
    told = "Write Parquet, for notebooks and databases (needs the extra parquet)."
    return forms(click.option("--parquet", type=file, metavar="FILE", help=told)(verb))
