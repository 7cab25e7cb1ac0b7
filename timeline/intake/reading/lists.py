"""Lists: what the line before a list says of every item in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from timeline.intake.reading.times import time_to_come

if TYPE_CHECKING:
    from timeline.intake.reading.context import Context
    from timeline.intake.reading.finder import Found
    from timeline.intake.reading.lexicon import Forward
    from timeline.intake.reading.spoken import Said
    from timeline.intake.windows import Reading

_HEADING = 8  # words of a line that heads a list, at most
_FAR = 1_500  # code points that a list goes on
# What leads over to a list and says how its items are to come.
_LEADING = ("plan", "projection", "intention", "vague", "commitment", "prediction")


@dataclass(slots=True)
class Lists:
    """The last line that led over to a list, kept while its items follow."""

    _spoken: tuple[Found[Forward], ...] = ()
    _time: Reading | None = None
    _at: int = 0

    def continued(self, context: Context, said: Said) -> Said:
        """Return `said`, if it is an item of a list as the line before the list has it read."""
        if said.is_row and self._spoken and self._is_near(said) and said.has_figures:
            if not said.forward:
                return replace(said, forward=self._placed(said), lead_time=self._time)
            return said
        if _leads(context, said):
            self._spoken = tuple(o for o in said.forward if o.key.type in _LEADING)[:1]
            when = time_to_come(context, said, None)
            self._time = when or (self._time if said.is_row and self._is_near(said) else None)
            self._at = said.span.end
        elif said.has_verb and not said.is_row:
            self._spoken, self._time = (), None
        return said

    def _is_near(self, said: Said) -> bool:
        return said.span.start - self._at < _FAR

    def _placed(self, said: Said) -> tuple[Found[Forward], ...]:
        return tuple(replace(one, span=said.span) for one in self._spoken)


def _leads(context: Context, said: Said) -> bool:
    """Whether it ends in a colon, or is a short line without a verb that speaks of what comes."""
    if not said.forward:
        return False
    text = said.sentence.of(context.document.text).rstrip()
    return text.endswith(":") or (not said.has_verb and len(text.split()) <= _HEADING)
