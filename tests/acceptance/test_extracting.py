"""Reading without recording: with a store, without one, over HTTP; and saving once for all."""

from __future__ import annotations

import json
import warnings
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from starlette.exceptions import StarletteDeprecationWarning

from api import Timeline, draft_shapes
from api.app import create_app
from api.cli import timeline as cli
from api.routes.extractions import DOCUMENT_MAX
from api.settings import Settings
from tests.acceptance.test_chain import FIRST, ISSUER, LATER
from timeline.errors import BadInput, NotFound

with warnings.catch_warnings():  # it would rather have another client, and works with this one
    warnings.simplefilter("ignore", StarletteDeprecationWarning)
    from fastapi.testclient import TestClient

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from click.testing import Result

SHOWN = {
    *("id", "kind", "span", "text", "program", "milestone", "type", "window", "condition"),
    *("speaker", "confidence", "why"),
}
WHEN = ("--published", "2021-05-14")
SENT = {"issuer": ISSUER, "published": "2021-05-14", "text": FIRST}
KEY = "Idempotency-Key"


@pytest.fixture
def url(tmp_path: Path) -> str:
    """The URL of a store that knows the issuer."""
    url = f"sqlite:///{tmp_path / 'timeline.db'}"
    with Timeline(url, create=True) as made:
        begin(made)
    return url


@pytest.fixture
def client(url: str) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(url, hosts=("testserver",)))) as client:
        yield client


def begin(timeline: Timeline) -> None:
    issuer = {"id": ISSUER, "name": "Larkspur Aviation Inc.", "fiscal_year_end": "04-30"}
    timeline.record(ISSUER, issuer, kind="issuer")
    timeline.record(ISSUER, {"id": "lark-9", "name": "Lark 9"}, kind="program")


def run(*args: str, url: str, sent: str = FIRST, **settings: str) -> Result:
    env = {"TIMELINE_DATABASE_URL": url, "TIMELINE_RECORDED_BY": "ann", **settings}
    result = CliRunner().invoke(cli, args, env=env, prog_name="timeline", input=sent)
    assert isinstance(result.exception, SystemExit | None), result.exception
    return result


def stored(url: str) -> int:
    with Timeline(url) as timeline:
        return timeline.recorder.head()


def test_it_prints_drafts_and_writes_nothing(url: str) -> None:
    before = stored(url)
    result = run("extract", "-", "--issuer", "larkspur aviation inc.", *WHEN, "--json", url=url)
    assert (result.exit_code, result.stderr) == (0, "")
    rows = json.loads(result.stdout)
    assert rows
    for row in rows:
        assert row.keys() >= SHOWN
        assert row["text"] == FIRST[row["span"]["start"] : row["span"]["end"]]
        assert row["state"] is None
    assert stored(url) == before


def test_a_file_reads_as_its_text_does(url: str, tmp_path: Path) -> None:
    (tmp_path / "release.txt").write_text(FIRST)
    file = str(tmp_path / "release.txt")
    of = ("--issuer", ISSUER, *WHEN)
    told = [run("extract", name, *of, "--json", url=url).stdout for name in ("-", file)]
    assert told[0] == told[1]
    assert "nothing is recorded, --save does" in run("extract", file, *of, url=url).stdout
    assert run("extract", file, *of, "--csv", url=url).stdout.startswith("issuer,id,state,kind")
    gone = run("extract", str(tmp_path / "gone.txt"), *of, url=url)
    assert (gone.exit_code, gone.stderr.count("\n")) == (2, 1)


def test_without_a_store_names_are_guessed_and_nothing_is_made(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'none.db'}"
    result = run("extract", "-", "--issuer", "anybody", *WHEN, "--json", url=url)
    assert result.exit_code == 0
    assert json.loads(result.stdout)
    assert "warning: nothing is on record of 'anybody', so the names" in result.stderr
    assert list(tmp_path.iterdir()) == []
    saving = run("extract", "-", "--issuer", "anybody", *WHEN, "--save", url=url)
    assert (saving.exit_code, list(tmp_path.iterdir())) == (2, [])


def test_an_unknown_issuer_is_read_with_a_warning_and_a_near_miss_is_refused(url: str) -> None:
    unknown = run("extract", "-", "--issuer", "Q-Corp", *WHEN, "--json", url=url)
    assert unknown.exit_code == 0
    assert "warning: nothing is on record of 'Q-Corp'" in unknown.stderr
    near = run("extract", "-", "--issuer", "larkspurr", *WHEN, "--json", url=url)
    assert near.exit_code == 2
    assert "did you mean larkspur" in near.stderr
    saving = run("extract", "-", "--issuer", "Q-Corp", *WHEN, "--save", url=url)
    assert (saving.exit_code, stored(url)) == (2, 2)


def test_reading_is_no_question_and_is_not_logged(url: str) -> None:
    run("extract", "-", "--issuer", ISSUER, *WHEN, url=url, TIMELINE_QUESTION_LOG="on")
    run("drafts", ISSUER, url=url, TIMELINE_QUESTION_LOG="on")
    with Timeline(url) as timeline:
        assert [entry["question"] for entry in timeline.questions()] == ["drafts"]
        assert [entry["result"] for entry in timeline.replay_log()] == ["agrees"]


def test_saved_twice_it_says_so_and_adds_nothing(url: str) -> None:
    of = ("extract", "-", "--issuer", ISSUER, *WHEN, "--save")
    first = run(*of, "--document", "release-1", url=url)
    assert "of release-1 stored, up to position" in first.stdout
    head = stored(url)
    again = run(*of, url=url, sent=FIRST.replace("\n", "\r\n"))
    assert "already read as release-1, " in again.stdout
    assert stored(url) == head


def test_the_fiscal_year_on_record_is_used(url: str) -> None:
    text = "Larkspur Aviation Inc. expects the first flight of Lark 9 in fiscal 2022.\n"
    with Timeline(url) as timeline:
        (found,) = expected(timeline, text)
        (other,) = expected(timeline, text, "12-31")
        with pytest.raises(BadInput, match="fiscal_year_end: '02-30' is no month and day"):
            timeline.extract(text, ISSUER, published="2021-05-14", fiscal_year_end="02-30")
    assert (found["window"]["earliest"], found["window"]["latest"]) == ("2021-05-01", "2022-04-30")
    assert other["window"]["latest"] == "2022-12-31"


def expected(timeline: Timeline, text: str, year_end: str | None = None) -> list[dict[str, Any]]:
    found = timeline.extract(text, ISSUER, published="2021-05-14", fiscal_year_end=year_end)
    return [row for row in found.items if row["kind"] == "expectation"]


@pytest.mark.parametrize("published", ["soon", "2021-05-14/..", ""])
def test_a_day_that_is_none_is_refused(url: str, published: str) -> None:
    with Timeline(url) as timeline, pytest.raises(BadInput, match="published: "):
        timeline.extract(FIRST, ISSUER, published=published)


def test_a_request_with_a_key_is_answered_again(store_url: str) -> None:
    with Timeline(store_url) as timeline:
        begin(timeline)
        how: dict[str, Any] = {"published": "2021-05-14", "save": True, "key": "k"}
        first = timeline.extract(FIRST, ISSUER, **how)
        timeline.reject(first.items[0]["id"], reason="not said")
        assert timeline.extract(FIRST, ISSUER, **how) == first
        assert first.added


def test_http_reads_and_stores(client: TestClient) -> None:
    read = client.post("/v1/extractions", json=SENT)
    assert (read.status_code, read.headers["cache-control"]) == (200, "no-store")
    draft_shapes.Extraction.model_validate(read.json())
    assert (read.json()["document"], read.json()["added"]) == (None, None)
    saved = client.post("/v1/extractions", json=SENT | {"save": True}, headers={KEY: "a"})
    assert (saved.status_code, saved.json()["added"]) == (201, True)
    draft_shapes.Extraction.model_validate(saved.json())
    again = client.post("/v1/extractions", json=SENT | {"save": True}, headers={KEY: "a"})
    assert again.json() == saved.json()
    later = client.post("/v1/extractions", json=SENT | {"save": True})
    assert (later.status_code, later.json()["added"]) == (200, False)
    assert [row["id"] for row in later.json()["items"]] == [
        row["id"] for row in saved.json()["items"]
    ]


def test_a_text_is_taken_as_it_is(client: TestClient) -> None:
    params = {"issuer": ISSUER, "published": "2021-05-14"}
    plain = {"content-type": "text/plain; charset=utf-8"}
    whole = client.post("/v1/extractions", content=FIRST, params=params, headers=plain)
    assert whole.json() == client.post("/v1/extractions", json=SENT).json()


def test_http_tells_drafts_and_steps_in_their_shapes(client: TestClient) -> None:
    saved = client.post("/v1/extractions", json=SENT | {"save": True}).json()
    one = next(row for row in saved["items"] if row["program"] == "lark-9")["id"]
    path = f"/v1/drafts/{one}"
    edited = client.post(f"{path}/edit", json={"set": {"qualifier": "EU"}, "reason": "said so"})
    accepted = client.post(f"{path}/accept", headers={KEY: "b"})
    for answer in (edited, accepted):
        assert answer.status_code == 201, answer.text
        draft_shapes.DraftStep.model_validate(answer.json())
    assert client.get(accepted.headers["location"]).status_code == 200
    assert client.post(f"{path}/accept", headers={KEY: "b"}).content == accepted.content
    assert client.post(f"{path}/accept", json={}).status_code == 200
    told = client.get(path).json()
    draft_shapes.DraftAnswer.model_validate(told)
    assert [step["step"] for step in told["steps"]] == ["proposed", "edited", "accepted"]
    draft_shapes.Drafts.model_validate(client.get("/v1/drafts?limit=1").json())
    edits = client.get("/v1/drafts/edits", params={"issuer": ISSUER}).json()
    draft_shapes.Edits.model_validate(edits)
    assert [(row["field"], row["is"]) for row in edits["items"]] == [("qualifier", "EU")]


def test_http_refuses_in_words(client: TestClient) -> None:
    saved = client.post("/v1/extractions", json=SENT | {"save": True}).json()
    one = f"/v1/drafts/{saved['items'][0]['id']}"
    client.post(f"{one}/reject", json={"reason": "not said"})
    for path, sent, status, parameter in (
        (f"{one}/accept", {}, 409, None),
        (f"{one}/accept", {"sett": {}}, 400, "sett"),
        (f"{one}/reject", {}, 400, "reason"),
        (f"{one}/edit", {"set": []}, 400, "set"),
        ("/v1/drafts/none/accept", {}, 404, "id"),
        ("/v1/extractions", {**SENT, "issuer": "larkspurr"}, 404, "issuer"),
        ("/v1/extractions", {**SENT, "published": "soon"}, 400, "published"),
        ("/v1/extractions", {**SENT, "save": "yes"}, 400, "save"),
        ("/v1/extractions?save=true", SENT, 400, "save"),
    ):
        answer = client.post(path, json=sent)
        assert answer.headers["content-type"] == "application/problem+json"
        told = answer.json()
        assert (answer.status_code, told.get("parameter")) == (status, parameter), (path, told)


def test_what_is_too_large_or_of_another_form_is_refused(client: TestClient) -> None:
    params = {"issuer": ISSUER, "published": "2021-05-14"}
    large = client.post(
        "/v1/extractions",
        content=b"x" * (DOCUMENT_MAX + 1),
        params=params,
        headers={"content-type": "text/plain"},
    )
    assert large.status_code == 413
    assert "read it by `timeline extract`" in large.json()["detail"]
    image = client.post(
        "/v1/extractions", content=b"x", params=params, headers={"content-type": "image/png"}
    )
    assert (image.status_code, "text/html" in image.json()["detail"]) == (415, True)


def test_a_later_text_is_a_document_of_its_own(url: str) -> None:
    with Timeline(url) as timeline:
        for text, day in ((FIRST, "2021-05-14"), (LATER, "2021-08-20")):
            timeline.extract(text, ISSUER, published=day, save=True)
        assert len({row["document"] for row in timeline.drafts().items}) == 2
        with pytest.raises(NotFound):
            timeline.draft("none")


def test_another_rendition_of_the_words_is_the_same_document(client: TestClient) -> None:
    params = {"issuer": ISSUER, "published": "2021-05-14", "save": "true"}
    saved = client.post("/v1/extractions", json=SENT | {"save": True, "document": "release-1"})
    head = client.get("/readyz").json()["position"]
    paragraphs = "".join(f"<p>{part}</p>" for part in FIRST.strip().split("\n\n"))
    page = f"<html><body>{paragraphs}</body></html>"
    form = {"content-type": "text/html; charset=utf-8"}
    again = client.post("/v1/extractions", content=page, params=params, headers=form)
    assert (again.status_code, again.json()["added"]) == (200, False)
    assert again.json()["digest"] == saved.json()["digest"]
    assert (again.json()["document"], again.json()["items"]) == (
        *("release-1", saved.json()["items"]),
    )
    assert client.get("/readyz").json()["position"] == head


def test_what_is_no_document_is_refused(client: TestClient) -> None:
    params = {"issuer": ISSUER, "published": "2021-05-14"}
    for form, sent in (("application/pdf", b"%PDF-1.7 broken"), ("text/plain", b"a\0b")):
        answer = client.post(
            "/v1/extractions", content=sent, params=params, headers={"content-type": form}
        )
        assert answer.status_code == 400, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
