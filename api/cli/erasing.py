"""The verb that erases a data subject."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from api.cli.failures import CHECK_FAILED
from api.cli.opening import opened
from api.cli.options import as_json as json_option
from api.cli.options import example

if TYPE_CHECKING:
    from api.erasing import Erasure


@click.command(
    "erase",
    short_help="Erase the personal facts of one person.",
    epilog=example('timeline erase migenix "employee 17" --reason "asked to be forgotten" --yes'),
)
@click.argument("issuer")
@click.argument("data_subject")
@click.option("--reason", metavar="TEXT", required=True, help="Why. It stays in the log.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def erase(issuer: str, data_subject: str, *, reason: str, yes: bool, as_json: bool) -> None:
    """Erase the personal facts of DATA_SUBJECT: they are unreadable from then on, at every date.

    Their key is deleted, for good. The log stays as it is, and an event tells of the erasure
    without telling of whom. Safe to repeat. Backups hold the key until they are deleted.
    """
    if not yes and not click.confirm("Erase for good? This cannot be taken back", err=True):
        click.echo("nothing was erased", err=True)
        sys.exit(CHECK_FAILED)
    with opened() as timeline:
        erasure = timeline.erase(issuer, data_subject, reason=reason)
    if as_json:
        from api.cli.printing import print_json  # noqa: PLC0415

        print_json(erasure.body())
    else:
        click.echo(_sentence(erasure))
    if not erasure.wiped:
        sys.exit(CHECK_FAILED)


def _sentence(erasure: Erasure) -> str:
    done = "nobody of this name is there, or no more; nothing was recorded"
    if erasure.erased:
        done = f"erased, as {erasure.id} at position {erasure.position}"
    left = "; its bytes may still be in the database's files: ask again, or VACUUM as the owner"
    return done + ("" if erasure.wiped else left)


VERBS = (erase,)
