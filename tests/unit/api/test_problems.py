"""Every error has its number, in one table."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from api.problems import KINDS, kind_of
from timeline import errors

RAISED = [
    e
    for e in vars(errors).values()
    if isinstance(e, type) and issubclass(e, errors.TimelineError) and e is not errors.TimelineError
]


@pytest.mark.parametrize("error", RAISED)
def test_every_error_stands_in_the_table_itself(error: type[errors.TimelineError]) -> None:
    assert error in KINDS


def test_the_table_names_no_error_that_is_gone() -> None:
    assert set(KINDS) == set(RAISED)


def test_the_names_are_told_apart() -> None:
    names = [kind.name for kind in KINDS.values()]
    assert len(set(names)) == len(names)


def test_bad_input_is_the_callers_and_the_store_is_ours() -> None:
    for error, kind in KINDS.items():
        HTTPStatus(kind.status)
        assert (kind.status < 500) == (not issubclass(error, errors.StoreError))


def test_an_error_of_a_later_day_is_told_as_its_ancestor() -> None:
    class Later(errors.InvalidDate):
        pass

    assert kind_of(Later("x")).name == "invalid-date"
    assert kind_of(errors.TimelineError("x")).status == 500
