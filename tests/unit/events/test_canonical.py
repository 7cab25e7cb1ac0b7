"""Canonical bytes: one text for one value, whoever writes it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.canonical import canonical_json, canonical_text

BOUNDED = settings(max_examples=200)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
NUMBERS = st.integers(-(2**63), 2**63) | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=20,
)


def strictly(value: Any) -> Any:
    """`value` with the type of every scalar said, since 1, 1.0 and True are equal in Python."""
    match value:
        case dict():
            return {key: strictly(inner) for key, inner in value.items()}
        case list():
            return [strictly(inner) for inner in value]
        case _:
            return type(value).__name__, repr(value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": [], "A": {}}, '{"A":{},"a":[],"b":1}'),
        ({"é": "é", "z": "\u2028", "e\u0301": "𝄞"}, '{"e\u0301":"𝄞","z":"\u2028","é":"é"}'),
        ('"\\/\b\n\x01\x7f', '"\\"\\\\/\\b\\n\\u0001\x7f"'),
        ([1, 1.0, -0.0, 1e22, 1e-7, 0.1], "[1,1.0,-0.0,1e+22,1e-07,0.1]"),
        ([2**63, -(2**70)], "[9223372036854775808,-1180591620717411303424]"),
        ([None, True, False, ""], '[null,true,false,""]'),
    ],
)
def test_the_text_of_a_value(value: Any, text: str) -> None:
    assert canonical_text(value) == text
    assert canonical_json(value) == text.encode()


def test_keys_sort_by_code_point_not_by_utf_16() -> None:
    assert canonical_text({"\U00010000": 1, "\ufb33": 2}) == '{"\ufb33":2,"\U00010000":1}'


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_number_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        canonical_json({"facts": [number]})


@pytest.mark.parametrize("value", [{1, 2}, b"bytes", object()])
def test_what_json_cannot_say_is_refused(value: Any) -> None:
    with pytest.raises(TypeError, match="not JSON serializable"):
        canonical_json(value)


def test_half_a_character_is_refused() -> None:
    with pytest.raises(ValueError, match="surrogates not allowed"):
        canonical_json("\ud800")


@BOUNDED
@given(VALUES)
def test_canonical_bytes_read_back_as_the_very_value(value: Any) -> None:
    written = canonical_json(value)
    assert strictly(json.loads(written)) == strictly(value)
    assert canonical_json(json.loads(written)) == written


@BOUNDED
@given(st.dictionaries(TEXT, VALUES, min_size=2, max_size=5))
def test_the_order_in_which_keys_were_given_leaves_no_trace(value: dict[str, Any]) -> None:
    turned = dict(reversed(value.items()))
    assert canonical_json(turned) == canonical_json(value)
