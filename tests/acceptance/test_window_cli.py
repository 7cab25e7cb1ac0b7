"""`timeline window`: words about time on the command line, one phrase or JSON lines."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from api.cli import timeline as cli

KEYS = ["earliest", "latest", "edtf", "vague", "words", "policy", "reason", "strict_latest"]


def _run(*args: str, lines: str | bytes = "") -> Result:
    return CliRunner().invoke(cli, ["window", *args], input=lines, prog_name="timeline")


def test_a_phrase_is_told_as_a_sentence() -> None:
    result = _run("by late 2009", "--said", "2008-07-08")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "2008-07-08 to 2009-12-31" in result.stdout
    assert "window-policy/1" in result.stdout


def test_a_phrase_is_told_as_json() -> None:
    result = _run("sometime in mid-2009", "--said", "2008-07-08", "--json")
    told = json.loads(result.stdout)
    assert list(told) == KEYS
    assert told == {
        "earliest": "2009-05-01",
        "latest": "2009-08-31",
        "edtf": "2009-05~/2009-08~",
        "vague": True,
        "words": "sometime in mid-2009",
        "policy": "window-policy/1",
        "reason": None,
        "strict_latest": "2009-06-30",
    }


def test_the_fiscal_year_is_the_issuers() -> None:
    args = ("in fiscal 2010", "--said", "2009-07-08", "--json")
    assert json.loads(_run(*args).stdout)["reason"].startswith("whose fiscal year ends")
    told = json.loads(_run(*args, "--fiscal-year-end", "04-30").stdout)
    assert (told["earliest"], told["latest"]) == ("2009-05-01", "2010-04-30")


def test_words_without_days_are_refused_with_the_reason() -> None:
    result = _run("after approval of the budget", "--said", "2008-07-08")
    assert result.exit_code == 1
    assert "tied to an event" in result.stdout


@pytest.mark.parametrize(
    ("args", "place"),
    [
        (["by 2009"], "--said"),
        (["by 2009", "--said", "8 July 2008"], "--said"),
        (["by 2009", "--said", "2008-02-30"], "--said"),
        (["by 2009", "--said", "2008-07-08", "--fiscal-year-end", "13-01"], "--fiscal-year-end"),
    ],
)
def test_bad_options_are_named(args: list[str], place: str) -> None:
    result = _run(*args)
    assert result.exit_code == 2
    assert place in result.stderr


def test_json_lines_are_answered_line_by_line() -> None:
    lines = [
        {"phrase": "in 2Q09", "said": "2008-07-08"},
        {"phrase": "in fiscal 2010", "said": "2009-07-08", "fiscal_year_end": "04-30"},
        {"phrase": "after approval"},
    ]
    sent = "\n".join(map(json.dumps, lines))
    result = _run("-", "--said", "2008-07-08", lines=sent)
    told = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert [t["edtf"] for t in told] == ["2009-34", "2009-05-01/2010-04-30", None]
    assert [list(t) for t in told] == [KEYS, KEYS, KEYS]


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b"[]",
        b'"by 2009"',
        b'{"phrase": 3}',
        b'{"phrase": "by 2009", "say": "2008-07-08"}',
        b'{"phrase": "by 2009", "said": 7}',
        b'{"phrase": "by 2009", "said": "2008-07-08", "fiscal_year_end": [4, 30]}',
        b"\xff\xfe",
        b"[" * 50_000,
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_the_others_are_answered(line: bytes) -> None:
    good = b'{"phrase": "in 2Q09", "said": "2008-07-08"}'
    result = _run("-", lines=b"\n".join((good, line, b"", good)))
    first, second, third = map(json.loads, result.stdout.splitlines())
    assert result.exit_code == 2
    assert first["edtf"] == third["edtf"] == "2009-34"
    assert second["line"] == 2
    assert "line 2" in result.stderr
