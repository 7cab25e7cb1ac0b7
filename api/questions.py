"""Questions about one issuer at one date, said once: each is a method, a verb and a route.

A question of this list is asked of `Timeline` by its name. The command line makes a verb of it and
HTTP a route, so a new one needs an entry here and nothing in either.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.company_tables import COMMITMENTS, GOVERNANCE, TOTALS

if TYPE_CHECKING:
    from api.tables import Layout


@dataclass(frozen=True, slots=True)
class Question:
    """`name` is the verb, the last part of the route, and the method of `Timeline`.

    `shape` names the model of the HTTP answer in `api.company_shapes`. `below` are layouts of the
    lists told beside the answer's own, by their key; each is an option of the verb as well.
    """

    name: str
    layout: Layout
    shape: str
    short_help: str
    told: str
    examples: tuple[str, ...]
    below: tuple[tuple[str, Layout], ...] = ()


QUESTIONS = (
    Question(
        "commitments",
        COMMITMENTS,
        "Commitments",
        "Tell licences, funding and stakes.",
        "Tell what is owed, may be owed or was received: licences, options, funding, stakes. "
        "Totals tell possible from agreed and received, and never mix currencies.",
        (
            "timeline commitments migenix --as-of 2008-07-08",
            "timeline commitments migenix --as-of 2008-07-08 --totals --json",
        ),
        (("totals", TOTALS),),
    ),
    Question(
        "governance",
        GOVERNANCE,
        "Governance",
        "Tell the board, meetings and ownership.",
        "Tell the board and who controls it, directors, officers, committees, meetings, "
        "requisitions and ownership.",
        ("timeline governance migenix --as-of 2008-09-01",),
    ),
)
