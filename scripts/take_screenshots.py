"""Take the pictures of the pages in docs/pages, from the sample, in a headless Chromium.

    make screenshots

They are looked at by people and compared by none: fonts differ from machine to machine.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))

from api import Timeline
from tests.acceptance.served import serving
from tests.browser.chromium import chromium
from timeline.bundle import read_bundle

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "samples" / "migenix" / "bundle.json"
INTO = ROOT / "docs" / "pages"
DRAFT = ROOT / "samples" / "desk" / "omigard-timing.txt"
READ_OUT = "omigard~clin.ph3_topline~CLIRS"


class Shot(NamedTuple):
    """One picture: the address, how large the window is, and light or dark."""

    address: str
    size: tuple[int, int]
    scheme: Literal["light", "dark"] = "light"


SHOTS = {
    "issuer": Shot("/issuers/migenix?as_of=2008-10-01&program=omigard", (1280, 1010)),
    "history": Shot(f"/issuers/migenix?as_of=2009-04-01&row={READ_OUT}", (1280, 900), "dark"),
    "phone": Shot("/issuers/migenix?as_of=2008-10-01&program=omigard", (380, 1250)),
    "portfolio": Shot("/?as_of=2008-10-01&since=2008-07-08", (1280, 800)),
    "statements": Shot("/issuers/migenix/statements?as_of=2010-01-01", (1280, 1000)),
    "proof": Shot("/audit?event=ev-om-top", (1280, 960)),
}


def take(address: str) -> None:
    """Take every picture of the server at `address`."""
    INTO.mkdir(exist_ok=True)
    with chromium() as browser:
        for name, shot in SHOTS.items():
            width, height = shot.size
            window: Any = {"width": width, "height": height}
            page = browser.new_page(viewport=window, color_scheme=shot.scheme)
            page.goto(address + shot.address)
            page.wait_for_timeout(1_500)
            page.screenshot(path=INTO / f"{name}.png")
            page.close()
        take_desk(browser, address)


def take_desk(browser: Browser, address: str) -> None:
    """Take the release desk with the draft of the samples on it."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{address}/desk?issuer=migenix&published=2008-09-15")
    page.fill("textarea", DRAFT.read_text("utf-8"))
    page.get_by_role("button", name="Check").click()
    page.wait_for_selector(".cards")
    page.keyboard.press("j")
    page.screenshot(path=INTO / "desk.png")
    page.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/timeline.db"
        with Timeline(url, create=True, recorded_by="desk") as timeline:
            timeline.import_bundle(read_bundle(SAMPLE))
            timeline.sign()
        with serving(url) as served:
            take(served.address)
