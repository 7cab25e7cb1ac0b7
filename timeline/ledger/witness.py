"""Where checkpoints are collected by somebody else: a file, or a URL that takes them by POST."""

from __future__ import annotations

from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

from timeline.errors import StoreUnavailable
from timeline.ledger.note import notes_in

_SECONDS = 10.0


def hand_over(note: str, where: str) -> bool:
    """Give the note of a checkpoint to `where`, and say whether it was new there.

    A file gets it at its end unless it stands there last; a URL, `http://` or `https://`, gets it
    as text/plain every time, for only it knows what it has. Raises StoreUnavailable when it cannot
    be handed over; the checkpoint is signed all the same.
    """
    try:
        return _post(note, where) if _is_url(where) else _add(note, Path(where))
    except (OSError, URLError) as error:
        raise StoreUnavailable(
            f"the checkpoint is signed, and {where} cannot take it: {error}"
        ) from error


def _is_url(where: str) -> bool:
    return where.startswith(("http://", "https://"))


def _post(note: str, url: str) -> bool:
    headers = {"Content-Type": "text/plain; charset=utf-8"}
    request = Request(url, data=note.encode(), headers=headers, method="POST")  # noqa: S310
    with urlopen(request, timeout=_SECONDS):  # noqa: S310  # a URL of the settings, http alone
        return True


def _add(note: str, path: Path) -> bool:
    there = notes_in(path.read_text()) if path.exists() else []
    if there and there[-1] == note:
        return False
    with path.open("a", newline="") as file:
        file.write(note)
    return True
