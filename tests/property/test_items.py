"""Every valid item survives the way into the record and out of it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.bitemporal import format_instant
from timeline.bundle import bundle_of, parse_bundle
from timeline.events import Kind, from_payload, to_payload, topic_of
from timeline.items import (
    decide,
    event_of,
    fold,
    item_of,
    keys_of,
    merge_patch,
    patched,
    require_shape,
)

BOUNDED = settings(max_examples=200)
Item = dict[str, Any]

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
NAME = st.text(st.characters(categories=("L", "N", "P")), min_size=1, max_size=12)
NUMBERS = st.integers(1 - 2**63, 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
MAP = st.dictionaries(TEXT, JSON, min_size=1, max_size=3)
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
INSTANTS = st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
AT = INSTANTS.map(format_instant)
ENDED = DAYS.flatmap(
    lambda d: st.sampled_from([f"{d}", f"{d:%Y-%m}~", f"{d:%Y}", f"../{d}", f"1990/{d:%Y}-36"])
)
WINDOW = ENDED | DAYS.map(lambda d: f"{d}/..") | st.just("../..")
SPAN = st.tuples(st.integers(0, 50), st.integers(1, 50)).map(
    lambda t: {"start": t[0], "end": t[0] + t[1]}
)
CONFIDENCE = st.sampled_from(["high", "medium", "low"])
CONDITION = st.fixed_dictionaries(
    {},
    optional={
        "text": TEXT | st.none(),
        "milestone": NAME,
        "program": NAME | st.none(),
        "qualifier": NAME,
        "requires": st.sampled_from(["reached", "positive", None]),
    },
).filter(bool)
VERDICT = st.sampled_from(["open", "met_late", "missed", "moot", "indeterminate"])


@st.composite
def periods(draw: st.DrawFn) -> Item:
    first, last = sorted(draw(st.lists(INSTANTS, min_size=2, max_size=2, unique=True)))
    whole = {"valid_from": format_instant(first), "valid_to": format_instant(last)}
    return draw(st.sampled_from([{}, {"valid_from": whole["valid_from"]}, whole]))


@st.composite
def endings(draw: st.DrawFn) -> Item:
    """A type, and what it allows to be said of a milestone."""
    outcome = draw(st.sampled_from(["reached", "failed"]))
    result = draw(st.sampled_from([{}, {"result": "positive"}, {"result": "mixed"}]))
    told = {"milestone": draw(NAME), "outcome": outcome, **result}
    other: list[Item] = [
        {"type": "corporate.moved"},
        {"type": "corporate.moved", "milestone": told["milestone"]},
        {"type": "a.b_1.c", "type_version": 7} | told,
        {"type": f"milestone.{outcome}"} | told,
    ]
    return draw(st.sampled_from(other))


@st.composite
def events(draw: st.DrawFn) -> Item:
    optional = {
        "program": NAME,
        "open_end": st.just("forever"),
        "document": NAME,
        "locator": SPAN,
        "attributed_to": TEXT,
        "reason": TEXT,
        "confidence": CONFIDENCE,
        "visibility": st.just("internal"),
        "qualifier": NAME,
        "summary": TEXT,
        "facts": MAP,
    }
    told = {"id": NAME, "occurred": WINDOW, "disclosed": ENDED | AT}
    item: Item = draw(st.fixed_dictionaries(told, optional=optional))
    personal = draw(st.sets(st.sampled_from(sorted(item["facts"])))) if "facts" in item else set()
    marked = {"personal": sorted(personal)} if personal else {}
    return item | draw(endings()) | draw(periods()) | marked


ITEMS: dict[Kind, st.SearchStrategy[Item]] = {
    Kind.ISSUER: st.fixed_dictionaries(
        {"id": NAME},
        optional={
            "name": TEXT,
            "aliases": st.lists(TEXT, min_size=1, max_size=3),
            "identifiers": MAP,
            "packs": st.just(["core"]),
            "fiscal_year_end": st.just("04-30"),
        },
    ),
    Kind.PROGRAM: st.fixed_dictionaries(
        {"id": NAME},
        optional={
            "name": TEXT,
            "aliases": st.lists(TEXT, min_size=1, max_size=3),
            "attributes": MAP,
        },
    ),
    Kind.DOCUMENT: st.fixed_dictionaries(
        {"id": NAME},
        optional={
            "publisher": TEXT,
            "published": ENDED | AT,
            "kind": TEXT,
            "title": TEXT,
            "url": TEXT,
            "sha256": st.just("0a" * 32),
        },
    ),
    Kind.EVENT: events(),
    Kind.EXPECTATION: st.fixed_dictionaries(
        {
            "id": NAME,
            "program": NAME | st.none(),
            "milestone": NAME,
            "window": WINDOW | st.none(),
            "stated_on": ENDED,
        },
        optional={
            "qualifier": NAME,
            "said_by": TEXT,
            "words": TEXT,
            "condition": CONDITION,
            "document": NAME,
            "locator": SPAN,
            "withdraws": NAME,
            "confidence": CONFIDENCE,
        },
    ),
    Kind.ADJUDICATION: st.fixed_dictionaries(
        {"id": NAME, "expectation": NAME, "verdict": VERDICT, "disclosed": ENDED | AT},
        optional={"document": NAME, "reason": TEXT},
    ),
    Kind.CORRECTION: st.fixed_dictionaries(
        {"id": NAME, "retracts": NAME}, optional={"reason": TEXT}
    )
    | st.fixed_dictionaries({"id": NAME, "corrects": NAME, "set": MAP}, optional={"reason": TEXT}),
    Kind.DRAFT: st.fixed_dictionaries(
        {
            "id": NAME,
            "kind": st.sampled_from(["event", "expectation"]),
            "type": NAME,
            "document": NAME,
            "published": ENDED,
            "span": SPAN,
            "text": NAME,
        },
        optional={
            "program": NAME,
            "milestone": NAME,
            "qualifier": NAME,
            "window": st.fixed_dictionaries({"edtf": WINDOW}, optional={"words": TEXT}),
            "condition": TEXT | CONDITION,
            "speaker": TEXT,
            "facts": MAP,
            "confidence": st.floats(0, 1),
            "why": TEXT,
            "state": st.just("rejected"),
        },
    ),
}
PLACED = st.sampled_from(Kind).flatmap(lambda kind: st.tuples(st.just(kind), ITEMS[kind]))


def read(kind: Kind, item: Item) -> Any:
    return event_of(kind, item, issuer="larkspur", recorded_by="ada")


@BOUNDED
@given(PLACED)
def test_an_item_comes_back_from_the_record_as_it_was_written(placed: tuple[Kind, Item]) -> None:
    kind, item = placed
    require_shape(kind, item, place="item")
    event = read(kind, item)
    stored = to_payload(event)
    again = from_payload(topic_of(event), stored)
    assert again == event
    assert to_payload(again) == stored
    assert item_of(again) == item
    assert json.dumps(item_of(again), sort_keys=True) == json.dumps(item, sort_keys=True)


@BOUNDED
@given(PLACED, st.data())
def test_a_key_that_is_null_says_what_an_absent_one_says(
    placed: tuple[Kind, Item], data: st.DataObject
) -> None:
    kind, item = placed
    silent = data.draw(st.sets(st.sampled_from(sorted(keys_of(kind) - set(item)) or ["reason"])))
    assert read(kind, dict.fromkeys(silent) | item) == read(kind, item)


@BOUNDED
@given(PLACED)
def test_recorded_again_by_anybody_it_adds_nothing(placed: tuple[Kind, Item]) -> None:
    kind, item = placed
    event = read(kind, item)
    other = event_of(kind, item, issuer="larkspur", recorded_by="grace")
    assert decide(fold([event]), other) is None


@BOUNDED
@given(ITEMS[Kind.EVENT], ITEMS[Kind.EVENT])
def test_a_correction_to_another_item_reads_as_that_item(one: Item, other: Item) -> None:
    """The patch that turns one event into another; a fact that is null would take a mark along."""
    changes = {key: other.get(key) for key in keys_of(Kind.EVENT)} | {"personal": None}
    changes["facts"] = dict.fromkeys(one.get("facts", {})) | other.get("facts", {})
    merged = {"id": one["id"]} | merge_patch(one, changes)
    assert patched(read(Kind.EVENT, one), changes) == read(Kind.EVENT, merged)


@BOUNDED
@given(st.lists(ITEMS[Kind.EVENT], max_size=4, unique_by=lambda i: i["id"]))
def test_both_forms_of_a_bundle_hold_the_same(told: list[Item]) -> None:
    head = {"format": "timeline-bundle/1", "issuer": {"id": "larkspur"}}
    lines = [head, *({"event": item} for item in told)]
    ndjson = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    whole = bundle_of(head | {"events": told}).events(recorded_by="ada")
    by_line = parse_bundle(ndjson.encode()).events(recorded_by="ada")
    assert [event for _, event in by_line] == [event for _, event in whole]
