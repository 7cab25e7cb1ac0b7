"""The file of private keys: one signer key a line, the newest last, for its owner alone to read.

While keys rotate, the file holds the old one and the new one; the store says which is in use.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from timeline.errors import BadInput, SigningKeyMissing
from timeline.ledger.note import SigningKey

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

    from timeline.ledger.note import PublicKey

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def key_beside(engine: Engine) -> Path | None:
    """Return where a SQLite store has its key; a PostgreSQL store has no such place."""
    if engine.dialect.name != "sqlite":
        return None
    file = Path(str(engine.url.database)).absolute()
    return file.with_name(f"{file.name}.key")


def read_keys(path: Path) -> list[SigningKey]:
    """Return the keys in `path`, none where there is no file.

    Raises BadInput where others may read it, or a line is no key.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return []
    if os.name == "posix" and mode & _OTHERS:
        raise BadInput(f"others may read this key; chmod 600 {path}", place=str(path))
    try:
        return [SigningKey.read(line) for line in path.read_text().splitlines() if line.strip()]
    except (BadInput, UnicodeDecodeError):
        raise BadInput("holds a line that is no signer key", place=str(path)) from None


def write_keys(path: Path, *keys: SigningKey) -> None:
    """Write the file anew, whole or not at all; only its owner may read it."""
    beside = path.with_name(f"{path.name}.new")
    text = "".join(f"{key.text()}\n" for key in keys)
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, stat.S_IRUSR | stat.S_IWUSR)
    with os.fdopen(handle, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def key_for(path: Path | None, public: PublicKey) -> SigningKey:
    """Return the private half of `public`; raises SigningKeyMissing where the file has none."""
    if path is None:
        raise SigningKeyMissing("no key is named; set TIMELINE_SIGNING_KEY to its file")
    for key in reversed(read_keys(path)):
        if key.public == public:
            return key
    raise SigningKeyMissing(
        f"{path} does not hold the key this store signs with, {public.name}+{public.id.hex()}; "
        "bring its file back, or set TIMELINE_SIGNING_KEY to where it is"
    )
