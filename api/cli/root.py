"""The command `timeline` and its verbs."""

from __future__ import annotations

import click

from api.cli import (
    company,
    deciding,
    digest,
    erasing,
    following_up,
    intake,
    legend,
    log,
    proof,
    questions,
    recording,
    replaying,
    running,
    store,
    windows,
)
from api.cli.failures import Verbs

_EPILOG = """
Three clocks, never mixed. Their options differ by a letter or two:

\b
  --as-of     valid time: when it happened or holds
              (default: today, UTC)
  --known-at  publication time: what was public by then
              (default: the value of --as-of)
  --as-at     transaction time: what this system had recorded by then
              (default: now; an instant, or position:N)

\b
Example:
  timeline init
  timeline import samples/migenix
  timeline milestones migenix omigard --as-of 2008-09-01

Settings come from the environment: TIMELINE_DATABASE_URL, TIMELINE_RECORDED_BY, TIMELINE_HOST,
TIMELINE_PORT, TIMELINE_HOSTS, TIMELINE_PACKS, TIMELINE_QUESTION_LOG, TIMELINE_SIGNING_KEY,
TIMELINE_WITNESS, TIMELINE_CHECKPOINT_MINUTES, TIMELINE_STREAMS, TIMELINE_HEARTBEAT,
TIMELINE_READ_MODELS, TIMELINE_WEBHOOK_SECRET, TIMELINE_MAIL_FROM, TIMELINE_SMTP_HOST,
TIMELINE_SMTP_PORT, TIMELINE_SMTP_STARTTLS, TIMELINE_SMTP_USER, TIMELINE_SMTP_PASSWORD. Exit code
0: done; 1: a check failed; 2: bad input.
"""


@click.group(cls=Verbs, epilog=_EPILOG, context_settings={"max_content_width": 100})
def timeline() -> None:
    """Ask and keep the record of what companies said would happen, and what did."""


_READING = (intake, deciding, windows, legend)
_ASKING = (questions, log, company, following_up, digest, replaying, proof)
_ALL = (store, *_READING, recording, erasing, *_ASKING, running)
for _verb in (verb for part in _ALL for verb in part.VERBS):
    timeline.add_command(_verb)


def main() -> None:
    """Run the command line: the entry point of the `timeline` script."""
    timeline(prog_name="timeline")
