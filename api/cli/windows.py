"""The verb that reads words about time, without a store: window."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import click
import orjson

from api.cli.failures import BAD_INPUT, CHECK_FAILED, fail
from api.cli.options import as_json, example
from timeline.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.intake.windows import Reading

_LEAP_YEAR = 2000
_KEYS = {"phrase", "said", "fiscal_year_end"}


@click.command(
    "window",
    short_help="Read words about time as days, under the policy.",
    epilog=example(
        'timeline window "by late 2009" --said 2008-07-08',
        'timeline window "in the third quarter of fiscal 2010" --said 2009-07-08 '
        "--fiscal-year-end 04-30",
        "timeline window - < phrases.ndjson",
    ),
)
@click.argument("phrase")
@click.option("--said", metavar="DATE", help="The day on which it was published, YYYY-MM-DD.")
@click.option("--fiscal-year-end", metavar="MM-DD", help="When the issuer's fiscal year ends.")
@as_json
def window(*, phrase: str, said: str | None, fiscal_year_end: str | None, as_json: bool) -> None:
    """Tell the days that PHRASE means in a release published on the day --said.

    Exit code 1 and the reason where the words name no days, or more than one window. With `-` for
    PHRASE, JSON lines {"phrase", "said", "fiscal_year_end"} are read from standard input and
    answered line by line: 0 whatever is unsure, 2 when a line could not be read. No store is used.
    """
    from api.cli.printing import print_json  # noqa: PLC0415

    if phrase == "-":
        sys.exit(_answer_lines(sys.stdin.buffer, said, fiscal_year_end))
    reading = _read(phrase, said, fiscal_year_end)
    if as_json:
        print_json(_told(reading))
    else:
        click.echo(_sentence(reading))
    if reading.window is None:
        sys.exit(CHECK_FAILED)


def _answer_lines(lines: Iterable[bytes], said: str | None, fiscal_year_end: str | None) -> int:
    """Answer every line that can be read; the others are told on stderr by their number."""
    code = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            answer = _told(_read_line(line, said, fiscal_year_end))
        except BadInput as error:
            fail(f"line {number}: {error}")
            code, answer = BAD_INPUT, {"error": str(error), "line": number}
        click.echo(orjson.dumps(answer))
    return code


def _read_line(line: bytes, said: str | None, fiscal_year_end: str | None) -> Reading:
    try:
        told = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise BadInput(f"is no JSON: {error}") from None
    if not isinstance(told, dict) or not isinstance(told.get("phrase"), str):
        raise BadInput('write an object such as {"phrase": "by late 2009", "said": "2008-07-08"}')
    if unknown := sorted(told.keys() - _KEYS):
        raise BadInput(f"has no key {', '.join(unknown)}; there are phrase, said, fiscal_year_end")
    end = told.get("fiscal_year_end")
    return _read(told["phrase"], told.get("said") or said, end or fiscal_year_end)


def _read(phrase: str, said: Any, fiscal_year_end: Any) -> Reading:
    from timeline.intake.windows import read_phrase  # noqa: PLC0415

    ends_on = None if fiscal_year_end is None else _month_and_day(fiscal_year_end)
    return read_phrase(phrase, said_on=_day(said), fiscal_year_end=ends_on)


def _day(said: Any) -> date:
    if said is None:
        raise BadInput("is missing: the day of publication, as 2008-07-08", place="--said")
    try:
        day = date.fromisoformat(said)
    except (TypeError, ValueError):
        day = None
    if day is None or day.isoformat() != said:
        raise BadInput(f"{said!r} is no day; write it as 2008-07-08", place="--said")
    return day


def _month_and_day(text: Any) -> tuple[int, int]:
    try:
        day = date.fromisoformat(f"{_LEAP_YEAR}-{text}")
    except ValueError:
        raise BadInput(
            f"{text!r} is no month and day; write it as 04-30", place="--fiscal-year-end"
        ) from None
    return day.month, day.day


def _told(reading: Reading) -> dict[str, Any]:
    from timeline.intake.windows import policy  # noqa: PLC0415

    window = reading.window
    return {
        "earliest": window and window.earliest,
        "latest": window and window.latest,
        "edtf": window and window.edtf,
        "vague": reading.vague,
        "words": reading.words,
        "policy": window.policy if window else policy().name,
        "reason": reading.reason,
        "strict_latest": reading.strict_latest,
    }


def _sentence(reading: Reading) -> str:
    window = reading.window
    if window is None:
        return f'"{reading.words}" names no window: {reading.reason}.'
    first = window.earliest or "any day"
    days = f"from {first} on" if window.latest is None else f"{first} to {window.latest}"
    chosen = f", where {window.policy} chose a bound" if reading.vague else f" ({window.policy})"
    return f'"{reading.words}": {days}, {window.edtf}{chosen}.'


VERBS = (window,)
