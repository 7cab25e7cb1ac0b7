"""Checkpoints while a server runs: one every so many minutes, when anything was recorded."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING

from api.timeline import Timeline
from timeline.errors import SigningKeyMissing, TimelineError
from timeline.ledger.witness import hand_over

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.settings import Settings

_LOG = logging.getLogger(__name__)
_MINUTE = 60.0


@contextmanager
def checkpoints(settings: Settings, *, minute: float = _MINUTE) -> Iterator[None]:
    """Sign every `checkpoint_minutes` within, never for 0; `minute` is in seconds.

    What goes wrong is told in the server's log, and tried again the next time.
    """
    if not settings.checkpoint_minutes:
        yield
        return
    over = Event()
    seconds = settings.checkpoint_minutes * minute
    thread = Thread(target=_sign_until, args=(over, settings, seconds), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(timeout=_MINUTE)


def _sign_until(over: Event, settings: Settings, seconds: float) -> None:
    handed: str | None = None
    while not over.wait(seconds):
        try:
            handed = signed(settings, handed)
        except SigningKeyMissing as error:
            _LOG.debug("no checkpoint: %s", error)
        except TimelineError as error:
            _LOG.error("no checkpoint: %s", error)


def signed(settings: Settings, handed: str | None) -> str | None:
    """Sign a checkpoint and hand it to the witness, unless that got it as the last one, `handed`.

    Returns the note the witness now has last.
    """
    with Timeline(
        settings.database_url, packs=settings.packs, signing_key=settings.signing_key
    ) as timeline:
        note, _ = timeline.sign()
    if settings.witness is not None and note != handed:
        hand_over(note, settings.witness)
    return note
