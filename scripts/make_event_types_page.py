#!/usr/bin/env python3
"""Write docs/event-types.md from the packs.

    python scripts/make_event_types_page.py

A test compares the page with what this makes of the packs.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
PACKS = ROOT / "timeline" / "packs"
PAGE = ROOT / "docs" / "event-types.md"

_HEAD = """\
# Event types

Made by `scripts/make_event_types_page.py` from the packs in `timeline/packs`; change those. A type
that no pack knows is kept and passed on like any other; it just sets nothing. An occurrence happens
at one time, a state holds from then on. What it sets is an attribute of its program, or facts about
a subject (`licence:`, `board:`).
"""


def page() -> str:
    """Return the page as the packs have it now."""
    packs = [orjson.loads(path.read_bytes()) for path in _packs()]
    return "\n".join([_HEAD, *(line for pack in packs for line in _section(pack))])


def _packs() -> list[Path]:
    manifests = (path for path in PACKS.glob("*.json") if not path.stem.endswith(".schema"))
    return sorted(manifests, key=lambda path: (path.stem != "core", path.stem))


def _section(pack: dict[str, Any]) -> Iterator[str]:
    yield f"## {pack['pack']} {pack['version']}\n"
    yield "| type | what it is | kind | sets |"
    yield "|---|---|---|---|"
    for told in pack["event_types"]:
        sets = ", ".join(_sets(told))
        yield f"| `{told['id']}` | {told['label']} | {told['kind']} | {sets} |"
    yield ""


def _sets(told: dict[str, Any]) -> list[str]:
    names = [setting["attribute"] for setting in told.get("sets", ())]
    subjects = [f"{stated['subject']}:" for stated in told.get("states", ())]
    return [f"`{name}`" for name in dict.fromkeys(names + subjects)]


if __name__ == "__main__":
    PAGE.write_text(page())
