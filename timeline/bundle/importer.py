"""Bring a bundle into the record: all of it or nothing, and nothing twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from timeline.commands import Plan
from timeline.errors import ConcurrentChange
from timeline.packs import vocabulary
from timeline.personal import KeyRing, Sealer

if TYPE_CHECKING:
    from timeline.bundle.reader import Bundle
    from timeline.packs import Vocabulary
    from timeline.recorder import SqlRecorder

_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: how many items of each kind it added, and how many were there already."""

    issuer: str
    added: Counter[str] = field(default_factory=Counter)
    present: Counter[str] = field(default_factory=Counter)
    position: int = 0
    dry_run: bool = False


def import_bundle(
    recorder: SqlRecorder,
    bundle: Bundle,
    *,
    recorded_by: str,
    dry_run: bool = False,
    packs: Vocabulary | None = None,
) -> Imported:
    """Record every item of `bundle` that is not recorded yet, in one transaction.

    Raises BadInput or Conflict naming the place of the item that cannot be recorded; then nothing
    was written. When another writer comes in between, the whole decision is made anew. `packs` say
    which facts cannot be sealed; without them those that come with the project do.
    """
    placed = list(bundle.events(recorded_by=recorded_by))
    for attempt in range(_ATTEMPTS):
        ring = KeyRing(recorder.begin_read)
        plan = Plan.of(recorder.streams, placed, Sealer(ring, packs or vocabulary()))
        if dry_run or not plan.fresh:
            return _report(plan, bundle.issuer_id, recorder.head(), dry_run=dry_run)
        try:
            appended = recorder.append(plan.fresh, check=ring.write)
        except ConcurrentChange:
            if attempt == _ATTEMPTS - 1:
                raise
        else:
            return _report(plan, bundle.issuer_id, appended.last, dry_run=False)
    raise AssertionError


def _report(plan: Plan, issuer: str, position: int, *, dry_run: bool) -> Imported:
    return Imported(issuer, plan.added, plan.present, position, dry_run)
