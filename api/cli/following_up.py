"""The verbs of whoever follows up on statements: the worksheet, and the digest of what is new."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from api.cli.opening import opened
from api.cli.options import as_json, clocks, example
from api.cli.telling import stated
from timeline.errors import BadInput

if TYPE_CHECKING:
    from api.answers import Answer

_FILE = click.Path(path_type=Path, dir_okay=False)


@dataclass(frozen=True, slots=True)
class _Forms:
    """Where the worksheet is to go; nowhere: a table."""

    html: Path | None
    xlsx: Path | None
    as_csv: bool
    as_json: bool

    def __post_init__(self) -> None:
        """Refuse two forms at once."""
        told = {"--html": self.html, "--xlsx": self.xlsx, "--csv": self.as_csv}
        wanted = [name for name, value in {**told, "--json": self.as_json}.items() if value]
        if len(wanted) > 1:
            raise BadInput(f"cannot go with {wanted[0]}; choose one", place=wanted[1])


@click.command(
    "worksheet",
    short_help="Make the sheet to go through before a periodic document.",
    epilog=example(
        "timeline worksheet migenix --as-of 2008-12-31 --html worksheet.html",
        "timeline worksheet migenix --as-of 2009-04-01 --since 2008-12-31 --xlsx worksheet.xlsx",
    ),
)
@click.argument("issuer")
@click.option(
    "--since",
    metavar="DAY",
    help="The period begins after this day. [default: the day of the newest periodic document "
    "before the asked day]",
)
@click.option("--html", type=_FILE, help="Write one HTML page, to read and to print.")
@click.option("--xlsx", type=_FILE, help="Write a workbook (needs the extra xlsx).")
@click.option("--csv", "as_csv", is_flag=True, help="Write CSV, for spreadsheets.")
@clocks
@as_json
def worksheet(issuer: str, *, since: str | None, **options: Any) -> None:
    """Make the sheet of statements that stand, with the events of the period that touch each.

    NI 51-102 s.5.8 (Canada) wants such events discussed where they make results likely to differ
    materially from what was said before. Four columns stay empty: what is material, where it is
    discussed, who looked and when, only a person can say. What stood as the period began and has
    ended since comes after what stands.
    """
    forms = _Forms(*(options[name] for name in ("html", "xlsx", "as_csv", "as_json")))
    with opened() as timeline:
        answer = timeline.worksheet(issuer, since=since, **stated(options))
    _show(answer, issuer, forms)


def _show(answer: Answer, issuer: str, forms: _Forms) -> None:
    if forms.as_json:
        from api.cli.printing import print_json  # noqa: PLC0415

        print_json(answer.items)
    elif forms.html or forms.xlsx or forms.as_csv:
        _write(answer, issuer, forms)
    else:
        from api.cli.printing import Form  # noqa: PLC0415
        from api.followup_tables import WORKSHEET  # noqa: PLC0415

        Form().show(answer, WORKSHEET)
        click.echo(f"the period begins after {_beginning(answer)}")


def _beginning(answer: Answer) -> str:
    """Tell the day after which the period begins, and whose day it is where nobody said."""
    day, document = answer.more["since"], answer.more["since_document"]
    return f"{day}, the day of {document}" if document else str(day or "nothing")


def _write(answer: Answer, issuer: str, forms: _Forms) -> None:
    from api.forms.media import CSV, HTML, XLSX  # noqa: PLC0415
    from api.worksheet.forms import sheet_of  # noqa: PLC0415

    if forms.as_csv:
        click.echo(sheet_of(answer, CSV, issuer), nl=False)
        return
    form, file = (HTML, forms.html) if forms.html else (XLSX, forms.xlsx)
    assert file is not None  # noqa: S101  # one of them is asked for
    file.write_bytes(sheet_of(answer, form, issuer))
    click.echo(f"{file}: {len(answer.items)} statements")


VERBS: tuple[Any, ...] = (worksheet,)
