"""A digest: what is new about an issuer's statements since the last one, for one destination."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from api.tables import days, printable
from projections.follow_up import CLOSING, DISAPPEARED, LAPSED, PARTS, REVISED
from timeline.canonical import canonical_json
from timeline.personal import replaced, sealed_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.answers import Answer

    Row = dict[str, Any]

PERSONAL = "(personal)"
"""What stands in a digest for a personal fact: what was sent away cannot be erased."""
_HEADINGS = {
    LAPSED: "Lapsed: the window is over and nothing was heard",
    CLOSING: "Closing within {within} days",
    REVISED: "Revised: said otherwise than before",
    DISAPPEARED: "Disappeared: newer documents are silent (read them before you call it dropped)",
}


def digest_of(answer: Answer, issuer: str) -> Row:
    """Return the digest of an answer of `follow_up`, personal facts left out."""
    stored = answer.sealed[0] if answer.sealed else answer.items
    hidden = dict.fromkeys(sealed_in(stored), PERSONAL)
    items = replaced(stored, hidden) if hidden else stored
    more, asked = answer.more, answer.asked
    return {
        "issuer": issuer,
        "since": {"on": more["since"], "position": more["since_position"]},
        "to": {"on": asked.clocks.day.isoformat(), "position": asked.position},
        "within_days": more["within"],
        **{part: [_told(row) for row in items if row["what"] == part] for part in PARTS},
    }


def is_news(digest: Row) -> bool:
    """Say whether a digest tells anything new; a window that was closing before is not."""
    return any(row["new"] for part in PARTS for row in digest[part])


def id_of(issuer: str, destination: str, number: int, digest: Row) -> str:
    """Return the id of a digest: what tells the same to the same destination is the same digest.

    It covers all that is told, so a store that was set back to a backup and went on otherwise is
    not taken for the one a receiver knows.
    """
    told = canonical_json([issuer, destination, number, digest])
    return f"msg_{hashlib.sha256(told).hexdigest()[:32]}"


def text_of(digest: Row) -> str:
    """Return the digest as people read it, a line for each statement."""
    return "\n".join(printable(line).replace("\n", " ") for line in _lines(digest)) + "\n"


def subject_of(digest: Row) -> str:
    """Return one line that tells how much there is of each part."""
    told = ", ".join(f"{len(digest[part])} {part}" for part in PARTS if digest[part])
    return " ".join(printable(f"{digest['issuer']}: {told or 'nothing new'}").split())


def _told(row: Row) -> Row:
    return {k: v for k, v in row.items() if k not in ("what", "position")}


def _lines(digest: Row) -> Iterator[str]:
    since, to = digest["since"], digest["to"]
    yield f"{digest['issuer']}, from {since['on']} (position {since['position']})"
    yield f"to {to['on']} (position {to['position']})"
    for part in PARTS:
        if digest[part]:
            yield ""
            yield _HEADINGS[part].format(within=digest["within_days"])
            yield from (f"  {_line(part, row)}" for row in digest[part])
    if not any(digest[part] for part in PARTS):
        yield "nothing new"


def _line(part: str, row: Row) -> str:
    about = ", ".join(filter(None, (row["program"], row["milestone"], row["qualifier"])))
    window = days(row["window"]) if row["window"] else "no window"
    return f"{row['expectation']}: {about}: {window}{_more(part, row)}"


def _more(part: str, row: Row) -> str:
    if part == REVISED:
        was = days(row["was"]) if row["was"] else "no window"
        return f", {row['relation']}; before: {was}"
    if part == DISAPPEARED:
        silence = row["silence"]
        return f", last in {silence['last_document']}, silent since {silence['silent_since']}"
    left = row["days_left"]
    days_off = "1 day" if abs(left) == 1 else f"{abs(left)} days"
    return f", {days_off} left" if left >= 0 else f", over for {days_off}"
