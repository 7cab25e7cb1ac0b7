"""Pages of a served store in a real browser. Where there is none, that is said, not passed over."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from api import Timeline
from tests.acceptance.served import Served, serving
from tests.browser.chromium import ABSENT, chromium, chromium_path
from tests.browser.hostile import HOSTILE
from timeline.bundle import bundle_of, read_bundle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Dialog, Locator, Page

SAMPLE = Path(__file__).parents[2] / "samples" / "migenix" / "bundle.json"


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One browser for the tests of this folder; it ends with them, as its event loop must."""
    if chromium_path() is None:
        pytest.skip(ABSENT)
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="package")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of a store with the sample and an issuer that means harm, signed."""
    url = f"sqlite:///{tmp_path_factory.mktemp('pages') / 'timeline.db'}"
    with Timeline(url, create=True, recorded_by="desk") as timeline:
        timeline.import_bundle(read_bundle(SAMPLE))
        timeline.import_bundle(bundle_of(HOSTILE))
        timeline.sign()
    return url


@pytest.fixture(scope="package")
def served(store: str) -> Iterator[Served]:
    with serving(store) as served:
        yield served


@pytest.fixture(scope="package")
def desk_store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of a store with the sample, for drafts to be kept in."""
    url = f"sqlite:///{tmp_path_factory.mktemp('desk') / 'timeline.db'}"
    with Timeline(url, create=True, recorded_by="desk") as timeline:
        timeline.import_bundle(read_bundle(SAMPLE))
    return url


@pytest.fixture(scope="package")
def desk(desk_store: str) -> Iterator[Served]:
    with serving(desk_store) as served:
        yield served


@pytest.fixture
def page(browser: Browser, served: Served) -> Iterator[Page]:
    """A page of 1,280 by 900 that fails its test when anything goes wrong in it."""
    with opened(browser, served) as page:
        yield page


@contextmanager
def opened(browser: Browser, served: Served, **context: Any) -> Iterator[Page]:
    told: list[str] = []
    told_of = {"viewport": {"width": 1280, "height": 900}, "base_url": served.address, **context}
    with browser.new_context(accept_downloads=True, **told_of) as one:
        page = one.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: told.append(f"error: {error}"))
        page.on(
            "console", lambda m: told.append(m.text) if m.type in ("error", "warning") else None
        )
        page.on("dialog", partial(_dismissed, told))
        page.on("request", lambda r: told.append(r.url) if _is_foreign(r.url, served) else None)
        yield page
        assert told == []


def bring(part: Locator) -> None:
    """Scroll to a part of a page in one step, for rows are drawn anew while one looks."""
    part.evaluate("element => element.scrollIntoView({block: 'center'})")


def _dismissed(told: list[str], dialog: Dialog) -> None:
    told.append("a dialog")
    dialog.dismiss()


def _is_foreign(url: str, served: Served) -> bool:
    return not url.startswith((f"{served.address}/", "data:", f"blob:{served.address}"))
