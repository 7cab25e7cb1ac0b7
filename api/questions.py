"""Questions about one issuer at one date, said once: each is a verb, a route, and asked by name.

`Timeline.ask` answers them, the command line makes a verb of each and HTTP a route, so a new one
needs an entry here and nothing in either.
"""

from __future__ import annotations

from dataclasses import dataclass
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any

from api.company_tables import COMMITMENTS, GOVERNANCE, TOTALS
from api.followup_tables import DISAPPEARED
from api.names import find
from api.scorecard_tables import BACKTEST, CALIBRATION, FORECASTS, SCORECARD, SCORES
from timeline.errors import BadInput

if TYPE_CHECKING:
    from api.tables import Layout


@dataclass(frozen=True, slots=True)
class Beside:
    """A list told beside the answer's own, all of it on every page; an option of the verb too.

    `read` names what makes it of the answer's rows.
    """

    name: str
    read: str
    layout: Layout


@dataclass(frozen=True, slots=True)
class Question:
    """One question: `name` is the verb and the last part of the route.

    `read` names, as `module:function`, what answers it: called with the connection and the issuer,
    and by keyword the `clocks`, `explain` and the `packs`, it returns the rows. `shape` names the
    type of one row: a dataclass, or a model of `api.company_shapes` where its keys want words. Both
    are loaded when they are needed, so the command line starts without them. `grouped_by` are the
    values of a row's `by` that an answer can be narrowed to.
    """

    name: str
    read: str
    layout: Layout
    short_help: str
    told: str
    examples: tuple[str, ...]
    beside: tuple[Beside, ...] = ()
    grouped_by: tuple[str, ...] = ()

    def narrowed(self, rows: list[dict[str, Any]], by: str | None) -> list[dict[str, Any]]:
        """Return the rows of one grouping, or all; raises BadInput for a grouping it has not."""
        if by is None:
            return rows
        if by not in self.grouped_by:
            there = ", ".join(self.grouped_by) or "no groups here"
            raise BadInput(f"knows no {by[:60]!r}; there are {there}", place="by")
        return [row for row in rows if row["by"] == by]


def loaded(name: str) -> Any:
    """Return what `module:name` names."""
    return resolve_name(name)


def question_of(name: str) -> Question:
    """Return the question of that name; raises NotFound, with what it may have meant."""
    known = {question.name: question for question in QUESTIONS}
    return known[find(name, {one: [one] for one in known}, "question")]


QUESTIONS = (
    Question(
        "commitments",
        "projections.commitments:commitments_at",
        COMMITMENTS,
        "Tell licences, funding and stakes.",
        "Tell what is owed, may be owed or was received: licences, options, funding, stakes. "
        "Totals tell possible from agreed and received, and never mix currencies.",
        (
            "timeline commitments migenix --as-of 2008-07-08",
            "timeline commitments migenix --as-of 2008-07-08 --totals --json",
        ),
        (Beside("totals", "projections.commitments:totals", TOTALS),),
    ),
    Question(
        "disappeared",
        "projections.disappeared:disappeared_at",
        DISAPPEARED,
        "Tell statements that newer documents dropped.",
        "Tell the statements that still stand and that the issuer's newer documents are silent "
        "about, as far as is on record. Read the documents named before you call one dropped.",
        (
            "timeline disappeared migenix --as-of 2009-04-01",
            "timeline disappeared migenix --as-of 2010-01-01 --json",
        ),
    ),
    Question(
        "governance",
        "projections.governance:governance_at",
        GOVERNANCE,
        "Tell the board, meetings and ownership.",
        "Tell the board and who controls it, directors, officers, committees, meetings, "
        "requisitions and ownership.",
        ("timeline governance migenix --as-of 2008-09-01",),
    ),
    Question(
        "scorecard",
        "projections.scorecard.scorecard:scorecard_at",
        SCORECARD,
        "Tell what statements were worth, in figures.",
        "Tell how often what was said came on time, by how much it slipped, how often it was "
        "revised and how often it silently lapsed: of all statements, by speaker, by milestone. "
        "A share has its 95 % interval, every figure its sample size.",
        (
            "timeline scorecard migenix --as-of 2008-07-08",
            "timeline scorecard migenix --as-of 2010-01-01 --by speaker",
            "timeline scorecard migenix --as-of 2010-01-01 --explain --json",
        ),
        grouped_by=("issuer", "speaker", "group", "milestone"),
    ),
    Question(
        "forecasts",
        "projections.scorecard.forecasts:forecasts_at",
        FORECASTS,
        "Hold standing windows against past ones.",
        "Tell of each standing window in which share of past cases one like it was late, and by "
        "how much, and which cases were counted.",
        ("timeline forecasts migenix --as-of 2008-07-08",),
    ),
    Question(
        "backtest",
        "projections.scorecard.backtest:backtest_at",
        BACKTEST,
        "Try the forecasts on the past.",
        "Forecast every statement from what was public before it was made, and tell what came. "
        "Calibration and scores hold the one against the other.",
        (
            "timeline backtest migenix --as-of 2010-01-01 --scores",
            "timeline backtest migenix --as-of 2010-01-01 --calibration",
        ),
        (
            Beside(
                "scores",
                "projections.scorecard.calibration:scores",
                SCORES,
            ),
            Beside(
                "calibration",
                "projections.scorecard.calibration:calibration",
                CALIBRATION,
            ),
        ),
    ),
)
