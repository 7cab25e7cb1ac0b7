"""Sealed values opened, wherever in an answer they stand: the one place where it is done.

An answer is made of sealed values alone; what is opened depends on the keys there are now, on no
clock. So an erased value is gone from every answer, of whatever date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from timeline.personal import keys
from timeline.personal.sealed import PREFIX, Sealed

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sqlalchemy import Connection

ERASED_VALUE = {"erased": True}
"""What stands in an answer for a value whose key was erased."""


def erasure_of(key_id: str) -> str:
    """Return the id of the event that records the erasure of a key."""
    return f"erasure-{key_id}"


def sealed_in(value: dict[str, Any] | list[Any]) -> set[str]:
    """Return the texts of all sealed values within a JSON value; most answers have none."""
    found: set[str] = set()
    left: list[dict[str, Any] | list[Any]] = [value]
    while left:
        one = left.pop()
        for inner in one.values() if isinstance(one, dict) else one:
            if isinstance(inner, str):
                if inner.startswith(PREFIX):
                    found.add(inner)
            elif isinstance(inner, dict | list):
                left.append(inner)
    return found


def openings(
    connection: Connection, found: Collection[str], *, why: bool = False
) -> dict[str, Any]:
    """Return what each of the sealed texts says, or that it is erased.

    With `why` an erased value names the event that erased it. A text that is none of ours, or was
    altered, stands for itself.
    """
    read = {text: sealed for text in found if (sealed := Sealed.read(text)) is not None}
    there = {key.id: key for key in keys.of_ids(connection, {one.key for one in read.values()})}
    told: dict[str, Any] = {}
    for text, sealed in read.items():
        key = there.get(sealed.key)
        if key is None:
            because = {"because": [erasure_of(sealed.key)]} if why else {}
            told[text] = ERASED_VALUE | because
        else:
            try:
                told[text] = key.opened(sealed)
            except ValueError:
                told[text] = text
    return told


def data_subjects(connection: Connection, found: Collection[str]) -> dict[str, str]:
    """Return whose each of the sealed texts is, of those that are not erased."""
    read = {text: sealed.key for text in found if (sealed := Sealed.read(text)) is not None}
    named = {key.id: key.data_subject for key in keys.of_ids(connection, set(read.values()))}
    return {text: named[key] for text, key in read.items() if key in named}


def replaced(value: Any, told: Mapping[str, Any]) -> Any:
    """Return a JSON value with every text that `told` knows replaced by what it stands for."""
    if isinstance(value, str):
        return told.get(value, value)
    if isinstance(value, dict):
        return {name: replaced(inner, told) for name, inner in value.items()}
    if isinstance(value, list):
        return [replaced(inner, told) for inner in value]
    return value
