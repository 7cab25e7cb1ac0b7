"""eventsourcing's own ProjectionRunner: one row an event, on PostgreSQL, where it can subscribe.

Imported where it is measured and nowhere else: `eventsourcing.domain` patches the standard
library's dataclasses for the whole process.
"""

from __future__ import annotations

import time
from functools import singledispatchmethod
from typing import TYPE_CHECKING, Any

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from eventsourcing.postgres import PostgresTrackingRecorder
from eventsourcing.projection import Projection, ProjectionRunner
from psycopg.sql import SQL
from sqlalchemy.engine import make_url

if TYPE_CHECKING:
    from eventsourcing.persistence import Tracking

_ADD = "INSERT INTO stated VALUES (%s, %s)"
_WAIT = 120.0


class StatedFact(Aggregate):
    """A fact, said in one event."""

    @event("Stated")
    def __init__(self, told: str) -> None:
        self.told = told


class Facts(Application[Any]):
    """Where they are saved."""


class View(PostgresTrackingRecorder):
    """A table with a row for each fact."""

    def __init__(self, datastore: Any, **told: Any) -> None:
        super().__init__(datastore, **told)
        self.sql_create_statements.append(
            SQL(
                "CREATE TABLE IF NOT EXISTS stated (position bigint PRIMARY KEY, told text)"
            ).format()
        )

    def add(self, tracking: Tracking, told: str) -> None:
        """Add the row and how far it is, in one transaction."""
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_tracking(cursor, tracking)
            cursor.execute(_ADD, (tracking.notification_id, told))


class Stating(Projection[View]):
    """Adds a row for each event."""

    @singledispatchmethod
    def process_event(self, domain_event: Any, tracking: Tracking) -> None:
        """Add what it says."""
        self.view.add(tracking, domain_event.told)


def projected(url: str, events: int) -> float:
    """Return how many events a second the runner applies, from the first to the last."""
    at = make_url(url)
    env = {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": str(at.database),
        "POSTGRES_HOST": str(at.host),
        "POSTGRES_PORT": str(at.port),
        "POSTGRES_USER": str(at.username),
        "POSTGRES_PASSWORD": "none",
    }
    with Facts(env=env) as facts:
        facts.save(*(StatedFact(f"stage {number}") for number in range(events)))
        begun = time.perf_counter()
        with ProjectionRunner(
            application_class=Facts, projection_class=Stating, view_class=View, env=env
        ) as runner:
            runner.wait(facts.recorder.max_notification_id(), timeout=_WAIT)
            return events / (time.perf_counter() - begun)
