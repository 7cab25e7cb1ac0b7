"""Recording by hand over HTTP: statuses, problems, keys, and bodies of every kind."""

from __future__ import annotations

import json
import re
import warnings
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.exceptions import StarletteDeprecationWarning

from api import Timeline, models, written_shapes
from api.app import create_app
from api.settings import Settings
from timeline.bundle import read_bundle
from timeline.recorder import InjectedClock

with warnings.catch_warnings():  # it would rather have another client, and works with this one
    warnings.simplefilter("ignore", StarletteDeprecationWarning)
    from fastapi.testclient import TestClient

if TYPE_CHECKING:
    from collections.abc import Iterator

    from httpx import Response

ROOT = Path(__file__).parents[2]
BUNDLE = ROOT / "samples" / "migenix" / "bundle.json"
NOW = datetime(2020, 6, 1, 12, tzinfo=UTC)
HEAD = 383
LOOPBACK = "http://127.0.0.1:8000"
EVENTS = "/v1/events"
TOP = "/v1/events/ev-om-top"
MOVED = {"id": "moved", "type": "corp.office_moved", "occurred": "2009-11", "disclosed": "2010"}
POSTED = {"issuer": "migenix", "event": MOVED}


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    url = f"sqlite:///{tmp_path / 'timeline.db'}"
    with Timeline(url, clock=InjectedClock(NOW), create=True) as made:
        made.import_bundle(read_bundle(BUNDLE))
    app = create_app(Settings(url, recorded_by="ann"), clock=InjectedClock(NOW))
    with TestClient(app, base_url=LOOPBACK, raise_server_exceptions=False) as client:
        yield client


def head(client: TestClient) -> int:
    position: int = client.get("/readyz").json()["position"]
    return position


def problem(response: Response, status: int, parameter: str | None = None) -> str:
    assert response.status_code == status, response.text[:300]
    assert response.headers["content-type"] == "application/problem+json"
    told = models.Problem.model_validate_json(response.content)
    assert (told.status, told.parameter) == (status, parameter), told.detail
    return told.detail


def test_an_event_is_created_and_says_what_changed(client: TestClient) -> None:
    response = client.post(EVENTS, json=POSTED)
    assert response.status_code == 201, response.text
    assert response.headers["location"] == "/v1/events/moved"
    assert response.headers["cache-control"] == "no-store"
    told = response.json()
    written_shapes.Written.model_validate(told)
    assert list(told) == ["position", "recorded_at", "id", "added", "dry_run", "changes"]
    assert (told["position"], told["recorded_at"]) == (HEAD + 1, "2020-06-01T12:00:00Z")
    (event,) = client.get(response.headers["location"]).json()["items"]
    assert (event["data"], event["recordedby"]) == (MOVED, "ann")
    again = client.post(EVENTS, json=POSTED)
    assert (again.status_code, again.json()["added"], head(client)) == (200, False, HEAD + 1)
    assert "location" not in again.headers


@pytest.mark.parametrize(
    ("kind", "item"),
    [
        ("document", {"id": "d/1", "published": "2010-01-01", "title": "T"}),
        ("program", {"name": "P"}),
        (
            "expectation",
            {"program": "omigard", "milestone": "m", "window": "2030", "stated_on": "2020-05-01"},
        ),
    ],
)
def test_each_kind_of_item(client: TestClient, kind: str, item: dict[str, Any]) -> None:
    response = client.post(EVENTS, json={"issuer": "MGI", kind: item})
    assert response.status_code == 201, response.text
    log = client.get(EVENTS, params={"after": HEAD}).json()["items"]
    assert [event["itemkind"] for event in log] == [kind]


def test_a_correction_a_retraction_and_an_adjudication(client: TestClient) -> None:
    body = {"set": {"result": "mixed"}, "reason": "misread"}
    mended = client.post(f"{TOP}/correction", json=body)
    assert mended.status_code == 201, mended.text
    (change,) = mended.json()["changes"]
    assert change["is"]["actual"]["result"] == "mixed"
    gone = client.post(f"{TOP}/retraction", json={"issuer": "MGI", "id": "r1", "reason": "r"})
    assert (gone.status_code, gone.json()["id"]) == (201, "r1")
    verdict = {"verdict": "met_late", "reason": "agreed", "disclosed": "2009-03-12"}
    decided = client.post(f"{EVENTS}/ex-om-top-04/adjudication", json=verdict)
    assert decided.status_code == 201, decided.text
    assert decided.json()["position"] == head(client) == HEAD + 3
    detail = problem(client.post(f"{TOP}/retraction", json={"reason": "again"}), 409)
    assert "was retracted" in detail


def test_a_dry_run_writes_nothing(client: TestClient) -> None:
    dry = client.post(f"{TOP}/retraction?dry_run=true", json={"id": "r", "reason": "r"})
    assert (dry.status_code, head(client)) == (200, HEAD)
    assert "location" not in dry.headers
    done = client.post(f"{TOP}/retraction?dry_run=false", json={"id": "r", "reason": "r"})
    assert dry.json() == done.json() | {"dry_run": True}
    assert len(done.json()["changes"]) == 5
    for typo in ("dryrun=true", "dry_run=", "dry_run=maybe", "dry_run=true&dry_run=false"):
        assert client.post(f"{EVENTS}?{typo}", json=POSTED).status_code == 400
    assert head(client) == HEAD + 1


def test_a_key_makes_it_the_same_request(client: TestClient) -> None:
    key = {"Idempotency-Key": "release-1"}
    first = client.post(f"{TOP}/retraction", json={"reason": "r"}, headers=key)
    again = client.post(f"{TOP}/retraction", json={"reason": "r"}, headers=key)
    assert (first.status_code, again.status_code, head(client)) == (201, 201, HEAD + 1)
    assert again.content == first.content
    other = client.post(f"{TOP}/retraction", json={"reason": "s"}, headers=key)
    assert "'release-1' was used for another request" in problem(other, 409)
    assert other.json()["type"].endswith("/key-reused")


def test_a_key_sent_by_many_at_once_is_answered_once(client: TestClient) -> None:
    def send(_: int) -> Response:
        body = {"issuer": "migenix", "event": {k: v for k, v in MOVED.items() if k != "id"}}
        response: Response = client.post(EVENTS, json=body, headers={"Idempotency-Key": "k"})
        return response

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(send, range(16)))
    assert {(one.status_code, one.content) for one in told} == {(201, told[0].content)}
    assert head(client) == HEAD + 1


@pytest.mark.parametrize("key", ["", "k" * 256, "a\tb", "\xe9"])
def test_a_bad_key_is_refused(client: TestClient, key: str) -> None:
    headers = [("Idempotency-Key", key.encode("latin-1"))]
    problem(client.post(EVENTS, json=POSTED, headers=headers), 400, "Idempotency-Key")
    assert head(client) == HEAD


def test_two_keys_are_refused(client: TestClient) -> None:
    headers = [("Idempotency-Key", "a"), ("Idempotency-Key", "b")]
    problem(client.post(EVENTS, json=POSTED, headers=headers), 400, "Idempotency-Key")


@pytest.mark.parametrize(
    ("path", "body", "status", "parameter"),
    [
        ("", {"event": MOVED}, 400, "issuer"),
        ("", {"issuer": "migenics", "event": MOVED}, 404, "issuer"),
        ("", {"issuer": "migenix"}, 400, None),
        ("", {"issuer": "migenix", "event": MOVED, "program": {"id": "p"}}, 400, None),
        ("", {"issuer": "migenix", "evnt": MOVED}, 400, "evnt"),
        (
            "",
            {"issuer": "migenix", "event": MOVED | {"occurred": "2008-13"}},
            400,
            "event.occurred",
        ),
        ("", {"issuer": "migenix", "event": MOVED | {"occured": "2008"}}, 422, "event.occured"),
        ("", {"issuer": "migenix", "event": {"id": "x"}}, 422, "event.type"),
        ("", {"issuer": "migenix", "event": MOVED | {"valid_to": "2010"}}, 400, "event.valid_to"),
        ("", {"issuer": "migenix", "event": MOVED | {"program": "x"}}, 422, "event.program"),
        ("", {"issuer": "migenix", "event": MOVED | {"id": "ev-om-top"}}, 409, None),
        ("/none/correction", {"set": {"summary": "x"}, "reason": "r"}, 404, "id"),
        ("/none/retraction", {"reason": "r", "issuer": "migenix"}, 404, "id"),
        ("/none/adjudication", {"verdict": "moot", "reason": "r"}, 404, "id"),
        ("/none/adjudication", {"verdict": "moot", "reason": "r", "issuer": "MGI"}, 404, "id"),
        ("/ev-om-top/adjudication", {"verdict": "moot", "reason": "r"}, 404, "id"),
        ("/ex-om-top-04/adjudication", {"verdict": "late", "reason": "r"}, 422, "verdict"),
        (
            "/ex-om-top-04/adjudication",
            {"verdict": "moot", "reason": "r", "disclosed": "soon"},
            400,
            "disclosed",
        ),
        ("/ev-om-top/correction", {"set": {"x": 1}, "reason": "r"}, 422, "set"),
        ("/ev-om-top/correction", {"set": {}, "reason": "r"}, 422, "set"),
        (
            "/ev-om-top/correction",
            {"set": {"occurred": "soon"}, "reason": "r"},
            400,
            "set.occurred",
        ),
        ("/ev-om-top/retraction", {"reason": ""}, 400, "reason"),
        ("/ev-om-top/retraction", {}, 400, "reason"),
        (f"/{'x' * 201}/retraction", {"reason": "r", "issuer": "migenix"}, 422, "id"),
        ("/%00/retraction", {"reason": "r"}, 400, "id"),
    ],
)
def test_what_cannot_be_recorded_is_a_problem_with_its_place(
    client: TestClient, path: str, body: Any, status: int, parameter: str | None
) -> None:
    problem(client.post(EVENTS + path, json=body), status, parameter)
    assert head(client) == HEAD


@pytest.mark.parametrize(
    "sent",
    [
        *(b"", b"{", b"[]", b'"x"', b"null", b"\xff\xfe", b'{"issuer": "a", "issuer": "b"}'),
        *(b'{"issuer": NaN}', b'{"issuer": 1e999}', b'{"issuer": 99999999999999999999}'),
        *(b'{"issuer": "\\u0000"}', b'{"issuer": "\\ud800"}', b"[" * 5000 + b"]" * 5000),
        b'{"issuer": ' + b'{"a":' * 120 + b"1" + b"}" * 121,
    ],
)
def test_a_body_is_strict_json(client: TestClient, sent: bytes) -> None:
    response = client.post(EVENTS, content=sent, headers={"Content-Type": "application/json"})
    problem(response, 400, "body")


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "", "application/x-www-form-urlencoded", "application/jsonp", "multipart/json"],
)
def test_a_body_is_declared_as_json(client: TestClient, content_type: str) -> None:
    headers = {"Content-Type": content_type}
    problem(client.post(EVENTS, content=json.dumps(POSTED), headers=headers), 415)
    assert head(client) == HEAD


def test_a_content_type_may_name_its_charset(client: TestClient) -> None:
    headers = {"Content-Type": "Application/JSON; charset=utf-8"}
    assert client.post(EVENTS, content=json.dumps(POSTED), headers=headers).status_code == 201


def test_a_body_has_a_bounded_size(client: TestClient) -> None:
    def body(size: int) -> bytes:
        start = json.dumps(POSTED | {"event": MOVED | {"summary": ""}}).removesuffix('"}}')
        return f"{start}{'x' * (size - len(start) - 3)}".encode() + b'"}}'

    headers = {"Content-Type": "application/json"}
    over, within = body(1024 * 1024 + 1), body(1024 * 1024)
    problem(client.post(EVENTS, content=over, headers=headers), 413)
    chunks = (over[i : i + 65_536] for i in range(0, len(over), 65_536))
    problem(client.post(EVENTS, content=chunks, headers=headers), 413)
    assert client.post(EVENTS, content=within, headers=headers).status_code == 201


def test_pages_of_elsewhere_can_neither_ask_nor_record(client: TestClient) -> None:
    for headers, status in (
        ({"Host": "evil.example"}, 421),
        ({"Host": "testserver"}, 421),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1:3000"}, 403),
    ):
        problem(client.post(EVENTS, json=POSTED, headers=headers), status)
        problem(client.get("/v1/issuers", headers=headers), status)
    assert head(client) == HEAD
    own = {"Origin": LOOPBACK}
    assert client.post(EVENTS, json=POSTED, headers=own).status_code == 201


def test_openapi_tells_the_bodies_and_the_answer(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    for path, keys in (
        (EVENTS, {"issuer", "event", "expectation", "document", "program"}),
        ("/v1/events/{id}/correction", {"issuer", "id", "set", "reason"}),
        ("/v1/events/{id}/retraction", {"issuer", "id", "reason"}),
        ("/v1/events/{id}/adjudication", {"issuer", "id", "verdict", "disclosed", "reason"}),
    ):
        post = paths[path]["post"]
        body = post["requestBody"]["content"]["application/json"]["schema"]
        assert set(body["properties"]) == keys
        assert {"dry_run", "Idempotency-Key"} <= {p["name"] for p in post["parameters"]}
        for status in ("200", "201"):
            shape = post["responses"][status]["content"]["application/json"]["schema"]
            assert shape == {"$ref": "#/components/schemas/Written"}
        assert "application/problem+json" in post["responses"]["default"]["content"]


def test_the_body_on_the_page_is_taken(client: TestClient) -> None:
    page = (ROOT / "docs" / "api.md").read_text()
    (body,) = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    headers = {"Content-Type": "application/json"}
    assert client.post(EVENTS, content=body, headers=headers).status_code == 201


_TEXTS = st.text(max_size=12) | st.sampled_from(
    ["migenix", "omigard", "ev-om-top", "2009", "2009-13", "moot", "reached", "x.y", "", "a" * 300]
)
_DAYS = st.sampled_from(
    [
        *("2009", "2009-05", "2009-05-01/2010", "../2010", "2010/..", "/2010", "2009-21", "200X"),
        *("2009?", "0000", "9999-12-31", "0001-01-01", "-0001", "2009-13", "Y99999"),
        "2009-05-01T10:00:00Z",
    ]
)
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | _TEXTS | _DAYS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXTS, inner, max_size=3),
    max_leaves=8,
)
_NAMES = st.sampled_from(["omigard", "clin.ph3_topline", "CLIRS", "ex-om-top-04", "MX-226", "none"])
_VERDICTS = st.sampled_from(["moot", "met_late", "open"]) | _TEXTS
_OBJECTS = st.dictionaries(_TEXTS | st.sampled_from(["subject", "attribute", "value"]), _VALUES)
_EVENT = {
    "id": _TEXTS,
    "type": st.sampled_from(["fact.stated", "milestone.reached", "program.discontinued", "a.b"]),
    **dict.fromkeys(("occurred", "disclosed", "valid_from", "valid_to"), _DAYS),
    **dict.fromkeys(("program", "milestone", "qualifier", "document"), _NAMES | st.none()),
    "outcome": st.sampled_from(["reached", "failed", None]),
    "result": st.sampled_from(["positive", "negative", None]),
    "open_end": st.sampled_from(["until_next", "forever"]),
    "visibility": st.sampled_from(["public", "internal"]),
    "locator": st.fixed_dictionaries({"start": st.integers(), "end": st.integers()}),
    "facts": _OBJECTS,
    "personal": st.lists(_TEXTS, max_size=2),
}
_SAID = {
    "id": _TEXTS,
    **dict.fromkeys(("program", "milestone", "qualifier", "withdraws", "document"), _NAMES),
    **dict.fromkeys(("window", "stated_on"), _DAYS),
    "words": _TEXTS,
    "condition": st.fixed_dictionaries(
        {}, optional={"text": _TEXTS, "milestone": _NAMES, "program": _NAMES, "qualifier": _NAMES}
    ),
}


def _item(base: dict[str, Any], keys: dict[str, Any]) -> st.SearchStrategy[Any]:
    """An item that is nearly right: a few keys set, at times to anything."""
    some = st.dictionaries(st.sampled_from(sorted(keys)), st.none(), max_size=3).flatmap(
        lambda chosen: st.fixed_dictionaries({key: keys[key] | _VALUES for key in chosen})
    )
    return some.map(lambda given: base | given)


def _changes(keys: dict[str, Any]) -> st.SearchStrategy[Any]:
    own = {key: value for key, value in keys.items() if key != "id"}
    return _item({}, own) | _OBJECTS


def _posts(item: str, change: str, body: dict[str, Any]) -> st.SearchStrategy[tuple[str, Any]]:
    return st.tuples(st.just(f"/{item}/{change}"), st.fixed_dictionaries(body))


_STATED = {"program": "omigard", "milestone": "m", "window": "2030", "stated_on": "2020-05-01"}
_NEW = {key: value for key, value in MOVED.items() if key != "id"}
_WHY = {"reason": st.just("r") | _TEXTS}
_LIKELY = st.one_of(
    st.tuples(st.just(""), _item(_NEW, _EVENT).map(lambda i: {"issuer": "MGI", "event": i})),
    st.tuples(
        st.just(""), _item(_STATED, _SAID).map(lambda i: {"issuer": "MGI", "expectation": i})
    ),
    _posts("ev-om-top", "correction", _WHY | {"set": _changes(_EVENT)}),
    _posts("ex-om-top-04", "correction", _WHY | {"set": _changes(_SAID)}),
    _posts("omigard", "correction", _WHY | {"set": _changes({"name": _TEXTS, "aliases": _VALUES})}),
    _posts("ev-om-disc", "retraction", _WHY),
    _posts("ex-om-top-04", "adjudication", _WHY | {"verdict": _VERDICTS, "disclosed": _DAYS}),
)
_ANY = st.tuples(
    st.sampled_from(["", "/ev-om-top/correction", "/none/retraction", "/migenix/adjudication"]),
    st.dictionaries(_TEXTS | st.sampled_from(["issuer", "event", "set", "reason"]), _VALUES)
    | _VALUES,
)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(posted=_LIKELY | _ANY, dry_run=st.booleans())
def test_no_body_breaks_it(client: TestClient, posted: tuple[str, Any], dry_run: bool) -> None:
    """Whatever is sent is recorded, or refused with a problem; and what is recorded is answered."""
    path, body = posted
    headers = {"Content-Type": "application/json"}
    query = f"?dry_run={str(dry_run).lower()}"
    response = client.post(EVENTS + path + query, content=json.dumps(body), headers=headers)
    assert response.status_code in (200, 201, 400, 404, 409, 422), response.text
    if response.status_code >= 400:
        problem(response, response.status_code, response.json().get("parameter"))
    elif response.status_code == 201:
        for ask in ("/v1/issuers/migenix/milestones", "/v1/issuers/migenix/programs"):
            assert client.get(ask).status_code == 200
        assert client.get(EVENTS, params={"after": HEAD}).status_code == 200


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sent=st.binary(max_size=60) | st.text(alphabet='{}[]":,0e\\ua', max_size=40).map(str.encode))
def test_no_bytes_break_it(client: TestClient, sent: bytes) -> None:
    response = client.post(EVENTS, content=sent, headers={"Content-Type": "application/json"})
    assert response.status_code == 400
