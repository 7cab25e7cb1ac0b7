"""Commands: what somebody asks to be recorded, decided against the record and written."""

from timeline.commands.plan import Plan, stored, streams_of

__all__ = ["Plan", "stored", "streams_of"]
