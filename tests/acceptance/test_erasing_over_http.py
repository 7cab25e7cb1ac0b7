"""Recording what is personal, and erasing it, over HTTP and on the command line."""

from __future__ import annotations

import json
import warnings
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from starlette.exceptions import StarletteDeprecationWarning

from api import Timeline
from api.app import create_app
from api.cli import timeline as cli
from api.settings import Settings
from tests.acceptance import crew
from timeline.bundle import bundle_of

with warnings.catch_warnings():  # it would rather have another client, and works with this one
    warnings.simplefilter("ignore", StarletteDeprecationWarning)
    from fastapi.testclient import TestClient

if TYPE_CHECKING:
    from collections.abc import Iterator

    from httpx import Response

ERASURES = "/v1/issuers/LA/erasures"
ASKED = {"data_subject": crew.GONE, "reason": "asked"}


@pytest.fixture
def url(sqlite_store_url: str) -> str:
    with Timeline(sqlite_store_url, recorded_by="ann") as timeline:
        timeline.import_bundle(bundle_of(crew.BUNDLE))
    return sqlite_store_url


@pytest.fixture
def client(url: str) -> Iterator[TestClient]:
    app = create_app(Settings(url, hosts=("testserver",)))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def person(response: Response) -> Any:
    return response.json()["items"][0]["data"]["facts"]["person"]


def test_what_is_posted_is_sealed_and_told(client: TestClient) -> None:
    body = {"issuer": "larkspur", "event": crew.BY_HAND}
    posted = [client.post("/v1/events", json=body, headers={"Idempotency-Key": "k"}) for _ in "ab"]
    assert [response.status_code for response in posted] == [201, 201]
    assert posted[0].content == posted[1].content
    assert crew.GONE_NAME not in posted[0].text
    told = client.get("/v1/events/by-hand")
    assert told.json()["items"][0]["data"] == crew.BY_HAND | {"personal": ["person"]}
    assert told.headers["cache-control"] == "private, no-store"
    patch = {"facts": {"person": "Bo Fell"}, "data_subject": crew.STAYS}
    corrected = client.post(
        "/v1/events/by-hand/correction", json={"set": patch, "reason": "misread"}
    )
    assert corrected.status_code == 201


def test_whoever_is_erased_is_erased_over_http(client: TestClient) -> None:
    erased = client.post(ERASURES, json=ASKED)
    told = erased.json()
    assert (erased.status_code, told["erased"], told["wiped"]) == (201, True, True)
    assert told["position"] == len(crew.BUNDLE["events"]) + 4
    assert crew.GONE not in erased.text
    assert erased.headers["cache-control"] == "no-store"
    assert person(client.get("/v1/events/office-gone")) == {"erased": True}
    assert person(client.get("/v1/events/office-stays")) == crew.STAYS_NAME
    again = client.post(ERASURES, json=ASKED)
    assert (again.status_code, again.json()["erased"], again.json()["id"]) == (200, False, None)
    (event,) = client.get(f"/v1/events/{told['id']}").json()["items"]
    assert (event["type"], event["recordedby"]) == ("personal.erased", Settings().recorded_by)


@pytest.mark.parametrize(
    ("body", "status", "parameter"),
    [
        ({"data_subject": crew.GONE}, 400, "reason"),
        ({"reason": "asked"}, 400, "data_subject"),
        (ASKED | {"subject": "x"}, 400, "subject"),
        (ASKED | {"reason": "  "}, 400, "reason"),
        (ASKED | {"data_subject": ["x"]}, 400, "data_subject"),
    ],
)
def test_a_body_that_says_too_little_erases_nothing(
    client: TestClient, body: dict[str, Any], status: int, parameter: str
) -> None:
    refused = client.post(ERASURES, json=body)
    assert (refused.status_code, refused.json()["parameter"]) == (status, parameter)
    assert person(client.get("/v1/events/office-gone")) == crew.GONE_NAME


def test_of_an_unknown_issuer_nobody_is_erased(client: TestClient) -> None:
    assert client.post("/v1/issuers/nobody/erasures", json=ASKED).status_code == 404


def test_what_cannot_be_sealed_is_refused_with_the_way_out(client: TestClient) -> None:
    event = crew.BY_HAND | {"personal": ["role"]}
    refused = client.post("/v1/events", json={"issuer": "larkspur", "event": event})
    assert (refused.status_code, refused.json()["parameter"]) == (422, "event.personal")
    assert "record a pseudonym" in refused.json()["detail"]


def run(url: str, *args: str, answer: str | None = None) -> Any:
    env = {"TIMELINE_DATABASE_URL": url, "TIMELINE_RECORDED_BY": "ann"}
    return CliRunner().invoke(cli, args, env=env, input=answer, prog_name="timeline")


def test_the_command_line_records_what_is_personal(url: str) -> None:
    person = ("--fact", 'pilot="Bo Fell"', "--personal", "pilot", "--data-subject", "employee 19")
    days = ("--occurred", "2021-02", "--disclosed", "2021-03")
    said = ("--id", "flown-2", "--type", "flight.test_reported", *days)
    done = run(url, "record", "larkspur", *said, *person)
    assert done.exit_code == 0, done.output
    (row,) = json.loads(run(url, "events", "--id", "flown-2", "--json").output)
    assert row["data"]["facts"] == {"pilot": "Bo Fell"}
    assert row["data"]["data_subject"] == "employee 19"


@pytest.mark.parametrize("answer", ["n\n", "\n", ""])
def test_unless_somebody_says_yes_nobody_is_erased(url: str, answer: str) -> None:
    asked = run(url, "erase", "larkspur", crew.GONE, "--reason", "asked", answer=answer)
    assert asked.exit_code not in (0, 2)
    (row,) = json.loads(run(url, "events", "--id", "office-gone", "--json").output)
    assert row["data"]["facts"]["person"] == crew.GONE_NAME
    done = run(url, "erase", "larkspur", crew.GONE, "--reason", "asked", answer="y\n")
    assert done.exit_code == 0
    assert crew.GONE not in done.output


def test_a_table_shows_that_it_is_erased(url: str) -> None:
    run(url, "erase", "larkspur", crew.GONE, "--reason", "asked", "--yes")
    shown = run(url, "governance", "larkspur", "--as-of", "2021-06-01").output
    assert "erased" in shown
    assert crew.STAYS_NAME in shown
