"""Intake, as a Python library: a document is read, and a person decides on what it says."""

from __future__ import annotations

from api.deciding_drafts import DecidingDrafts
from api.legend_reading import ReadingLegends


class Intake(DecidingDrafts, ReadingLegends):
    """What an open store does from a document to what is recorded of it."""
