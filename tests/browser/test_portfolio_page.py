"""The first page, as a person sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.acceptance.served import Served


def test_two_dates_stand_side_by_side_and_lead_to_the_issuer(page: Page) -> None:
    page.goto("/?as_of=2008-10-01&since=2008-07-08")
    line = page.locator("tr", has_text="Phase 3 top-line results reported").first
    program, _, then, now = line.locator("td").all_inner_texts()[1:]
    assert program == "Omigard"
    assert then == "8 Jul 2008 to 31 Dec 2008 open"
    assert now == "1 Jan 2009 to 31 Mar 2009 open"
    line.get_by_role("link").click()
    page.wait_for_selector("#chart[data-ready]")
    assert page.locator("#told").inner_text() == "1 Oct 2008"
    assert page.locator(".detail").is_visible()


def test_what_closes_and_what_lapsed_is_what_the_api_says(page: Page, served: Served) -> None:
    page.goto("/?as_of=2008-10-01&within=120")
    asked = {"closing": "closing_within=120", "lapsed": "lapsed=true&closing_before=9999-12-31"}
    for part, query in asked.items():
        rows = served.get(f"/v1/milestones?as_of=2008-10-01&{query}").json()["items"]
        shown = page.locator(f"section[data-part={part}] tbody tr")
        assert rows
        assert shown.count() == len(rows)
        days = shown.locator("td:nth-child(2)").all_inner_texts()
        assert sorted(map(int, days)) == sorted(abs(row["days_left"]) for row in rows)


def test_search_and_filters_narrow_by_keyboard(page: Page) -> None:
    page.goto("/?as_of=2008-10-01")
    page.get_by_label("Issuer or program").fill("omiganan")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("#issuers + .scroll tbody tr").count() == 1
    page.get_by_label("Issuer or program").fill("nobody at all")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "No issuer is like that." in page.locator("main").inner_text()
    page.goto("/?as_of=2008-10-01")
    page.get_by_label("Stage").select_option("phase2")
    page.get_by_label("Milestone").select_option("clin.ph2_topline")
    with page.expect_navigation():
        page.get_by_role("button", name="Show").click()
    cell = page.locator("#issuers + .scroll tbody td").first.inner_text()
    assert cell == "Celgosivir phase2"
    names = page.locator("#changed + .scroll tbody td:nth-child(3) a").all_inner_texts()
    assert names
    assert set(names) == {"Phase 2 top-line results reported"}
    of = page.locator("#changed + .scroll tbody td:nth-child(2)").all_inner_texts()
    assert set(of) <= {"Celgosivir", "CLS001", "Omigard"}
