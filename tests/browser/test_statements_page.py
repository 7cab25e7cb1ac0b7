"""The page of statements, as a person sees it."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

from tests.browser.test_accessible import violations

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.acceptance.served import Served

ADDRESS = "/issuers/migenix/statements?as_of=2010-01-01"
API = "/v1/issuers/migenix"


def test_the_register_is_filtered_by_verdict(page: Page, served: Served) -> None:
    rows = served.get(f"{API}/statements?as_of=2010-01-01").json()["items"]
    page.goto(ADDRESS)
    lines = page.locator("#register + .scroll tbody tr")
    assert lines.count() == len(rows)
    page.locator("select[name=verdict]").select_option("met_late")
    with page.expect_navigation():
        page.get_by_role("button", name="Show").click()
    late = [row for row in rows if row["verdict"] == "met_late"]
    assert lines.count() == len(late)
    assert {*lines.locator("td:nth-child(6)").all_inner_texts()} == {"met late"}


def test_the_histogram_counts_every_slip_once(page: Page, served: Served) -> None:
    rows = served.get(f"{API}/statements?as_of=2010-01-01").json()["items"]
    slips = [row["slip_days"][1] for row in rows if row["slip_days"]]
    page.goto(ADDRESS)
    told = page.locator(".histogram").get_attribute("aria-label") or ""
    bars = {name: int(many) for name, many in re.findall(r"([^;]+): (\d+)", told)}
    assert sum(bars.values()) == len(slips)
    assert bars[" +0 to +29 days"] == sum(0 <= slip < 30 for slip in slips)
    assert bars[" +360 days or more"] == sum(slip >= 360 for slip in slips)


def test_where_nothing_came_there_is_no_histogram(page: Page) -> None:
    page.goto(f"{ADDRESS}&program=mx-2401")
    assert page.locator(".histogram").count() == 0
    assert "No statement has both" in page.locator("#slip + p").inner_text()
    assert violations(page) == []


def test_the_scorecard_tells_its_samples(page: Page, served: Served) -> None:
    whole = served.get(f"{API}/scorecard?as_of=2010-01-01").json()["items"][0]
    page.goto(ADDRESS)
    line = page.locator("#scorecard + p + .scroll tbody tr").first.inner_text()
    assert f"{whole['on_time']['cases']} of {whole['on_time']['of']}" in line
    assert f"of {whole['slip']['of']}" in line
    assert line.startswith("MIGENIX Inc. issuer")


def test_what_is_seen_is_saved(page: Page, served: Served) -> None:
    """The register as CSV has the statements of the page, whatever is recorded meanwhile."""
    rows = served.get(f"{API}/statements?as_of=2010-01-01&program=omigard").json()["items"]
    page.goto(f"{ADDRESS}&program=omigard")
    with page.expect_download() as saving:
        page.locator("main").get_by_role("link", name="CSV").first.click()
    saved = saving.value
    assert saved.suggested_filename == "statements-2010-01-01.csv"
    lines = list(csv.DictReader(saved.path().read_text(encoding="utf-8").splitlines()))
    assert [line["expectation"] for line in lines] == [row["expectation"] for row in rows]
    assert "as_at=position" in saved.url


def test_the_feeds_are_a_click_away(page: Page, served: Served) -> None:
    page.goto(ADDRESS)
    for name, begins in (("calendar", "BEGIN:VCALENDAR"), ("feed", "<?xml")):
        link = page.locator("footer").get_by_role("link", name=name).get_attribute("href")
        assert served.get(str(link)).text.startswith(begins)
