"""The release desk in a browser: filling in its form, and reading what it shows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

TIMING = (
    Path(__file__).parents[2].joinpath("samples", "desk", "omigard-timing.txt").read_text("utf-8")
)
SLIP = (
    "Cadence Pharmaceuticals now expects top-line results of the Phase III trial of Omigard in the "
    "first quarter of 2009 instead of the fourth quarter of 2008."
)
DAY = "2008-09-15"


def fill(page: Page, text: str, *, issuer: str = "migenix", published: str = DAY) -> None:
    page.goto(f"/desk?issuer={issuer}&published={published}")
    page.fill("textarea", text)


def check(page: Page, text: str = TIMING, **told: str) -> None:
    fill(page, text, **told)
    page.get_by_role("button", name="Check").click()
    page.locator(".cards, .alert").first.wait_for()


def keep(page: Page, text: str = TIMING, *, by: str = "Ann", **told: str) -> None:
    fill(page, text, **told)
    page.fill("input[name=by]", by)
    page.get_by_role("button", name="Keep its drafts").click()
    page.locator(".cards, .alert").first.wait_for()


def card(page: Page, words: str) -> Locator:
    return page.locator("article.card", has_text=words).first


def marked(page: Page, of: Locator) -> str:
    """Return the words of the text that are marked as the places of a card."""
    places = set((of.get_attribute("data-places") or "").split())
    read = "all => all.map((mark) => [mark.dataset.places, mark.innerText])"
    marks = page.locator("mark").evaluate_all(read)
    return "".join(words for within, words in marks if places & set(within.split()))


def here(page: Page) -> str:
    """Return the id of the card one is at."""
    return str(page.locator(".card.here").get_attribute("id"))
