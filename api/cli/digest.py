"""The verb that tells others what is new about statements: digest."""

from __future__ import annotations

import os
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from api.cli.failures import CHECK_FAILED
from api.cli.opening import opened
from api.cli.options import as_json, example
from api.settings import Settings
from timeline.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable

    from api.sending.delivery import Delivered, Delivery
    from api.sending.destination import Destination


@click.command(
    "digest",
    short_help="Send what lapsed, closes, was revised or disappeared.",
    epilog=example(
        "timeline digest migenix --dry-run --as-of 2008-09-30 --since 2008-07-08",
        "timeline digest migenix --to-webhook https://example.org/hook --within 30",
        "timeline digest migenix --to-email ann@example.org",
    ),
)
@click.argument("issuers", metavar="ISSUER...", nargs=-1, required=True)
@click.option("--to-webhook", metavar="URL", multiple=True, help="POST it there, signed.")
@click.option("--to-email", metavar="ADDRESS", multiple=True, help="Mail it there.")
@click.option(
    "--within",
    metavar="DAYS",
    type=click.IntRange(0, 100_000),
    default=30,
    show_default=True,
    help="Windows closing within so many days.",
)
@click.option(
    "--since", metavar="DAY", help="Where a first digest begins. [default: seven days before]"
)
@click.option("--as-of", metavar="DAY", help="Where it ends, as known then. [default: today, UTC]")
@click.option("--dry-run", is_flag=True, help="Show it; send and keep nothing.")
@as_json
def digest(
    issuers: tuple[str, ...],
    *,
    to_webhook: tuple[str, ...],
    to_email: tuple[str, ...],
    dry_run: bool,
    as_json: bool,
    **told: Any,
) -> None:
    """Send what lapsed, closes soon, was revised or disappeared since the last digest.

    Meant for a timetable such as cron. Each issuer and destination has digests of its own, each
    beginning where the one before it ended; nothing is sent where nothing is new. A digest is kept
    before it is sent and goes under the same id until it is taken: a receiver that keeps ids takes
    it once, also where this was killed in between. Exit code 1: one was not taken; the next run
    tries it again. Webhooks need TIMELINE_WEBHOOK_SECRET, mail TIMELINE_SMTP_HOST and
    TIMELINE_MAIL_FROM. --as-of is valid time, and publication time (known_at) follows it; what was
    recorded (as_at) is as of now.
    """
    from api.sending.delivery import Delivery  # noqa: PLC0415

    wanted = _destinations(to_webhook, to_email)
    if not wanted and not dry_run:
        raise BadInput("is missing; say where to, or --dry-run", place="--to-webhook or --to-email")
    with opened() as timeline:
        delivery = Delivery(timeline, **told)
        ids = [timeline.issuer(name).items[0]["issuer"] for name in dict.fromkeys(issuers)]
        if dry_run:
            _show(delivery, ids, [to.name for to in wanted] or [None], as_json=as_json)
            return
        done = (one for i in ids for to in wanted for one in delivery.deliver(i, to))
        _report(done, as_json=as_json)


def _destinations(urls: tuple[str, ...], addresses: tuple[str, ...]) -> list[Destination]:
    settings = Settings.from_environment(os.environ)
    hooks = [_webhook(url, settings) for url in dict.fromkeys(urls)]
    return hooks + [_mailbox(address, settings) for address in dict.fromkeys(addresses)]


def _webhook(url: str, settings: Settings) -> Destination:
    from api.sending.webhook import Webhook  # noqa: PLC0415

    if settings.webhook_secret is None:
        raise BadInput("is not set, and an unsigned digest is not sent", place=_SECRET)
    return Webhook(url, settings.webhook_secret)


def _mailbox(address: str, settings: Settings) -> Destination:
    from api.sending.mail import Mailbox, MailServer  # noqa: PLC0415

    if settings.smtp_host is None or settings.mail_from is None:
        missing = "HOST" if settings.smtp_host is None else "FROM"
        raise BadInput("is not set, and mail needs it", place=_MAIL[missing])
    server = MailServer(
        settings.smtp_host,
        settings.mail_from,
        settings.smtp_port,
        starttls=settings.smtp_starttls,
        user=settings.smtp_user,
        password=settings.smtp_password,
    )
    return Mailbox(address, server)


def _show(delivery: Delivery, issuers: list[str], names: list[Any], *, as_json: bool) -> None:
    from api.cli.printing import print_json  # noqa: PLC0415
    from api.sending.digest import text_of  # noqa: PLC0415

    digests = [delivery.digest(issuer, name) for issuer in issuers for name in names]
    if as_json:
        print_json(digests)
        return
    for told in digests:
        click.echo(text_of(told), nl=False)


def _report(delivered: Iterable[Delivered], *, as_json: bool) -> None:
    """Tell of each digest when it is through, so that an error later on hides none of them."""
    from api.cli.printing import print_json  # noqa: PLC0415

    done = []
    for one in delivered:
        done.append(one)
        if not as_json:
            click.echo(_line(one))
    if as_json:
        print_json([asdict(one) for one in done])
    if any(one.state == "failed" for one in done):
        sys.exit(CHECK_FAILED)


def _line(one: Delivered) -> str:
    about = ", ".join(filter(None, (one.id, one.error)))
    return f"{one.issuer} to {one.destination}: {one.state}" + (about and f" ({about})")


_SECRET = "TIMELINE_WEBHOOK_SECRET"  # noqa: S105  # the name of the setting, not its value
_MAIL = {"HOST": "TIMELINE_SMTP_HOST", "FROM": "TIMELINE_MAIL_FROM"}
VERBS: tuple[Any, ...] = (digest,)
