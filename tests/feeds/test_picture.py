"""The timeline of one program as a picture: the shapes of the page, in a file that runs nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from tests.feeds.test_feeds import client

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

__all__ = ["client"]
SVG = "{http://www.w3.org/2000/svg}"


def drawn(client: TestClient, on: str, program: str = "migenix/programs/omigard") -> ET.Element:
    answer = client.get(f"/v1/issuers/{program}/timeline.svg?as_of={on}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/svg+xml")
    assert "script-src" not in answer.headers["content-security-policy"]
    return ET.fromstring(answer.content)  # our own


def looks(whole: ET.Element) -> list[str]:
    return [one.get("class") or "" for one in whole.iter() if one.get("class")]


def test_it_shows_what_was_known_on_the_day(client: TestClient) -> None:
    whole = drawn(client, "2009-04-01")
    texts = [one.text or "" for one in whole.iter(f"{SVG}text")]
    assert texts[0] == "MIGENIX Inc., Omigard: as known on 1 Apr 2009"
    assert "met on time -19 days" in texts
    assert "mark met_on_time" in looks(whole)
    assert "mark condition_failed" in looks(whole)
    assert "mark condition_failed" not in looks(drawn(client, "2008-10-01"))


def test_a_window_is_as_wide_as_its_days(client: TestClient) -> None:
    whole = drawn(client, "2008-10-01")
    rows = [one for one in whole.iter(f"{SVG}rect") if one.get("class") == "bar"]
    years = {one.text: float(one.get("x") or 0) for one in whole.iter(f"{SVG}text")}
    year = years["2009"] - years["2008"]
    quarters = [float(one.get("width") or 0) for one in rows]
    assert any(abs(wide - year * 90 / 366) < 0.3 for wide in quarters)


def test_who_cannot_see_it_is_told_a_sentence_a_row(client: TestClient) -> None:
    whole = drawn(client, "2008-10-01")
    told = whole.findtext(f"{SVG}desc") or ""
    assert "Phase 3 top-line results reported, CLIRS; expected 1 Jan 2009 to 31 Mar 2009" in told
    assert (whole.get("role"), whole.get("aria-labelledby")) == ("img", "title desc")


@pytest.mark.parametrize("on", ["2019-01-01", "2021-01-01"])
def test_hostile_words_are_words(client: TestClient, on: str) -> None:
    whole = drawn(client, on, "harm/programs/p-harm")
    tags = {one.tag.removeprefix(SVG) for one in whole.iter()}
    assert tags <= {"svg", "title", "desc", "style", "text", "line", "rect", "path"}
    assert not [one for one in whole.iter() if any(key.startswith("on") for key in one.attrib)]
