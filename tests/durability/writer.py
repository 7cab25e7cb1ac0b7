"""A process that appends batches and acknowledges each to a file before it goes on."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import time
from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

from timeline.commands import stored
from timeline.events import Kind, stream_id
from timeline.items import event_of
from timeline.recorder import Idempotency, SqlRecorder, SystemClock, open_engine

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from multiprocessing.context import ForkServerProcess
    from pathlib import Path

    from eventsourcing.persistence import StoredEvent

    from timeline.recorder import Inserts, StoredRecord

__all__ = ["Acknowledged", "Hooks", "Job", "acknowledged", "load", "start", "write"]

ISSUER = "durability"


@dataclass(frozen=True, slots=True)
class Hooks:
    """The projection to run with, each named `module:function` so that processes can load it.

    `inline(inserts, records)` is the recorder's hook, `differences(connection, all_records)`
    says where the read models and the log disagree.
    """

    inline: str = "tests.durability.read_models:inline"
    differences: str = "tests.durability.read_models:differences"


@dataclass(frozen=True, slots=True)
class Job:
    """What one writer does: `events` in batches of up to `batch`, for ever if None.

    `pause` is the longest sleep within each transaction, in seconds. With one, a writer also waits
    between the end of each append and its acknowledgement.
    """

    url: str
    name: str
    path: Path
    events: int | None = None
    batch: int = 9
    pause: float = 0.0
    hooks: Hooks = Hooks()


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """One line of a writer's file: `first` is 0 where the batch was begun and no more."""

    batch: int
    size: int
    first: int = 0
    last: int = 0


def load(name: str) -> Any:
    """Return the function that `module:function` names."""
    module, _, function = name.partition(":")
    return getattr(import_module(module), function)


def write(job: Job) -> None:
    """Append until the job is done or the process is killed."""
    engine = open_engine(job.url, lock_timeout=60)
    chance = random.Random(job.name)
    recorder = SqlRecorder(engine, SystemClock(), _inline(job, chance))
    with job.path.open("a") as file:
        for batch, size in enumerate(_sizes(job, chance), 1):
            _note(file, Acknowledged(batch, size))
            began = time.monotonic()
            request = Idempotency(f"{job.name}/{batch}", "digest") if batch % 2 else None
            appended = recorder.append(_batch(job.name, batch, size), idempotency=request)
            if job.pause:
                # As long again as the append took, so that kills fall on either side of the commit.
                time.sleep(chance.uniform(0.5, 1.5) * (time.monotonic() - began))
            _note(file, Acknowledged(batch, size, appended.first, appended.last))
    engine.dispose()


def start(job: Job) -> ForkServerProcess:
    """Start a writer, forked from a process that has imported everything: 10 ms, not 600."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__, "psycopg", "psycopg_binary"])
    process = context.Process(target=write, args=(job,))
    process.start()
    return process


def acknowledged(path: Path) -> tuple[list[Acknowledged], Acknowledged | None]:
    """Read a writer's file: what it acknowledged, and the batch it had begun when it ended."""
    lines = path.read_text().split("\n")[:-1] if path.exists() else []
    notes = [Acknowledged(*json.loads(line)) for line in lines]
    begun = notes[-1] if notes and not notes[-1].first else None
    return [note for note in notes if note.first], begun


def _inline(job: Job, chance: random.Random) -> Any:
    project = load(job.hooks.inline)

    def slowly(inserts: Inserts, records: Sequence[StoredRecord]) -> None:
        time.sleep(chance.uniform(0, job.pause / 2))
        project(inserts, records)
        time.sleep(chance.uniform(0, job.pause / 2))

    return slowly if job.pause else project


def _sizes(job: Job, chance: random.Random) -> Iterator[int]:
    left = job.events
    while left is None or left > 0:
        size = chance.randint(1, job.batch)
        if left is not None:
            size = min(size, left)
            left -= size
        yield size


def _batch(writer: str, batch: int, size: int) -> list[StoredEvent]:
    """Return facts about the writer; the last of a batch corrects the one before it."""
    told = {"subject": writer, "attribute": f"batch {batch % 3}", "writer": writer}
    body = told | {"batch": batch, "size": size}
    return [_event(body | {"number": n, "value": n}, f"{writer}/{batch}") for n in range(size)]


def _event(facts: dict[str, Any], name: str) -> StoredEvent:
    number, last = facts["number"], facts["size"] - 1
    if number and number == last:
        target = f"{name}/{number - 1}"
        patch: dict[str, Any] = {"facts": {"value": "corrected"}}
        item = {"id": f"{name}/{number}", "corrects": target, "set": patch}
        event = event_of(Kind.CORRECTION, item, issuer=ISSUER, recorded_by="writer")
        event = replace(event, facts={**event.facts, **facts})
        return stored(event, stream_id(ISSUER, target), 2)
    day = {"type": "fact.stated", "occurred": "2008-07-08", "disclosed": "2008-07-08"}
    item = {"id": f"{name}/{number}", "facts": facts, **day}
    event = event_of(Kind.EVENT, item, issuer=ISSUER, recorded_by="writer")
    return stored(event, stream_id(ISSUER, event.item), 1)


def _note(file: Any, note: Acknowledged) -> None:
    file.write(json.dumps([note.batch, note.size, note.first, note.last]) + "\n")
    file.flush()
    os.fsync(file.fileno())
