"""The edge: HTTP, command line and library.

`from api import Timeline` is the library; it loads no web framework.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from api.answers import Answer, Written
    from api.erasing import Erasure
    from api.timeline import Timeline

__all__ = ["Answer", "Erasure", "Timeline", "Written"]


def __getattr__(name: str) -> Any:
    """Load the library when it is asked for, so that `timeline --help` need not."""
    if name == "Timeline":
        from api.timeline import Timeline  # noqa: PLC0415

        return Timeline
    if name in ("Answer", "Written"):
        from api import answers  # noqa: PLC0415

        return getattr(answers, name)
    if name == "Erasure":
        from api import erasing  # noqa: PLC0415

        return erasing.Erasure
    raise AttributeError(name)
