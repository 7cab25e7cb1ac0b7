"""The recorder: one append-only log on SQLite or PostgreSQL, with positions and recorded time."""

from __future__ import annotations

from timeline.recorder.answers import kept
from timeline.recorder.canonical import canonical_record
from timeline.recorder.clock import Clock, InjectedClock, SystemClock, instant_text
from timeline.recorder.engine import inserting, open_engine
from timeline.recorder.failures import TrackedAlready, VersionTaken
from timeline.recorder.inserts import Inserts
from timeline.recorder.outbox import Outbox, State, Unsent
from timeline.recorder.own_connection import OwnConnection, own_connection
from timeline.recorder.question_log import AskedQuestion, LoggedQuestion, QuestionLog
from timeline.recorder.reader import LogReader
from timeline.recorder.recorder import SqlRecorder
from timeline.recorder.records import Appended, Idempotency, NewEvent, Reach, StoredRecord
from timeline.recorder.schema import Instant, StreamId, metadata
from timeline.recorder.store import create_store, require_store

__all__ = [
    "Appended",
    "AskedQuestion",
    "Clock",
    "Idempotency",
    "InjectedClock",
    "Inserts",
    "Instant",
    "LogReader",
    "LoggedQuestion",
    "NewEvent",
    "Outbox",
    "OwnConnection",
    "QuestionLog",
    "Reach",
    "SqlRecorder",
    "State",
    "StoredRecord",
    "StreamId",
    "SystemClock",
    "TrackedAlready",
    "Unsent",
    "VersionTaken",
    "canonical_record",
    "create_store",
    "inserting",
    "instant_text",
    "kept",
    "metadata",
    "open_engine",
    "own_connection",
    "require_store",
]
