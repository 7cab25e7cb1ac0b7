"""Made-up records: facts on three clocks, a tenth backdated, one in fifty corrected."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import orjson

from timeline.commands import stored
from timeline.events import Kind, stream_id
from timeline.items import event_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventsourcing.persistence import StoredEvent

    from timeline.events import Event
    from timeline.recorder import SqlRecorder

ISSUER = "meridian"
FIRST, DAYS = date(2000, 1, 1), 7_000
SEED = 7
_CHUNK = 2_000
_BACKDATED, _CORRECTED = 0.1, 0.02


def day(number: int) -> str:
    """Return the day `number` days after the first."""
    return (FIRST + timedelta(days=number)).isoformat()


def item_as_stored(kind: Kind, item: dict[str, Any]) -> StoredEvent:
    """Return version 1 of an item, or version 2 when it corrects one."""
    event = _event(kind, item)
    name = item.get("corrects", item["id"])
    version = 2 if kind is Kind.CORRECTION else 1
    return stored(event, stream_id(ISSUER, name, _kind_of_stream(kind)), version)


def issuer() -> StoredEvent:
    """Return the issuer all of it is about."""
    return item_as_stored(Kind.ISSUER, {"id": ISSUER, "name": "Meridian"})


def fact_item(number: int, subject: str, disclosed: int, valid_from: int) -> dict[str, Any]:
    """Return an event that states one fact."""
    return {
        "id": f"e{number}",
        "type": "fact.stated",
        "occurred": day(valid_from),
        "disclosed": day(disclosed),
        "valid_from": f"{day(valid_from)}T00:00:00Z",
        "facts": {"subject": subject, "attribute": "stage", "value": f"stage {number}"},
    }


def plain_item(number: int) -> dict[str, Any]:
    """Return one of many facts about one subject."""
    return fact_item(number, "alpha", number % DAYS, number % DAYS)


def fact_event(number: int) -> Event:
    """Return one fact as the event that states it."""
    return _event(Kind.EVENT, plain_item(number))


def fact(number: int) -> StoredEvent:
    """Return one fact as it goes into the log."""
    return item_as_stored(Kind.EVENT, plain_item(number))


@dataclass(frozen=True, slots=True)
class History:
    """So many events on so many keys, in order of disclosure; the first keys may be programs."""

    events: int
    keys: int
    programs: int = 0

    def records(self) -> Iterator[StoredEvent]:
        """Yield the issuer, then the facts, each correction straight after what it corrects."""
        chance = random.Random(SEED)
        yield issuer()
        for number in range(self.programs):
            yield item_as_stored(Kind.PROGRAM, {"id": f"s{number}", "name": f"Program {number}"})
        for number in range(self.events):
            disclosed = number * DAYS // self.events
            late = chance.randrange(1, 400) if chance.random() < _BACKDATED else 0
            valid_from = max(0, disclosed - late)
            subject = f"s{chance.randrange(self.keys)}"
            yield item_as_stored(Kind.EVENT, fact_item(number, subject, disclosed, valid_from))
            if chance.random() < _CORRECTED:
                yield item_as_stored(Kind.CORRECTION, _correction(number))

    def load(self, recorder: SqlRecorder) -> None:
        """Append all of it, in large batches."""
        chunk: list[StoredEvent] = []
        for record in self.records():
            chunk.append(record)
            if len(chunk) == _CHUNK:
                recorder.append(chunk)
                chunk = []
        recorder.append(chunk)


def bundle(items: int) -> bytes:
    """Return a bundle in NDJSON: its head, then so many facts on a hundredth as many keys."""
    head = {
        "format": "timeline-bundle/1",
        "packs": ["core"],
        "issuer": {"id": ISSUER, "name": "Meridian"},
    }
    keys = items // 100
    facts = [{"event": fact_item(n, f"s{n % keys}", n % DAYS, n % DAYS)} for n in range(items)]
    return b"\n".join(orjson.dumps(line) for line in (head, *facts))


def _correction(number: int) -> dict[str, Any]:
    changes = {"facts": {"value": f"mended {number}"}}
    return {"id": f"c{number}", "corrects": f"e{number}", "set": changes, "reason": "mistyped"}


def _event(kind: Kind, item: dict[str, Any]) -> Event:
    return event_of(kind, item, issuer=ISSUER, recorded_by="bench")


def _kind_of_stream(kind: Kind) -> Kind:
    return Kind.EVENT if kind is Kind.CORRECTION else kind
