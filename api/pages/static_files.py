"""The files that pages load: scripts, styles, one picture. Nothing else is served from disk."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_TYPES = {
    "css": "text/css; charset=utf-8",
    "json": "application/json",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class StaticFile:
    """One file: its bytes, and the digest that names this very version of it."""

    content: bytes
    media_type: str
    digest: str


@cache
def static_files() -> dict[str, StaticFile]:
    """Return every static file by its name; read once."""
    found = (file for file in (files("api.pages") / "static").iterdir() if file.is_file())
    return {file.name: _read(file.name, file.read_bytes()) for file in found}


def address(name: str) -> str:
    """Return the path of a file with its digest, so that a cache may keep it for ever."""
    return f"/static/{name}?v={static_files()[name].digest}"


def _read(name: str, content: bytes) -> StaticFile:
    media_type = _TYPES.get(name.rpartition(".")[2], "application/octet-stream")
    return StaticFile(content, media_type, hashlib.sha256(content).hexdigest()[:16])
