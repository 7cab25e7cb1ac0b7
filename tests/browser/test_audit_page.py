"""The audit page: a proof is green only when the browser computed it, and red on any other byte."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import opened

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page, Route

    from tests.acceptance.served import Served

EVENT = "/audit?event=ev-om-top"
PROOF = "**/audit/proof.json*"
NOBODY = "elsewhere+00000000+AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB"


def flipped(text: str, at: int) -> str:
    data = bytearray(base64.b64decode(text))
    data[at] ^= 1
    return base64.b64encode(data).decode()


def altering(page: Page, alter: Callable[[dict[str, Any]], None]) -> None:
    """Alter what the server answers on its way to the page."""

    def answer(route: Route) -> None:
        told = route.fetch().json()
        alter(told)
        route.fulfill(body=json.dumps(told), content_type="application/json")

    page.route(PROOF, answer)


def verdict(page: Page, address: str = EVENT) -> tuple[str, str]:
    """Return how the first proof looks, and its text."""
    page.goto(address)
    box = page.locator(".proof[data-checked]").first
    box.wait_for()
    return box.get_attribute("data-checked") or "", box.inner_text()


def test_the_browser_proves_an_event(page: Page) -> None:
    look, told = verdict(page)
    assert look == "good"
    assert "Proven by this browser." in told
    page.click("text=The bytes that were hashed")
    assert "CLIRS misses its primary endpoint" in page.locator(".proof pre").inner_text()


@pytest.mark.parametrize("position", [1, 2, 255, 256, 257, 383, 384])
def test_every_place_in_the_tree_can_be_proven(page: Page, served: Served, position: int) -> None:
    row = served.get(f"/v1/events?after={position - 1}&limit=1").json()["items"][0]
    issuer = row["source"].rpartition("/")[2]
    page.goto(f"/audit?event={row['subject']}&issuer={issuer}")
    box = page.locator(f'.proof[data-position="{position}"][data-checked]')
    box.wait_for()
    assert box.get_attribute("data-checked") == "good"


def _root(told: dict[str, Any]) -> None:
    lines = told["checkpoint"].split("\n")
    lines[2] = flipped(lines[2], 5)
    told["checkpoint"] = "\n".join(lines)


def _signature(told: dict[str, Any]) -> None:
    note, name, signature = told["checkpoint"].rstrip("\n").rsplit(" ", 2)
    told["checkpoint"] = f"{note} {name} {flipped(signature, 40)}\n"


TAMPERED: dict[str, Callable[[dict[str, Any]], Any]] = {
    "the first byte": lambda told: told.update(record=flipped(told["record"], 0)),
    "a byte of the payload": lambda told: told.update(record=flipped(told["record"], -20)),
    "a hash beside the path": lambda told: told["proof"].__setitem__(
        0, flipped(told["proof"][0], 0)
    ),
    "a hash left out": lambda told: told["proof"].pop(),
    "no hash at all": lambda told: told["proof"].clear(),
    "the root": _root,
    "the signature": _signature,
    "the size": lambda told: told.update(checkpoint=told["checkpoint"].replace("\n", "\n1", 1)),
    "the time": lambda told: told.update(checkpoint=told["checkpoint"].replace("time 2", "time 3")),
    "another key": lambda told: told.update(keys=[NOBODY]),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_a_tampered_byte_turns_it_red(page: Page, what: str) -> None:
    altering(page, TAMPERED[what])
    look, told = verdict(page)
    assert look == "bad"
    assert "Not proven." in told
    assert "Proven by" not in told
    colour = page.locator(".proof strong").first.evaluate("e => getComputedStyle(e).color")
    assert colour == "rgb(179, 38, 30)"


def test_the_proof_of_another_event_is_none_of_this_one(page: Page, served: Served) -> None:
    other = served.get("/audit/proof.json?position=17").json()
    altering(page, lambda told: told.update(other, position=told["position"]))
    assert verdict(page)[0] == "bad"


def test_without_javascript_nothing_is_green(browser: Browser, served: Served) -> None:
    with opened(browser, served, java_script_enabled=False) as page:
        page.goto(EVENT)
        assert "Not checked." in page.locator(".proof").inner_text()
        assert page.locator(".proof.good").count() == 0


def test_the_log_is_filtered_and_leads_to_an_event(page: Page) -> None:
    page.goto("/audit")
    assert page.locator("tbody tr").count() == 100
    page.locator("select[name=issuer]").select_option("migenix")
    page.locator("select[name=kind]").select_option("expectation")
    with page.expect_navigation():
        page.get_by_role("button", name="Show").click()
    lines = page.locator("tbody tr")
    assert lines.count() == 100
    assert {*lines.locator("td:nth-child(3)").all_inner_texts()} == {
        "disclosure.expectation_stated"
    }
    with page.expect_navigation():
        page.get_by_role("link", name="After position").click()
    assert lines.count() == 34
    page.get_by_label("As at").fill("position:100")
    page.get_by_label("After position").fill("")
    with page.expect_navigation():
        page.get_by_role("button", name="Show").click()
    assert "No event is like that." in lines.first.inner_text()


def test_an_event_tells_its_evidence_and_what_it_overrides(page: Page) -> None:
    page.goto(EVENT)
    told = page.locator("main").inner_text()
    for part in ("CLIRS misses its primary endpoint", "Cadence Pharmaceuticals, news release"):
        assert part in told
    decides = page.locator("section", has_text="Decides").first.inner_text()
    assert "omigard, clin.ph3_topline, CLIRS met on time" in decides
    assert "ex-om-top-16" in decides
    page.goto("/audit?event=ex-om-top-04")
    overridden = page.locator("section", has_text="Overridden by others").last.inner_text()
    assert "omigard, clin.ph3_topline, CLIRS" in overridden
    assert "ev-om-top" in overridden
