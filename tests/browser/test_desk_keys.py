"""Drafts that were kept, decided on by one key each, and recorded under who says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from api import Timeline
from tests.browser.conftest import opened
from tests.browser.desk import TIMING, card, check, here, keep

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.acceptance.served import Served

READ_OUT, FILING, OPEN_DAY = "now expects top-line results", "still plans to submit", "open day"


@pytest.fixture
def own(browser: Browser, desk: Served, request: pytest.FixtureRequest) -> Any:
    """The page of drafts that no other test decides on: its words are its own."""
    with opened(browser, desk) as page:
        keep(page, f"{TIMING}\nThis is the text of {request.node.name}.\n")
        yield page


def steps(store: str, page: Page, words: str) -> list[tuple[str, str]]:
    """Return what was done with the draft of these words, and by whom."""
    id_ = str(card(page, words).get_attribute("id")).removeprefix("draft-")
    with Timeline(store) as timeline:
        done = timeline.draft(id_, issuer="migenix").items[0]["steps"]
    return [(one["step"], one["recorded_by"]) for one in done]


def at(page: Page, words: str) -> None:
    """Go to the draft of these words by j alone."""
    page.keyboard.press("k")
    for _ in range(9):
        if words in page.locator(".card.here").inner_text():
            return
        page.keyboard.press("j")
    raise AssertionError(f"j never comes to {words!r}")


def test_j_and_k_go_from_draft_to_draft_and_light_their_words(own: Page) -> None:
    first = here(own)
    own.keyboard.press("j")
    assert here(own) != first
    lit = " ".join(own.locator("mark.lit").all_inner_texts())
    assert lit.split() == own.locator(".card.here blockquote").inner_text().split()
    own.keyboard.press("k")
    assert here(own) == first


def test_a_accepts_and_goes_on(own: Page, desk_store: str) -> None:
    at(own, READ_OUT)
    own.keyboard.press("a")
    card(own, READ_OUT).locator(".state.accepted").wait_for()
    assert steps(desk_store, own, READ_OUT) == [("proposed", "Ann"), ("accepted", "Ann")]
    assert FILING in own.locator(".card.here").inner_text()
    assert "3 of 4 drafts" in own.locator("#left").inner_text()
    assert card(own, READ_OUT).get_by_text("Recorded as ex-").is_visible()


def test_e_edits_what_was_read(own: Page, desk_store: str) -> None:
    at(own, READ_OUT)
    own.keyboard.press("e")
    field = card(own, READ_OUT).get_by_label("Some day within (EDTF)")
    field.fill("2009-02/2009-03")
    field.press("Enter")
    card(own, READ_OUT).get_by_text("1 Feb 2009 to 31 Mar 2009").wait_for()
    assert steps(desk_store, own, READ_OUT) == [("proposed", "Ann"), ("edited", "Ann")]
    assert card(own, READ_OUT).locator(".state.proposed").is_visible()


def test_r_rejects_with_the_reason_that_stands_there(own: Page, desk_store: str) -> None:
    at(own, OPEN_DAY)
    own.keyboard.press("r")
    card(own, OPEN_DAY).locator(".state.rejected").wait_for()
    assert steps(desk_store, own, OPEN_DAY)[-1] == ("rejected", "Ann")


def test_it_is_recorded_under_the_name_that_stands_there_then(own: Page, desk_store: str) -> None:
    own.fill("#by", "Ben")
    own.locator("#by").press("Escape")
    card(own, OPEN_DAY).get_by_role("button", name="Reject").click()
    card(own, OPEN_DAY).locator(".state.rejected").wait_for()
    assert steps(desk_store, own, OPEN_DAY) == [("proposed", "Ann"), ("rejected", "Ben")]


def test_a_step_that_is_refused_says_why_and_changes_nothing(
    browser: Browser, desk: Served, desk_store: str
) -> None:
    with browser.new_context(base_url=desk.address) as context:  # 400 is an error to a console
        page = context.new_page()
        keep(page, f"{TIMING}\nThis is edited into itself.\n")
        at(page, OPEN_DAY)
        page.keyboard.press("e")
        card(page, OPEN_DAY).get_by_role("button", name="Save the edit").click()
        told = card(page, OPEN_DAY).locator(".alert")
        told.wait_for()
        assert "nothing was changed" in told.inner_text()
        assert steps(desk_store, page, OPEN_DAY) == [("proposed", "Ann")]


def test_keys_can_be_switched_off_and_are_letters_in_a_field(own: Page, desk_store: str) -> None:
    at(own, OPEN_DAY)
    own.get_by_label("Keys:").uncheck()
    own.keyboard.press("a")
    own.get_by_label("Keys:").check()
    own.locator("#by").press("a")
    own.wait_for_timeout(300)
    assert own.locator("#by").input_value().count("a") == 1
    assert steps(desk_store, own, OPEN_DAY) == [("proposed", "Ann")]


def test_without_javascript_buttons_do_the_same(
    browser: Browser, desk: Served, desk_store: str
) -> None:
    with opened(browser, desk, java_script_enabled=False) as page:
        keep(page, f"{TIMING}\nThis is read without a script.\n", by="Cleo")
        card(page, OPEN_DAY).get_by_role("button", name="Reject").click()
        assert "by=Cleo" in page.url
        assert card(page, OPEN_DAY).locator(".state.rejected").is_visible()
        assert steps(desk_store, page, OPEN_DAY)[-1] == ("rejected", "Cleo")


def test_a_finding_is_reached_by_keys(page: Page) -> None:
    check(page)
    page.keyboard.press("j")
    assert here(page) == "finding-1"
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.id") == here(page) == "finding-2"
