"""A chain along the knowledge date says what the whole record says, on every single day."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from projections.revisions import chains_of, heard_along
from tests.property.chains import FIRST, SPAN, days, records
from timeline.bitemporal import Clocks, end_of
from timeline.expectations import ChainHistory, Recorded, Register, Target, history

BOUNDED = settings(max_examples=150)
UNTIL = FIRST + timedelta(days=SPAN + 3)
EVERY_DAY = [FIRST + timedelta(days=n) for n in range(-2, SPAN + 4)]


def answers(recorded: Recorded, clocks: Clocks) -> dict[Target, ChainHistory]:
    register = Register.at(recorded, clocks)
    return {target: history(target, register) for target in register.targets}


@BOUNDED
@given(records(), st.none() | days)
def test_every_day_is_as_the_whole_record_has_it(recorded: Recorded, hindsight: object) -> None:
    def known_at(day: object) -> object:
        return end_of(hindsight or day)  # type: ignore[arg-type]

    along = {
        target: heard_along(target, part, until=UNTIL, known_at=known_at)  # type: ignore[arg-type]
        for target, part in chains_of(recorded).items()
    }
    for day in EVERY_DAY:
        asked = Clocks(as_of=end_of(day), known_at=known_at(day), as_at=99)  # type: ignore[arg-type]
        heard = {
            target: [told for since, told in some if since <= day][-1:]
            for target, some in along.items()
        }
        assert {t: told[0] for t, told in heard.items() if told} == answers(recorded, asked)
