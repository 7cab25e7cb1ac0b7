"""A ```console block, as the commands and the output it shows."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, field
from itertools import takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Command", "commands_in", "is_shown"]

_ELLIPSIS = "..."
_SETTING = re.compile(r"TIMELINE_[A-Z_]+=")
_SHELL = re.compile(r"[|;&<>`$]")


@dataclass(frozen=True, slots=True)
class Command:
    """One command, what the page says it prints, and the settings that stand before it."""

    words: tuple[str, ...]
    shown: str
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def program(self) -> str:
        return self.words[0]


def commands_in(text: str) -> Iterator[Command]:
    r"""Yield the commands of a console block: a line after `$ `, continued by a last `\`.

    Raises ValueError for output without a command, and for what only a shell could do.
    """
    parts = re.split(r"^\$ ", text.replace("\\\n", " "), flags=re.MULTILINE)
    if parts[0].strip():
        raise ValueError(f"no command gives {parts[0]!r}")
    for part in parts[1:]:
        line, _, shown = part.partition("\n")
        if _SHELL.search(line):
            raise ValueError(f"{line!r} needs a shell")
        words = shlex.split(line, comments=True)
        settings = list(takewhile(_SETTING.match, words))
        told = dict(setting.split("=", 1) for setting in settings)
        yield Command(tuple(words[len(settings) :]), shown, told)


def is_shown(shown: str, printed: str) -> bool:
    """Say whether a page may show `shown` for what was printed.

    Spaces at the end of a line and empty lines around do not count, and a line that is only `...`
    stands for any number of lines. A command that shows nothing may print anything.
    """
    wanted, got = _lines(shown), _lines(printed)
    if not wanted:
        return True
    pattern = "".join(
        r"(?:.*\n)*?" if line.strip() == _ELLIPSIS else re.escape(line) + r"\n" for line in wanted
    )
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in got)) is not None


def _lines(text: str) -> list[str]:
    lines = [line.rstrip() for line in text.splitlines()]
    while lines and not lines[0]:
        lines.pop(0)
    while lines and not lines[-1]:
        lines.pop()
    return lines
