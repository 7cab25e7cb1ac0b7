"""A small manifest to load, and to break."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


def mining(**changed: Any) -> dict[str, Any]:
    """Return the manifest of a pack with one event type, one milestone and one kind of subject."""
    opened: dict[str, Any] = {
        "id": "mining.pit_opened",
        "label": "Pit opened",
        "kind": "occurrence",
        "fields": ["program:program!", "pit:text!", "holder:entity"],
        "sets": [{"attribute": "stage", "value": "producing"}],
        "states": [{"subject": "concession", "facts": ["holder"]}],
    }
    milestone = {"id": "mine.open", "label": "Open", "satisfied_by": ["mining.pit_opened"]}
    kind = {"id": "concession", "label": "A concession", "part": "commitments"}
    return {
        "pack": "mining",
        "version": "2.1.0",
        "extends": "core@1",
        "event_types": [opened],
        "milestones": [milestone | {"failed_by": []}],
        "stages": ["producing"],
        "subjects": [kind | {"named_by": ["pit"], "attributes": {"holder": "term"}}],
        **changed,
    }


def written(folder: Path, told: Any = None, name: str = "mining.json") -> Path:
    """Write a manifest into `folder`, and return the folder."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(json.dumps(mining() if told is None else told))
    return folder


def installed(site: Path, module: str, source: str, value: str) -> None:
    """Lay a package out as an installer does: a module and a dist-info folder with its entry."""
    (site / f"{module}.py").write_text(source)
    about = site / f"{module}-3.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 3.0\n")
    (about / "entry_points.txt").write_text(f"[timeline.packs]\nmine = {value}\n")
