"""What can go wrong, as a tree: one base, leaves that name the situation.

HTTP numbers live in one table at the edge (`api.problems`); nothing here knows them.
"""

from __future__ import annotations


class TimelineError(Exception):
    """Base of every error this project raises on purpose."""


class BadInput(TimelineError):
    """Something given from outside cannot be used.

    `place` names where it stands (a parameter, a path in a file); the message says the way out.
    """

    def __init__(self, message: str, *, place: str | None = None) -> None:
        super().__init__(message if place is None else f"{place}: {message}")
        self.message = message
        self.place = place

    def at(self, place: str) -> BadInput:
        """Return the same error, said of `place`."""
        return type(self)(self.message, place=place)


class InvalidDate(BadInput):
    """A date, window or instant is not strict ISO 8601 / EDTF."""


class InvalidPeriod(BadInput):
    """A half-open period does not end after it begins."""


class InvalidEvent(BadInput):
    """An event's envelope breaks a rule."""


class InvalidBundle(BadInput):
    """A bundle does not follow `timeline-bundle/1`."""


class InvalidPack(BadInput):
    """A pack's manifest cannot be loaded, or not together with the others."""


class ClockBeyondHead(BadInput):
    """`as_at` names a position or an instant this store has not reached."""


class InvalidNote(BadInput):
    """A signed note, a checkpoint or a key of one cannot be read."""


class InvalidDocument(BadInput):
    """A document cannot be read: it is of no kind that is read, too large, locked or damaged."""


class NotFound(BadInput):
    """Nothing recorded has this id or name."""


class UnknownReference(NotFound):
    """An item names another one that is not recorded."""


class Conflict(TimelineError):
    """What is recorded already speaks against what is asked."""


class ItemExists(Conflict):
    """An item of this id is recorded with other content."""


class IdempotencyKeyReused(Conflict):
    """The idempotency key was used for another request."""


class ConcurrentChange(Conflict):
    """Somebody else changed the item in between; read it again and decide anew."""


class ExtraMissing(TimelineError):
    """What is asked for needs a package that is optional and not installed."""


class StoreError(TimelineError):
    """The store cannot do its work."""


class StoreMissing(StoreError):
    """There is no store here yet, or an older one; `timeline init` makes it."""


class StoreFull(StoreError):
    """The disk is full; nothing was written."""


class StoreUnavailable(StoreError):
    """The database does not answer, or stayed locked for too long."""


class ReadModelsOtherwise(StoreError):
    """The store's read models are kept otherwise than is asked: inline, or by a follower."""


class QuestionNotLogged(StoreError):
    """The question log could not be written, so the answer is withheld."""


class SigningKeyMissing(StoreError):
    """There is no key here to sign checkpoints with."""


class LedgerBroken(StoreError):
    """The ledger is not what was signed before; `timeline verify` tells where."""


class RecordedAtWentBack(StoreError):
    """A stated recorded_at lies before the last one in the log."""
