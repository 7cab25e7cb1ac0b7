"""Questions to the table `personal_keys`, asked on a connection. Nothing else reads it."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import and_, insert, select, tuple_

from timeline.personal.sealed import Key
from timeline.recorder.schema import personal_keys

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from sqlalchemy import ColumnElement, Connection, Select

_T = TypeVar("_T")
_AT_ONCE = 400
_COLUMNS = personal_keys.c
_ALL = select(_COLUMNS.issuer_id, _COLUMNS.data_subject, _COLUMNS.key_id, _COLUMNS.key)


def of_subjects(connection: Connection, subjects: Iterable[tuple[str, str]]) -> Iterator[Key]:
    """Yield the keys there are of `subjects`, each an issuer and a data subject."""
    named = tuple_(_COLUMNS.issuer_id, _COLUMNS.data_subject)
    for some in _batched(subjects):
        yield from _keys(connection, _ALL.where(named.in_(some)))


def of_ids(connection: Connection, ids: Iterable[str]) -> Iterator[Key]:
    """Yield the keys there are of these ids; an erased one is not among them."""
    for some in _batched(ids):
        yield from _keys(connection, _ALL.where(_COLUMNS.key_id.in_(some)))


def add(connection: Connection, made: Collection[Key]) -> None:
    """Add new keys."""
    if made:
        connection.execute(
            insert(personal_keys),
            [
                {
                    "issuer_id": key.issuer,
                    "data_subject": key.data_subject,
                    "key_id": key.id,
                    "key": key.secret,
                }
                for key in made
            ],
        )


def only(key: Key) -> ColumnElement[bool]:
    """Return the condition that a row is that of `key`."""
    return and_(_COLUMNS.issuer_id == key.issuer, _COLUMNS.key_id == key.id)


def _keys(connection: Connection, query: Select[str, str, str, bytes]) -> Iterator[Key]:
    for issuer, data_subject, key_id, secret in connection.execute(query):
        yield Key(issuer, data_subject, key_id, bytes(secret))


def _batched(values: Iterable[_T]) -> Iterator[list[_T]]:
    left = iter(values)
    while some := list(islice(left, _AT_ONCE)):
        yield some
