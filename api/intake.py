"""Intake, as a Python library: a document is read, and a person decides on what it says."""

from __future__ import annotations

from api.deciding_drafts import DecidingDrafts
from api.extracting import Extracting


class Intake(DecidingDrafts, Extracting):
    """What an open store does from a document to what is recorded of it."""
