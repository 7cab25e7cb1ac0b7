"""What a write did, or would do, told to a person or a machine."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from api.cli.printing import print_json
from api.tables import CHANGES, console, printable, table_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.answers import Written

    Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Report:
    """A write told in words: `what` was recorded, `of` which other item if of one."""

    what: str
    of: str | None = None

    def tell(self, written: Written, *, as_json: bool, shown: bool = False) -> None:
        """Tell it on standard output; `shown` leaves out the changes, which were seen before."""
        if as_json:
            print_json(written.body())
            return
        click.echo(self._sentence(written))
        if not shown:
            show_changes(written.changes)

    def ask_first(self, preview: Written) -> bool:
        """Show on stderr what a write would change, and ask; nothing added needs no asking."""
        click.echo(self._sentence(preview), err=True)
        show_changes(preview.changes, err=True)
        return not preview.added or click.confirm("Record it?", err=True)

    def _sentence(self, written: Written) -> str:
        name = printable(f"{self.what} {written.id}" + (f" of {self.of}" if self.of else ""))
        if not written.added:
            return f"{name} is recorded already, at position {written.position}"
        done = "would be recorded" if written.dry_run else "recorded"
        told = answers_changed(written.changes, dry_run=written.dry_run)
        return f"{name} {done} at position {written.position}{told}"


def answers_changed(changes: list[Row] | None, *, dry_run: bool) -> str:
    """Say how many answers of today a write changes, to go on a sentence about it."""
    if changes is None:
        return "; the read models follow"
    many = f"{len(changes)} answer{'' if len(changes) == 1 else 's'} of today"
    return f"; {many} {'would change' if dry_run else 'changed'}"


def show_changes(changes: list[Row] | None, *, err: bool = False) -> None:
    """Show what a write changes, one row for every key that answers otherwise."""
    rows = [row for change in changes or () for row in _rows(change)]
    if rows:
        console(err=err).print(table_of(rows, CHANGES))


def _rows(change: Row) -> Iterator[Row]:
    """Yield a row for every key that changed, and for every statement."""
    was, now = change["was"] or {}, change["is"] or {}
    for name in dict.fromkeys((*was, *now)):
        if name == "statements":
            yield from _of_statements(change, was.get(name, []), now.get(name, []))
        elif (was.get(name), now.get(name)) != (None, None):
            yield _row(change, name, was.get(name), now.get(name))


def _of_statements(change: Row, was: list[Row], now: list[Row]) -> Iterator[Row]:
    before, after = ({one["expectation"]: one for one in told} for told in (was, now))
    for name in dict.fromkeys((*before, *after)):
        yield _row(change, name, _verdict(before.get(name)), _verdict(after.get(name)))


def _verdict(said: Row | None) -> str | None:
    if said is None:
        return None
    told = [said[key] for key in ("relation", "verdict") if said[key] is not None]
    slip = said["slip_days"]
    days = " to ".join(f"{n:+d}" for n in dict.fromkeys(slip or ()))
    return ", ".join([*told, f"slip {days}"] if days else told)


def _row(change: Row, what: str, was: Any, now: Any) -> Row:
    return change | {"what": what, "was": _brief(was), "is": _brief(now)}


def _brief(value: Any) -> Any:
    """Tell a window by its days, as elsewhere; what else is no text as JSON."""
    if isinstance(value, dict) and "window" in value:
        value = value["window"] or value["expectation"]
    if value is None or isinstance(value, str) or (isinstance(value, dict) and "earliest" in value):
        return value
    return json.dumps(value, ensure_ascii=False)
