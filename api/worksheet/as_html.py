"""A worksheet as one HTML page that needs nothing else: to read, and to print and fill in."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.tables import days
from api.worksheet.columns import condition_words, earlier_lines, silence_words

if TYPE_CHECKING:
    from jinja2 import Template

    from api.answers import Answer

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""What a browser may load for the page: nothing but its own style, and no script at all."""


def html_of(answer: Answer, issuer: str) -> bytes:
    """Return the worksheet of `issuer`, its name or id, as a page.

    Whatever a document says is shown as text, and a link leads to http and https alone.
    """
    page = _template().render(
        issuer=issuer,
        clocks=answer.asked.texts(),
        since=answer.more["since"],
        since_document=answer.more["since_document"],
        parts=(
            ("Statements that stand", [row for row in answer.items if row["stands"]]),
            ("Statements that ended in the period", _ended(answer)),
        ),
        policy=POLICY,
    )
    return page.encode()


def _ended(answer: Answer) -> list[dict[str, Any]]:
    return [row for row in answer.items if not row["stands"]]


@cache
def _template() -> Template:
    from api.templating import templates_of  # noqa: PLC0415  # loads Jinja

    environment = templates_of(Path(__file__).parent)
    environment.filters |= {
        "days": days,
        "condition": condition_words,
        "earlier": earlier_lines,
        "silence": silence_words,
        "link": _link,
    }
    return environment.get_template("worksheet.html")


def _link(url: str | None) -> str | None:
    """Return an address that may stand in a link; a `javascript:` one may not."""
    return url if url is not None and url.lower().startswith(("http://", "https://")) else None
