"""A server without keys answers this machine's programs and its own pages, and no others."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from api.own_pages import OwnPagesOnly

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send


async def _answer(scope: Scope, _receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def status(*headers: tuple[str, str], hosts: tuple[str, ...] = ()) -> int:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.request", "body": b""}

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/v1/events",
        "query_string": b"",
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in headers],
    }
    asyncio.run(OwnPagesOnly(_answer, hosts=hosts)(scope, receive, send))
    told: int = sent[0]["status"]
    return told


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "127.0.0.1:8000", "127.9.9.9", "localhost", "LOCALHOST:8000"),
        *("[::1]", "[::1]:8000"),
    ],
)
def test_loopback_by_number_and_localhost_are_ours(host: str) -> None:
    assert status(("host", host)) == 200


@pytest.mark.parametrize(
    "host",
    [
        *(
            "",
            "evil.example",
            "evil.example:8000",
            "127.0.0.1.evil.example",
            "localhost.evil.example",
        ),
        *(
            "10.0.0.1",
            "0.0.0.0",
            "[::]",
            "[::1",
            "::1.evil",
            "testserver",
            "127.0.0.1@evil.example",
        ),
        "evil.example\x00localhost",
    ],
)
def test_any_other_name_is_misdirected(host: str) -> None:
    assert status(("host", host)) == 421


def test_no_host_or_two_are_misdirected() -> None:
    assert status() == 421
    assert status(("host", "localhost"), ("host", "localhost")) == 421


def test_a_name_in_the_settings_is_ours() -> None:
    assert status(("host", "Record.Example:80"), hosts=("record.example",)) == 200


@pytest.mark.parametrize(
    "origin", ["http://localhost:8000", "https://localhost:8000", "HTTP://LOCALHOST:8000"]
)
def test_a_page_of_this_server_may_ask(origin: str) -> None:
    assert status(("host", "localhost:8000"), ("origin", origin)) == 200


@pytest.mark.parametrize(
    "origin",
    [
        *("null", "", "http://evil.example", "http://localhost", "http://localhost:3000"),
        *("http://127.0.0.1:8000", "http://localhost:8000.evil.example", "localhost:8000"),
    ],
)
def test_a_page_of_another_origin_may_not(origin: str) -> None:
    assert status(("host", "localhost:8000"), ("origin", origin)) == 403
