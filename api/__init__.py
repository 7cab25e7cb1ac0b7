"""The edge: HTTP, command line and library.

`from api import Timeline` is the library; it loads no web framework.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from api.answers import Answer
    from api.timeline import Timeline

__all__ = ["Answer", "Timeline"]


def __getattr__(name: str) -> Any:
    """Load the library when it is asked for, so that `timeline --help` need not."""
    if name == "Timeline":
        from api.timeline import Timeline  # noqa: PLC0415

        return Timeline
    if name == "Answer":
        from api.answers import Answer  # noqa: PLC0415

        return Answer
    raise AttributeError(name)
