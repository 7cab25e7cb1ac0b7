"""Every page, light and dark, at both ends of the screen sizes, by keyboard, under axe-core."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import bring, opened
from tests.browser.test_issuer_page import ISSUER, READ_OUT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.acceptance.served import Served

AXE = Path(__file__).parent / "vendored" / "axe.min.js"
ALL_PAGES = {
    "portfolio": "/?as_of=2008-10-01",
    "issuer": f"{ISSUER}?as_of=2009-04-01&row={READ_OUT}",
    "in hindsight": f"{ISSUER}?as_of=2008-10-01&known_at=2020-01-01",
    "statements": f"{ISSUER}/statements?as_of=2010-01-01&program=cls001",
    "desk": "/desk",
    "log": "/audit?issuer=migenix",
    "event": "/audit?event=ev-om-top",
    "hostile": "/issuers/harm?as_of=2020-07-01&row=p-harm~m.first~",
}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def go(page: Page, address: str) -> None:
    page.goto(address)
    if address.startswith("/issuers") and "/statements" not in address:
        page.wait_for_selector("#chart[data-ready]")
    if "event=" in address:
        page.wait_for_selector("[data-checked]")


def violations(page: Page, rules: list[str] = TAGS) -> list[tuple[str, list[Any]]]:
    """Run axe in the page. It is put there by the debugger, which no policy of the page binds."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", rules)["violations"]
    return [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found]


def not_tabbed_to(page: Page) -> list[str]:
    """Press Tab all through the page; return what it passes by, or stops at and does not show."""
    usable = "a[href], button, input, select, summary, textarea"
    wanted = page.evaluate(
        """usable => { window.passed = new Set([...document.querySelectorAll(usable)]
        .filter((e) => e.checkVisibility() && e.type !== 'hidden'));
        window.unseen = new Set(); return passed.size; }""",
        usable,
    )
    for _ in range(wanted + 40):
        page.keyboard.press("Tab")
        page.evaluate(
            """() => { const e = document.activeElement; if (e === document.body) return;
            passed.delete(e);
            if (getComputedStyle(e).outlineStyle === 'none') unseen.add(e); }"""
        )
    left: list[str] = page.evaluate("[...passed, ...unseen].map((e) => e.outerHTML)")
    return left


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ALL_PAGES)
def test_axe_finds_nothing(browser: Browser, served: Served, name: str, scheme: str) -> None:
    with opened(browser, served, color_scheme=scheme) as page:
        go(page, ALL_PAGES[name])
        assert violations(page) == []


@pytest.mark.parametrize("name", ALL_PAGES)
def test_on_paper_it_is_light_whatever_the_screen_is(
    browser: Browser, served: Served, name: str
) -> None:
    with opened(browser, served, color_scheme="dark") as page:
        go(page, ALL_PAGES[name])
        page.emulate_media(media="print", color_scheme="dark")
        paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert paper == "rgb(255, 255, 255)"
        assert violations(page, ["color-contrast"]) == []


def test_axe_would_find_something(page: Page) -> None:
    go(page, ALL_PAGES["log"])
    page.evaluate("document.querySelector('label').replaceWith(document.querySelector('select'))")
    page.evaluate("document.querySelector('.lead').style.color = '#bbb'")
    assert {"color-contrast", "select-name"} <= {name for name, _ in violations(page)}


@pytest.mark.parametrize("name", ALL_PAGES)
def test_without_javascript_axe_finds_nothing_either(
    browser: Browser, served: Served, name: str
) -> None:
    with opened(browser, served) as page:
        page.route("**/*.js*", lambda route: route.fulfill(body="", content_type="text/javascript"))
        page.goto(ALL_PAGES[name])
        assert violations(page) == []


@pytest.mark.parametrize("name", ALL_PAGES)
def test_no_page_is_wider_than_a_phone(browser: Browser, served: Served, name: str) -> None:
    with opened(browser, served, viewport={"width": 380, "height": 800}) as page:
        go(page, ALL_PAGES[name])
        assert page.evaluate("document.documentElement.scrollWidth") <= 380


@pytest.mark.parametrize("name", ALL_PAGES)
def test_tab_reaches_everything_that_can_be_used_and_shows_where_it_is(
    browser: Browser, served: Served, name: str
) -> None:
    with opened(browser, served) as page:
        go(page, ALL_PAGES[name])
        assert not_tabbed_to(page) == []


def test_a_row_is_one_sentence_for_who_listens(page: Page) -> None:
    go(page, ALL_PAGES["in hindsight"])
    row = page.locator(f'li[data-row="{READ_OUT}"] button').first
    bring(row)
    told = row.text_content() or ""
    assert "expected 1 Jan 2009 to 31 Mar 2009; said on 15 Sep 2008; revised 5 times; open." in told
    assert "In hindsight: came 12 Mar 2009" in told


def test_the_slider_says_the_day_and_where_it_stopped(page: Page) -> None:
    go(page, f"{ISSUER}?as_of=2008-10-01")
    slider = page.locator("#day")
    assert slider.get_attribute("aria-valuetext") == "1 Oct 2008"
    slider.press("ArrowLeft")
    assert slider.get_attribute("aria-valuetext") == "30 Sep 2008"
    page.locator("[role=status]", has_text="30 Sep 2008: ").wait_for(state="attached")
