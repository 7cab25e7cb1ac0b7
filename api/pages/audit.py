"""The audit page: the log, one event in full, and what is needed to prove that it is in there."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import orjson

from timeline.errors import NotFound
from timeline.ledger.checkpoint import Checkpoint

if TYPE_CHECKING:
    from collections.abc import Iterable

    from api.clocks import ClockArguments
    from api.timeline import Timeline

Row = dict[str, Any]

_SHOWN = 100
_LOOKED_AT = 5_000
_DOCUMENT = "document"
_CLOCKS = ("as_of", "known_at", "as_at")


def log_told(
    timeline: Timeline, clocks: ClockArguments, *, issuer: str | None, after: int, wanted: Row
) -> Row:
    """Return up to 100 events after position `after` that are as `wanted`, oldest first.

    `wanted` has the `kind` and the beginning of the `type`, where they matter. At most 5,000 events
    are looked at; `next_after` is where to go on, None at the end of the log.
    """
    answer = timeline.events(issuer=issuer, after=after, limit=_LOOKED_AT, **clocks)
    rows: list[Row] = []
    following = None
    for row in answer.items:
        if len(rows) == _SHOWN:
            following = rows[-1]["position"]
            break
        if _fits(row, wanted):
            rows.append(row | {"issuer": row["source"].rpartition("/")[2]})
    if following is None and answer.next is not None:
        following = answer.items[-1]["position"]
    return {
        "rows": rows,
        "next_after": following,
        "clocks": answer.asked.texts(),
        "issuers": timeline.issuers(as_at=answer.asked.position).items,
        "checkpoint": checkpoint_told(timeline),
        "stated": {name: str(clocks.get(name) or "") for name in _CLOCKS},
    }


def _fits(row: Row, wanted: Row) -> bool:
    kind, of_type = wanted.get("kind"), wanted.get("type")
    return (not kind or row["itemkind"] == kind) and (
        not of_type or row["type"].startswith(of_type)
    )


def checkpoint_told(timeline: Timeline) -> Row | None:
    """Return the newest checkpoint: the note, and how many events under which root it signs."""
    try:
        note = timeline.checkpoint()
    except NotFound:
        return None
    read = Checkpoint.of(note)
    root = base64.b64encode(read.root).decode()
    return {
        "note": note,
        "size": read.size,
        "root": root,
        "signed_at": f"{read.signed_at:%Y-%m-%d %H:%M} UTC",
    }


def event_told(
    timeline: Timeline, event: str, clocks: ClockArguments, *, issuer: str | None
) -> Row:
    """Return every version of one item, its document, and what it decides and overrides."""
    answer = timeline.event(event, issuer=issuer, **clocks)
    versions = [_version(row) for row in answer.items]
    last = versions[-1]
    of, data = last["issuer"], versions[0]["data"]
    same: ClockArguments = {**clocks, "as_at": answer.asked.position}
    return {
        "event": event,
        "versions": versions,
        "issuer": of,
        "source": _source(timeline, of, data.get(_DOCUMENT), same),
        **_effects(timeline, of, event, same),
        "clocks": answer.asked.texts(),
        "checkpoint": checkpoint_told(timeline),
    }


def proof_told(timeline: Timeline, position: int) -> Row:
    """Return what a browser needs to prove an event: its bytes, the hashes, the signed checkpoint.

    `proof` is None for an event that is newer than the checkpoint, or while nothing was signed.
    """
    signed = checkpoint_told(timeline)
    told: Row = {
        "position": position,
        "record": base64.b64encode(timeline.leaf_bytes(position)).decode(),
        "checkpoint": signed and signed["note"],
        "keys": [one["key"] for one in timeline.signing_keys()],
        "proof": None,
    }
    if signed is not None and position <= signed["size"]:
        told["proof"] = timeline.inclusion(position, size=signed["size"])["proof"]
    return told


def _version(row: Row) -> Row:
    data = orjson.dumps(row["data"], option=orjson.OPT_INDENT_2).decode()
    return {**row, "issuer": row["source"].rpartition("/")[2], "text": data}


def _source(
    timeline: Timeline, issuer: str, document: str | None, clocks: ClockArguments
) -> Row | None:
    if document is None:
        return None
    found = timeline.documents(issuer, as_at=clocks["as_at"]).items
    return next((one for one in found if one[_DOCUMENT] == document), None)


def _effects(timeline: Timeline, issuer: str, event: str, clocks: ClockArguments) -> Row:
    """Return the answers that the event decides, and those in which another one overrides it."""
    answers = [
        *(_answer(row, _subject(row), row["verdict"]) for row in
          timeline.milestones(issuer, explain=True, **clocks).items),
        *(_answer(row, f"{row['subject']}: {row['attribute']}", row["value"]) for row in
          timeline.facts(issuer, explain=True, **clocks).items),
    ]  # fmt: skip
    return {
        "decides": _told(one for one in answers if event in one["because"]),
        "overridden_in": _told(one for one in answers if event in one["overridden"]),
    }


def _answer(row: Row, about: str, value: Any) -> Row:
    told = value if isinstance(value, str) else orjson.dumps(value).decode()
    return {"about": about, "value": told, **{k: row[k] for k in ("because", "overridden")}}


def _subject(row: Row) -> str:
    parts = (row["program"], row["milestone"], row["qualifier"])
    return ", ".join(part for part in parts if part)


def _told(answers: Iterable[Row]) -> list[Row]:
    return sorted(answers, key=lambda one: str(one["about"]))
