"""The bitemporal core: windows, instants, periods and facts on three axes; pure, no I/O."""

from __future__ import annotations

from timeline.bitemporal.allen import Period, relation
from timeline.bitemporal.clocks import Clocks
from timeline.bitemporal.edtf import edtf_of, parse_edtf
from timeline.bitemporal.facts import (
    Fact,
    Holding,
    Known,
    OpenEnd,
    Stretch,
    decided_by,
    knowledge,
    timeline,
    value_at,
    visible,
)
from timeline.bitemporal.instants import (
    counts_from,
    end_of,
    format_instant,
    parse_clock,
    parse_day,
    parse_instant,
    start_of,
)
from timeline.bitemporal.window import Truth, Window, after, before, days_between, inside

__all__ = [
    "Clocks",
    "Fact",
    "Holding",
    "Known",
    "OpenEnd",
    "Period",
    "Stretch",
    "Truth",
    "Window",
    "after",
    "before",
    "counts_from",
    "days_between",
    "decided_by",
    "edtf_of",
    "end_of",
    "format_instant",
    "inside",
    "knowledge",
    "parse_clock",
    "parse_day",
    "parse_edtf",
    "parse_instant",
    "relation",
    "start_of",
    "timeline",
    "value_at",
    "visible",
]
