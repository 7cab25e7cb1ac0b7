"""The page of the release desk: findings at their words, beside what stands in public."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from api import Timeline
from tests.browser.conftest import opened
from tests.browser.desk import DAY, SLIP, TIMING, card, check, fill, keep, marked
from tests.browser.hostile import IMAGE, SCRIPT
from tests.browser.test_accessible import not_tabbed_to, violations

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.acceptance.served import Served

LATER = "later by 90 days"
KEPT = "With positive results, Cadence Pharmaceuticals still plans"


def test_the_slip_stands_at_its_words_beside_the_public_window(page: Page) -> None:
    check(page)
    slip = card(page, LATER)
    assert marked(page, slip) == SLIP
    told = slip.inner_text()
    for part in ("In public: 1 Jul 2008 to 31 Dec 2008", "second half of 2008", "21 Jul 2008"):
        assert part in told
    assert slip.get_by_role("link", name="ex-om-top-14").is_visible()
    kept = card(page, "kept: 2009-01-01..2009-06-30")
    assert marked(page, kept).startswith(KEPT)
    assert "pass" in (kept.get_attribute("class") or "")


def test_what_speaks_of_the_record_comes_first(page: Page) -> None:
    check(page)
    assert LATER in page.locator("article.card").first.inner_text()


def test_marks_are_right_behind_what_a_browser_counts_twice(page: Page) -> None:
    check(page, TIMING.replace("MIGENIX Inc.\n", "MIGENIX Inc. " + 3 * "\U0001f9ea" + "\n", 1))
    assert marked(page, card(page, LATER)) == SLIP


def test_the_text_is_shown_whole(page: Page) -> None:
    check(page)
    assert page.locator(".text").inner_text().split() == TIMING.split()
    assert page.locator("textarea").input_value().split() == TIMING.split()


def test_a_check_keeps_nothing(page: Page, store: str) -> None:
    with Timeline(store) as timeline:
        before = timeline.issuers().asked.position
        check(page)
        assert timeline.issuers().asked.position == before
        assert timeline.drafts().items == []
    assert "nothing of the draft is kept" in page.locator(".lead").inner_text()


def test_a_click_on_words_leads_to_their_finding_and_back(page: Page) -> None:
    check(page)
    page.locator("mark", has_text="open day for its shareholders").click()
    assert "open day" in page.locator(".card.here").inner_text()
    page.locator(".card.here .places a").first.click()
    assert page.locator("mark.lit").first.is_visible()


def printed(page: Page, html: str) -> bytes:
    """Return a page as the browser itself prints it."""
    page.set_content(html)
    return page.pdf(format="Letter")


FILES: dict[str, Callable[[Page, str], bytes]] = {
    "draft.txt": lambda _, html: TIMING.encode(),
    "draft.html": lambda _, html: html.encode(),
    "draft.pdf": printed,
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_read_in_place_of_the_text(page: Page, tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(FILES[name](page, f"<p>{TIMING.replace(chr(10) * 2, '</p><p>')}</p>"))
    fill(page, "")
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Check").click()
    assert marked(page, card(page, LATER)) == SLIP


def test_a_file_may_be_dropped_on_the_form(page: Page) -> None:
    fill(page, "")
    page.evaluate(
        """text => { const data = new DataTransfer();
        data.items.add(new File([text], 'draft.txt', {type: 'text/plain'}));
        document.querySelector('form[data-drop]').dispatchEvent(
        new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true})) }""",
        TIMING,
    )
    page.get_by_role("button", name="Check").click()
    assert marked(page, card(page, LATER)) == SLIP


def test_hostile_words_are_read_not_run(page: Page) -> None:
    harm = f"We expect {SCRIPT}{IMAGE} to start Phase 3 in the first half of 2021."
    check(page, harm, issuer="harm", published="2020-03-01")
    assert SCRIPT in page.locator(".text").inner_text()
    assert page.evaluate("window.hit") is None
    assert page.locator("main script, main img").count() == 0


def test_what_is_wrong_is_told_and_nothing_filled_in_is_lost(
    browser: Browser, served: Served
) -> None:
    with browser.new_context(base_url=served.address) as context:  # 400 is an error to a console
        page = context.new_page()
        check(page, TIMING, issuer="migenx")
        assert "did you mean" in page.locator(".alert").inner_text()
        assert page.locator("textarea").input_value().split() == TIMING.split()
        assert page.locator("input[name=published]").input_value() == DAY
        check(page, "word " * 20_001)
        assert "100,005 characters, and a page takes 100,000" in page.locator(".alert").inner_text()
        check(page, " ")
        assert "paste a text, or choose a file" in page.locator(".alert").inner_text()


def test_without_javascript_it_is_all_there(browser: Browser, served: Served) -> None:
    with opened(browser, served, java_script_enabled=False) as page:
        check(page)
        slip = card(page, LATER)
        assert "In public: 1 Jul 2008 to 31 Dec 2008" in slip.inner_text()
        slip.locator(".places a").first.click()
        assert "#place-" in page.url
        assert page.locator("mark", has_text="now expects top-line").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, desk: Served, scheme: str) -> None:
    with opened(browser, desk, color_scheme=scheme) as page:
        check(page)
        assert violations(page) == []
        keep(page)
        page.locator("summary").first.click()
        assert violations(page) == []


def test_tab_reaches_all_of_a_draft_that_is_kept(browser: Browser, desk: Served) -> None:
    with opened(browser, desk) as page:
        check(page)
        assert not_tabbed_to(page) == []
        keep(page)
        page.locator("summary").first.click()
        assert not_tabbed_to(page) == []


def test_it_fits_a_phone(browser: Browser, desk: Served) -> None:
    with opened(browser, desk, viewport={"width": 380, "height": 800}) as page:
        check(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 380
        keep(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 380
