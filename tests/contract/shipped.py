"""The recorder test cases that eventsourcing ships, told how to make our recorder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from eventsourcing.persistence import AggregateRecorder
from eventsourcing.tests import persistence as shipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from unittest import TestCase
    from uuid import UUID

    from eventsourcing.persistence import StoredEvent

    from timeline.recorder import SqlRecorder

__all__ = ["CASES"]


class _AggregateRecorder(AggregateRecorder):
    """Our recorder seen as an aggregate recorder, which by its contract returns no positions.

    One class cannot be both: ApplicationRecorder must return them.
    """

    def __init__(self, recorder: SqlRecorder) -> None:
        self._recorder = recorder

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> None:
        self._recorder.insert_events(stored_events, **kwargs)

    def select_events(self, originator_id: UUID | str, **kwargs: Any) -> Sequence[StoredEvent]:
        return self._recorder.select_events(originator_id, **kwargs)


class _Made:
    """`__test__` keeps pytest from running the cases without a database; see CASES."""

    __test__ = False
    make_recorder: Callable[[], SqlRecorder]

    def create_recorder(self) -> SqlRecorder:
        return self.make_recorder()


class Aggregate(shipped.AggregateRecorderTestCase):
    __test__ = False
    make_recorder: Callable[[], SqlRecorder]

    def create_recorder(self) -> AggregateRecorder:
        return _AggregateRecorder(self.make_recorder())


class Application(_Made, shipped.ApplicationRecorderTestCase["SqlRecorder"]):
    def test_insert_subscribe(self) -> None:
        self.optional_test_insert_subscribe()


class Track(_Made, shipped.TrackingRecorderTestCase):
    pass


class Process(_Made, shipped.ProcessRecorderTestCase):
    pass


class NonInterleaving(_Made, shipped.NonInterleavingNotificationIDsBaseCase):
    pass


def _cases() -> Iterator[tuple[type[TestCase], str]]:
    for case in (Aggregate, Application, Track, Process, NonInterleaving):
        for name in sorted(dir(case)):
            if name == "test" or name.startswith("test_"):
                yield case, name


CASES: list[tuple[type[TestCase], str]] = list(_cases())
