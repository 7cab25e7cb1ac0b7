"""How the command line fails: one line on stderr, `error: place: message`, and an exit code."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, NoReturn

import click

from timeline.errors import BadInput, TimelineError

if TYPE_CHECKING:
    from collections.abc import Sequence

CHECK_FAILED = 1
BAD_INPUT = 2
_INTERRUPTED = 130  # what shells report for Ctrl-C
_CLOCKS = {"as_of", "known_at", "as_at"}


class Verbs(click.Group):
    """The group of verbs; every error that reaches it is told in one line."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> NoReturn:
        """Run, and leave with the exit code: 0 done, 1 a check failed, 2 bad input."""
        extra["standalone_mode"] = False
        try:
            code = super().main(args, *rest, **extra)
            sys.stdout.flush()
        except (click.ClickException, TimelineError, OSError) as error:
            code = _failed(error)
        except (click.Abort, KeyboardInterrupt):
            code = _INTERRUPTED
        sys.exit(code if isinstance(code, int) else 0)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the verb; click itself would call a reader who left early a failed check."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            return _reader_left()

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the verbs in the order in which one meets them."""
        return list(self.commands)


def fail(message: str) -> None:
    """Tell an error in one line, whatever line ends and controls are in it."""
    line = " ".join(message.split())
    click.echo("error: " + "".join(c for c in line if c.isprintable()), err=True)


def _failed(error: Exception) -> int:
    if isinstance(error, BrokenPipeError):
        return _reader_left()
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.format_message(), err=True)
        return BAD_INPUT
    fail(_told(error))
    return BAD_INPUT


def _told(error: Exception) -> str:
    if isinstance(error, BadInput) and error.place in _CLOCKS:
        return f"--{str(error.place).replace('_', '-')}: {error.message}"
    if isinstance(error, click.BadParameter) and error.param is not None:
        return f"{_spelled(error.param)}: {error.message or 'is missing'}"
    if isinstance(error, click.ClickException):
        return _of_usage(error)
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: {error.strerror}"
    return str(error)


def _of_usage(error: click.ClickException) -> str:
    where = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else None
    return f"{where}: {error.format_message()}" if where else error.format_message()


def _spelled(parameter: click.Parameter) -> str:
    if isinstance(parameter, click.Argument):
        return parameter.human_readable_name
    return max(parameter.opts, key=len)


def _reader_left() -> int:
    """End quietly when the reader of a pipe has had enough (`timeline events | head`)."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
