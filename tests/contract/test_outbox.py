"""The outbox on either database: numbers, claims, and what was acknowledged."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.contract.recording import NOON
from timeline.recorder import InjectedClock, Outbox, State, Unsent
from timeline.recorder.outbox import CLAIMED_FOR

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

ONE = Unsent(
    issuer_id="acme",
    destination="https://example.org/hook",
    number=1,
    id="msg_1",
    since_on="2021-01-01",
    since_position=0,
    to_on="2021-01-08",
    to_position=7,
    message=b'\x00{"data": {}}',
)
TO = (ONE.issuer_id, ONE.destination)


@pytest.fixture
def outbox(engine: Engine, clock: InjectedClock) -> Outbox:
    return Outbox(engine, clock)


@pytest.fixture
def other(engine: Engine, clock: InjectedClock) -> Outbox:
    """Another sender at the same outbox."""
    return Outbox(engine, clock)


def test_a_digest_comes_back_as_it_was_committed(outbox: Outbox, other: Outbox) -> None:
    assert outbox.last(*TO) is None
    assert outbox.add(ONE)
    assert other.last(*TO) == (ONE, State.PENDING)
    assert other.last("acme", "mailto:ann@example.org") is None


def test_a_number_is_given_once(outbox: Outbox, other: Outbox) -> None:
    assert outbox.add(ONE)
    assert not other.add(replace(ONE, id="msg_2", message=b"other"))
    assert other.last(*TO) == (ONE, State.PENDING)
    assert other.add(replace(ONE, number=2, id="msg_2"))
    last = outbox.last(*TO)
    assert last is not None
    assert last[0].number == 2


def test_what_was_acknowledged_is_claimed_by_nobody(
    outbox: Outbox, other: Outbox, clock: InjectedClock
) -> None:
    """Whoever looked before it was sent, and comes to claim it after, gets nothing to send."""
    outbox.add(ONE)
    assert outbox.claim(ONE.id)
    outbox.sent(ONE.id)
    assert not other.claim(ONE.id)
    assert not outbox.claim(ONE.id)
    clock.instant += CLAIMED_FOR * 2
    assert not other.claim(ONE.id)
    assert other.last(*TO) == (ONE, State.SENT)


def test_one_sender_at_a_time_holds_it(outbox: Outbox, other: Outbox, clock: InjectedClock) -> None:
    outbox.add(ONE)
    assert outbox.claim(ONE.id)
    assert not other.claim(ONE.id)
    clock.instant += CLAIMED_FOR - timedelta(seconds=1)
    assert outbox.claim(ONE.id)  # for another attempt, and as long again
    clock.instant += CLAIMED_FOR
    assert not other.claim(ONE.id)
    clock.instant += timedelta(microseconds=1)
    assert other.claim(ONE.id)
    assert not outbox.claim(ONE.id)


def test_who_gives_up_lets_go_at_once(outbox: Outbox, other: Outbox) -> None:
    outbox.add(ONE)
    outbox.claim(ONE.id)
    outbox.failed(ONE.id, "answered 500")
    assert other.last(*TO) == (ONE, State.FAILED)
    assert other.claim(ONE.id)


def test_who_lost_its_claim_says_nothing_of_what_became_of_it(
    outbox: Outbox, other: Outbox, clock: InjectedClock
) -> None:
    outbox.add(ONE)
    outbox.claim(ONE.id)
    clock.instant += CLAIMED_FOR * 2
    assert other.claim(ONE.id)
    outbox.failed(ONE.id, "too late")
    assert other.last(*TO) == (ONE, State.PENDING)
    other.sent(ONE.id)
    outbox.failed(ONE.id, "later still")
    assert other.last(*TO) == (ONE, State.SENT)


def test_an_acknowledgement_counts_whoever_holds_it_by_then(
    outbox: Outbox, other: Outbox, clock: InjectedClock
) -> None:
    outbox.add(ONE)
    outbox.claim(ONE.id)
    clock.instant = NOON + CLAIMED_FOR * 2
    assert other.claim(ONE.id)
    outbox.sent(ONE.id)
    assert not other.claim(ONE.id)
