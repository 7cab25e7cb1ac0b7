"""The page of statements, as a person sees it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

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


def test_the_scorecard_tells_its_samples(page: Page, served: Served) -> None:
    whole = served.get(f"{API}/scorecard?as_of=2010-01-01").json()["items"][0]
    page.goto(ADDRESS)
    line = page.locator("#scorecard + p + .scroll tbody tr").first.inner_text()
    assert f"{whole['on_time']['cases']} of {whole['on_time']['of']}" in line
    assert f"of {whole['slip']['of']}" in line
