"""How scorecards, forecasts and back-tests look: shares and slips with their sample sizes."""

from __future__ import annotations

from typing import Any

from api.tables import Layout

Row = dict[str, Any]


def _small(figure: Row) -> str:
    return ", small sample" if figure["small_sample"] else ""


def _share(figure: Row) -> str:
    """Tell a share with its interval: 52 % (38 to 66) of 48."""
    if figure["share"] is None:
        return "- of 0"
    low, high = _percent(figure["low"]), _percent(figure["high"])
    told = f"{_percent(figure['share'])} % ({low} to {high}) of {figure['of']}"
    return told + _small(figure)


def _percent(share: float) -> str:
    return f"{share * 100:.0f}"


def _days(slip: list[int] | None) -> str:
    return "-" if slip is None else " to ".join(f"{n:+d}" for n in dict.fromkeys(slip))


def _slips(figure: Row) -> str:
    """Tell the median, the 90th percentile, and from the least to the greatest slip."""
    if not figure["of"]:
        return "- of 0"
    told = (
        f"median {_days(figure['median'])}",
        f"p90 {_days(figure['p90'])}",
        f"from {figure['least'][0]:+d} to {figure['greatest'][1]:+d}",
        f"of {figure['of']}{_small(figure)}",
    )
    return "\n".join(told)


def _revisions(figure: Row) -> str:
    return f"{figure['per_milestone']:.2f} of {figure['of']}{_small(figure)}"


def _scorecard(row: Row) -> Row:
    slips = {name: _slips(row[name]) for name in ("slip", "first_slip", "last_slip")}
    shares = {name: _share(row[name]) for name in ("on_time", "silently_lapsed")}
    # An issuer of whom nothing was said has no milestones either.
    revised = _revisions(row["revisions"]) if row["chains"] else "- of 0"
    return row | slips | shares | {"revisions": revised}


def _pool(pool: Row | None) -> str:
    if pool is None:
        return "too few cases"
    of = f" {pool['of']}" if pool["of"] else ""
    return f"{pool['by']}{of}: {pool['cases']} cases of {pool['chains']} milestones"


def _late_by(rows: list[Row]) -> str:
    return "\n".join(f"{_later_than(one['days'])}: {_share(one['late'])}" for one in rows)


def _later_than(days: int) -> str:
    return f"over {days} days late" if days else "late"


def _base(rows: list[Row]) -> str:
    return "\n".join(_share(one["base_rate"]) for one in rows)


def _forecast(row: Row) -> Row:
    told = {"pool": _pool(row["pool"]), "late_by": _late_by(row["late_by"])}
    return row | told | {"base_rate": _base(row["late_by"])}


def _tried(row: Row) -> Row:
    results = "\n".join(f"{days} days: {told}" for days, told in row["results"].items())
    return _forecast(row) | {"results": results}


def _bin(row: Row) -> Row:
    forecast = f"{_percent(row['from'])} to {_percent(row['to'])} %"
    predicted = f"{_percent(row['predicted'])} %"
    return row | {"bin": forecast, "predicted": predicted, "observed": _share(row["observed"])}


def _score(row: Row) -> Row:
    left_out = ", ".join(f"{many} {why}" for why, many in row["left_out"].items())
    of = f"{row['of']} of {row['chains']} milestones{_small(row)}"
    return row | {"of": of, "left_out": left_out or "-"}


_WHY = ("behind", "because", "overridden")
_OF_SHARE = ("cases", "of", "share", "low", "high", "small_sample")
_OF_SLIP = ("of", "least", "median", "p90", "greatest", "small_sample")
_STATEMENT = (
    *("expectation", "program", "milestone", "qualifier", "said_by", "stated_on"),
    *("window.edtf", "window.earliest", "window.latest", "window.words"),
)
SCORECARD = Layout(
    "groups",
    (
        ("by", "by"),
        ("of", "of"),
        ("statements", "statements"),
        ("met on time", "on_time"),
        ("slip, days", "slip"),
        ("first window", "first_slip"),
        ("last window", "last_slip"),
        ("revisions", "revisions"),
        ("silently lapsed", "silently_lapsed"),
    ),
    (
        *("by", "of", "statements", "chains", "verdicts", "decided"),
        *(f"on_time.{key}" for key in _OF_SHARE),
        *(f"silently_lapsed.{key}" for key in _OF_SHARE),
        *(f"{name}.{key}" for name in ("slip", "first_slip", "last_slip") for key in _OF_SLIP),
        *(f"revisions.{key}" for key in ("cases", "of", "per_milestone", "small_sample")),
    ),
    ("behind",),
    _scorecard,
    shape="api.scorecard_shapes:Scored",
)
FORECASTS = Layout(
    "forecasts",
    (
        ("expectation", "expectation"),
        ("milestone", "milestone", "qualifier"),
        ("window", "window"),
        ("days left", "days_left"),
        ("past cases", "pool"),
        ("of them", "late_by"),
        ("of all", "base_rate"),
    ),
    (*_STATEMENT, "verdict", "days_left", "pool", "late_by"),
    ("behind",),
    _forecast,
    shape="api.scorecard_shapes:ForecastTold",
)
BACKTEST = Layout(
    "statements",
    (
        ("expectation", "expectation"),
        ("stated on", "stated_on"),
        ("window", "window"),
        ("past cases", "pool"),
        ("of them", "late_by"),
        ("of all", "base_rate"),
        ("what came", "results"),
    ),
    (*_STATEMENT, "pool", "late_by", "results"),
    ("behind",),
    _tried,
    shape="api.scorecard_shapes:Tried",
)
CALIBRATION = Layout(
    "bins",
    (
        ("late by over, days", "days"),
        ("forecast", "forecast"),
        ("between", "bin"),
        ("forecast, mean", "predicted"),
        ("were late", "observed"),
    ),
    (
        *("days", "forecast", "from", "to", "predicted"),
        *(f"observed.{key}" for key in _OF_SHARE),
    ),
    (),
    _bin,
    shape="api.scorecard_shapes:CalibrationBin",
)
SCORES = Layout(
    "scores",
    (
        ("late by over, days", "days"),
        ("forecasts", "of"),
        ("late", "late"),
        ("Brier", "brier"),
        ("Brier, base rate", "brier_base_rate"),
        ("skill", "skill"),
        ("left out", "left_out"),
    ),
    (
        *("days", "of", "chains", "late", "brier", "brier_base_rate", "skill", "small_sample"),
        "left_out",
    ),
    (),
    _score,
    shape="api.scorecard_shapes:Score",
)
