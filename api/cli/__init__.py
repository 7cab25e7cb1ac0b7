"""The command line, `timeline`. Verbs import what they need when they run, so --help is quick."""

from __future__ import annotations

from api.cli.root import main, timeline

__all__ = ["main", "timeline"]
