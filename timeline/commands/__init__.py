"""Commands: what somebody asks to be recorded, decided against the record and written."""

from timeline.commands.command import RECORDABLE, Command, adjudicate, correct, record, retract
from timeline.commands.plan import Plan, stored, streams_of
from timeline.commands.writing import Entry, write

__all__ = [
    "RECORDABLE",
    "Command",
    "Entry",
    "Plan",
    "adjudicate",
    "correct",
    "record",
    "retract",
    "stored",
    "streams_of",
    "write",
]
