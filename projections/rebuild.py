"""Rebuild every read model from the log beside the live one; compare; put right what differs.

A difference is a defect, or a tampered row: it is reported by table and key, and the rebuilt rows
take the place of the live ones, which are only derived.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from projections.beside import Beside, Difference
from projections.log_fold import rows_of_log
from projections.rebuilds import rows_replaced
from projections.rows import READ_MODELS
from projections.runner import Runner
from timeline.packs import vocabulary
from timeline.recorder import inserting, log, own_connection, tracks

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection, Table

    from timeline.packs import Vocabulary
    from timeline.recorder import OwnConnection, SqlRecorder

    Progress = Callable[[int, int], None]

__all__ = ["Difference", "Rebuilt", "compare", "rebuild", "rebuild_on"]

TOLD = 10_000
"""Differences of one table that are named; of a table that is all wrong, no more help."""

FEW = 1_000


def _quiet(_done: int, _of: int) -> None:
    """Tell nobody how far it is."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild did: events read, rows per table, differences found.

    Of each table no more than `TOLD` differences are named.
    """

    position: int
    rows: Counter[str] = field(default_factory=Counter)
    differences: tuple[Difference, ...] = ()


def rebuild(
    recorder: SqlRecorder, *, progress: Progress = _quiet, packs: Vocabulary | None = None
) -> Rebuilt:
    """Rebuild all read models, compare them with the live ones, and put right what differs.

    Log and live rows are read in one snapshot, so appends go on; only where something differs do
    they wait, while the rows of the tables concerned are changed in one transaction. Followed read
    models are held to the log as far as they have come, and stay there. `progress` is told how many
    of how many events are applied; `packs` is the vocabulary they are read with, without it the one
    that comes with the project.
    """
    packs = packs or vocabulary()
    with own_connection(recorder.engine) as own:
        with own.snapshot() as head:
            beside = _loaded(own.connection, head, progress, packs)
            rebuilt = _compared(beside, head)
        if not rebuilt.differences:
            return rebuilt
        return _put_right(own, beside, rebuilt, Runner(beside.tables, packs, refuses=False))


def compare(
    recorder: SqlRecorder, *, progress: Progress = _quiet, packs: Vocabulary | None = None
) -> Rebuilt:
    """Rebuild and compare as `rebuild` does, and put nothing right; appends go on."""
    with own_connection(recorder.engine) as own, own.snapshot() as head:
        return _compared(_loaded(own.connection, head, progress, packs or vocabulary()), head)


def rebuild_on(
    connection: Connection, *, progress: Progress = _quiet, packs: Vocabulary | None = None
) -> Rebuilt:
    """Rebuild in a transaction that holds the append lock, and as `rebuild` otherwise."""
    tracks.locked(connection)
    head = tracks.reach(connection).reached
    beside = _loaded(connection, head, progress, packs or vocabulary())
    rebuilt = _compared(beside, head)
    _take_over(connection, beside, rebuilt, head)
    beside.drop()
    return rebuilt


def _loaded(connection: Connection, head: int, progress: Progress, packs: Vocabulary) -> Beside:
    beside = Beside(connection)
    progress(0, head)
    for last, rows in rows_of_log(connection, packs, head):
        beside.load(rows)
        progress(last, head)
    beside.ready()
    return beside


def _compared(beside: Beside, head: int) -> Rebuilt:
    found: list[Difference] = []
    for model in READ_MODELS:
        found += islice(beside.differences(model.table), TOLD)
    return Rebuilt(head, beside.counted(), tuple(found))


def _wrong(rebuilt: Rebuilt) -> list[Table]:
    names = {difference.table for difference in rebuilt.differences}
    return [model.table for model in READ_MODELS if model.name in names]


def _put_right(own: OwnConnection, beside: Beside, rebuilt: Rebuilt, catch_up: Runner) -> Rebuilt:
    """Apply what was appended meanwhile, the last of it under the append lock, and take over."""
    beside.index()
    done = rebuilt.position
    behind = FEW
    while behind >= FEW:
        with own.snapshot() as head:
            behind = head - done
            done = _caught_up(own.connection, catch_up, done, head)
    with own.append_lock() as head:
        _caught_up(own.connection, catch_up, done, head)
        _take_over(own.connection, beside, rebuilt, head)
        return Rebuilt(head, beside.counted(), rebuilt.differences)


def _take_over(connection: Connection, beside: Beside, rebuilt: Rebuilt, head: int) -> None:
    for table in _wrong(rebuilt):
        beside.take_over(table)
    if rebuilt.differences:
        rows_replaced(connection, position=head)


def _caught_up(connection: Connection, catch_up: Runner, done: int, head: int) -> int:
    while records := log.page(connection, done, head, FEW):
        with inserting(connection) as inserts:
            catch_up(inserts, records)
        done = records[-1].position
    return done
