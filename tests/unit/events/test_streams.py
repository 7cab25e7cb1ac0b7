"""A stream is one item: the same id always lands in the same one."""

from __future__ import annotations

from itertools import combinations
from uuid import UUID

import pytest

from timeline.events import Kind, scope_of, stream_id

SHARED = [k for k in Kind if k not in (Kind.ISSUER, Kind.PROGRAM)]


def test_the_id_of_a_stream_is_frozen() -> None:
    assert stream_id("larkspur", "e1") == UUID("3c57af8a-5687-5d59-a3f1-9ae9d780838f")


def test_items_of_an_issuer_share_one_scope() -> None:
    assert len({stream_id("larkspur", "x", kind) for kind in SHARED}) == 1
    assert {scope_of(kind) for kind in SHARED} == {"item"}


def test_issuers_and_programs_have_scopes_of_their_own() -> None:
    kinds = (Kind.ISSUER, Kind.PROGRAM, Kind.EVENT)
    for one, other in combinations(kinds, 2):
        assert stream_id("larkspur", "x", one) != stream_id("larkspur", "x", other)


@pytest.mark.parametrize(("issuer", "item"), [("larkspur", "e2"), ("other", "e1"), ("e1", "e1")])
def test_another_id_or_issuer_is_another_stream(issuer: str, item: str) -> None:
    assert stream_id(issuer, item) != stream_id("larkspur", "e1")
