"""A signal ends what goes on for ever between two steps; a second one, or a wait, at once."""

from __future__ import annotations

from signal import SIGINT, SIGTERM, Signals, getsignal, raise_signal

import pytest

from api.cli.ending import ended_by_signals

BOTH = pytest.mark.parametrize("sent", [SIGINT, SIGTERM])


@BOTH
def test_a_step_is_done_before_it_ends(sent: Signals) -> None:
    done = []
    with ended_by_signals() as ending:
        for step in range(9):
            ending.heed()
            if step == 3:
                raise_signal(sent)
            done.append(step)
    assert done == [0, 1, 2, 3]


@BOTH
def test_a_second_one_waits_for_nothing(sent: Signals) -> None:
    done = []
    with ended_by_signals():
        for step in range(9):
            if step in (3, 5):
                raise_signal(sent)
            done.append(step)
    assert done == [0, 1, 2, 3, 4]


@BOTH
def test_a_wait_for_others_is_cut_short(sent: Signals) -> None:
    done = []
    with ended_by_signals() as ending:
        with ending.at_once():
            done.append("before")
        with ending.at_once():
            raise_signal(sent)
            done.append("never")
    assert done == ["before"]


@BOTH
def test_what_came_before_a_wait_is_heeded_by_it(sent: Signals) -> None:
    done = []
    with ended_by_signals() as ending:
        raise_signal(sent)
        done.append("step")
        with ending.at_once():
            done.append("never")
    assert done == ["step"]


@BOTH
def test_behind_it_signals_are_what_they_were(sent: Signals) -> None:
    before = getsignal(sent)
    with ended_by_signals():
        assert getsignal(sent) != before
    assert getsignal(sent) == before


def test_what_fails_within_it_fails() -> None:
    with pytest.raises(ZeroDivisionError), ended_by_signals():
        raise ZeroDivisionError
