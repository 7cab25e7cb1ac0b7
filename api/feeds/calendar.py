"""The schedule of an issuer as a calendar (RFC 5545): each milestone one entry of whole days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from api.feeds.entry import entry_told, left_out, titled
from api.feeds.plain import address, one_line, plain, uuid_of
from api.pages.issuer import row_name
from timeline.bitemporal import parse_instant

if TYPE_CHECKING:
    from icalendar import Calendar, Event, Timezone

    from api.answers import Answer

    Row = dict[str, Any]

MEDIA = "text/calendar"
_PRODUCT = "-//Corporate Timeline//Schedule 1//EN"
_FETCHED_EVERY = timedelta(hours=6)
_DAY = timedelta(days=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def calendar_of(answer: Answer, *, base: str, source: str) -> bytes:
    """Return a schedule as a calendar; `base` begins the addresses in it, `source` is its own."""
    rows = [row for row in answer.items if row["days"]]
    calendar = _calendar(answer, source)
    for row in rows:
        calendar.add_component(_event(row, answer.more["issuer"], base))
    if not rows:
        calendar.add_component(_utc())
    content: bytes = calendar.to_ical()
    return content


def _calendar(answer: Answer, source: str) -> Calendar:
    from icalendar import Calendar, vDuration, vText, vUri  # noqa: PLC0415  # slow to load

    issuer, name = answer.more["issuer"], vText(one_line(f"{answer.more['name']}: expected"))
    told = vText(plain(left_out(answer.items)))
    touched = max((parse_instant(row["modified_at"]) for row in answer.items), default=_EPOCH)
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("uid", uuid_of("schedule", issuer))
    calendar.add("last-modified", touched)
    for key, value in (("name", name), ("x-wr-calname", name)):
        calendar.add(key, value)
    for key in ("description", "x-wr-caldesc"):
        calendar.add(key, told)
    calendar.add("source", vUri(source), parameters={"VALUE": "URI"})
    every = vDuration(_FETCHED_EVERY)
    calendar.add("refresh-interval", every, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", every)
    return calendar


def _event(row: Row, issuer: str, base: str) -> Event:
    from icalendar import Event  # noqa: PLC0415

    target = (row["program"], row["milestone"], row["qualifier"])
    first, after = _days(row["days"])
    event = Event()
    event.add("uid", uuid_of("milestone", issuer, *target))
    event.add("dtstamp", parse_instant(row["modified_at"]))
    event.add("created", parse_instant(row["created_at"]))
    event.add("last-modified", parse_instant(row["modified_at"]))
    event.add("sequence", row["sequence"])
    event.add("dtstart", first)
    if after is not None:
        event.add("dtend", after)
    event.add("status", row["status"].upper())
    event.add("transp", "TRANSPARENT")
    event.add("summary", one_line(titled(row)))
    event.add("description", plain(entry_told(row)))
    event.add("categories", [one_line(row["program_name"] or "company"), row["verdict"]])
    event.add("url", f"{base}{address('issuers', issuer)}?{_open(row)}")
    return event


def _open(row: Row) -> str:
    return f"row={address(row_name(row))[1:]}"


def _days(days: Row) -> tuple[date, date | None]:
    """Return the first day of an entry and the one after its last.

    Where only one side of a window was told the entry is that one day: no other was said.
    """
    first, last = days["earliest"] or days["latest"], days["latest"] or days["earliest"]
    end = date.fromisoformat(last)
    # There is no day after the last there is; an entry without an end is its first day.
    return date.fromisoformat(first), end + _DAY if end < date.max else None


def _utc() -> Timezone:
    """Return what an empty calendar holds, for it must hold something (RFC 5545, 3.6)."""
    from icalendar import Timezone, TimezoneStandard  # noqa: PLC0415

    standard = TimezoneStandard()
    standard.add("dtstart", _EPOCH.replace(tzinfo=None))
    standard.add("tzoffsetfrom", timedelta(0))
    standard.add("tzoffsetto", timedelta(0))
    standard.add("tzname", "UTC")
    zone = Timezone()
    zone.add("tzid", "Etc/UTC")
    zone.add_component(standard)
    return zone
