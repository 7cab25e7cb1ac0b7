"""The keys that one decision needs: found, or made and kept back until the append writes them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from timeline.errors import ConcurrentChange
from timeline.personal import keys
from timeline.personal.sealed import Key

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection

    Subject = tuple[str, str]


@dataclass(slots=True)
class KeyRing:
    """Keys by data subject and by id; `begin` opens a connection to look them up.

    What `of` makes is in no table before `write`, so a decision that is refused leaves no key.
    """

    begin: Callable[[], AbstractContextManager[Connection]]
    _of: dict[Subject, Key] = field(default_factory=dict)
    _by_id: dict[str, Key] = field(default_factory=dict)
    _made: dict[Subject, Key] = field(default_factory=dict)
    _used: set[str] = field(default_factory=set)

    def load(self, subjects: Collection[Subject], ids: Collection[str]) -> None:
        """Look up what is asked for next, all at once; what is not there stays unknown."""
        if not subjects and not ids:
            return
        with self.begin() as connection:
            for key in (*keys.of_subjects(connection, subjects), *keys.of_ids(connection, ids)):
                self._of[key.issuer, key.data_subject] = self._by_id[key.id] = key

    def of(self, issuer: str, data_subject: str) -> Key:
        """Return the key of a data subject that was loaded, or make one."""
        subject = issuer, data_subject
        key = self._of.get(subject)
        if key is None:
            key = self._made[subject] = self._of[subject] = Key.made(issuer, data_subject)
            self._by_id[key.id] = key
        self._used.add(key.id)
        return key

    def by_id(self, key_id: str) -> Key | None:
        """Return a key that was loaded or made, None for one that is erased."""
        return self._by_id.get(key_id)

    def write(self, connection: Connection) -> None:
        """Add the keys that were made, under the append lock.

        Raises ConcurrentChange when meanwhile somebody made a key for the same data subject, or
        erased one that was used: what is sealed with it could never be read.
        """
        made = {key.id for key in self._made.values()}
        taken = list(keys.of_subjects(connection, self._made))
        there = {key.id for key in keys.of_ids(connection, self._used - made)}
        if taken or there != self._used - made:
            raise ConcurrentChange("a data subject's key was made or erased in between; try again")
        keys.add(connection, self._made.values())
