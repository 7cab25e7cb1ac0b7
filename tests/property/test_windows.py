"""Windows, EDTF texts, instants and Allen relations against plain enumeration."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.bitemporal import (
    Truth,
    Window,
    after,
    before,
    days_between,
    edtf_of,
    format_instant,
    inside,
    parse_edtf,
    parse_instant,
    relation,
)

if TYPE_CHECKING:
    from collections.abc import Callable

BOUNDED = settings(max_examples=300)
ORIGIN = date(2008, 6, 28)  # the small days straddle a month and a half year
FAR = 40  # days beyond every bounded window, standing for an open side
INVERSES = {
    "before": "after",
    "meets": "met_by",
    "overlaps": "overlapped_by",
    "starts": "started_by",
    "during": "contains",
    "finishes": "finished_by",
    "equals": "equals",
}
INVERSES |= {inverse: name for name, inverse in INVERSES.items()}

Span = tuple[int | None, int | None]


@st.composite
def spans(draw: st.DrawFn) -> Span:
    first, last = sorted(draw(st.tuples(st.integers(0, 8), st.integers(0, 8))))
    return draw(st.sampled_from([(first, last), (None, last), (first, None), (None, None)]))


def window(span: Span) -> Window:
    first, last = (None if n is None else ORIGIN + timedelta(days=n) for n in span)
    return Window(first, last, "")


def choices(span: Span) -> range:
    first, last = span
    return range(-FAR if first is None else first, (FAR if last is None else last) + 1)


def truth_of(holds: Callable[[int], bool], span: Span) -> Truth:
    answers = {holds(day) for day in choices(span)}
    return Truth.MAYBE if len(answers) == 2 else Truth.YES if True in answers else Truth.NO


@BOUNDED
@given(spans(), spans())
def test_three_valued_answers_are_those_of_every_choice(a: Span, b: Span) -> None:
    days = choices(b)
    # An open side of b reaches further than any choice of a.
    low, high = (-10 * FAR if b[0] is None else days[0]), (10 * FAR if b[1] is None else days[-1])
    assert before(window(a), window(b)) is truth_of(lambda day: day < low, a)
    assert after(window(a), window(b)) is truth_of(lambda day: day > high, a)
    assert inside(window(a), window(b)) is truth_of(lambda day: low <= day <= high, a)


@BOUNDED
@given(spans(), st.integers(0, 8))
def test_a_slip_spans_the_distances_of_every_choice(actual: Span, due: int) -> None:
    slip = days_between(window(actual), ORIGIN + timedelta(days=due))
    if None in actual:
        assert slip is None
    else:
        distances = [day - due for day in choices(actual)]
        assert slip == (min(distances), max(distances))


@BOUNDED
@given(st.dates() | st.none(), st.dates() | st.none())
def test_any_days_survive_edtf(one: date | None, other: date | None) -> None:
    earliest, latest = sorted((one, other)) if one and other else (one, other)
    read = parse_edtf(edtf_of(earliest, latest))
    assert (read.earliest, read.latest) == (earliest, latest)


@BOUNDED
@given(st.dates(), st.sampled_from([1, 3, 6, 12]))
def test_whole_periods_are_named_and_survive_edtf(day: date, months: int) -> None:
    first = day.month - (day.month - 1) % months
    start = day.replace(month=first, day=1)
    last = day.replace(month=first + months - 1, day=28)
    while (last.toordinal() < date.max.toordinal()) and (
        (last + timedelta(days=1)).month == last.month
    ):
        last += timedelta(days=1)
    text = edtf_of(start, last)
    assert "/" not in text
    assert (parse_edtf(text).earliest, parse_edtf(text).latest) == (start, last)


@BOUNDED
@given(
    st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30)),  # noqa: DTZ001
    st.integers(-1439, 1439),
)
def test_an_instant_survives_its_text_in_any_offset(naive: datetime, minutes: int) -> None:
    instant = naive.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    assert parse_instant(format_instant(instant)) == instant
    assert parse_instant(format_instant(instant)).tzinfo is UTC
    if minutes:
        assert parse_instant(instant.isoformat()) == instant


@st.composite
def periods(draw: st.DrawFn) -> tuple[int, int | None]:
    start = draw(st.integers(0, 5))
    return start, draw(st.none() | st.integers(start + 1, 6))


def instants(period: tuple[int, int | None]) -> tuple[datetime, datetime | None]:
    zero = datetime(2025, 1, 1, tzinfo=UTC)
    start, end = period
    return zero + timedelta(days=start), None if end is None else zero + timedelta(days=end)


@BOUNDED
@given(periods(), periods())
def test_swapping_two_periods_inverts_their_relation(
    a: tuple[int, int | None], b: tuple[int, int | None]
) -> None:
    there, back = relation(instants(a), instants(b)), relation(instants(b), instants(a))
    assert INVERSES[there] == back


@BOUNDED
@given(periods(), periods())
def test_a_relation_shares_time_exactly_when_it_says_so(
    a: tuple[int, int | None], b: tuple[int, int | None]
) -> None:
    mine = set(range(a[0], 99 if a[1] is None else a[1]))
    other = set(range(b[0], 99 if b[1] is None else b[1]))
    found = relation(instants(a), instants(b))
    assert (found in {"before", "meets", "met_by", "after"}) == mine.isdisjoint(other)
    assert (found in {"starts", "during", "finishes", "equals"}) == (mine <= other)
    assert (found in {"started_by", "contains", "finished_by", "equals"}) == (mine >= other)


def test_the_inverses_name_all_thirteen_relations() -> None:
    spans_of_three = [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3), (0, 4), (3, 4), (1, 4)]
    found = {relation(instants(a), instants(b)) for a in spans_of_three for b in spans_of_three}
    assert found == set(INVERSES)
    assert len(found) == 13
