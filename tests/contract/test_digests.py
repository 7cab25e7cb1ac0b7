"""Digests on either database, sent to real servers that fail in every way a server can."""

from __future__ import annotations

import base64
import email
import hashlib
import hmac
import json
import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from api import Timeline
from api.sending import webhook
from api.sending.delivery import FAILED, HELD, NOTHING, SENT, WAITS, Delivery
from api.sending.mail import Mailbox, MailServer
from api.sending.webhook import Webhook
from tests.contract.receivers import DROP, Hook, certificate, http_server, smtp_server, until
from tests.docs.pages import ROOT
from timeline.bundle import bundle_of
from timeline.recorder import InjectedClock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = datetime(2021, 3, 1, 12, tzinfo=UTC)
SECRET = b"a secret of twenty-four b"
TOLD = "whsec_" + base64.b64encode(SECRET).decode()
FIRST, SECOND = "2021-03-01", "2021-05-01"


def said(number: int, stated_on: str, window: str, document: str) -> dict[str, Any]:
    """A statement on the maiden flight."""
    return {
        "id": f"s{number}",
        "program": "kite",
        "milestone": "flt.first_flight",
        "stated_on": stated_on,
        "window": window,
        "words": "soon",
        "document": document,
    }


def bundle(*more: dict[str, Any]) -> dict[str, Any]:
    """An issuer whose maiden flight was moved once, and then was not spoken of."""
    days = ("2021-01-10", "2021-02-26", "2021-04-20")
    documents = [{"id": f"d{n}", "published": day, "kind": "letter"} for n, day in enumerate(days)]
    return {
        "format": "timeline-bundle/1",
        "issuer": {"id": "acme", "name": "Acme"},
        "programs": [{"id": "kite", "name": "Kite"}],
        "documents": documents,
        "events": [
            {
                "id": "e1",
                "type": "program.spending_reduced",
                "program": "kite",
                "occurred": days[2],
                "disclosed": days[2],
                "document": "d2",
            }
        ],
        "expectations": [
            said(1, days[0], "2021-01-10/2021-03-20", "d0"),
            said(2, days[1], "2021-03-01/2021-04-25", "d1"),
            *more,
        ],
    }


@pytest.fixture
def clock() -> InjectedClock:
    return InjectedClock(NOW)


@pytest.fixture
def timeline(store_url: str, clock: InjectedClock) -> Iterator[Timeline]:
    with Timeline(store_url, clock=clock) as timeline:
        timeline.import_bundle(bundle_of(bundle()))
        yield timeline


def sending(timeline: Timeline, hook: Hook, day: str = FIRST, **more: Any) -> list[Any]:
    waits: list[float] = []
    delivery = Delivery(timeline, as_of=day, sleep=waits.append, **more)
    done = list(delivery.deliver("acme", Webhook(hook.url, SECRET)))
    assert waits == list(WAITS[: len(waits)])
    return done


def parts(body: bytes) -> dict[str, list[str]]:
    data = json.loads(body)["data"]
    names = ("lapsed", "closing", "revised", "disappeared")
    return {name: [row["expectation"] for row in data[name]] for name in names if data[name]}


def test_a_digest_tells_what_is_new_and_is_signed(timeline: Timeline) -> None:
    with http_server() as hook:
        (done,) = sending(timeline, hook, within=60)
    ((headers, body),) = hook.got
    assert (done.state, done.id) == (SENT, headers["webhook-id"])
    assert parts(body) == {"closing": ["s2"], "revised": ["s2"]}
    signed = f"{done.id}.{headers['webhook-timestamp']}.".encode() + body
    code = base64.b64encode(hmac.new(SECRET, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{code}"
    assert headers["webhook-timestamp"] == str(int(NOW.timestamp()))
    assert json.loads(body)["data"]["since"]["on"] == "2021-02-22"


def test_the_next_digest_begins_where_the_last_one_ended(timeline: Timeline) -> None:
    with http_server() as hook:
        first = sending(timeline, hook)
        assert [d.state for d in sending(timeline, hook)] == [NOTHING]
        second = sending(timeline, hook, SECOND)
        assert [d.state for d in sending(timeline, hook, SECOND)] == [NOTHING]
    told = [json.loads(body)["data"] for _, body in hook.got]
    assert hook.ids == [first[0].id, second[0].id]
    assert told[1]["since"] == told[0]["to"]
    assert parts(hook.got[1][1]) == {"lapsed": ["s2"], "disappeared": ["s2"]}


def test_what_is_recorded_later_comes_into_the_next_digest(timeline: Timeline) -> None:
    with http_server() as hook:
        sending(timeline, hook)
        pulled_in = said(3, "2021-02-27", "2021-03-01/2021-03-31", "d1")
        timeline.import_bundle(bundle_of(bundle(pulled_in)))
        sending(timeline, hook)
    assert parts(hook.got[1][1])["revised"] == ["s3"]


@pytest.mark.parametrize("failure", [500, 503, 429, DROP])
def test_a_failure_is_tried_again_under_the_same_id(timeline: Timeline, failure: int) -> None:
    with http_server(failure, failure) as hook:
        (done,) = sending(timeline, hook)
    assert done.state == SENT
    assert hook.ids == [done.id] * 3
    assert len({body for _, body in hook.got}) == 1


@pytest.mark.parametrize("failure", [400, 404, 410, 302, 307])
def test_a_refusal_is_not_tried_again_in_one_run(timeline: Timeline, failure: int) -> None:
    with http_server(failure) as hook:
        (done,) = sending(timeline, hook)
        assert (done.state, len(hook.got)) == (FAILED, 1)
        assert str(failure) in str(done.error)
        again = sending(timeline, hook)
    assert [d.state for d in again] == [SENT, NOTHING]
    assert hook.ids == [done.id] * 2


def test_after_the_last_wait_it_gives_up_and_the_next_run_goes_on(timeline: Timeline) -> None:
    with http_server(*[500] * (len(WAITS) + 1)) as hook:
        (done,) = sending(timeline, hook)
        assert (done.state, len(hook.got)) == (FAILED, len(WAITS) + 1)
        later = sending(timeline, hook, SECOND)
    assert [d.state for d in later] == [SENT, SENT]
    assert later[0].id == done.id != later[1].id


def test_nobody_there_is_a_failure(timeline: Timeline) -> None:
    with http_server() as hook:
        pass
    (done,) = sending(timeline, hook)
    assert done.state == FAILED
    assert "refused" in str(done.error)


def test_a_receiver_that_hangs_is_a_failure(
    timeline: Timeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook, "_SECONDS", 0.3)
    answered = threading.Event()
    with http_server(lambda: answered.wait(20)) as hook:
        (done,) = sending(timeline, hook)
        answered.set()
    assert (done.state, hook.ids) == (SENT, [done.id] * 2)


def test_two_senders_at_once_send_each_digest_once(store_url: str, timeline: Timeline) -> None:
    both = threading.Barrier(2)

    def run(hook: Hook) -> list[str]:
        with Timeline(store_url, clock=InjectedClock(NOW)) as mine:
            both.wait()
            return [d.state for d in sending(mine, hook)]

    slow = threading.Event()
    with http_server(lambda: slow.wait(0.3)) as hook, ThreadPoolExecutor(2) as pool:
        states = sorted(state for told in pool.map(run, [hook, hook]) for state in told)
    assert len(hook.got) == 1
    assert states in ([HELD, SENT], [NOTHING, SENT])


def test_a_sender_that_holds_a_digest_keeps_others_off(timeline: Timeline, store_url: str) -> None:
    states: list[str] = []

    def meanwhile() -> None:
        with Timeline(store_url, clock=InjectedClock(NOW)) as other:
            states.extend(d.state for d in sending(other, hook))

    with http_server(meanwhile) as hook:
        (done,) = sending(timeline, hook)
    assert (done.state, states, len(hook.got)) == (SENT, [HELD], 1)


_RUN = [sys.executable, "-m", "api.cli", "digest", "acme", "--as-of", FIRST, "--to-webhook"]


def process(store_url: str, *argv: str, **settings: str) -> subprocess.Popen[str]:
    env = {"TIMELINE_DATABASE_URL": store_url, "TIMELINE_WEBHOOK_SECRET": TOLD, **settings}
    return subprocess.Popen(argv, cwd=ROOT, env=os.environ | env, text=True, stdout=subprocess.PIPE)


def test_a_sender_killed_before_it_says_so_has_it_sent_again_under_the_same_id(
    timeline: Timeline, store_url: str, clock: InjectedClock
) -> None:
    """The receiver has it, and kills the sender before any answer: the worst moment."""
    senders: list[subprocess.Popen[str]] = []

    def kill() -> None:
        until(lambda: bool(senders))
        senders[0].send_signal(signal.SIGKILL)
        senders[0].wait()

    with http_server(kill) as hook:
        senders.append(process(store_url, *_RUN, hook.url))
        with senders[0]:
            until(lambda: len(hook.got) == 1)
            assert senders[0].wait() == -signal.SIGKILL
        clock.instant = datetime.now(UTC)
        assert [d.state for d in sending(timeline, hook)] == [HELD]
        clock.instant += timedelta(minutes=11)
        assert [d.state for d in sending(timeline, hook)] == [SENT, NOTHING]
        assert [d.state for d in sending(timeline, hook)] == [NOTHING]
    assert len(set(hook.ids)) == 1
    assert len({body for _, body in hook.got}) == 1
    assert len(hook.got) == 2


def test_processes_at_once_send_one_digest(timeline: Timeline, store_url: str) -> None:
    with http_server(500) as hook:
        running = [process(store_url, *_RUN, hook.url) for _ in range(3)]
        told = [one.communicate()[0] for one in running]
    assert [one.returncode for one in running] == [0, 0, 0]
    assert len(set(hook.ids)) == 1
    assert len(hook.got) == 2  # the refused attempt, and the one that was taken
    assert sum(": sent" in one for one in told) == 1


def mailbox(port: int, **more: Any) -> Mailbox:
    return Mailbox("ann@example.org", MailServer("127.0.0.1", "us@example.net", port, **more))


def mailing(timeline: Timeline, box: Mailbox, day: str = FIRST) -> list[Any]:
    delivery = Delivery(timeline, as_of=day, sleep=lambda _: None)
    return list(delivery.deliver("acme", box))


def test_a_mail_keeps_its_message_id_over_every_attempt(timeline: Timeline) -> None:
    with smtp_server("451 later", "") as post:
        (done,) = mailing(timeline, mailbox(post.port, starttls=False))
    assert done.state == SENT
    mails = [email.message_from_bytes(mail) for mail in post.mails]
    assert [mail["Message-ID"] for mail in mails] == [f"<{done.id}@example.net>"] * 3
    assert len(set(post.mails)) == 1
    assert mails[0]["Subject"] == "acme: 1 revised"
    text = mails[0].get_payload(decode=True)
    assert isinstance(text, bytes)
    assert b"s2: kite, flt.first_flight: 2021-03-01..2021-04-25 (soon), pushed_out" in text


@pytest.mark.parametrize("farewell", ["421 too busy to part", "500 what?", "gone"])
def test_a_mail_that_was_taken_is_not_sent_again_for_a_bad_farewell(
    timeline: Timeline, farewell: str
) -> None:
    with smtp_server(after_quit=farewell) as post:
        box = mailbox(post.port, starttls=False)
        assert [d.state for d in mailing(timeline, box)] == [SENT]
        assert [d.state for d in mailing(timeline, box)] == [NOTHING]
    assert len(post.mails) == 1


def test_mail_that_is_refused_for_good_waits_for_the_next_run(timeline: Timeline) -> None:
    with smtp_server("554 never") as post:
        box = mailbox(post.port, starttls=False)
        (done,) = mailing(timeline, box)
        assert (done.state, done.error, len(post.mails)) == (FAILED, "answered 554", 1)
        assert [d.state for d in mailing(timeline, box)] == [SENT, NOTHING]


def test_mail_goes_over_tls_and_the_password_with_it(
    timeline: Timeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, trusted = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    with smtp_server(tls=context) as post:
        box = mailbox(post.port, user="ann", password="geheim")
        (done,) = mailing(timeline, box)
    assert done.state == SENT
    verbs = [line.split()[0].upper() for line in post.said]
    assert verbs.index("STARTTLS") < verbs.index("AUTH") < verbs.index("MAIL")


def test_a_server_that_nobody_vouches_for_gets_nothing(timeline: Timeline, tmp_path: Path) -> None:
    context, _ = certificate(tmp_path)
    with smtp_server(tls=context) as post:
        (done,) = mailing(timeline, mailbox(post.port, user="ann", password="geheim"))
    assert (done.state, post.mails) == (FAILED, [])
    assert not any("AUTH" in line for line in post.said)


def test_a_server_without_tls_gets_nothing(timeline: Timeline) -> None:
    with smtp_server() as post:
        (done,) = mailing(timeline, mailbox(post.port))
    assert (done.state, post.mails) == (FAILED, [])


def test_each_destination_has_digests_of_its_own(timeline: Timeline) -> None:
    with http_server() as hook, http_server() as other:
        assert [d.state for d in sending(timeline, hook)] == [SENT]
        assert [d.state for d in sending(timeline, other)] == [SENT]
    assert hook.ids != other.ids
