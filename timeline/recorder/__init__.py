"""The recorder: one append-only log on SQLite or PostgreSQL, with positions and recorded time."""

from __future__ import annotations

from timeline.recorder.answers import keep, kept
from timeline.recorder.canonical import canonical_record
from timeline.recorder.clock import Clock, InjectedClock, SystemClock, instant_text
from timeline.recorder.engine import open_engine
from timeline.recorder.failures import TrackedAlready, VersionTaken
from timeline.recorder.question_log import AskedQuestion, LoggedQuestion, QuestionLog
from timeline.recorder.reader import LogReader
from timeline.recorder.recorder import SqlRecorder
from timeline.recorder.records import Appended, Idempotency, StoredRecord
from timeline.recorder.schema import Instant, StreamId, metadata
from timeline.recorder.store import create_store, require_store

__all__ = [
    "Appended",
    "AskedQuestion",
    "Clock",
    "Idempotency",
    "InjectedClock",
    "Instant",
    "LogReader",
    "LoggedQuestion",
    "QuestionLog",
    "SqlRecorder",
    "StoredRecord",
    "StreamId",
    "SystemClock",
    "TrackedAlready",
    "VersionTaken",
    "canonical_record",
    "create_store",
    "instant_text",
    "keep",
    "kept",
    "metadata",
    "open_engine",
    "require_store",
]
