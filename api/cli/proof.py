"""The verbs that prove: checkpoint, keys, verify, export."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from api.cli.failures import CHECK_FAILED
from api.cli.opening import opened
from api.cli.options import as_json, example
from api.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.proof import Verified


@click.command(
    "checkpoint",
    short_help="Sign all there is, and hand it to a witness.",
    epilog=example("timeline checkpoint", "TIMELINE_WITNESS=checkpoints.txt timeline checkpoint"),
)
@as_json
def checkpoint(*, as_json: bool) -> None:
    """Sign a checkpoint of all there is; when nothing was recorded since, the last one is told.

    TIMELINE_WITNESS, a file or an http(s) URL, gets it too: keep it where whoever keeps the store
    cannot change it.
    """
    from api.cli.printing import print_json  # noqa: PLC0415
    from timeline.ledger.witness import hand_over  # noqa: PLC0415

    with opened() as timeline:
        note, new = timeline.sign()
    if as_json:
        print_json({"checkpoint": note, "new": new})
    else:
        click.echo(note, nl=False)
    witness = Settings.from_environment(os.environ).witness
    if witness is not None:
        hand_over(note, witness)


@click.command(
    "keys",
    short_help="List the keys that sign, or let a new one take over.",
    epilog=example("timeline keys", "timeline keys rotate"),
)
@click.argument("action", type=click.Choice(["list", "rotate"]), default="list")
@as_json
def keys(*, action: str, as_json: bool) -> None:
    """List the public keys that have signed checkpoints, each from a number of events on.

    `rotate` lets a new key take over: the old one signs a last checkpoint and the new key, and what
    it has signed can still be verified.
    """
    from api.cli.printing import print_json  # noqa: PLC0415

    with opened() as timeline:
        if action == "rotate":
            timeline.rotate_key()
        known = timeline.signing_keys()
    if as_json:
        print_json(known)
        return
    for key in known:
        until = "on" if key["to"] is None else f"to {key['to']}"
        click.echo(f"{key['key']}  from {key['from']} {until}, since {key['begun']}")


@click.command(
    "verify",
    short_help="Prove that nothing recorded was altered.",
    epilog=example("timeline verify", "timeline verify --since checkpoints.txt --ledger-only"),
)
@click.option(
    "--since",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="FILE",
    help="Checkpoints that somebody kept: the store must be a continuation of each.",
)
@click.option("--ledger-only", is_flag=True, help="Leave out the read models.")
@as_json
def verify(*, since: tuple[Path, ...], ledger_only: bool, as_json: bool) -> None:
    """Hash everything anew and hold it against the ledger and what was signed.

    Ends with exit code 1 when anything is not as it was recorded, and names the position, or the
    row's key. Without --since somebody who has the key could have written all of it anew.
    """
    from api.cli.printing import print_json  # noqa: PLC0415
    from api.cli.progress import counted  # noqa: PLC0415

    kept = list(_kept(since))
    with opened() as timeline, counted("events") as progress, counted("rebuilt") as rebuilding:
        verified = timeline.verify(
            since=kept, read_models=not ledger_only, progress=progress, rebuilding=rebuilding
        )
    if as_json:
        print_json(asdict(verified))
    else:
        for line in _report(verified, len(kept)):
            click.echo(line)
    if verified.faults:
        sys.exit(CHECK_FAILED)


@click.command(
    "export",
    short_help="Write the audit package, which proves itself.",
    epilog=example("timeline export audit", "timeline export audit --issuer migenix"),
)
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--issuer", help="The events of this issuer alone, each with its proof.")
@as_json
def export(folder: Path, *, issuer: str | None, as_json: bool) -> None:
    """Write the audit package: events, document hashes, checkpoints, keys, and a verifier.

    It holds what the newest checkpoint speaks of; where the key is at hand, one of all there is is
    signed first. `python3 -I -S DIR/verify_timeline.py` verifies it anywhere, with Python alone.
    """
    from api.cli.printing import print_json  # noqa: PLC0415
    from api.cli.progress import counted  # noqa: PLC0415
    from timeline.errors import SigningKeyMissing  # noqa: PLC0415

    with opened() as timeline, counted("events") as progress:
        with suppress(SigningKeyMissing):
            timeline.sign()
        done = timeline.export(folder, issuer=issuer, progress=progress)
    if as_json:
        print_json(asdict(done))
        return
    click.echo(f"{folder}: {done.events} of {done.size} events")
    click.echo(f"python3 -I -S {folder / 'verify_timeline.py'} verifies it")


def _kept(files: tuple[Path, ...]) -> Iterator[str]:
    from timeline.ledger.note import notes_in  # noqa: PLC0415

    for file in files:
        yield from notes_in(file.read_bytes().decode(errors="replace"))


def _report(verified: Verified, kept: int) -> Iterator[str]:
    told: list[tuple[int, str]] = [
        (verified.events, "events"),
        (verified.requests, "answered requests"),
        (verified.checkpoints, "checkpoints"),
        (verified.keys, "keys"),
        (kept, "checkpoints kept elsewhere"),
    ]
    yield f"hashed anew, root {verified.root}"
    for number, what in told:
        yield f"  {number:>10}  {what}"
    yield f"  {'' if verified.read_models else 'not ':>10}  read models held against a rebuild"
    for fault in verified.faults:
        yield f"{fault.check}: {fault}"
    many = len(verified.faults)
    yield f"{many} faults" if many else "nothing was altered"


VERBS: tuple[Any, ...] = (checkpoint, keys, verify, export)
