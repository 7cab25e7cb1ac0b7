"""/v1/events/stream: each event once, to many readers, who come, go, sleep and come back."""

from __future__ import annotations

import random
import signal
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from api import Timeline
from tests.acceptance.served import STREAM, Served, serving, told
from timeline.bundle import bundle_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_DAY = {"type": "corp.office_moved", "occurred": "2009-11", "disclosed": "2009-11-30"}


def _add(timeline: Timeline, issuer: str, *numbers: int) -> None:
    for n in numbers:
        timeline.record(issuer, {"id": f"ev-{n}", **_DAY})


def _import(timeline: Timeline, issuer: str, many: int, **keys: Any) -> None:
    events = [{"id": f"more-{n}", **_DAY, **keys} for n in range(many)]
    named = {"id": issuer, "name": issuer.title()}
    body = {"format": "timeline-bundle/1", "issuer": named, "events": events}
    timeline.import_bundle(bundle_of(body))


def _positions(answer: httpx.Response, many: int) -> list[int]:
    return [event.position for event in islice(told(answer), many)]


# Ten connections of two files each.
_POOLED = 20


def _soon(holds: Callable[[], bool], seconds: float = 15) -> bool:
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.05)
    return holds()


@pytest.fixture
def writer(store_url: str) -> Iterator[Timeline]:
    """This process's view of the store: two issuers, at positions 1 and 2."""
    with Timeline(store_url, recorded_by="ann") as timeline:
        for issuer in ("acme", "other"):
            timeline.record(issuer, {"name": issuer.title()}, kind="issuer")
        yield timeline


@pytest.fixture
def server(store_url: str, writer: Timeline) -> Iterator[Served]:
    with serving(store_url, heartbeat="0.5", streams="20") as served:
        yield served


def test_what_is_there_then_what_is_appended_as_the_log_tells_it(
    server: Served, writer: Timeline
) -> None:
    with server.stream("?after=1") as answer:
        events = told(answer)
        assert next(events).position == 2
        _add(writer, "acme", *range(30))
        live = list(islice(events, 30))
    assert [event.position for event in live] == list(range(3, 33))
    assert [event.row for event in live] == server.get("/v1/events?after=2").json()["items"]
    assert {event.type for event in live} == {"corp.office_moved"}
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-accel-buffering"] == "no"


def test_many_pages_are_caught_up_with(server: Served, writer: Timeline) -> None:
    _import(writer, "acme", 350)
    with server.stream() as answer:
        events = told(answer)
        assert [e.position for e in islice(events, 352)] == list(range(1, 353))
        _add(writer, "acme", 350)
        assert next(events).position == 353


def test_one_issuer_alone_by_any_name(server: Served, writer: Timeline) -> None:
    _import(writer, "other", 120)
    with server.stream("?issuer=Acme") as answer:
        events = told(answer)
        assert next(events).position == 1
        _add(writer, "other", 200)
        _add(writer, "acme", 201)
        assert next(events).row["subject"] == "ev-201"


def test_a_dropped_connection_loses_and_repeats_nothing(server: Served, writer: Timeline) -> None:
    chance, got, numbers = random.Random(7), [0], iter(range(10_000))
    for _ in range(25):
        _add(writer, "acme", *islice(numbers, chance.randrange(5)))
        last = {} if got == [0] else {"Last-Event-ID": str(got[-1])}
        with server.stream("?after=0", **last) as answer:
            events = told(answer)
            for _ in range(2):  # what was there, then what comes
                left = writer.recorder.head() - got[-1]
                got += [event.position for event in islice(events, chance.randint(0, left))]
                _add(writer, "acme", *islice(numbers, chance.randrange(4)))
    head = writer.recorder.head()
    with server.stream(**{"Last-Event-ID": str(got[-1])}) as answer:
        got += _positions(answer, head - got[-1])
    assert got == list(range(head + 1))


def test_a_heartbeat_comes_while_nothing_happens(server: Served) -> None:
    with server.stream("?after=2") as answer:
        lines = answer.iter_lines()
        began = time.monotonic()
        beats = list(islice((line for line in lines if line.startswith(":")), 3))
    assert beats == [": nothing new"] * 3
    assert 1 < time.monotonic() - began < 10


_PROBLEMS: list[tuple[str, dict[str, str], int, str | None]] = [
    ("", {"Last-Event-ID": "x"}, 400, "Last-Event-ID"),
    ("", {"Last-Event-ID": ""}, 400, "Last-Event-ID"),
    ("", {"Last-Event-ID": "-1"}, 400, "Last-Event-ID"),
    ("", {"Last-Event-ID": "9" * 19}, 400, "Last-Event-ID"),
    ("", {"Last-Event-ID": "3"}, 400, "Last-Event-ID"),
    ("?after=3", {}, 400, "after"),
    ("?after=-1", {}, 400, "after"),
    ("?as_of=2008-09-01", {}, 400, "as_of"),
    ("?issuer=nobody", {}, 404, "issuer"),
    ("", {"Host": "elsewhere.example"}, 421, None),
    ("", {"Origin": "http://elsewhere.example"}, 403, None),
]


def test_what_cannot_be_told_is_a_problem(server: Served) -> None:
    for query, headers, status, parameter in _PROBLEMS:
        answer = server.get(STREAM + query, **headers)
        assert answer.headers["content-type"] == "application/problem+json"
        got = (answer.status_code, answer.json().get("parameter"))
        assert got == (status, parameter), (query, headers)


def test_a_position_to_come_is_refused_as_elsewhere(server: Served) -> None:
    told = server.get(f"{STREAM}?after=9").json()
    assert told["type"].endswith("clock-beyond-head")
    assert told["detail"] == "position 9 is beyond the head, 2"


def test_head_gets_the_headers_alone_and_takes_no_place(server: Served) -> None:
    with httpx.Client(base_url=server.address, timeout=10) as client:  # over one connection
        for _ in range(25):
            answer = client.head(STREAM)
            assert (answer.status_code, answer.content) == (200, b"")
            assert answer.headers["content-type"].startswith("text/event-stream")
            assert client.get("/healthz").status_code == 200


def _opened(server: Served) -> socket.socket:
    """Ask for the stream and read nothing of it."""
    host, _, port = server.address.removeprefix("http://").partition(":")
    asking = socket.socket()
    asking.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    asking.connect((host, int(port)))
    asking.settimeout(30)
    asking.sendall(f"GET {STREAM} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
    return asking


def _got(reading: socket.socket, words: bytes) -> bool:
    """Read until `words` come; false where the stream ends before."""
    got = b""
    while words not in got and (more := reading.recv(65_536)):
        got += more
    return words in got


def _is_full(server: Served) -> bool:
    with server.stream() as answer:
        return answer.status_code == 503


def test_one_stream_too_many_is_told_when_to_come_back(server: Served, writer: Timeline) -> None:
    opened = [_opened(server) for _ in range(20)]
    assert all(_got(one, b"200 OK") for one in opened)
    refused = server.get(STREAM)
    assert refused.status_code == 503
    assert refused.headers["retry-after"] == "5"
    assert refused.headers["content-type"] == "application/problem+json"
    assert "20 streams are open" in refused.json()["detail"]
    began = time.monotonic()
    assert len(server.get("/v1/events").json()["items"]) == 2  # other questions go on
    assert time.monotonic() - began < 5
    for one in opened:
        one.close()
    assert _soon(lambda: not _is_full(server))


def test_readers_who_come_and_go_leave_nothing_behind(server: Served, writer: Timeline) -> None:
    with ThreadPoolExecutor(60) as many:  # so that all threads and connections of the others exist
        assert {a.status_code for a in many.map(server.get, ["/v1/events"] * 300)} == {200}
    time.sleep(1)
    before = server.holds()
    for n in range(10):
        opened = [_opened(server) for _ in range(9)]
        _add(writer, "acme", n)
        assert all(_got(one, b"ev-%d" % n) for one in opened)
        for one in opened:
            one.close()
        assert _soon(lambda: not _is_full(server))
    assert _soon(lambda: not _more(before, server.holds())), (before, server.holds())


def _more(before: tuple[int, int], now: tuple[int, int]) -> bool:
    """Whether 90 readers left something: the pool may have opened a connection or ten meanwhile."""
    return any(held > was + _POOLED for was, held in zip(before, now, strict=True))


def test_who_reads_nothing_costs_little_and_is_dropped(store_url: str, writer: Timeline) -> None:
    _import(writer, "acme", 40, facts={"words": "x" * 500_000})
    with serving(store_url, heartbeat="2", streams="20") as server:
        server.get("/v1/events")
        before = server.memory()
        opened = [_opened(server) for _ in range(20)]
        assert all(_got(one, b"retry") for one in opened)  # and nothing from here on
        assert _soon(lambda: _is_full(server))
        grown = server.memory() - before
        assert grown < 200e6, f"{grown / 1e6} MB"  # of 400 MB that were asked for
        assert _soon(lambda: not _is_full(server), 60)  # though all of them are still there
        with server.stream("?after=41") as answer:
            assert _positions(answer, 1) == [42]
        for one in opened:
            one.close()


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_the_server_stops_at_once_and_ends_its_streams(
    server: Served, sent: signal.Signals
) -> None:
    with server.stream() as answer, server.stream("?after=2") as other:
        events = told(answer)
        assert [event.position for event in islice(events, 2)] == [1, 2]
        began = time.monotonic()
        server.process.send_signal(sent)
        assert list(events) == []
        assert list(told(other)) == []
        assert server.process.wait(timeout=20) == 0
    assert time.monotonic() - began < 5
    assert server.process.stderr is not None
    assert server.process.stderr.read().count("\n") == 1  # the warning that there are no keys


def test_a_reader_who_takes_nothing_does_not_hold_the_server_up_for_long(
    server: Served, writer: Timeline
) -> None:
    _import(writer, "acme", 20, facts={"words": "x" * 500_000})
    opened: Any = _opened(server)
    time.sleep(1)
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(timeout=25) == 0
    opened.close()
