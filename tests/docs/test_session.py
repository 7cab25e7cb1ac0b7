"""What reads the console blocks can tell a right page from a wrong one."""

from __future__ import annotations

import pytest

from tests.docs.session import Command, commands_in, is_shown

BLOCK = """\
$ timeline state migenix \\
    omigard   # as of today
one
two
$ make test
$ TIMELINE_PORT=1 timeline serve
"""


def test_commands_and_what_they_show() -> None:
    assert list(commands_in(BLOCK)) == [
        Command(("timeline", "state", "migenix", "omigard"), "one\ntwo\n"),
        Command(("make", "test"), ""),
        Command(("timeline", "serve"), "", {"TIMELINE_PORT": "1"}),
    ]


@pytest.mark.parametrize("text", ["one\n$ timeline init\n", "$ timeline init | cat\n"])
def test_what_cannot_be_run_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"no command|needs a shell"):
        list(commands_in(text))


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("a\nb\n", "a  \nb\n\n", True),
        ("a\nb\n", "a\nc\n", False),
        ("a\n", "a\nb\n", False),
        ("a\n...\nc\n", "a\nb\nb\nc\n", True),
        ("a\n...\nc\n", "a\nb\nd\n", False),
        ("...\nc\n", "c\n", True),
        ("", "anything\n", True),
        ("a.c\n", "abc\n", False),
    ],
)
def test_output_is_compared_line_by_line(shown: str, printed: str, same: bool) -> None:
    assert is_shown(shown, printed) is same
