"""Opening the store a verb works on."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from api.settings import Settings

if TYPE_CHECKING:
    from api.timeline import Timeline


def opened(*, create: bool = False, service_role: str | None = None) -> Timeline:
    """Open the store the environment names; `create` makes it first. Close it when done."""
    from api.timeline import Timeline  # noqa: PLC0415  # SQLAlchemy is behind it

    settings = Settings.from_environment(os.environ)
    return Timeline(
        settings.database_url,
        recorded_by=settings.recorded_by,
        create=create,
        service_role=service_role,
        packs=settings.packs,
        read_models=settings.read_models,
        question_log=settings.question_log,
    )
