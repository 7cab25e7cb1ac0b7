"""Erasing a person: gone from every answer at every date, the log as it was, others untouched."""

from __future__ import annotations

import base64
import logging
import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import select

from api import Timeline
from tests.acceptance import crew
from tests.acceptance.asked_everywhere import (
    as_text,
    of_http,
    of_the_command_line,
    of_the_library,
    printed,
    stored_rows,
)
from timeline.bundle import bundle_of
from timeline.errors import BadInput, IdempotencyKeyReused, NotFound
from timeline.recorder import InjectedClock
from timeline.recorder.schema import personal_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from api.clocks import ClockArguments
    from tests.databases.throwaway_postgres import PostgresServer
    from timeline.recorder import SqlRecorder, StoredRecord

RECORDED_AT = datetime(2022, 6, 1, 12, tzinfo=UTC)
HEAD = 10
ERASED = re.compile(r'"+erased"+: ?true')


@pytest.fixture
def url(store_url: str) -> str:
    """The URL of a store that tells of two people, by a bundle and by hand under a key."""
    with Timeline(store_url, recorded_by="ann", clock=InjectedClock(RECORDED_AT)) as timeline:
        timeline.import_bundle(bundle_of(crew.BUNDLE))
        timeline.record("larkspur", crew.BY_HAND, key="k-1")
        assert timeline.recorder.head() == HEAD
    return store_url


@pytest.fixture
def timeline(url: str) -> Iterator[Timeline]:
    with Timeline(url, recorded_by="ann") as timeline:
        yield timeline


def speaking(told: Iterable[tuple[str, Any]], *secrets: str) -> list[str]:
    """Return what was asked wherever the answer holds one of the secrets."""
    return [asked for asked, answer in told if any(one in as_text(answer) for one in secrets)]


def key_of(timeline: Timeline, data_subject: str) -> bytes:
    with timeline.recorder.begin_read() as connection:
        query = select(personal_keys.c.key).where(personal_keys.c.data_subject == data_subject)
        return bytes(connection.execute(query).scalar_one())


def spelled(key: bytes) -> list[bytes]:
    """Every way in which a key may stand in a file."""
    coded = (base64.b64encode(key), base64.urlsafe_b64encode(key), key.hex().encode())
    return [key, *coded, key.hex().upper().encode()]


def payloads(recorder: SqlRecorder) -> list[StoredRecord]:
    return list(recorder.records())


def test_before_it_is_erased_a_value_is_told_and_marked_as_personal(url: str) -> None:
    library = {asked: as_text(told) for asked, told in of_the_library(url)}
    named = speaking(library.items(), crew.GONE_NAME)
    kinds = {asked.split()[0] for asked in named}
    assert kinds >= {"facts", "governance", "commitments", "events", "event", "changes"}
    assert speaking(library.items(), crew.GONE_NOTE)
    assert not speaking(library.items(), "sealed:1:")
    assert speaking(of_the_command_line(url), crew.GONE_NAME)
    for asked, response in of_http(url):
        assert response.status_code == 200, (asked, response.text)
        kept = response.headers["cache-control"]
        secret = any(one in response.text for one in (crew.GONE_NAME, crew.STAYS_NAME))
        assert not secret or kept == "private, no-store", asked
    assert any(crew.GONE_NAME in response.text for _, response in of_http(url))


def test_nothing_stored_holds_a_value_or_a_name(url: str) -> None:
    """Not the log, not a read model, not a kept answer; the name stands beside the key alone."""
    rows = stored_rows(url)
    assert len(rows["events"]) == HEAD
    assert len(rows["idempotency"]) == 1
    holding = {t for t, told in rows.items() for row in told if any(s in row for s in crew.SECRETS)}
    assert holding == {"personal_keys"}
    assert not [row for row in rows["personal_keys"] if crew.GONE_NAME in row]


def test_after_it_is_erased_no_answer_at_any_date_tells_it(url: str, timeline: Timeline) -> None:
    before = payloads(timeline.recorder)
    erasure = timeline.erase("LA", crew.GONE, reason="asked to be forgotten")
    assert (erasure.erased, erasure.wiped, erasure.position) == (True, True, HEAD + 1)
    assert speaking(of_the_library(url), *crew.SECRETS, "sealed:1:") == []
    assert speaking(of_the_command_line(url), *crew.SECRETS, "sealed:1:") == []
    responses = list(of_http(url))
    assert {response.status_code for _, response in responses} == {200}
    assert speaking(((a, r.text) for a, r in responses), *crew.SECRETS, "sealed:1:") == []
    rows = stored_rows(url)
    assert [t for t, told in rows.items() for s in crew.SECRETS if s in "".join(told)] == []
    after = payloads(timeline.recorder)
    assert after[:-1] == before
    assert after[-1].topic == "personal.erased@1"


def test_whoever_follows_the_log_is_told_what_others_are(timeline: Timeline) -> None:
    def told() -> list[Any]:
        following = timeline.follow(after=4)
        return [next(following)["data"]["facts"].get("pilot"), next(following)["data"]["facts"]]

    assert told()[0] == crew.GONE_NAME
    timeline.erase("larkspur", crew.GONE, reason="asked")
    assert told()[0] == {"erased": True}
    assert "sealed" not in as_text(told())


def test_an_erased_value_is_marked_and_names_the_erasure(timeline: Timeline) -> None:
    erasure = timeline.erase("larkspur", crew.GONE, reason="asked")
    marked = {"erased": True}
    named = marked | {"because": [erasure.id]}
    rows = timeline.governance("larkspur", as_of="2021-06-01").items
    offices = {row["name"]: row["facts"]["person"] for row in rows if row["type"] == "office"}
    assert offices == {"chief pilot": marked, "navigator": crew.STAYS_NAME, "x": marked}
    explained = timeline.governance("larkspur", as_of="2021-06-01", explain=True).items
    assert next(r for r in explained if r["name"] == "chief pilot")["facts"]["person"] == named
    (home,) = timeline.facts("larkspur", subject="crew:1", as_at=HEAD).items
    assert home["value"] == named
    (flown,) = timeline.event("flown").items
    assert flown["data"]["facts"] == {"pilot": marked, "legs": [1, 2]}
    assert "data_subject" not in flown["data"]
    (own,) = timeline.event(str(erasure.id)).items
    assert own["type"] == "personal.erased"
    assert own["data"]["reason"] == "asked"
    assert set(own["data"]["facts"]) == {"key"}


def test_others_still_answer(timeline: Timeline) -> None:
    timeline.erase("larkspur", crew.GONE, reason="asked")
    (row,) = timeline.event("office-stays").items
    assert row["data"]["facts"]["person"] == crew.STAYS_NAME
    assert row["data"]["data_subject"] == crew.STAYS
    told = timeline.facts("larkspur", subject="office:navigator", as_at=HEAD).items
    assert [one["value"] for one in told] == [crew.STAYS_NAME]


def test_a_rebuild_equals_what_is_live(timeline: Timeline) -> None:
    assert timeline.rebuild().differences == ()
    timeline.erase("larkspur", crew.GONE, reason="asked")
    assert timeline.rebuild().differences == ()


def test_erasing_again_records_nothing(timeline: Timeline) -> None:
    timeline.erase("larkspur", crew.GONE, reason="asked")
    again = timeline.erase("larkspur", crew.GONE, reason="asked again")
    assert (again.erased, again.id, again.wiped) == (False, None, True)
    assert timeline.recorder.head() == HEAD + 1
    with pytest.raises(NotFound):
        timeline.erase("nobody", crew.GONE, reason="asked")
    for subject, reason in (("", "asked"), (crew.STAYS, " "), ("a\0b", "asked")):
        with pytest.raises(BadInput):
            timeline.erase("larkspur", subject, reason=reason)


def test_an_answer_with_personal_facts_is_kept_by_no_cache(url: str, timeline: Timeline) -> None:
    """Not even the answer of a closed question: an erasure changes it."""
    closed: ClockArguments = {"as_of": "2021-06-01", "as_at": f"position:{HEAD}"}
    for erased in (False, True):
        if erased:
            timeline.erase("larkspur", crew.GONE, reason="asked")
        kept: dict[bool, set[str]] = {True: set(), False: set()}
        for asked, response in of_http(url):
            personal = crew.STAYS_NAME in response.text or ERASED.search(response.text) is not None
            kept[personal].add(response.headers["cache-control"])
            assert "public" not in response.headers["cache-control"] or not personal, asked
        assert kept[True] == {"private, no-store"}
        assert "private, no-store" not in kept[False] or not erased
    with Timeline(url) as other:
        assert other.governance("larkspur", **closed).personal
        assert not other.milestones("larkspur", **closed).personal


def test_no_log_line_holds_a_value(
    url: str, timeline: Timeline, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    item = crew.OFFICE | {"id": "one more"}
    timeline.record("larkspur", item)
    timeline.erase("larkspur", crew.GONE, reason="asked")
    list(of_http(url))
    assert not [r for r in caplog.records if any(s in r.getMessage() for s in crew.SECRETS)]
    with pytest.raises(Exception, match=r"no such|does not exist") as error:
        _ask_what_cannot_be_asked(timeline)
    assert crew.GONE_NAME not in str(error.value)


def _ask_what_cannot_be_asked(timeline: Timeline) -> None:
    with timeline.recorder.begin_append() as connection:
        mark = "?" if connection.dialect.name == "sqlite" else "%s"
        broken = f"SELECT nowhere FROM events WHERE topic = {mark}"
        connection.exec_driver_sql(broken, (crew.GONE_NAME,))


def test_a_request_kept_under_a_key_cannot_be_guessed_at(timeline: Timeline) -> None:
    """Its digest is keyed, so what is known of the request proves nothing once the key is gone."""
    again = timeline.record("larkspur", crew.BY_HAND, key="k-1")
    assert (again.added, again.position) == (True, HEAD)
    other = crew.BY_HAND["facts"] | {"person": "Somebody Else"}
    with pytest.raises(IdempotencyKeyReused):
        timeline.record("larkspur", crew.BY_HAND | {"facts": other}, key="k-1")
    timeline.erase("larkspur", crew.GONE, reason="asked")
    with pytest.raises(IdempotencyKeyReused):
        timeline.record("larkspur", crew.BY_HAND, key="k-1")
    assert timeline.recorder.head() == HEAD + 1


def test_the_same_bundle_again_does_not_bring_a_person_back(url: str, timeline: Timeline) -> None:
    again = timeline.import_bundle(bundle_of(crew.BUNDLE))
    assert again.added.total() == 0
    timeline.erase("larkspur", crew.GONE, reason="asked")
    again = timeline.import_bundle(bundle_of(crew.BUNDLE))
    assert again.added.total() == 0
    assert again.present.total() == HEAD - 1
    assert not timeline.record("larkspur", crew.BY_HAND).added
    assert speaking(of_the_library(url), *crew.SECRETS) == []
    assert [row for row in stored_rows(url)["personal_keys"] if crew.GONE in row] == []


def test_the_command_line_asks_first_and_says_what_it_did(url: str) -> None:
    asked = ("erase", "larkspur", crew.GONE, "--reason", "asked")
    refused = printed(url, *asked)
    assert refused.returncode not in (0, 1, 2)
    assert "cannot be taken back" in refused.stderr
    done = printed(url, *asked, "--yes")
    assert (done.returncode, done.stderr) == (0, "")
    assert f"at position {HEAD + 1}" in done.stdout
    again = printed(url, *asked, "--yes", "--json")
    assert (again.returncode, '"erased": false' in again.stdout) == (0, True)
    assert crew.GONE not in refused.stderr + done.stdout + again.stdout


SQLITE_ENDS = ("", "-wal", "-shm")


def files_of(url: str) -> dict[str, bytes]:
    """Return what stands in the files of a SQLite store."""
    paths = (Path(url.removeprefix("sqlite:///") + end) for end in SQLITE_ENDS)
    return {path.name: path.read_bytes() for path in paths if path.exists()}


def in_files(files: dict[str, bytes], *secrets: bytes) -> set[str]:
    return {name for name, data in files.items() if any(one in data for one in secrets)}


@pytest.fixture
def on_sqlite(sqlite_store_url: str) -> Iterator[Timeline]:
    with Timeline(sqlite_store_url, recorded_by="ann") as timeline:
        timeline.import_bundle(bundle_of(crew.BUNDLE))
        yield timeline


def test_no_file_of_sqlite_holds_the_key_or_the_name(
    on_sqlite: Timeline, sqlite_store_url: str, tmp_path: Path
) -> None:
    secrets = [*spelled(key_of(on_sqlite, crew.GONE)), *(s.encode() for s in crew.SECRETS)]
    assert in_files(files_of(sqlite_store_url), secrets[0])
    assert on_sqlite.erase("larkspur", crew.GONE, reason="asked").wiped
    assert in_files(files_of(sqlite_store_url), *secrets) == set()
    copy = tmp_path / "copy.db"
    with (
        closing(sqlite3.connect(sqlite_store_url.removeprefix("sqlite:///"))) as live,
        closing(sqlite3.connect(copy)) as target,
    ):
        live.backup(target)
    assert in_files({"copy": copy.read_bytes()}, *secrets) == set()
    stays = key_of(on_sqlite, crew.STAYS)
    assert in_files(files_of(sqlite_store_url), stays)


def test_a_reader_of_older_pages_is_told_of_not_passed_over(
    on_sqlite: Timeline, sqlite_store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("timeline.recorder.sqlite._WIPE_WITHIN", 0.2)
    secret = key_of(on_sqlite, crew.GONE)
    with on_sqlite.recorder.begin_read():
        assert not on_sqlite.erase("larkspur", crew.GONE, reason="asked").wiped
    assert in_files(files_of(sqlite_store_url), secret)
    again = on_sqlite.erase("larkspur", crew.GONE, reason="asked")
    assert (again.erased, again.wiped) == (False, True)
    assert in_files(files_of(sqlite_store_url), secret) == set()


def test_no_table_file_of_postgresql_holds_the_key(
    postgres_store_url: str, postgres_server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the tables; the server's write-ahead log holds it until its segments are used again."""
    monkeypatch.setattr("timeline.recorder.postgresql._WIPE_WITHIN", 0.2)
    with Timeline(postgres_store_url, recorded_by="ann") as timeline:
        timeline.import_bundle(bundle_of(crew.BUNDLE))
        secrets = [*spelled(key_of(timeline, crew.GONE)), *(s.encode() for s in crew.SECRETS)]
        assert in_files(_tables(postgres_server, postgres_store_url), secrets[0])
        with timeline.recorder.begin_read():
            assert not timeline.erase("larkspur", crew.GONE, reason="asked").wiped
        assert in_files(_tables(postgres_server, postgres_store_url), secrets[0])
        assert timeline.erase("larkspur", crew.GONE, reason="asked").wiped
        assert in_files(_tables(postgres_server, postgres_store_url), *secrets) == set()


def test_the_service_role_of_postgresql_erases_and_wipes(
    postgres_store_url: str, postgres_server: PostgresServer
) -> None:
    role = f"service_{uuid4().hex}"
    with psycopg.connect(postgres_store_url, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {role} LOGIN")
    Timeline(postgres_store_url, create=True, service_role=role).close()
    with Timeline(postgres_store_url.replace("postgres@", f"{role}@")) as timeline:
        timeline.import_bundle(bundle_of(crew.BUNDLE))
        erasure = timeline.erase("larkspur", crew.GONE, reason="asked")
        assert (erasure.erased, erasure.wiped) == (True, True)
    with psycopg.connect(postgres_store_url, autocommit=True) as connection:
        connection.execute(f"REVOKE MAINTAIN ON personal_keys FROM {role}")
    with Timeline(postgres_store_url.replace("postgres@", f"{role}@")) as timeline:
        erasure = timeline.erase("larkspur", crew.STAYS, reason="asked")
        assert (erasure.erased, erasure.wiped) == (True, False)


def _tables(server: PostgresServer, url: str) -> dict[str, bytes]:
    """Return what stands in the files of one database, all that is in memory written out."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CHECKPOINT")
        row = connection.execute(
            "SELECT oid FROM pg_database WHERE datname = current_database()"
        ).fetchone()
    assert row is not None
    folder = server.data / "base" / str(row[0])
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
