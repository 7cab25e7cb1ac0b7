"""Items as a person writes them, read as the events that record them.

An item says `said_by`, `stated_on`, `published`; an event has one envelope for all. Each kind has
its reading here and its writing in `writers`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from timeline.bitemporal import OpenEnd, Window, parse_day, parse_instant, start_of
from timeline.errors import BadInput, InvalidEvent
from timeline.events import (
    Confidence,
    Event,
    Kind,
    Locator,
    Outcome,
    Result,
    Unsealed,
    Visibility,
    read_disclosed,
    read_window,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    ItemBody = dict[str, Any]

CORRECTED = "correction.fact_corrected"
RETRACTED = "correction.event_retracted"
PROPOSED = "intake.draft_proposed"
FACT_STATED = "fact.stated"
OF_DRAFT = (
    *("kind", "type", "program", "milestone", "qualifier", "window", "condition", "speaker"),
    *("facts", "outcome", "result", "summary", "text", "confidence", "why", "published"),
    *("state", "recorded_as"),
)
_IMPLIED = {"milestone.reached": Outcome.REACHED, "milestone.failed": Outcome.FAILED}


def event_of(kind: Kind, item: ItemBody, *, issuer: str, recorded_by: str) -> Event:
    """Read `item` as the event that records it.

    Raises BadInput naming the key that cannot be used.
    """
    common = {"issuer": issuer, "item": item["id"], "kind": kind, "recorded_by": recorded_by}
    return _READERS[kind](without_nulls(item), common)


def without_nulls(item: ItemBody) -> ItemBody:
    """Return `item` without keys that say nothing: absent, null and empty are the same here."""
    return {k: v for k, v in item.items() if v is not None and v not in ({}, (), [])}


def _read(item: ItemBody, key: str, reader: Callable[[Any], Any]) -> Any:
    """Read one key, or say which key is at fault."""
    if key not in item:
        return None
    try:
        return reader(item[key])
    except BadInput as error:
        raise error.at(key) from None
    except ValueError as error:
        raise InvalidEvent(str(error), place=key) from None


def _pick(item: ItemBody, *keys: str) -> ItemBody:
    return {k: item[k] for k in keys if k in item}


def _issuer(item: ItemBody, common: ItemBody) -> Event:
    facts = _pick(item, "name", "aliases", "identifiers", "packs", "fiscal_year_end")
    return Event(type="issuer.registered", facts=facts, **common)


def _program(item: ItemBody, common: ItemBody) -> Event:
    facts = _pick(item, "name", "aliases", "attributes")
    return Event(type="program.registered", program=item["id"], facts=facts, **common)


def _document(item: ItemBody, common: ItemBody) -> Event:
    published = _read(item, "published", read_disclosed)
    return Event(
        type="disclosure.document_published",
        occurred=_days(published),
        disclosed=published,
        attributed_to=item.get("publisher"),
        facts=_pick(item, "kind", "title", "url", "sha256"),
        **common,
    )


def _event(item: ItemBody, common: ItemBody) -> Event:
    implied = _IMPLIED.get(item["type"])
    outcome = _read(item, "outcome", Outcome) or implied
    if implied and outcome is not implied:
        raise InvalidEvent(f"{item['type']} cannot have outcome {outcome}", place="outcome")
    return Event(
        type=item["type"],
        type_version=item.get("type_version", 1),
        occurred=_read(item, "occurred", read_window),
        disclosed=_read(item, "disclosed", read_disclosed),
        valid_from=_read(item, "valid_from", _bound),
        valid_to=_read(item, "valid_to", _bound),
        open_end=_read(item, "open_end", OpenEnd) or OpenEnd.UNTIL_NEXT,
        locator=_read(item, "locator", _locator),
        confidence=_read(item, "confidence", Confidence),
        visibility=_read(item, "visibility", Visibility) or Visibility.PUBLIC,
        personal=tuple(item.get("personal", ())),
        outcome=outcome,
        result=_read(item, "result", Result),
        facts=_unsealed(item, _facts(item)),
        **_pick(item, "program", "document", "attributed_to", "reason", "milestone"),
        **_pick(item, "qualifier", "summary"),
        **common,
    )


def _expectation(item: ItemBody, common: ItemBody) -> Event:
    stated = _read(item, "stated_on", read_window)
    window = _read(item, "window", read_window)
    if stated is not None and stated.latest is None:
        raise InvalidEvent("a statement needs a last possible day", place="stated_on")
    told = {"window": window and window.edtf} | _pick(item, "words", "condition", "withdraws")
    return Event(
        type="disclosure.expectation_stated",
        occurred=stated,
        disclosed=stated,
        attributed_to=item.get("said_by"),
        locator=_read(item, "locator", _locator),
        confidence=_read(item, "confidence", Confidence),
        facts=without_nulls(told),
        **_pick(item, "program", "milestone", "qualifier", "document"),
        **common,
    )


def _adjudication(item: ItemBody, common: ItemBody) -> Event:
    disclosed = _read(item, "disclosed", read_disclosed)
    return Event(
        type="disclosure.expectation_adjudicated",
        occurred=_days(disclosed),
        disclosed=disclosed,
        document=item.get("document"),
        reason=item.get("reason"),
        facts=_pick(item, "expectation", "verdict"),
        **common,
    )


def _correction(item: ItemBody, common: ItemBody) -> Event:
    corrects = "corrects" in item
    facts = _pick(item, "corrects", "set") if corrects else _pick(item, "retracts")
    event_type = CORRECTED if corrects else RETRACTED
    return Event(type=event_type, reason=item.get("reason"), facts=facts, **common)


def _draft(item: ItemBody, common: ItemBody) -> Event:
    """Read a draft: what it is about stands in its facts, for it may name what is not recorded."""
    _read(item, "window", read_window)
    _read(item, "published", read_disclosed)
    return Event(
        type=PROPOSED,
        document=item.get("document"),
        locator=_read(item, "span", _locator),
        visibility=Visibility.INTERNAL,
        facts=_pick(item, *OF_DRAFT),
        **common,
    )


def _facts(item: ItemBody) -> ItemBody:
    facts: ItemBody = item.get("facts", {})
    if item["type"] == FACT_STATED:
        for name in ("subject", "attribute"):
            if not isinstance(facts.get(name), str) or not facts[name]:
                raise InvalidEvent(f"{FACT_STATED} needs it, as text", place=f"facts.{name}")
    return facts


def _unsealed(item: ItemBody, facts: ItemBody) -> ItemBody:
    """Return `facts` with the personal ones marked as those of the data subject, if one is named.

    What is read back from the log names none: it is sealed, or was recorded before any was.
    """
    whose, personal = item.get("data_subject"), item.get("personal", ())
    if whose is None:
        return facts
    if not personal:
        raise InvalidEvent("goes with personal facts; name them in personal", place="data_subject")
    return {k: Unsealed(v, whose) if k in personal else v for k, v in facts.items()}


def _bound(text: str) -> datetime:
    """Read a bound of a valid period: an instant, or a day, which stands for its 00:00Z."""
    return parse_instant(text) if "T" in text else start_of(parse_day(text))


def _locator(value: ItemBody) -> Locator:
    return Locator(value["start"], value["end"])


def _days(when: Window | datetime | None) -> Window | None:
    return Window.day(when.date()) if when is not None and not isinstance(when, Window) else when


_READERS: dict[Kind, Callable[[ItemBody, ItemBody], Event]] = {
    Kind.ISSUER: _issuer,
    Kind.PROGRAM: _program,
    Kind.DOCUMENT: _document,
    Kind.EVENT: _event,
    Kind.EXPECTATION: _expectation,
    Kind.ADJUDICATION: _adjudication,
    Kind.CORRECTION: _correction,
    Kind.DRAFT: _draft,
}
