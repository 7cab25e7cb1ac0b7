"""Where the server may listen: on loopback, for there are no keys."""

from __future__ import annotations

import pytest

from api.serve import bound, require_loopback
from timeline.errors import BadInput


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "localhost"])
def test_loopback_is_served(host: str) -> None:
    require_loopback(host)


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "::", "192.168.0.1", "8.8.8.8", "example.org", "", "127.0.0.1.example.org"]
)
def test_any_other_address_is_refused(host: str) -> None:
    with pytest.raises(BadInput, match=r"host: .*without keys"):
        require_loopback(host)


def test_a_socket_is_never_bound_elsewhere() -> None:
    with pytest.raises(BadInput, match="host"):
        bound("0.0.0.0", 0)


def test_a_taken_port_is_bad_input() -> None:
    with bound("127.0.0.1", 0) as first, pytest.raises(BadInput, match="port: cannot listen on"):
        bound("127.0.0.1", first.getsockname()[1])
