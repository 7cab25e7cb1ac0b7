"""Templates in which everything told is escaped, and nothing may be left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

if TYPE_CHECKING:
    from pathlib import Path


def templates_of(folder: Path, **further: Any) -> Environment:
    """Return the templates in `folder`; `further` are arguments of Jinja's environment."""
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        **further,
    )
