"""Database errors, told as what happened to the store. Each database says which is which."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from eventsourcing.persistence import IntegrityError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolExhausted

from timeline.errors import ConcurrentChange, Conflict, StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from timeline.errors import StoreError

__all__ = ["TrackedAlready", "VersionTaken", "translated"]


class VersionTaken(ConcurrentChange, IntegrityError):
    """Somebody recorded this version of this stream before; eventsourcing's IntegrityError too."""


class TrackedAlready(Conflict, IntegrityError):
    """The tracked position is not beyond the recorded one; eventsourcing's IntegrityError too."""


@contextmanager
def translated(tell: Callable[[BaseException], StoreError | None]) -> Iterator[None]:
    """Raise what `tell` makes of a database error within; leave any other error as it is."""
    try:
        yield
    except PoolExhausted as error:
        raise StoreUnavailable(f"every connection to the store is in use; {error}") from error
    except Exception as error:
        told = tell(driver_error(error))
        if told is None:
            raise
        raise told from error


def driver_error(error: BaseException) -> BaseException:
    """Return the driver's own error within SQLAlchemy's."""
    if isinstance(error, DBAPIError) and error.orig is not None:
        return error.orig
    return error
