"""One sealed value: what its text says, when it opens, and what it never tells."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.events import Event, Unsealed, to_payload
from timeline.personal import Key, Sealed, replaced, sealed_in

KEY = Key.made("larkspur", "employee 17")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def read(text: str) -> Sealed:
    sealed = Sealed.read(text)
    assert sealed is not None
    return sealed


@given(value=JSON, item=st.text(min_size=1), fact=st.text(min_size=1))
def test_what_is_sealed_opens_as_it_was(value: object, item: str, fact: str) -> None:
    text = KEY.seal(value, item=item, fact=fact)
    sealed = read(text)
    assert (sealed.key, sealed.item, sealed.fact) == (KEY.id, item, fact)
    assert KEY.opened(sealed) == value
    assert KEY.seal(value, item=item, fact=fact) == text


@pytest.mark.parametrize(
    "other",
    [{"item": "another"}, {"fact": "another"}, {"ciphertext": b"\0" * 40}, {"ciphertext": b""}],
)
def test_it_opens_nowhere_else_and_not_when_altered(other: dict[str, Any]) -> None:
    sealed = read(KEY.seal("Ada", item="flown", fact="pilot"))
    with pytest.raises(ValueError, match="altered"):
        KEY.opened(sealed._replace(**other))
    stranger = replace(KEY, issuer="another")
    with pytest.raises(ValueError, match="altered"):
        stranger.opened(sealed)


def test_equals_of_two_places_or_two_keys_look_unlike() -> None:
    texts = [
        KEY.seal("Ada", item="a", fact="pilot"),
        KEY.seal("Ada", item="b", fact="pilot"),
        KEY.seal("Ada", item="a", fact="navigator"),
        Key.made("larkspur", "employee 17").seal("Ada", item="a", fact="pilot"),
    ]
    assert len({text.split(":")[-1] for text in texts}) == len(texts)


@given(st.text())
def test_any_other_text_is_no_sealed_value(text: str) -> None:
    assert Sealed.read(text) is None
    assert Sealed.read(f"sealed:1:{text}") is None


@pytest.mark.parametrize("text", ["sealed:1:k:W10=:eA==", "sealed:1:k:IiI=:eA==", "sealed:2:a:b:c"])
def test_nor_is_one_that_only_looks_like_it(text: str) -> None:
    assert Sealed.read(text) is None


@pytest.mark.parametrize("value", [None, 1, ["sealed:1:"], {"sealed": 1}])
def test_nor_is_what_is_no_text(value: object) -> None:
    assert Sealed.read(value) is None


def test_it_is_found_and_replaced_wherever_it_stands() -> None:
    text = KEY.seal("Ada", item="flown", fact="pilot")
    answer = {"a": [1, {"b": text}], "c": text, "d": "sealed", text: None}
    assert sealed_in(answer) == {text}
    assert replaced(answer, {text: "Ada"}) == {
        "a": [1, {"b": "Ada"}],
        "c": "Ada",
        "d": "sealed",
        text: None,
    }


def test_a_key_and_what_is_not_sealed_are_not_printed() -> None:
    unsealed = Unsealed("Ada", "employee 17")
    printed = repr(KEY) + repr(unsealed) + str(unsealed) + f"{KEY}"
    assert "Ada" not in printed
    assert "employee" not in printed
    assert repr(KEY.secret) not in printed


def test_what_is_not_sealed_cannot_be_stored() -> None:
    event = Event(
        type="a.b", issuer="larkspur", item="x", facts={"p": Unsealed("Ada", "employee 17")}
    )
    with pytest.raises(TypeError, match="Unsealed"):
        to_payload(event)


def test_a_keyed_digest_is_another_by_another_key() -> None:
    assert KEY.mark("digest") == KEY.mark("digest") != Key.made("larkspur", "x").mark("digest")
