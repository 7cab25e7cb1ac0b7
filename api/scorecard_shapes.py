"""The shapes of scorecards, forecasts and back-tests, for /openapi.json; see `api.models`."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.models import Shape, Slip, Why, Window
from timeline.expectations import Verdict  # noqa: TC001  # fields are read at run time

SMALL = Field(description="Fewer than 29.")
Result = Literal["in_time", "late", "pending", "ended", "unmeasured"]


class Share(Shape):
    """So many cases of how many, as a share from 0 to 1 with Wilson's 95 % interval."""

    cases: int
    of: int
    share: float | None = Field(description="Null of nothing, as are both bounds.")
    low: float | None
    high: float | None
    small_sample: bool = SMALL


class Slips(Shape):
    """Slips in days, each a range: all of them at their first, and at their last possible day."""

    of: int
    least: Slip | None
    median: Slip | None = Field(description="By nearest rank; null of fewer than 6.")
    p90: Slip | None = Field(description="The 90th percentile; null of fewer than 29.")
    greatest: Slip | None
    small_sample: bool = SMALL


class Revisions(Shape):
    """How many statements revised the one before, of how many milestones."""

    cases: int
    of: int
    per_milestone: float | None
    small_sample: bool = SMALL


class Behind(Shape):
    """With explain=true only: the statements that each figure counts."""

    decided: list[str]
    on_time: list[str]
    silently_lapsed: list[str]
    slip: list[str]
    first_slip: list[str]
    last_slip: list[str]
    revisions: list[str]
    verdicts: dict[Verdict, list[str]]


class Scored(Why):
    """The figures of one group of statements."""

    by: Literal["issuer", "speaker", "group", "milestone"]
    of: str | None = Field(description="Null: who said it is not recorded.")
    statements: int
    chains: int
    verdicts: dict[Verdict, int]
    decided: int = Field(description="Met early, on time or late, missed, lapsed.")
    on_time: Share = Field(description="Met early or on time, of those decided.")
    silently_lapsed: Share = Field(description="Lapsed and nothing heard since, of those decided.")
    slip: Slips = Field(description="Of every statement with an actual and a last day.")
    first_slip: Slips = Field(description="Of the first such statement of each actual.")
    last_slip: Slips = Field(description="Of the last such statement of each actual.")
    revisions: Revisions
    position: int
    behind: Behind | None = None


class CasePool(Shape):
    """Which past cases a forecast counts: of the milestone, its group, or all of the issuer."""

    by: Literal["milestone", "group", "issuer"]
    of: str | None
    cases: int
    chains: int


class LateBy(Shape):
    """The share of past cases that came, if at all, over so many days after their last day."""

    days: int
    late: Share
    base_rate: Share = Field(description="The same of all past cases of the issuer.")


class OfStatement(Why):
    """Which statement a row is about."""

    expectation: str
    program: str | None
    milestone: str
    qualifier: str | None
    said_by: str | None
    stated_on: str
    window: Window
    pool: CasePool | None = Field(description="Null: no pool has 10 cases.")
    late_by: list[LateBy]
    position: int
    behind: dict[Result, list[str]] | None = None


class ForecastTold(OfStatement):
    """What the past says of a standing window."""

    days_left: int = Field(description="From the asked day to its last day; negative: over.")
    verdict: Verdict


class Tried(OfStatement):
    """A statement as it was forecast before it was made, and what came of it."""

    results: dict[str, Result] = Field(description="By the days the window is given more.")


class CalibrationBin(Shape):
    """The forecasts between two shares, and how many of them were late."""

    days: int
    forecast: Literal["late", "base_rate"]
    since: float = Field(alias="from")
    to: float
    predicted: float = Field(description="The mean of what was forecast.")
    observed: Share


class Score(Shape):
    """Brier's score of the forecasts beside that of the base rate; 0 is best."""

    days: int
    of: int
    chains: int
    late: int
    brier: float | None
    brier_base_rate: float | None
    skill: float | None = Field(description="1 less the ratio of the two; above 0 is better.")
    small_sample: bool = SMALL
    left_out: dict[str, int] = Field(description="The other statements, by why.")
