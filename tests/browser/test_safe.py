"""Texts of documents never run, and the policy holds in the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.hostile import IMAGE, SCRIPT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.acceptance.served import Served

HARM = "/issuers/harm?as_of=2020-07-01"


def test_hostile_words_are_read_not_run(page: Page) -> None:
    page.goto(HARM)
    page.wait_for_selector("#chart[data-ready]")
    page.locator("li.row button").first.click()
    page.locator(".detail").first.wait_for()
    told = page.locator(".detail").first.inner_text()
    for part in (
        f"by June {SCRIPT}{IMAGE}",
        f"Speaker {SCRIPT}",
        f"Title {SCRIPT}",
        f"if {SCRIPT}",
    ):
        assert part in told
    assert page.evaluate("window.hit") is None
    assert page.locator("main script, main img").count() == 0
    with page.expect_download() as loading:
        page.get_by_role("button", name="SVG").click()
    assert "<script" not in loading.value.path().read_text()


@pytest.mark.parametrize(
    "address", ["/", "/audit?issuer=harm", "/audit?event=ex-harm", "/audit?event=doc-harm"]
)
def test_no_other_page_runs_them_either(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_timeout(300)
    assert page.evaluate("window.hit") is None
    assert page.locator("main script, main img").count() == 0
    told = page.locator("main").text_content() or ""
    assert SCRIPT in told or IMAGE in told


def test_the_policy_stops_what_is_not_a_file_of_the_server(
    browser: Browser, served: Served
) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(served.address + HARM)
        page.evaluate(
            """() => { window.blocked = [];
            addEventListener('securitypolicyviolation', (e) => blocked.push(e.effectiveDirective));
            const script = document.createElement('script'); script.textContent = 'window.hit = 1';
            document.body.append(script);
            const div = document.createElement('div');
            div.innerHTML = '<img src=x onerror="hit=1">';
            document.body.append(div); div.setAttribute('style', 'color: red');
            fetch('https://elsewhere.example/').catch(() => {}); }"""
        )
        page.wait_for_function("blocked.length >= 4")
        assert {"script-src-elem", "script-src-attr", "style-src-attr", "connect-src"} <= set(
            page.evaluate("blocked")
        )
        assert page.evaluate("window.hit") is None
