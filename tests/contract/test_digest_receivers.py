"""Receivers of digests can tell what is ours, fresh and new; what signs is told to nobody."""

from __future__ import annotations

import base64
import logging
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from api import Timeline
from api.sending.delivery import FAILED, SENT, Delivery
from api.sending.mail import Mailbox, MailServer
from api.sending.webhook import Webhook, signed_headers
from api.settings import Settings
from tests.acceptance.asked_everywhere import stored_rows
from tests.contract.receivers import DROP, Hook, certificate, http_server, smtp_server, until
from tests.docs.pages import ROOT, page
from timeline.bundle import bundle_of
from timeline.recorder import InjectedClock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Taken = Callable[[dict[str, str], bytes, str, set[str], float], dict[str, Any] | None]

NOW = datetime(2021, 3, 1, 12, tzinfo=UTC)
SECRET = b"a secret of twenty-four b"
TOLD = "whsec_" + base64.b64encode(SECRET).decode()
PASSWORD = "geheim-4711"
DAY = "2021-03-01"
BUNDLE = {
    "format": "timeline-bundle/1",
    "issuer": {"id": "acme", "name": "Acme"},
    "programs": [{"id": "kite", "name": "Kite"}],
    "expectations": [
        {
            "id": f"s{number}",
            "program": "kite",
            "milestone": "flt.first_flight",
            "stated_on": day,
            "window": window,
        }
        for number, (day, window) in enumerate(
            [("2021-01-10", "2021-03"), ("2021-02-26", "2021-05")]
        )
    ],
}


@pytest.fixture
def clock() -> InjectedClock:
    return InjectedClock(NOW)


@pytest.fixture
def timeline(store_url: str, clock: InjectedClock) -> Iterator[Timeline]:
    with Timeline(store_url, clock=clock) as timeline:
        timeline.import_bundle(bundle_of(BUNDLE))
        yield timeline


@pytest.fixture(scope="module")
def taken() -> Taken:
    """What docs/follow-up.md tells a receiver to do, as it stands there."""
    (block,) = (b for b in page("docs/follow-up.md").blocks("python") if "def taken" in b.text)
    names: dict[str, Any] = {}
    exec(block.text, names)  # it is ours
    told: Taken = names["taken"]
    return told


class Receiver:
    """Counts the digests that it takes, and answers as the page says."""

    def __init__(self, taken: Taken) -> None:
        self.taken, self.now = taken, NOW.timestamp()
        self.seen: set[str] = set()
        self.counted: list[str] = []
        self.refused: list[str] = []

    def __call__(self, headers: dict[str, str], body: bytes) -> int:
        try:
            digest = self.taken(headers, body, TOLD, self.seen, self.now)
        except ValueError as error:
            self.refused.append(str(error))
            return 400
        if digest is not None:
            self.counted.append(digest["id"])
        return 200


@pytest.fixture
def receiver(taken: Taken) -> Receiver:
    return Receiver(taken)


def sending(timeline: Timeline, hook: Hook, secret: bytes = SECRET) -> list[str]:
    delivery = Delivery(timeline, as_of=DAY, sleep=lambda _: None)
    return [done.state for done in delivery.deliver("acme", Webhook(hook.url, secret))]


def test_a_receiver_takes_what_is_signed(timeline: Timeline, receiver: Receiver) -> None:
    with http_server(judge=receiver) as hook:
        assert sending(timeline, hook) == [SENT]
    assert receiver.counted == hook.ids
    assert receiver.refused == []


@pytest.mark.parametrize("lost", [DROP, 500, 503])
def test_a_digest_whose_answer_is_lost_is_counted_once(
    timeline: Timeline, receiver: Receiver, lost: int
) -> None:
    with http_server(lost, lost, judge=receiver) as hook:
        assert sending(timeline, hook) == [SENT]
    assert len(hook.got) == 3
    assert len(receiver.counted) == 1


def test_a_digest_of_a_killed_sender_is_counted_once(
    timeline: Timeline, store_url: str, clock: InjectedClock, receiver: Receiver
) -> None:
    """The receiver has counted it, and the sender is killed before it hears so."""
    senders: list[subprocess.Popen[bytes]] = []

    def kill() -> None:
        until(lambda: bool(senders))
        senders[0].send_signal(signal.SIGKILL)
        senders[0].wait()

    with http_server(kill, judge=receiver) as hook:
        receiver.now = datetime.now(UTC).timestamp()
        env = {"TIMELINE_DATABASE_URL": store_url, "TIMELINE_WEBHOOK_SECRET": TOLD}
        run = [sys.executable, "-m", "api.cli", "digest", "acme", "--as-of", DAY]
        command = [*run, "--to-webhook", hook.url]
        senders.append(subprocess.Popen(command, cwd=ROOT, env=os.environ | env))
        with senders[0]:
            until(lambda: len(hook.got) == 1)
            assert senders[0].wait() == -signal.SIGKILL
        clock.instant = datetime.now(UTC) + timedelta(minutes=11)
        receiver.now = clock.instant.timestamp()
        assert sending(timeline, hook)[0] == SENT
        assert SENT not in sending(timeline, hook)
    assert (len(hook.got), len(set(hook.ids))) == (2, 1)
    assert receiver.counted == hook.ids[:1]
    assert receiver.refused == []


def test_a_receiver_refuses_another_secret(timeline: Timeline, receiver: Receiver) -> None:
    with http_server(judge=receiver) as hook:
        assert sending(timeline, hook, b"another secret of 24 byte") == [FAILED]
        assert receiver.refused == ["not signed with our secret"]
        assert sending(timeline, hook)[0] == SENT
    assert len(receiver.counted) == 1


def message(seconds: int = 0) -> tuple[dict[str, str], bytes]:
    body = b'{"data": {"id": "msg_1"}}'
    return signed_headers(SECRET, "msg_1", int(NOW.timestamp()) + seconds, body), body


@pytest.mark.parametrize(
    ("seconds", "status"), [(0, 200), (-300, 200), (300, 200), (-301, 400), (301, 400)]
)
def test_what_was_sent_long_ago_is_refused(receiver: Receiver, seconds: int, status: int) -> None:
    assert receiver(*message(seconds)) == status


def test_a_replayed_request_is_not_counted_and_later_refused(receiver: Receiver) -> None:
    caught = message()
    assert [receiver(*caught), receiver(*caught)] == [200, 200]
    assert receiver.counted == ["msg_1"]
    receiver.now += 301
    assert receiver(*caught) == 400
    assert receiver.counted == ["msg_1"]


@pytest.mark.parametrize("name", ["webhook-id", "webhook-timestamp", "webhook-signature"])
@pytest.mark.parametrize("value", ["", "1", "v1,", "msg_2", "v1,aaaa v2,bbbb", "\xe4"])
def test_a_header_that_was_touched_is_refused(receiver: Receiver, name: str, value: str) -> None:
    headers, body = message()
    assert receiver(headers | {name: value}, body) == 400
    assert receiver({k: v for k, v in headers.items() if k != name}, body) == 400
    assert receiver(headers, body + b" ") == 400
    assert receiver.counted == []
    assert receiver(headers, body) == 200


def test_one_of_several_signatures_is_enough(receiver: Receiver) -> None:
    headers, body = message()
    both = {"webhook-signature": f"v1,AAAA {headers['webhook-signature']}"}
    assert receiver(headers | both, body) == 200


_WAYS = (SECRET.decode(), TOLD, TOLD.removeprefix("whsec_"), SECRET.hex())
_PLAIN = base64.b64encode(f"\0ann\0{PASSWORD}".encode()).decode()


def test_secrets_are_in_no_store_log_or_error(
    timeline: Timeline,
    store_url: str,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    caplog.set_level(logging.DEBUG)
    context, trusted = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    echo = f"535 no, {PASSWORD} is wrong"
    with http_server(404) as hook, smtp_server(tls=context, after_auth=echo) as post:
        server = MailServer("127.0.0.1", "us@example.net", post.port, user="ann", password=PASSWORD)
        boxes = (Webhook(hook.url, SECRET), Mailbox("ann@example.org", server))
        done = [one for box in boxes for one in Delivery(timeline, as_of=DAY).deliver("acme", box)]
    assert [(one.state, one.error) for one in done] == [
        (FAILED, "answered 404"),
        (FAILED, "answered 535"),
    ]
    assert any(_PLAIN in line for line in post.said)  # the server did hear it
    rows = stored_rows(store_url)
    assert len(rows["digests"]) == 2
    told = [*map(repr, (done, boxes, rows)), caplog.text]
    assert [s for s in (*_WAYS, PASSWORD, _PLAIN) if any(s in text for text in told)] == []
    assert [s for s in (PASSWORD.encode(), SECRET, _PLAIN.encode()) if s in _file(store_url)] == []


def _file(store_url: str) -> bytes:
    """Return the bytes of a store that is a file, its write-ahead log too."""
    if not store_url.startswith("sqlite:///"):
        return b""
    file = Path(store_url.removeprefix("sqlite:///"))
    found = b"".join(one.read_bytes() for one in file.parent.glob(f"{file.name}*"))
    assert b"msg_" in found
    return found


@pytest.mark.usefixtures("timeline")
def test_the_command_tells_no_secret_and_what_failed(store_url: str) -> None:
    settings = {
        "TIMELINE_DATABASE_URL": store_url,
        "TIMELINE_WEBHOOK_SECRET": TOLD,
        "TIMELINE_SMTP_HOST": "127.0.0.1",
        "TIMELINE_MAIL_FROM": "us@example.net",
        "TIMELINE_SMTP_USER": "ann",
        "TIMELINE_SMTP_PASSWORD": PASSWORD,
    }
    with http_server(404, 200) as hook, smtp_server("554 never") as post:
        settings["TIMELINE_SMTP_PORT"] = str(post.port)
        asked = ["digest", "acme", "--as-of", DAY, "--to-webhook", hook.url]
        first = _command(settings, *asked)
        again = _command(settings, *asked)
        unsafe = settings | {"TIMELINE_SMTP_STARTTLS": "off"}
        mail = ["digest", "acme", "--as-of", DAY, "--to-email", "ann@example.org"]
        refused = _command(unsafe, *mail)
    assert (first.returncode, again.returncode, refused.returncode) == (1, 0, 2)
    assert first.stdout == f"acme to {hook.url}: failed ({hook.ids[0]}, answered 404)\n"
    sent, nothing = again.stdout.splitlines()
    assert (sent, nothing) == (
        f"acme to {hook.url}: sent ({hook.ids[0]})",
        f"acme to {hook.url}: nothing",
    )
    assert refused.stderr.startswith("error: TIMELINE_SMTP_STARTTLS: is off")
    assert post.said == []
    told = [text for one in (first, again, refused) for text in (one.stdout, one.stderr)]
    assert [s for s in (*_WAYS, PASSWORD) if any(s in text for text in told)] == []


def _command(settings: dict[str, str], *args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "api.cli", *args],
        cwd=ROOT,
        env=os.environ | settings,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_settings_tell_no_secret() -> None:
    read = Settings.from_environment(
        {"TIMELINE_WEBHOOK_SECRET": TOLD, "TIMELINE_SMTP_PASSWORD": PASSWORD}
    )
    assert (read.webhook_secret, read.smtp_password) == (SECRET, PASSWORD)
    assert [s for s in (*_WAYS, PASSWORD) if s in repr(read)] == []
