"""The calendar and the feed of an issuer, over HTTP, as programs that subscribe read them."""

from __future__ import annotations

import re
import warnings
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from icalendar import Calendar
from starlette.exceptions import StarletteDeprecationWarning

from api import Timeline
from api.app import create_app
from api.settings import Settings
from tests.browser.conftest import SAMPLE
from tests.browser.hostile import HOSTILE
from tests.feeds.rfc4287 import faults
from timeline.bundle import bundle_of, read_bundle

with warnings.catch_warnings():  # it would rather have another client, and works with this one
    warnings.simplefilter("ignore", StarletteDeprecationWarning)
    from fastapi.testclient import TestClient

if TYPE_CHECKING:
    from collections.abc import Iterator

ATOM = "{http://www.w3.org/2005/Atom}"
READ_OUT = "Phase 3 top-line results reported, CLIRS"
# As known on a day: first day, day after the last, status.
READ_OUT_THEN = {
    "2008-07-08": (date(2008, 7, 8), date(2009, 1, 1), "TENTATIVE"),
    "2008-10-01": (date(2009, 1, 1), date(2009, 4, 1), "TENTATIVE"),
    "2009-04-01": (date(2009, 3, 12), date(2009, 3, 13), "CONFIRMED"),
}
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    url = f"sqlite:///{tmp_path_factory.mktemp('feeds') / 'timeline.db'}"
    with Timeline(url, create=True) as timeline:
        timeline.import_bundle(read_bundle(SAMPLE))
        timeline.import_bundle(bundle_of(HOSTILE))
        timeline.record("quiet", {"name": "Quiet"}, kind="issuer")
    app = create_app(Settings(database_url=url))
    with TestClient(app, base_url="http://localhost") as client:
        yield client


def fetched(client: TestClient, on: str, issuer: str = "migenix") -> dict[str, Any]:
    """Return the entries of a calendar as known on a day, by their UIDs."""
    answer = client.get(f"/v1/issuers/{issuer}/calendar.ics?as_of={on}")
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (
        200,
        "text/calendar",
    )
    entries = Calendar.from_ical(answer.content).walk("VEVENT")
    assert all(not entry.errors for entry in entries)
    return {str(entry["uid"]): entry for entry in entries}


def read_out(entries: dict[str, Any]) -> Any:
    return next(one for one in entries.values() if READ_OUT in str(one["summary"]))


@pytest.mark.parametrize("on", READ_OUT_THEN)
def test_the_read_out_is_whole_days_of_the_window_of_then(client: TestClient, on: str) -> None:
    entry = read_out(fetched(client, on))
    told = (entry.decoded("dtstart"), entry.decoded("dtend"), str(entry["status"]))
    assert told == READ_OUT_THEN[on]


def test_a_moved_window_is_an_update_of_the_same_entry(client: TestClient) -> None:
    then = [read_out(fetched(client, on)) for on in READ_OUT_THEN]
    assert len({str(entry["uid"]) for entry in then}) == 1
    numbers = [int(entry["sequence"]) for entry in then]
    assert numbers == sorted(set(numbers))
    changed = [entry.decoded("last-modified") for entry in then]
    assert changed == sorted(set(changed))


def test_day_by_day_no_entry_goes_and_no_number_falls(client: TestClient) -> None:
    before: dict[str, Any] = {}
    on = date(2004, 6, 1)
    while on < date(2010, 3, 1):
        now = fetched(client, on.isoformat())
        assert before.keys() <= now.keys()
        for uid, entry in before.items():
            number, later = int(entry["sequence"]), int(now[uid]["sequence"])
            moved = any(entry.get(key) != now[uid].get(key) for key in ("dtstart", "status"))
            assert later > number if moved else later >= number, (on, now[uid]["summary"])
        before = now
        on += timedelta(days=29)
    assert len(before) > 30


def test_what_was_taken_back_is_cancelled(client: TestClient) -> None:
    entries = fetched(client, "2010-01-01").values()
    cancelled = [str(one["summary"]) for one in entries if str(one["status"]) == "CANCELLED"]
    assert any("withdrawn" in told for told in cancelled)


def test_a_fetch_of_the_same_day_is_the_same_bytes_and_need_not_be_sent(
    client: TestClient,
) -> None:
    address = "/v1/issuers/migenix/calendar.ics?as_of=2008-10-01"
    first = client.get(address)
    assert client.get(address).content == first.content
    again = client.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_lines_end_and_fold_as_rfc_5545_asks(client: TestClient) -> None:
    content = client.get("/v1/issuers/migenix/calendar.ics?as_of=2010-01-01").content
    lines = content.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    assert content.count(b"DTSTAMP") == content.count(b"BEGIN:VEVENT")


def test_a_calendar_without_an_entry_is_one_all_the_same(client: TestClient) -> None:
    told = Calendar.from_ical(client.get("/v1/issuers/quiet/calendar.ics").content)
    assert [part.name for part in told.subcomponents] == ["VTIMEZONE"]


def feed(client: TestClient, issuer: str = "migenix", on: str = "2009-04-01") -> ET.Element:
    answer = client.get(f"/v1/issuers/{issuer}/feed.atom?as_of={on}")
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (
        200,
        "application/atom+xml",
    )
    return ET.fromstring(answer.content)  # our own, and expat resolves no entity here


@pytest.mark.parametrize("on", ["2004-06-01", "2009-04-01", "2021-01-01"])
@pytest.mark.parametrize("issuer", ["migenix", "harm", "quiet"])
def test_the_feed_is_as_rfc_4287_asks(client: TestClient, issuer: str, on: str) -> None:
    told = feed(client, issuer, on)
    assert faults(told) == []
    entries = told.findall(f"{ATOM}entry")
    for one in (told, *entries):
        assert str(one.findtext(f"{ATOM}id")).startswith("urn:uuid:")
        stamp = str(one.findtext(f"{ATOM}updated"))
        assert INSTANT.fullmatch(stamp)
        assert one.find(f"{ATOM}link[@rel='alternate']") is not None
    assert told.find(f"{ATOM}link[@rel='self']") is not None
    ids = [one.findtext(f"{ATOM}id") for one in entries]
    assert len(ids) == len(set(ids))
    published = [str(one.findtext(f"{ATOM}published")) for one in entries]
    assert published == sorted(published, reverse=True)


def test_the_feed_tells_what_was_public_and_nothing_later(client: TestClient) -> None:
    newest = feed(client).find(f"{ATOM}entry")
    assert newest is not None
    assert str(newest.findtext(f"{ATOM}published")) <= "2009-04-02"
    titles = " ".join(one.text or "" for one in feed(client).iter(f"{ATOM}title"))
    assert "Omigard" in titles
    assert "negative" in ET.tostring(feed(client), encoding="unicode")
    assert "negative" not in ET.tostring(feed(client, on="2009-03-01"), encoding="unicode")


def test_hostile_words_are_words_in_either(client: TestClient) -> None:
    told = feed(client, "harm", "2021-01-01")
    assert "<script>" in "".join(told.itertext())
    assert not [one for one in told.iter() if one.tag.endswith("script")]
    entries = fetched(client, "2021-01-01", "harm")
    assert any("<script>" in str(one["description"]) for one in entries.values())
    assert all("\n" not in str(one["summary"]) for one in entries.values())


@pytest.mark.parametrize("name", ["calendar.ics", "feed.atom"])
def test_what_is_asked_wrongly_is_a_problem(client: TestClient, name: str) -> None:
    assert client.get(f"/v1/issuers/nobody/{name}").status_code == 404
    assert client.get(f"/v1/issuers/migenix/{name}?as_of=2008-13").status_code == 400
    assert client.get(f"/v1/issuers/migenix/{name}?asof=2008-01-01").status_code == 400
