"""Answers opened: what is sealed in them told, or told to be erased. Every answer passes here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from timeline.personal import Sealed, data_subjects, openings, replaced, sealed_in

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from api.answers import Answer
    from timeline.recorder import LogReader

    Row = dict[str, Any]


def opened(connection: Connection, answer: Answer, *, why: bool = False) -> Answer:
    """Return `answer` with its sealed values opened; with `why` an erased one names the erasure."""
    found = sealed_in([answer.items, answer.more])
    if not found:
        return answer
    told = openings(connection, found, why=why)
    items, more = replaced([answer.items, answer.more], told)
    as_stored = (answer.items, answer.more)
    return replace(answer, items=items, more=more, personal=True, sealed=as_stored)


def opened_events(recorder: LogReader, rows: list[Row]) -> list[Row]:
    """Return CloudEvents with their sealed facts opened, and whose they are while it is known.

    A sealed value that stands in another item, or under another name, than it was sealed for is
    left as it is.
    """
    own = [_own(row) for row in rows]
    found = {text for texts in own for text in texts.values()}
    if not found:
        return rows
    with recorder.begin_read() as connection:
        told, whose = openings(connection, found), data_subjects(connection, found)
    return [_open_row(*pair, told, whose) for pair in zip(rows, own, strict=True)]


def is_personal(row: Row) -> bool:
    """Say whether a CloudEvent has personal facts; those of an older release are in the clear."""
    data = row["data"]
    said = data.get("set", data)
    return bool(_own(row)) or (isinstance(said, dict) and bool(said.get("personal")))


def _own(row: Row) -> dict[str, str]:
    """Return the sealed facts of an event, or of what a correction sets, that belong there."""
    data = row["data"]
    item, said = data.get("corrects", data["id"]), data.get("set", data)
    facts = said.get("facts") if isinstance(said, dict) else None
    read = ((name, text, Sealed.read(text)) for name, text in (facts or {}).items())
    return {name: text for name, text, one in read if one and (one.item, one.fact) == (item, name)}


def _open_row(row: Row, own: dict[str, str], told: Row, whose: dict[str, str]) -> Row:
    if not own:
        return row
    data = row["data"]
    said = data.get("set", data)
    facts = said["facts"] | {name: told[text] for name, text in own.items()}
    subject = next((whose[text] for text in own.values() if text in whose), None)
    named = {} if subject is None else {"data_subject": subject}
    open_ = said | {"facts": facts} | named
    return row | {"data": data | {"set": open_} if "set" in data else open_}
