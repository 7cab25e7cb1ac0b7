"""The verbs of an auditor: questions (what was asked) and replay (asking it again)."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from api.cli.failures import CHECK_FAILED
from api.cli.opening import opened
from api.cli.options import clocks, example, explain, forms
from api.replay_tables import DIFFERENCES, QUESTIONS_ASKED, RESULTS, lines_of
from timeline.errors import BadInput

if TYPE_CHECKING:
    from api.replaying import Replayed
    from api.tables import Layout

    Row = dict[str, Any]

_ASKING = ("as_of", "known_at", "as_at", "explain")


def _of_log(verb: Any) -> Any:
    """Give `verb` what narrows the question log."""
    since = click.option(
        "--from", "asked_from", metavar="WHEN", help="Asked on or after this day or instant."
    )
    to = click.option(
        "--to", "asked_to", metavar="WHEN", help="Asked by then; a day means through its end."
    )
    name = click.option("--question", help="Only those of this name.")
    return since(to(name(verb)))


@click.command(
    "questions",
    short_help="List what was asked, and when.",
    epilog=example(
        "timeline questions --from 2026-03-03 --to 2026-03-03",
        "timeline questions --question milestones --json",
    ),
)
@_of_log
@forms
def questions(*, as_json: bool, as_csv: bool, **narrowed: str | None) -> None:
    """List the question log: what was asked, when, by whom, and the digest of the answer.

    It is written while TIMELINE_QUESTION_LOG is on. Its clocks are those of the questions: --as-of
    (valid time), --known-at (publication time) and --as-at (transaction time), pinned.
    """
    with opened() as timeline:
        rows = timeline.questions(**_stated(narrowed))
    _show(rows, QUESTIONS_ASKED, f"{_counted(len(rows))} asked", (as_json, as_csv))


@click.command(
    "replay",
    short_help="Ask again what was asked, or as at then.",
    epilog=example(
        "timeline replay statements migenix --as-of 2009-04-01 --as-at position:377",
        "timeline replay --log --from 2026-03-03 --to 2026-03-03",
    ),
)
@click.argument("verb", required=False)
@click.argument("issuer", required=False)
@click.argument("program", required=False)
@click.option("--log", is_flag=True, help="Ask every question of the log again, and compare.")
@_of_log
@clocks
@explain
@forms
def replay(*, log: bool, **options: Any) -> None:
    """Hold an answer of a past day against the one of today, or the whole question log.

    With a question (VERB) it is asked as at --as-at and as at now, --as-of and --known-at the same,
    and what differs is told with the events recorded since that are the reason. With --log every
    logged question is asked again at its pinned clocks, and the digests are compared. Exit code 0:
    the answers agree; 1: one differs.
    """
    _check(log, options)
    form = options.pop("as_json"), options.pop("as_csv")
    agrees = _replay_log(options, form) if log else _replay_one(options, form)
    if not agrees:
        sys.exit(CHECK_FAILED)


def _replay_one(options: Row, form: tuple[bool, bool]) -> bool:
    from api.cli.progress import working  # noqa: PLC0415

    asked = {name: options[name] for name in _ASKING if options[name] is not None}
    question = "programs" if options["verb"] == "state" else options["verb"]
    with opened() as timeline, working("replaying"):
        replayed = timeline.replay(question, options["issuer"], options["program"], **asked)
    if form[0]:
        _print(_told(question, replayed))
    else:
        lines = [line for row in replayed.differences for line in lines_of(row)]
        _show(lines, DIFFERENCES, _sentence(replayed), form)
    return replayed.agrees


def _replay_log(options: Row, form: tuple[bool, bool]) -> bool:
    from api.cli.progress import counted  # noqa: PLC0415

    with opened() as timeline, counted("questions") as done:
        rows = timeline.replay_log(**_stated(options), progress=done)
    wrong = [row for row in rows if row["result"] != "agrees"]
    agreeing = f"{len(rows) - len(wrong)} agree"
    summary = f"{_counted(len(rows))} replayed: {agreeing}, {len(wrong)} do not"
    _show(rows if any(form) else wrong, RESULTS, summary, form)
    return not wrong


def _check(log: bool, options: Row) -> None:
    """Refuse what belongs to the other way of replaying."""
    narrowing = [name for name in ("asked_from", "asked_to", "question") if options[name]]
    if log:
        given = [n for n in ("verb", *_ASKING) if options[n] not in (None, False)]
        if given:
            raise BadInput("has its own questions and clocks; leave it out", place=given[0])
        return
    if narrowing:
        raise BadInput("goes with --log", place=f"--{narrowing[0].removeprefix('asked_')}")
    for name, place in (("verb", "VERB"), ("issuer", "ISSUER"), ("as_at", "as_at")):
        if options[name] is None:
            raise BadInput("is missing; name one, or replay the --log", place=place)


def _show(rows: list[Row], layout: Layout, summary: str, form: tuple[bool, bool]) -> None:
    from api.cli.printing import Form, print_rows  # noqa: PLC0415

    chosen = Form(*form)
    if chosen.as_json:
        _print(rows)
    else:
        print_rows(rows, layout, summary, as_csv=chosen.as_csv)


def _told(question: str, replayed: Replayed) -> Row:
    return {
        "question": question,
        "then": replayed.then.texts(),
        "now": replayed.now.texts(),
        "agrees": replayed.agrees,
        "differences": replayed.differences,
    }


def _sentence(replayed: Replayed) -> str:
    then, now, many = replayed.then, replayed.now, len(replayed.differences)
    rows = (
        "the answers agree" if not many else "1 row differs" if many == 1 else f"{many} rows differ"
    )
    return (
        f"{rows}, as of {then.as_of}, known at {then.known_at}, "
        f"as at {then.as_at} (position {then.position}) and now (position {now.position})"
    )


def _stated(options: Row) -> dict[str, str]:
    names = ("asked_from", "asked_to", "question")
    return {name: options[name] for name in names if options[name] is not None}


def _counted(number: int) -> str:
    return "1 question" if number == 1 else f"{number} questions"


def _print(told: Any) -> None:
    from api.cli.printing import print_json  # noqa: PLC0415

    print_json(told)


VERBS = (questions, replay)
