"""A process that erases somebody and is killed at one step of it.

python -m tests.durability.erasing URL STEP
"""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING, Any

from api import Timeline
from timeline.recorder import SqlRecorder

if TYPE_CHECKING:
    from collections.abc import Callable

STEPS = {
    "before the key is deleted": ("delete_for_good", "before"),
    "after the key is deleted": ("delete_for_good", "after"),
    "before the event is written": ("write", "before"),
    "after the event is written": ("write", "after"),
    "after the commit": ("wipe", "before"),
    "after the files are wiped": ("wipe", "after"),
}
COMMITTED = ("after the commit", "after the files are wiped")
ISSUER, DATA_SUBJECT = "larkspur", "employee 17"


def die_at(step: str) -> None:
    """Let the recorder kill this process, as kill -9 does, at one step of an erasure."""
    name, when = STEPS[step]
    done: Callable[..., Any] = getattr(SqlRecorder, name)

    def deadly(*args: Any, **more: Any) -> Any:
        if when == "after":
            done(*args, **more)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(SqlRecorder, name, deadly)


def main(url: str, step: str) -> None:
    """Erase, as far as it goes."""
    with Timeline(url, recorded_by="ann") as timeline:
        die_at(step)
        timeline.erase(ISSUER, DATA_SUBJECT, reason="asked")


if __name__ == "__main__":
    main(*sys.argv[1:])
