"""The page of an issuer, as a person sees it: the Omigard read-out, by keyboard alone."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from tests.browser.conftest import bring, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

    from tests.acceptance.served import Served

ISSUER = "/issuers/migenix"
READ_OUT = "omigard~clin.ph3_topline~CLIRS"
# Slider date: the window expected then, how many earlier ones, revisions, verdict.
FOUR_DATES = {
    "2006-09-01": (("2007-07-01", "2007-12-31"), 1, "revised once", "open"),
    "2008-07-08": (("2008-07-08", "2008-12-31"), 3, "revised 3 times", "open"),
    "2008-10-01": (("2009-01-01", "2009-03-31"), 5, "revised 5 times", "open"),
    "2009-04-01": (("2009-01-01", "2009-03-31"), 5, "revised 5 times", "met on time"),
}
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def told(day: str) -> str:
    on = date.fromisoformat(day)
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def go(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector("#chart[data-ready]")


def row(page: Page, name: str = READ_OUT) -> Locator:
    return page.locator(f'li[data-row="{name}"]')


def seen(part: Locator) -> str:
    """Return the text that is seen of a part of a row, once it is in sight."""
    bring(part)
    part.wait_for()
    return part.inner_text()


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus, as a person without a mouse does."""
    for _ in range(40):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never comes to {selector}")


def slide_to(page: Page, day: str) -> None:
    """Go to `day` from wherever the slider is: by months, then by days."""
    on = date.fromisoformat(day)
    output = page.locator("#told")
    page.keyboard.press("Home")
    for _ in range(400):
        if output.inner_text() == told(f"{day[:8]}01"):
            break
        page.keyboard.press("PageUp")
    for _ in range(on.day - 1):
        page.keyboard.press("ArrowRight")


def days_of(bar: Locator, page: Page) -> tuple[str, str]:
    """Read the window that a bar shows off its place in the picture."""
    slider = page.locator("#day")
    first, last = (int(slider.get_attribute(side) or 0) for side in ("min", "max"))
    width = page.evaluate("document.querySelector('.behind').clientWidth")
    x, wide = (float(bar.get_attribute(name) or 0) for name in ("x", "width"))
    days = [round(first + at / width * (last - first)) for at in (x, x + wide)]
    begun, over = (date.fromordinal(date(1970, 1, 1).toordinal() + day) for day in days)
    return begun.isoformat(), date.fromordinal(over.toordinal() - 1).isoformat()


def test_the_read_out_at_four_dates_by_keyboard_alone(page: Page) -> None:
    go(page, ISSUER)
    for day, (window, earlier, revised, verdict) in FOUR_DATES.items():
        tab_to(page, "#day")
        slide_to(page, day)
        assert page.locator("#told").inner_text() == told(day)
        of = row(page)
        bring(of)
        assert days_of(of.locator("rect.bar"), page) == window
        assert of.locator(".earlier, .endless.before").count() == earlier
        assert seen(of.locator(".told .verdict")) == verdict
        words = of.locator("button .hidden").text_content() or ""
        assert revised in words
        assert verdict in words
        assert of.locator(".mark.met_on_time").count() == (verdict == "met on time")
        page.wait_for_url(re.compile(f"as_of={day}"))


def test_enter_opens_the_history_and_closes_it(page: Page) -> None:
    go(page, f"{ISSUER}?as_of=2008-10-01&program=omigard")
    tab_to(page, f'li[data-row="{READ_OUT}"] button')
    page.keyboard.press("Enter")
    history = row(page).locator(".detail")
    first = seen(history.locator("tbody tr").first)
    for part in ("15 Sep 2008", "1 Jan 2009 to 31 Mar 2009", "pushed out", "first quarter of 2009"):
        assert part in first
    for part in ("Cadence", "CLIRS read-out moved", "analysis plan agreed with FDA", "open"):
        assert part in first
    assert history.locator("tbody tr").count() == 16
    assert row(page).locator("button").first.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Enter")
    assert history.count() == 0


def test_an_open_history_goes_along_with_the_date(page: Page) -> None:
    go(page, f"{ISSUER}?as_of=2009-04-01&row={READ_OUT}")
    lines = row(page).locator(".detail tbody tr")
    assert lines.count() == 18
    assert "\u221219 days" in seen(lines.first)
    page.fill("input[name=as_of]", "2006-09-01")
    assert lines.count() == 4
    assert page.locator("#told").inner_text() == "1 Sep 2006"


def test_steps_go_from_change_to_change(page: Page) -> None:
    go(page, f"{ISSUER}?as_of=2008-09-14&program=omigard")
    page.click("text=Next change")
    assert page.locator("#told").inner_text() == "15 Sep 2008"
    page.click("text=Previous change")
    page.click("text=Next change")
    assert page.locator("#told").inner_text() == "15 Sep 2008"
    page.locator("#day").press("Control+PageDown")
    assert page.locator("#told").inner_text() != "15 Sep 2008"


def test_hindsight_tells_what_came_later(page: Page) -> None:
    go(page, f"{ISSUER}?as_of=2008-07-08")
    of = row(page, "cls001~clin.ph3_started~")
    assert "came later" not in seen(of.locator(".told"))
    page.get_by_role("checkbox", name="Hindsight").check()
    of.locator(".told", has_text="came later, 31 Oct 2015").wait_for()
    assert of.locator(".mark.later").count() >= 1
    page.wait_for_url(re.compile("known_at="))
    page.get_by_role("checkbox", name="Hindsight").uncheck()
    of.locator(".mark.later").first.wait_for(state="detached")


def test_nothing_that_was_not_public_is_on_the_page_of_a_day(page: Page) -> None:
    go(page, f"{ISSUER}?as_of=2005-12-07")
    assert row(page).is_hidden()
    page.fill("input[name=as_of]", "2005-12-08")
    assert row(page).is_visible()


def test_as_at_asks_what_the_system_would_have_said(page: Page) -> None:
    go(page, f"{ISSUER}?as_of=2009-04-01")
    now = page.locator("li.row:visible").count()
    page.fill("input[name=as_at]", "position:200")
    page.click("text=Ask as at")
    page.wait_for_selector("#chart[data-ready]")
    assert 0 < page.locator("li.row:visible").count() < now
    assert "Position 200" in page.locator("footer").inner_text()


@pytest.mark.parametrize("day", FOUR_DATES)
def test_the_page_says_what_the_api_call_it_copies_says(
    page: Page, served: Served, day: str
) -> None:
    go(page, f"{ISSUER}?as_of={day}")
    page.click("text=Copy as API call")
    call = page.locator("#call").inner_text()
    address = call.removeprefix("curl '").removesuffix("'")
    rows = served.get(address.removeprefix(served.address)).json()["items"]
    with page.expect_download() as loading:
        page.click("text=CSV")
    shown = list(csv.DictReader(io.StringIO(Path(loading.value.path()).read_text())))
    assert sorted(map(shown_cells, shown)) == sorted(map(asked_cells, rows))
    assert page.locator("li.row:visible").count() == len(rows)


def shown_cells(line: dict[str, str]) -> tuple[str, ...]:
    names = ("program", "milestone", "qualifier", "earliest", "latest", "revisions", "verdict")
    return tuple(line[name].removeprefix("'") for name in (*names, "actual_latest"))


def asked_cells(row: dict[str, Any]) -> tuple[str, ...]:
    window = (row["standing"] or {}).get("window") or {}
    told = [row["program"], row["milestone"], row["qualifier"]]
    told += [window.get("earliest"), window.get("latest"), row["revisions"], row["verdict"]]
    told.append((row["actual"] or {}).get("latest"))
    return tuple("" if one is None else str(one) for one in told)


def test_the_picture_is_a_file_of_its_own(page: Page) -> None:
    go(page, f"{ISSUER}?as_of=2009-04-01&program=omigard")
    with page.expect_download() as loading:
        page.click("text=SVG")
    drawn = Path(loading.value.path()).read_text()
    root = ET.fromstring(drawn)
    texts = " ".join(node.text or "" for node in root.iter() if node.tag.endswith("text"))
    assert "MIGENIX Inc., as known on 1 Apr 2009" in texts
    assert "Phase 3 top-line results reported, CLIRS" in texts
    assert not any(node.tag.endswith(("script", "style", "foreignObject")) for node in root.iter())
    assert "var(" not in drawn
    with page.expect_download() as loading:
        page.click("text=PNG")
    png = Path(loading.value.path()).read_bytes()
    assert png.startswith(b"\x89PNG")
    assert len(png) > 20_000


def test_a_move_touches_only_the_rows_that_changed(page: Page) -> None:
    go(page, f"{ISSUER}?as_of=2008-09-14")
    page.wait_for_timeout(600)
    page.evaluate(
        """() => { window.touched = new Set(); new MutationObserver((all) => all.forEach((one) =>
        { const row = one.target.closest?.('li.row'); if (row) touched.add(row.dataset.row); }))
        .observe(document.querySelector('.frame'),
        {subtree: true, childList: true, attributes: true}) }"""
    )
    page.fill("input[name=as_of]", "2008-09-13")
    page.wait_for_timeout(500)
    assert page.evaluate("[...touched]") == []
    page.fill("input[name=as_of]", "2008-09-15")
    page.wait_for_timeout(500)
    touched = page.evaluate("[...touched]")
    assert READ_OUT in touched
    assert len(touched) < 8


def test_rows_out_of_sight_take_no_more_room_than_they_will(page: Page) -> None:
    go(page, f"{ISSUER}?as_of=2008-10-01")
    page.wait_for_timeout(600)
    high = page.locator("li.row:visible").evaluate_all("all => all.map((row) => row.offsetHeight)")
    assert max(high) < 80
    bring(page.locator("footer"))
    page.wait_for_timeout(300)
    assert page.locator("li.row:visible").last.evaluate("row => row.offsetHeight") < 60


def test_without_javascript_a_form_and_a_table_say_the_same(
    browser: Browser, served: Served
) -> None:
    with opened(browser, served, java_script_enabled=False) as page:
        page.goto(f"{ISSUER}?as_of=2008-10-01&program=omigard")
        line = page.locator("tr", has_text="Phase 3 top-line results reported").first.inner_text()
        assert "1 Jan 2009 to 31 Mar 2009" in line
        assert "open" in line
        page.fill("input[name=as_of]", "2009-04-01")
        page.get_by_role("button", name="Show").press("Enter")
        line = page.locator("tr", has_text="Phase 3 top-line results reported").first.inner_text()
        assert "12 Mar 2009, negative" in line
        assert "met on time" in line
        page.get_by_role("link", name="Phase 3 top-line results reported").first.press("Enter")
        assert "first quarter of 2009" in page.locator(".history").inner_text()
        assert "as_of=2009-04-01" in page.url


@pytest.mark.parametrize("width", [380, 3840])
def test_it_fits_a_phone_and_a_wall(browser: Browser, served: Served, width: int) -> None:
    size = {"width": width, "height": 900}
    with opened(browser, served, viewport=size) as page:
        go(page, f"{ISSUER}?as_of=2009-04-01&row={READ_OUT}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        row(page).locator("rect.bar").wait_for(state="visible")
        page.emulate_media(media="print")
        assert page.locator(".actions").is_hidden()
        assert row(page).is_visible()


def test_no_year_is_covered_on_paper(page: Page) -> None:
    page.goto(f"{ISSUER}?as_of=2009-04-01&program=omigard")
    page.wait_for_selector("#chart[data-ready]")
    page.emulate_media(media="print")
    covered = page.evaluate(
        """() => { document.querySelector('.behind .later').style.pointerEvents = 'auto';
        return [...document.querySelectorAll('.axis-row text')].filter((year) => {
        const at = year.getBoundingClientRect();
        const over = document.elementFromPoint(at.x + at.width / 2, at.y + at.height / 2);
        return over.matches('.later'); }).map((year) => year.textContent); }"""
    )
    assert covered == []
