"""Short forms of names: a partner is named in full once, and by its first word from then on."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from timeline.intake.names import NameKind, Names

if TYPE_CHECKING:
    from timeline.intake.names import Named

_SHORTEST = 4
# A word with a capital within a sentence, and no other one right behind it.
_ALONE = re.compile(
    r"(?<=[a-z,;:(] )[A-Z][\w-]{3,40}(?!\w)(?! [A-Z])|(?<!\w)[A-Z][\w-]{3,40}(?='s )"
)


def shortened(names: Names, flat: str) -> Names:
    """Return `names` with the short forms that a text uses of partners whom it names in full."""
    alone = set(_ALONE.findall(flat))
    return Names(_called(one, flat, alone) for one in names.named)


def _called(one: Named, flat: str, alone: set[str]) -> Named:
    if one.kind is not NameKind.PARTNER:
        return one
    more = (name.split()[0] for name in one.names if " " in name and name in flat)
    short = (word for word in more if len(word) >= _SHORTEST and word in alone)
    return replace(one, names=tuple(dict.fromkeys((*one.names, *short))))
