"""The pages over HTTP: their headers, what they refuse, and that every text stands as text."""

from __future__ import annotations

import html
import re
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from starlette.exceptions import StarletteDeprecationWarning

from api import Timeline
from api.app import create_app
from api.pages.static_files import static_files
from api.settings import Settings
from tests.browser.hostile import HOSTILE, IMAGE, SCRIPT
from timeline.bundle import bundle_of, read_bundle

with warnings.catch_warnings():  # it would rather have another client, and works with this one
    warnings.simplefilter("ignore", StarletteDeprecationWarning)
    from fastapi.testclient import TestClient

if TYPE_CHECKING:
    from collections.abc import Iterator

SAMPLE = Path(__file__).parents[2] / "samples" / "migenix" / "bundle.json"
PAGES = (
    "/",
    "/issuers/migenix",
    "/issuers/migenix/statements",
    "/audit",
    "/audit?event=ev-om-top",
    "/issuers/nobody",
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    url = f"sqlite:///{tmp_path_factory.mktemp('pages') / 'timeline.db'}"
    with Timeline(url, create=True) as timeline:
        timeline.import_bundle(read_bundle(SAMPLE))
        timeline.import_bundle(bundle_of(HOSTILE))
        timeline.sign()
    with TestClient(create_app(Settings(database_url=url)), base_url="http://localhost") as client:
        yield client


@pytest.mark.parametrize("path", PAGES)
def test_a_page_may_run_and_load_only_files_of_its_server(client: TestClient, path: str) -> None:
    answer = client.get(path)
    policy = dict(
        part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";")
    )
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert not re.search(r"<script(?![^>]*\ssrc=)|\sstyle=|<style|\son\w+=\"", answer.text)
    loaded = re.findall(r'(?:src|href)="([^"#?]*)', answer.text)
    assert [one for one in loaded if "//" in one or one.startswith("data:")] == []


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/issuers/harm?as_of=2020-07-01",
        "/issuers/harm?as_of=2020-07-01&row=p-harm~m.first~" + IMAGE,
        "/issuers/harm/statements?as_of=2020-07-01",
        "/audit?issuer=harm",
        "/audit?event=ex-harm",
        "/audit?event=doc-harm",
    ],
)
def test_what_a_document_says_is_text(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert SCRIPT not in answer.text
    assert "<img" not in answer.text
    assert 'href="javascript' not in answer.text
    told = html.unescape(answer.text)
    assert SCRIPT in told or IMAGE in told or "window.hit" in told


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/issuers/migenics", 404, "did you mean MIGENIX"),
        ("/issuers/migenix?as_at=position:999999", 400, "position 999999 is beyond the head"),
        ("/issuers/migenix?as_of=yesterday", 400, "as_of"),
        ("/issuers/migenix?as_off=2008-01-01", 400, "did you mean as_of"),
        ("/issuers/migenix?program=omigart", 404, "did you mean Omigard"),
        ("/audit?event=no-such", 404, "no-such"),
    ],
)
def test_a_refusal_is_a_page_that_tells_the_way_out(
    client: TestClient, path: str, status: int, told: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert told in html.unescape(answer.text)
    assert "<main" in answer.text


def test_an_empty_field_of_the_form_states_no_clock(client: TestClient) -> None:
    empty = client.get("/issuers/migenix?as_of=2008-10-01&known_at=&as_at=&program=")
    plain = client.get("/issuers/migenix?as_of=2008-10-01")
    assert empty.text == plain.text


def test_files_are_kept_for_ever_under_their_digest_alone(client: TestClient) -> None:
    text = client.get("/issuers/migenix").text
    for address in re.findall(r'(?:src|href)="(/static/[^"]+)"', text):
        assert "immutable" in client.get(address).headers["cache-control"]
    assert client.get("/static/pages.css").headers["cache-control"] == "no-cache"
    assert client.get("/static/pages.css?v=0").headers["cache-control"] == "no-cache"
    assert client.get("/static/routes.py").status_code == 404
    assert client.get("/static/..%2froutes.py").status_code == 404


def test_a_page_weighs_less_than_150_kb_without_its_data(client: TestClient) -> None:
    static = {name: len(file.content) for name, file in static_files().items()}
    loaded = sum(static[name] for name in static if name.endswith((".js", ".css", ".svg")))
    assert len(client.get("/issuers/harm").content) + loaded < 150_000


def test_the_history_is_answered_once_and_then_304(client: TestClient) -> None:
    path = "/issuers/migenix/revisions.json"
    answer = client.get(path)
    assert answer.json()["items"]
    again = client.get(path, headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    assert client.get(f"{path}?nonsense=1").headers["content-type"] == "application/problem+json"
