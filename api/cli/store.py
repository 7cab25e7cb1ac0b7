"""The verbs that make and fill the store: init, import, rebuild."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from api.cli.failures import CHECK_FAILED
from api.cli.opening import opened
from api.cli.options import as_json, example
from timeline.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.timeline import Timeline
    from projections.rebuild import Rebuilt
    from timeline.bundle import Imported

_BUNDLES = (".json", ".ndjson")


@click.command(
    "init",
    short_help="Make the store; safe to repeat.",
    epilog=example("timeline init", "timeline init --service-role timeline_service"),
)
@click.option(
    "--service-role",
    metavar="ROLE",
    help="A PostgreSQL role that may add to the log and read it, and keep the read models.",
)
@click.option("--origin", metavar="NAME", help="What checkpoints call this log. [default: chance]")
@as_json
def init(*, service_role: str | None, origin: str | None, as_json: bool) -> None:
    """Make the store, or bring an older one up to date. Safe to repeat.

    The key that signs checkpoints is made too, unless there is one: beside a SQLite file, or where
    TIMELINE_SIGNING_KEY says.
    """
    from api.cli.printing import print_json  # noqa: PLC0415
    from api.cli.progress import counted  # noqa: PLC0415

    with (
        counted("older events into the ledger") as progress,
        opened(
            create=True, service_role=service_role, origin=origin, progress=progress
        ) as timeline,
    ):
        told = {"position": timeline.recorder.head(), "key": timeline.signer()}
    if as_json:
        print_json(told)
        return
    click.echo(f"the store is ready, at position {told['position']}")
    if told["key"] is None:
        click.echo(
            "no key signs its checkpoints; set TIMELINE_SIGNING_KEY to a file, and repeat", err=True
        )


@click.command(
    "import",
    short_help="Record bundles: files and folders.",
    epilog=example("timeline import samples/migenix", "timeline import --dry-run bundle.ndjson"),
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--dry-run", is_flag=True, help="Validate only; write nothing.")
@as_json
def import_(paths: tuple[str, ...], *, dry_run: bool, as_json: bool) -> None:
    """Record bundles: files, or every *.json and *.ndjson of a folder.

    Each file is recorded as a whole or not at all, and nothing is recorded twice. The first bad
    file ends the import; the files before it stay recorded. With --dry-run every file is held
    against what is recorded now, so a file that needs another one of the same import is refused.
    """
    files = list(bundle_files(paths))
    told: list[dict[str, Any]] = []
    with opened() as timeline:
        try:
            for file, imported in _imported(timeline, files, dry_run=dry_run):
                told.append(_summary(file, imported))
                if not as_json:
                    click.echo(_sentence(file, imported))
        finally:
            if as_json:
                _print(told)


def bundle_files(paths: tuple[str, ...]) -> Iterator[Path]:
    """Yield the files meant by `paths`; raises BadInput for what is not there or holds none."""
    for path in map(Path, paths):
        if path.is_dir():
            found = sorted(f for f in path.iterdir() if f.suffix in _BUNDLES and f.is_file())
            if not found:
                raise BadInput("no *.json or *.ndjson in this folder", place=str(path))
            yield from found
        elif path.exists():
            yield path
        else:
            raise BadInput("no such file or folder", place=str(path))


@click.command(
    "rebuild", short_help="Rebuild the read models and compare.", epilog=example("timeline rebuild")
)
@as_json
def rebuild(*, as_json: bool) -> None:
    """Rebuild every read model from the log, and put right what differs from the live one.

    Appends go on meanwhile; they wait only while rows that differ are replaced.

    Ends with exit code 1 when any row differed: a defect, or somebody changed a derived row.
    """
    from api.cli.progress import counted  # noqa: PLC0415

    with opened() as timeline, counted("events") as progress:
        rebuilt = timeline.rebuild(progress)
    if as_json:
        _print(_rebuilt(rebuilt))
    else:
        for line in _report(rebuilt):
            click.echo(line)
    if rebuilt.differences:
        sys.exit(CHECK_FAILED)


def _imported(
    timeline: Timeline, files: list[Path], *, dry_run: bool
) -> Iterator[tuple[Path, Imported]]:
    from api.cli.progress import working  # noqa: PLC0415
    from timeline.bundle import read_bundle  # noqa: PLC0415

    for number, file in enumerate(files, 1):
        with working(f"{file.name}, {number} of {len(files)}"):
            bundle = read_bundle(file)
            try:
                imported = timeline.import_bundle(bundle, dry_run=dry_run)
            except BadInput as error:
                place = f"{file.name}: {error.place}" if error.place else file.name
                raise error.at(place) from None
        yield file, imported


def _summary(file: Path, imported: Imported) -> dict[str, Any]:
    return {
        "file": str(file),
        "issuer": imported.issuer,
        "added": dict(imported.added),
        "present": dict(imported.present),
        "position": imported.position,
        "dry_run": imported.dry_run,
    }


def _sentence(file: Path, imported: Imported) -> str:
    verb = "would add" if imported.dry_run else "added"
    counts = ", ".join(f"{n} {kind}" for kind, n in imported.added.items()) or "nothing"
    there = imported.present.total()
    return f"{file}: {verb} {counts}; {there} there already (position {imported.position})"


def _rebuilt(rebuilt: Rebuilt) -> dict[str, Any]:
    differences = [
        {"table": str(d.table), "key": list(d.key), "side": d.side} for d in rebuilt.differences
    ]
    return {
        "position": rebuilt.position,
        # SQLAlchemy's names are a kind of str that no JSON writer takes.
        "rows": {str(table): rows for table, rows in rebuilt.rows.items()},
        "differences": differences,
    }


def _report(rebuilt: Rebuilt) -> Iterator[str]:
    yield f"rebuilt from {rebuilt.position} events"
    for table, rows in rebuilt.rows.items():
        yield f"  {table:<14}{rows:>8} rows"
    for difference in rebuilt.differences:
        yield f"differs: {difference}"
    many = len(rebuilt.differences)
    yield f"{many} differences; the rebuilt rows are live now" if many else "no difference"


def _print(told: Any) -> None:
    from api.cli.printing import print_json  # noqa: PLC0415

    print_json(told)


VERBS = (init, import_, rebuild)
