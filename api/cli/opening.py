"""Opening the store a verb works on."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from api.settings import Settings

if TYPE_CHECKING:
    from api.timeline import Timeline


def opened(**making: Any) -> Timeline:
    """Open the store the environment names; `create` makes it first. Close it when done.

    `making` are the arguments of `Timeline` that say how.
    """
    from api.timeline import Timeline  # noqa: PLC0415  # SQLAlchemy is behind it

    settings = Settings.from_environment(os.environ)
    return Timeline(
        settings.database_url,
        recorded_by=settings.recorded_by,
        packs=settings.packs,
        read_models=settings.read_models,
        question_log=settings.question_log,
        signing_key=settings.signing_key,
        **making,
    )
