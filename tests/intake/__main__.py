"""`python -m tests.intake PATH...`: hold a reading against labels.

python -m tests.intake                              every release of ours, and the seed if there
python -m tests.intake --misses samples/releases/quillback-lithium
python -m tests.intake --drafts drafts.json --json  {"quillback-lithium": [draft, ...], ...}
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.intake.corpus import RELEASES, SEED, labelled
from tests.intake.readers import given, read_here
from tests.intake.report import as_json, miss_lines, table
from tests.intake.scoring import score

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.intake.corpus import Labelled
    from tests.intake.readings import Reading
    from tests.intake.scoring import Measure

    Reader = Callable[[Labelled], tuple[str, Reading]]


def main(arguments: list[str]) -> int:
    """Print the scores; exit 2 when there is nothing to score."""
    asked = _parser().parse_args(arguments)
    paths = asked.paths or [RELEASES, *([SEED] if SEED.exists() else [])]
    documents = [document for path in paths for document in labelled(path)]
    if not documents:
        sys.stderr.write(f"no labels in {[str(p) for p in paths]}: name a folder of releases\n")
        return 2
    _print(documents, given(asked.drafts) if asked.drafts else read_here, asked)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m tests.intake", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH")
    parser.add_argument("--drafts", type=Path, help="a JSON file: drafts by the name of a release")
    parser.add_argument("--misses", action="store_true", help="list what was missed or wrong")
    parser.add_argument("--json", action="store_true", help="shares by release, for machines")
    return parser


def _print(documents: Iterable[Labelled], reader: Reader, asked: argparse.Namespace) -> None:
    scores: dict[str, dict[str, Measure]] = {}
    lines: list[str] = []
    for document in documents:
        text, reading = reader(document)
        scores[document.name] = score(reading, document.labels(text), text)
        lines += miss_lines(document.name, scores[document.name], text)
    if asked.json:
        sys.stdout.write(json.dumps({n: as_json(s) for n, s in scores.items()}, indent=1) + "\n")
        return
    sys.stdout.writelines(f"{line}\n" for line in lines if asked.misses)
    _show(scores)


def _show(scores: dict[str, dict[str, Measure]]) -> None:
    from rich.console import Console  # noqa: PLC0415 - a thing of the terminal

    console = Console()
    Console(width=console.width if console.is_terminal else 200).print(table(scores))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
