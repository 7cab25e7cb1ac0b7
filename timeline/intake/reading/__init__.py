"""Reading: a document's statements about the future and the events it tells of, as drafts."""

from timeline.intake.reading.drafts import read_drafts

__all__ = ["read_drafts"]
