"""Given what is on record of one issuer, a rule comes to this."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from api import Timeline
from timeline.bundle import bundle_of
from timeline.recorder import InjectedClock

Item = dict[str, Any]

NOW = datetime(2030, 1, 1, 12, tzinfo=UTC)
OWN = "Lark Aircraft Inc."
_NUMBERS = count(1)


def fact(attribute: str, value: Any, on: str = "2010-01-01") -> Item:
    """A fact about the issuer itself."""
    told = {"subject": "lark", "attribute": attribute, "value": value}
    return event("fact.stated", on, facts=told)


def event(kind: str, on: str, disclosed: str | None = None, /, **more: Any) -> Item:
    """A public event."""
    made = {"id": f"e{next(_NUMBERS)}", "type": kind, "occurred": on}
    return {**made, "disclosed": disclosed or on, **more}


def inside(kind: str, on: str, /, **more: Any) -> Item:
    """An event that never was public."""
    made = {"id": f"i{next(_NUMBERS)}", "type": kind, "occurred": on}
    return {**made, "disclosed": on, "visibility": "internal", **more}


def said(name: str, on: str, window: str | None, /, **more: Any) -> Item:
    """A statement on the first flight of the L9."""
    made = {"id": name, "program": "l9", "milestone": "flt.first_flight", "stated_on": on}
    return {**made, "window": window, "said_by": "Lark Aircraft", "document": "d1", **more}


def document(name: str, on: str, kind: str = "news release", /, **more: Any) -> Item:
    """A document of the issuer."""
    return {"id": name, "published": on, "kind": kind, "publisher": OWN, **more}


@cache
def store() -> Timeline:
    """One store for all; every case is an issuer of its own in it."""
    url = f"sqlite:///{Path(tempfile.mkdtemp()) / 'timeline.db'}"
    return Timeline(url, clock=InjectedClock(NOW), create=True, recorded_by="ann")


def record(*items: Item) -> str:
    """Put the items on record for a new issuer, and return its id."""
    name = f"lark{next(_NUMBERS)}"
    sections: dict[str, list[Item]] = {"documents": [], "events": [], "expectations": []}
    for item in items:
        sections[_section(item)].append(_of(name, item))
    if not any(one["id"] == "d1" for one in sections["documents"]):
        sections["documents"].append(document("d1", "2011-03-01"))
    issuer = {"id": name, "name": OWN, "aliases": ["Lark Aircraft"]}
    told = {"format": "timeline-bundle/1", "issuer": issuer, "programs": [{"id": "l9"}]}
    store().import_bundle(bundle_of(told | sections))
    return name


def held(rule: str, *items: Item, as_of: str = "2011-06-01", **more: Any) -> list[str]:
    """Return how the rule ends, once for each thing it is about."""
    answer = store().findings(record(*items), rules=(rule,), as_of=as_of, **more)
    return [row["result"] for row in answer.items]


def _of(issuer: str, item: Item) -> Item:
    """Make a fact about the issuer one about this issuer."""
    facts = item.get("facts", {})
    return item | {"facts": facts | {"subject": issuer}} if "subject" in facts else item


def _section(item: Item) -> str:
    if "stated_on" in item:
        return "expectations"
    return "documents" if "published" in item else "events"
