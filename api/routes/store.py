"""The store behind the routes: opened by the first question that needs it."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from api.timeline import Timeline
from timeline.errors import BadInput, StoreUnavailable

if TYPE_CHECKING:
    from starlette.requests import Request

    from api.settings import Settings
    from timeline.recorder import Clock


class Store:
    """One Timeline for all requests; safe to share by threads.

    While it cannot be opened every question raises what is wrong, and tries again.
    """

    def __init__(self, settings: Settings, *, clock: Clock | None = None) -> None:
        self._settings = settings
        self._clock = clock
        self._lock = Lock()
        self._opened: Timeline | None = None

    def timeline(self) -> Timeline:
        """Return the store, open; raises StoreMissing or StoreUnavailable."""
        with self._lock:
            if self._opened is None:
                self._opened = self._open()
            return self._opened

    def _open(self) -> Timeline:
        wanted = self._settings
        try:
            return Timeline(
                wanted.database_url,
                recorded_by=wanted.recorded_by,
                clock=self._clock,
                packs=wanted.packs,
                read_models=wanted.read_models,
                question_log=wanted.question_log,
            )
        except BadInput as error:  # of the settings, not of the request
            raise StoreUnavailable(str(error)) from error

    def close(self) -> None:
        """Give the connections back."""
        with self._lock:
            if self._opened is not None:
                self._opened.close()
                self._opened = None


def store_of(request: Request) -> Store:
    """Return the store of the application that got `request`."""
    store: Store = request.app.state.store
    return store
