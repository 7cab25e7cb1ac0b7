"""The questions over HTTP, on the sample: every answer held against what is known of the story."""

from __future__ import annotations

import sqlite3
import warnings
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.exceptions import StarletteDeprecationWarning

from api import Timeline, company_shapes, followup_shapes, models
from api.app import create_app
from api.questions import QUESTIONS
from api.settings import Settings
from timeline.bundle import bundle_of, read_bundle
from timeline.errors import StoreUnavailable
from timeline.recorder import InjectedClock

with warnings.catch_warnings():  # it would rather have another client, and works with this one
    warnings.simplefilter("ignore", StarletteDeprecationWarning)
    from fastapi.testclient import TestClient

if TYPE_CHECKING:
    from collections.abc import Iterator

    from httpx import Response

BUNDLE = Path(__file__).parents[2] / "samples" / "migenix" / "bundle.json"
RELEASE = Path(__file__).parents[2] / "samples" / "releases" / "tarnbrook-aerospace" / "release.txt"
PAGE = Path(__file__).parents[2] / "docs" / "api.md"
IMPORTED_AT = datetime(2020, 5, 1, 12, tzinfo=UTC)
ASKED_AT = datetime(2020, 6, 1, 12, tzinfo=UTC)
HEAD = 383
MIGENIX = "/v1/issuers/migenix"
MILESTONES = f"{MIGENIX}/milestones"
ROUTES: dict[str, type[models.Clocks]] = {
    "/v1/issuers": models.Issuers,
    MIGENIX: models.IssuerAnswer,
    f"{MIGENIX}/programs": models.Programs,
    f"{MIGENIX}/programs/omigard": models.ProgramAnswer,
    MILESTONES: models.Milestones,
    f"{MIGENIX}/statements": models.Statements,
    f"{MIGENIX}/documents": models.Documents,
    **{f"{MIGENIX}/{q.name}": company_shapes.page_of(q) for q in QUESTIONS},
    f"{MIGENIX}/worksheet": followup_shapes.Worksheet,
    "/v1/programs": company_shapes.AllPrograms,
    "/v1/milestones": company_shapes.AllMilestones,
    "/v1/documents/mbi-2004-08-03": models.DocumentAnswer,
    "/v1/events": models.Events,
    "/v1/events/ev-om-top": models.Events,
}
LISTS = [route for route, model in ROUTES.items() if issubclass(model, models.Listing)]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of a store that holds the sample."""
    url = f"sqlite:///{tmp_path_factory.mktemp('http') / 'timeline.db'}"
    with Timeline(url, recorded_by="ann", clock=InjectedClock(IMPORTED_AT), create=True) as made:
        made.import_bundle(read_bundle(BUNDLE))
        made.sign()
    return url


@pytest.fixture(scope="module")
def client(store: str) -> Iterator[TestClient]:
    yield from _client(store)


@pytest.fixture
def drafted(store: str, tmp_path: Path) -> Iterator[TestClient]:
    """A client of a store that holds the drafts of a release as well."""
    there, here = store.removeprefix("sqlite:///"), str(tmp_path / "timeline.db")
    with closing(sqlite3.connect(there)) as old, closing(sqlite3.connect(here)) as new:
        old.backup(new)
    with Timeline(f"sqlite:///{here}", recorded_by="ann") as timeline:
        timeline.extract(RELEASE.read_bytes(), "migenix", published="2024-02-27", save=True)
    yield from _client(f"sqlite:///{here}")


def _client(url: str) -> Iterator[TestClient]:
    app = create_app(Settings(url, hosts=("testserver",)), clock=InjectedClock(ASKED_AT))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def read_out(client: TestClient, **clocks: str) -> Any:
    """Return the milestone of the Omigard read-out."""
    answer = client.get(MILESTONES, params={"program": "omigard", **clocks})
    assert answer.status_code == 200, answer.text
    rows = answer.json()["items"]
    of = [r for r in rows if (r["milestone"], r["qualifier"]) == ("clin.ph3_topline", "CLIRS")]
    return of[0] if of else None


def problem(response: Response, status: int, parameter: str | None = None) -> str:
    """Hold `response` to be a problem of `status` with `parameter`; return its detail."""
    assert response.status_code == status, response.text[:300]
    assert response.headers["content-type"] == "application/problem+json"
    told = models.Problem.model_validate_json(response.content)
    assert (told.status, told.parameter) == (status, parameter)
    assert told.instance == response.request.url.path
    assert not told.detail.startswith(f"{parameter}: ")  # it is said once, in `parameter`
    return told.detail


@pytest.mark.parametrize(
    ("as_of", "earliest", "latest", "revisions"),
    [
        ("2006-09-01", "2007-07-01", "2007-12-31", 1),
        ("2008-07-08", "2008-07-08", "2008-12-31", 3),
        ("2008-10-01", "2009-01-01", "2009-03-31", 5),
    ],
)
def test_the_read_out_as_the_public_knew_it(
    client: TestClient, as_of: str, earliest: str, latest: str, revisions: int
) -> None:
    row = read_out(client, as_of=as_of)
    window = row["standing"]["window"]
    assert (window["earliest"], window["latest"]) == (earliest, latest)
    assert (row["revisions"], row["verdict"], row["actual"]) == (revisions, "open", None)


def test_after_the_read_out_nothing_stands(client: TestClient) -> None:
    row = read_out(client, as_of="2009-04-01")
    assert row["standing"] is None
    assert (row["outcome"], row["verdict"]) == ("reached", "met_on_time")
    assert (row["actual"]["earliest"], row["actual"]["result"]) == ("2009-03-12", "negative")
    assert row["statements"][0]["slip_days"] == [621, 621]
    assert row["statements"][-1]["slip_days"] == [-19, -19]


def test_a_milestone_has_exactly_these_keys(client: TestClient) -> None:
    row = read_out(client, as_of="2008-09-01")
    assert list(row) == [
        *("program", "milestone", "qualifier", "standing", "first_window", "revisions"),
        *("statements", "actual", "outcome", "verdict", "position"),
    ]
    assert list(row["standing"]) == ["expectation", "window", "said_by", "stated_on"]
    assert list(row["first_window"]) == ["earliest", "latest", "edtf", "words"]
    assert list(row["statements"][0]) == [
        *("expectation", "stated_on", "window", "relation", "verdict", "slip_days"),
    ]
    explained = read_out(client, as_of="2008-09-01", explain="true")
    assert set(explained) - set(row) == {"because", "overridden"}
    assert explained["because"] == [row["standing"]["expectation"]]


def test_hindsight_knows_later_publications_of_earlier_days(client: TestClient) -> None:
    then = read_out(client, as_of="2008-09-01")
    hindsight = read_out(client, as_of="2008-09-01", known_at="2010-01-01")
    assert hindsight["standing"] == then["standing"]
    programs = f"{MIGENIX}/programs/omigard"
    known = client.get(programs, params={"as_of": "2008-09-01", "known_at": "2010-01-01"}).json()
    assert (known["as_of"], known["known_at"]) == ("2008-09-01", "2010-01-01")
    assert known["activity"] == "active"
    assert client.get(programs, params={"as_of": "2009-04-01"}).json()["activity"] == "discontinued"


def test_before_the_import_the_system_knew_nothing(client: TestClient) -> None:
    for as_at in ("position:0", "2020-04-30", "2020-05-01T11:59:59.999999Z"):
        assert client.get("/v1/issuers", params={"as_at": as_at}).json()["items"] == []
        assert client.get("/v1/events", params={"as_at": as_at}).json()["items"] == []
        detail = problem(client.get(MILESTONES, params={"as_at": as_at}), 404, "issuer")
        assert "nothing is recorded yet" in detail


def test_from_the_import_on_it_knew_all(client: TestClient) -> None:
    answer = client.get("/v1/issuers", params={"as_at": "2020-05-01T12:00:00Z"}).json()
    assert answer["position"] == HEAD
    assert [row["issuer"] for row in answer["items"]] == ["migenix"]


@pytest.mark.parametrize("as_at", [f"position:{HEAD + 1}", "2020-06-01", "2020-06-01T12:00:01Z"])
def test_as_at_beyond_the_head_is_refused(client: TestClient, as_at: str) -> None:
    response = client.get(MILESTONES, params={"as_at": as_at})
    problem(response, 400, "as_at")
    assert response.json()["type"].endswith("/clock-beyond-head")


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("explain", ["false", "true"])
def test_every_answer_has_the_shape_it_declares(
    client: TestClient, route: str, explain: str
) -> None:
    response = client.get(route, params={"explain": explain})
    assert response.status_code == 200, response.text
    told = response.json()
    assert list(told)[:4] == ["as_of", "known_at", "as_at", "position"]
    assert (told["as_of"], told["known_at"]) == ("2020-06-01", "2020-06-01")
    assert (told["as_at"], told["position"]) == (f"position:{HEAD}", HEAD)
    ROUTES[route].model_validate(told)
    if route in LISTS:
        assert told["items"]
        assert {*told, "proof"} == set(ROUTES[route].model_fields)


def test_openapi_tells_of_every_route_and_its_shape(client: TestClient) -> None:
    told = client.get("/openapi.json").json()
    paths = told["paths"]
    assert set(paths) == {
        *("/healthz", "/readyz", "/v1/issuers", "/v1/issuers/{issuer}"),
        *("/v1/issuers/{issuer}/programs", "/v1/issuers/{issuer}/programs/{program}"),
        *("/v1/issuers/{issuer}/milestones", "/v1/issuers/{issuer}/statements"),
        *("/v1/issuers/{issuer}/documents", "/v1/documents/{id}"),
        *("/v1/issuers/{issuer}/commitments", "/v1/issuers/{issuer}/governance"),
        *("/v1/issuers/{issuer}/changes", "/v1/programs", "/v1/milestones"),
        *("/v1/issuers/{issuer}/scorecard", "/v1/issuers/{issuer}/forecasts"),
        "/v1/issuers/{issuer}/backtest",
        *("/v1/issuers/{issuer}/disappeared", "/v1/issuers/{issuer}/worksheet"),
        *("/v1/ledger/checkpoint", "/v1/ledger/inclusion", "/v1/ledger/consistency"),
        *("/v1/events", "/v1/events/{id}", "/v1/events/{id}/correction"),
        *("/v1/events/{id}/retraction", "/v1/events/{id}/adjudication"),
        *("/v1/issuers/{issuer}/erasures", "/v1/events/stream"),
        *("/v1/extractions", "/v1/drafts", "/v1/drafts/edits", "/v1/drafts/{id}"),
        *("/v1/checks", "/v1/issuers/{issuer}/findings"),
        "/v1/issuers/{issuer}/findings/{finding}/review",
        *("/v1/issuers/{issuer}/calendar.ics", "/v1/issuers/{issuer}/feed.atom"),
        "/v1/issuers/{issuer}/programs/{program}/timeline.svg",
        *("/v1/drafts/{id}/accept", "/v1/drafts/{id}/edit", "/v1/drafts/{id}/reject"),
    }
    milestones = paths["/v1/issuers/{issuer}/milestones"]["get"]
    assert {p["name"] for p in milestones["parameters"]} == {
        *("issuer", "program", "as_of", "known_at", "as_at", "explain", "proof", "limit", "cursor"),
        "format",
    }
    shape = milestones["responses"]["200"]["content"]["application/json"]["schema"]
    assert shape == {"$ref": "#/components/schemas/Milestones"}
    assert {"text/csv", "application/vnd.apache.parquet"} < set(
        milestones["responses"]["200"]["content"]
    )
    actual = told["components"]["schemas"]["Actual"]["properties"]
    assert actual["latest"]["anyOf"][0]["format"] == "date"
    row = told["components"]["schemas"]["Milestone"]["properties"]
    assert {"standing", "first_window", "revisions", "actual", "verdict"} <= set(row)
    assert "application/problem+json" in milestones["responses"]["default"]["content"]
    assert "422" not in milestones["responses"]


def test_the_page_tells_every_route_and_its_examples_work(drafted: TestClient) -> None:
    client, page = drafted, PAGE.read_text()
    paths = client.get("/openapi.json").json()["paths"]
    routes = [path for path, verbs in paths.items() if "get" in verbs]
    assert [route for route in routes if f"| `{route}` |" not in page] == []
    examples = [line[4:] for line in page.splitlines() if line.startswith("GET /")]
    without_end = 1  # the stream, which is shown in another way
    assert len(examples) == len(routes) + 1 - without_end
    assert [e for e in examples if client.get(e).status_code != 200] == []


def test_names_and_aliases_find_issuers_and_programs(client: TestClient) -> None:
    by_id = client.get(f"{MIGENIX}/programs/omigard").json()
    assert client.get("/v1/issuers/MGI/programs/MX-226").json() == by_id
    assert (
        client.get(MILESTONES, params={"program": "CPI-226"}).json()["items"]
        == (client.get(MILESTONES, params={"program": "omigard"}).json()["items"])
    )


@pytest.mark.parametrize(
    ("route", "parameter", "meant"),
    [
        ("/v1/issuers/migenics", "issuer", "did you mean MIGENIX"),
        (f"{MIGENIX}/programs/omigart", "program", "did you mean Omigard"),
        (f"{MILESTONES}?program=celgosvir", "program", "did you mean Celgosivir"),
        ("/v1/events?issuer=zzz", "issuer", "there are migenix"),
        ("/v1/events/no-such", "id", "nothing recorded has the id 'no-such'"),
        ("/v1/documents/no-such", "id", "no document recorded"),
        ("/v1/documents/ev-om-top", "id", "no document recorded"),
        ("/v1/documents/mbi-2004-08-03?as_of=2004-08-02", "id", "was public by then"),
    ],
)
def test_what_is_not_there_says_what_was_meant(
    client: TestClient, route: str, parameter: str, meant: str
) -> None:
    assert meant in problem(client.get(route), 404, parameter)


@pytest.mark.parametrize("bad", ["", "0", "2008-13", "yesterday", "2008", "2008-09-01T10:00"])
@pytest.mark.parametrize("name", ["as_of", "known_at", "as_at"])
def test_what_is_no_date_is_refused_with_the_way_out(
    client: TestClient, name: str, bad: str
) -> None:
    assert "write a day such as" in problem(client.get(MILESTONES, params={name: bad}), 400, name)


@pytest.mark.parametrize("route", [*ROUTES, "/healthz", "/readyz"])
def test_a_typo_is_never_passed_over(client: TestClient, route: str) -> None:
    detail = problem(client.get(route, params={"as_off": "2008-09-01"}), 400, "as_off")
    assert "no such parameter" in detail
    if route in ROUTES:
        assert "did you mean as_of" in detail


def test_a_parameter_given_twice_is_refused(client: TestClient) -> None:
    twice = f"{MILESTONES}?as_of=2008-09-01&as_of=2009-04-01"
    assert "2 times" in problem(client.get(twice), 400, "as_of")


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("limit=0", "limit"),
        ("limit=10001", "limit"),
        ("limit=x", "limit"),
        ("explain=maybe", "explain"),
        ("cursor=x", "cursor"),
        ("as_of=2008-09-01%00", "as_of"),
    ],
)
def test_other_bad_parameters_are_named(client: TestClient, query: str, parameter: str) -> None:
    problem(client.get(f"{MILESTONES}?{query}"), 400, parameter)


@pytest.mark.parametrize("after", ["-1", str(2**63), "x"])
def test_a_bad_position_to_start_after_is_refused(client: TestClient, after: str) -> None:
    problem(client.get("/v1/events", params={"after": after}), 400, "after")


def test_unknown_paths_and_methods_are_problems_too(client: TestClient) -> None:
    assert "/openapi.json" in problem(client.get("/v2"), 404)
    problem(client.get("/v1/issuers/"), 404)
    refused = client.post("/v1/issuers")
    problem(refused, 405)
    assert refused.headers["allow"] == "GET"


@pytest.mark.parametrize(("error", "status"), [(RuntimeError, 500), (StoreUnavailable, 503)])
def test_what_goes_wrong_inside_stays_inside(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, error: type[Exception], status: int
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise error("the secret of the house")

    monkeypatch.setattr(Timeline, "issuers", broken)
    response = client.get("/v1/issuers")
    assert "the server's log tells more" in problem(response, status)
    assert "secret" not in response.text


def test_head_answers_like_get_without_a_body(client: TestClient) -> None:
    got, head = client.get(MIGENIX), client.head(MIGENIX)
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers == got.headers


CLOSED = {"as_of": "2008-09-01", "as_at": f"position:{HEAD}"}


def test_a_closed_question_may_be_kept_for_ever(client: TestClient) -> None:
    first = client.get(MILESTONES, params=CLOSED)
    assert first.headers["cache-control"] == "public, immutable, max-age=31536000"
    etag = first.headers["etag"]
    assert etag.startswith('"')
    for told in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        again = client.get(MILESTONES, params=CLOSED, headers={"If-None-Match": told})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == etag
        assert again.headers["cache-control"] == first.headers["cache-control"]
    changed = client.get(MILESTONES, params=CLOSED, headers={"If-None-Match": '"other"'})
    assert changed.status_code == 200


@pytest.mark.parametrize(
    "clocks",
    [
        {},
        {"as_of": "2008-09-01"},
        {"as_at": f"position:{HEAD}"},
        {"as_of": "2020-06-01", "as_at": f"position:{HEAD}"},
        {"as_of": "2008-09-01", "known_at": "2020-06-01", "as_at": f"position:{HEAD}"},
        {"as_of": "2008-09-01", "as_at": "2020-05-31"},
    ],
)
def test_an_open_question_is_asked_again(client: TestClient, clocks: dict[str, str]) -> None:
    response = client.get(MILESTONES, params=clocks)
    assert response.headers["cache-control"] == "no-cache"
    etag = response.headers["etag"]
    again = client.get(MILESTONES, params=clocks, headers={"If-None-Match": etag})
    assert again.status_code == 304


def _paged(client: TestClient, route: str, limit: int, **first: Any) -> list[Any]:
    page = client.get(route, params={"limit": limit, **first}).json()
    rows = list(page["items"])
    while page["next"] is not None:
        assert len(page["items"]) == limit
        page = client.get(route, params={"limit": limit, "cursor": page["next"]}).json()
        rows += page["items"]
    return rows


@pytest.mark.parametrize("route", LISTS)
@pytest.mark.parametrize("clocks", [{}, {"as_of": "2009-09-01", "as_at": "position:300"}])
def test_pages_hold_the_whole_answer(
    client: TestClient, route: str, clocks: dict[str, str]
) -> None:
    whole = client.get(route, params={"limit": 10_000, **clocks}).json()["items"]
    assert _paged(client, route, 7, **clocks) == whole


def test_a_cursor_pins_the_clocks(client: TestClient) -> None:
    first = client.get(MILESTONES, params={"as_of": "2008-09-01", "limit": 2}).json()
    following = {"cursor": first["next"], "limit": 2}
    second = client.get(MILESTONES, params=following).json()
    assert (second["as_of"], second["known_at"]) == ("2008-09-01", "2008-09-01")
    assert second["as_at"] == f"position:{HEAD}"
    same = {"as_of": "2008-09-01", "as_at": "2020-05-02"}
    assert client.get(MILESTONES, params=following | same).json() == second
    other = following | {"as_of": "2008-09-02"}
    assert "is 2008-09-01 in the cursor" in problem(
        client.get(MILESTONES, params=other), 400, "as_of"
    )
    problem(client.get(MILESTONES, params=following | {"as_at": "position:5"}), 400, "as_at")


def test_a_cursor_holds_for_its_question_alone(client: TestClient) -> None:
    cursor = client.get(MILESTONES, params={"limit": 1}).json()["next"]
    for route in (f"{MILESTONES}?program=omigard&", f"{MIGENIX}/statements?"):
        response = client.get(f"{route}cursor={cursor}")
        assert "another question" in problem(response, 400, "cursor")


def test_the_log_is_told_in_order_and_from_anywhere(client: TestClient) -> None:
    page = client.get("/v1/events", params={"after": 380, "issuer": "MGI"}).json()
    assert [e["position"] for e in page["items"]] == [381, 382, 383]
    first = client.get("/v1/events", params={"limit": 1}).json()["items"][0]
    assert (first["specversion"], first["type"]) == ("1.0", "issuer.registered")
    assert (first["time"], first["recordedby"]) == ("2020-05-01T12:00:00Z", "ann")


def test_the_log_leaves_out_what_was_not_public_only_when_asked(client: TestClient) -> None:
    def items(**clocks: str) -> list[Any]:
        answer = client.get("/v1/events", params={"limit": 1000, **clocks})
        return [e["data"]["id"] for e in answer.json()["items"]]

    assert len(items()) == HEAD
    then = items(as_of="2009-03-11")
    assert "ev-om-top" not in then
    assert "mbi-2004-08-03" in then
    assert "ev-om-top" in items(as_of="2009-03-12")
    problem(client.get("/v1/events/ev-om-top?known_at=2009-03-11"), 404, "id")


def test_pages_of_the_log_leave_out_no_more_than_the_first(sqlite_store_url: str) -> None:
    days = {"type": "any.type", "occurred": "2008-09-01", "disclosed": "2008-09-01"}
    inside = [days | {"id": f"e{n}", "visibility": "internal"} for n in range(4)]
    issuer = {"format": "timeline-bundle/1", "issuer": {"id": "alpha"}}
    with Timeline(sqlite_store_url, clock=InjectedClock(IMPORTED_AT)) as timeline:
        timeline.import_bundle(bundle_of(issuer | {"events": inside}))
    for client in _client(sqlite_store_url):
        assert len(_paged(client, "/v1/events", 2)) == 5
        public = _paged(client, "/v1/events", 2, as_of="2008-09-01")
        assert [event["subject"] for event in public] == ["alpha"]


def test_every_version_of_an_item_is_told(client: TestClient) -> None:
    log = client.get("/v1/events", params={"limit": 1000}).json()["items"]
    correction = next(e for e in log if "corrects" in e["data"])
    item = correction["data"]["corrects"]
    versions = client.get(f"/v1/events/{item}").json()["items"]
    assert [v["id"].rpartition("/")[2] for v in versions] == ["1", "2"]
    assert versions[1]["data"]["reason"]


def test_a_document_is_found_without_its_issuer(client: TestClient) -> None:
    alone = client.get("/v1/documents/mbi-2004-08-03").json()
    assert alone == client.get("/v1/documents/mbi-2004-08-03?issuer=MGI").json()
    assert (alone["published"], alone["position"]) == ("2004-08-03", HEAD)


def test_alive_and_ready(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ok", "position": HEAD, "behind": 0}


@pytest.mark.parametrize("url", ["sqlite:///{}/none.db", "mysql://nowhere/x"])
def test_without_a_store_it_is_alive_and_not_ready(tmp_path: Path, url: str) -> None:
    for client in _client(url.format(tmp_path)):
        assert client.get("/healthz").status_code == 200
        for route in ("/readyz", "/v1/issuers"):
            response = client.get(route)
            problem(response, 503)
            assert response.headers["retry-after"]
            assert str(tmp_path) not in response.text
    assert list(tmp_path.iterdir()) == []


def test_a_store_that_comes_later_is_found(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/later.db"
    for client in _client(url):
        assert client.get("/readyz").status_code == 503
        Timeline(url, create=True).close()
        assert client.get("/readyz").json() == {"status": "ok", "position": 0, "behind": 0}


def test_both_databases_answer_alike(client: TestClient, store_url: str) -> None:
    with Timeline(store_url, recorded_by="ann", clock=InjectedClock(IMPORTED_AT)) as timeline:
        timeline.import_bundle(read_bundle(BUNDLE))
    for other in _client(store_url):
        for route in (*ROUTES, "/readyz", "/v1/events?as_of=2008-09-01&limit=7&after=9"):
            assert other.get(route).content == client.get(route).content, route
        problem(other.get("/v1/events/%00"), 400, "id")
        problem(other.get("/v1/events?after=9223372036854775807&as_at=position:999"), 400, "as_at")


_NAMES = st.sampled_from(
    ["as_of", "known_at", "as_at", "explain", "limit", "cursor", "program", "issuer", "after", "x"]
)
_VALUES = st.text(max_size=30) | st.sampled_from(
    ["2008-09-01", "position:5", "0", "-1", "9999-12-31", "0001-01-01", "true", "omigard", "1"]
)


@settings(max_examples=150)
@given(
    route=st.sampled_from([*ROUTES, "/readyz"]),
    query=st.lists(st.tuples(_NAMES | st.text(max_size=5), _VALUES), max_size=4),
)
def test_no_query_breaks_it(client: TestClient, route: str, query: list[tuple[str, str]]) -> None:
    encodable = [(n, v.encode(errors="replace").decode()) for n, v in query]
    named = [(n.encode(errors="replace").decode(), v) for n, v in encodable]
    response = client.get(route, params=named)
    assert response.status_code in (200, 400, 404), response.text
    if response.status_code != 200:
        problem(response, response.status_code, response.json().get("parameter"))


@settings(max_examples=50)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20))
def test_no_name_in_a_path_breaks_it(client: TestClient, name: str) -> None:
    for path in (f"/v1/issuers/{quote(name)}", f"/v1/events/{quote(name, safe='')}"):
        assert client.get(path).status_code in (200, 400, 404)
