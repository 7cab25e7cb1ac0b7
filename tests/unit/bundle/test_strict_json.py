"""JSON is read without loss or not at all."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.unit.bundle.files import HEAD, refused
from timeline.bundle import read_json
from timeline.errors import InvalidBundle


@pytest.mark.parametrize("data", [b"", b" \n\t", b"\xef\xbb\xbf"])
def test_an_empty_file_is_said_to_be_empty(data: bytes) -> None:
    assert refused(data) == "the file is empty"


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "{'format': 1}",
        '{"a": 1,}',
        "{} {}",
        "NaN",
        "[Infinity]",
        "1e999",
        "01",
        '"\\ud800"',
        "not JSON",
        "<html>",
    ],
)
def test_what_is_not_json_is_said_not_to_be(text: str) -> None:
    assert refused(text.encode()).startswith("the file is not JSON: ")


def test_what_is_not_utf_8_is_refused() -> None:
    assert "is not JSON" in refused('{"é": 1}'.encode("latin-1"))


@pytest.mark.parametrize(
    ("text", "keys"),
    [('{"a": 1, "a": 1}', "'a'"), ('[{"x": {"b": 1, "a": 2, "b": 3, "a": 4}}]', "'a', 'b'")],
)
def test_a_key_given_twice_is_refused(text: str, keys: str) -> None:
    with pytest.raises(InvalidBundle, match=f"line 3 .* an object has {keys} twice"):
        read_json(text.encode(), "line 3")


@pytest.mark.parametrize("number", [2**63 - 1, 1 - 2**63, 0, 10**18])
def test_a_number_of_64_bits_is_kept_exactly(number: int) -> None:
    (read,) = read_json(f"[{number}]".encode(), "it")
    assert (type(read), read) == (int, number)


@pytest.mark.parametrize("digits", [str(2**63), str(-(2**63)), "1" + "0" * 25, "-1" + "0" * 300])
def test_a_greater_number_is_refused_rather_than_changed(digits: str) -> None:
    with pytest.raises(InvalidBundle, match="beyond 64 bits; write it as text"):
        read_json(f"[{digits}]".encode(), "it")


@pytest.mark.parametrize("text", ['{"a\\u0000": 1}', '[["\\u0000"]]', '"x\\u0000"'])
def test_a_nul_character_is_refused(text: str) -> None:
    with pytest.raises(InvalidBundle, match="NUL character"):
        read_json(text.encode(), "it")


def test_a_text_that_only_looks_like_one_is_kept() -> None:
    assert read_json(b'["\\\\u0000"]', "it") == ["\\u0000"]


def test_what_is_nested_beyond_all_reason_is_refused() -> None:
    deep = b"[" * 100_000 + b"]" * 100_000
    with pytest.raises(InvalidBundle):
        read_json(deep, "it")
    for levels in (101, 250, 1000):
        with pytest.raises(InvalidBundle):
            read_json(b'{"a":' * levels + b"1" + b"}" * levels, "it")
        with pytest.raises(InvalidBundle):
            read_json(b"[" * levels + b"]" * levels, "it")
    assert read_json(b"[" * 100 + b"]" * 100, "it")


@pytest.mark.parametrize("value", [HEAD, [1, 1.0, True, None, "\u2028é", 0.1, -0.0, {"": {}}]])
def test_everything_else_is_read_as_it_is(value: Any) -> None:
    read = read_json(json.dumps(value).encode(), "it")
    assert json.dumps(read) == json.dumps(value)
