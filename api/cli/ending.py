"""How a verb that goes on until it is told to stop ends: between two steps, and never within one.

An interrupt that cuts a query short leaves its connection in the middle of an answer, and what is
then said of the database is wrong.
"""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Ending:
    """Whether Ctrl-C or SIGTERM asked for the end; a second one does not wait for it."""

    def __init__(self) -> None:
        self._asked = self._waits_for_others = False

    def ask(self, *_: Any) -> None:
        """Take a signal."""
        if self._asked or self._waits_for_others:
            raise KeyboardInterrupt
        self._asked = True

    def heed(self) -> None:
        """Raise KeyboardInterrupt here, where nothing is half done, if the end was asked for."""
        if self._asked:
            raise KeyboardInterrupt

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Let a signal end what may wait for long, as a write that nobody reads does."""
        self._waits_for_others = True
        self.heed()
        try:
            yield
        finally:
            self._waits_for_others = False


@contextmanager
def ended_by_signals() -> Iterator[Ending]:
    """Take Ctrl-C and SIGTERM as what ends the body, quietly; it heeds them between its steps."""
    ending = Ending()
    before = {one: signal.signal(one, ending.ask) for one in _SIGNALS}
    try:
        yield ending
    except KeyboardInterrupt:
        return
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
