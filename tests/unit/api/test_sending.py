"""Where digests may go, what a mail of one looks like, and which secrets are taken."""

from __future__ import annotations

import base64
import email
import email.policy
from datetime import UTC, datetime
from typing import Any

import pytest

from api.sending.digest import id_of, subject_of, text_of
from api.sending.mail import Mailbox, MailServer
from api.sending.webhook import Webhook, signed_headers
from api.settings import Settings
from timeline.errors import BadInput

NOON = datetime(2021, 3, 1, 12, tzinfo=UTC)
ENDS = {"on": "2021-03-01", "position": 7}
SERVER = MailServer("127.0.0.1", "us@example.net")


def digest(issuer: str = "acme", **more: Any) -> dict[str, Any]:
    row = {
        "new": True,
        "expectation": "s1",
        "program": "kite",
        "milestone": "flt.first_flight",
        "qualifier": None,
        "window": None,
        "days_left": -3,
        "relation": None,
        "was": None,
    }
    parts: dict[str, Any] = {"lapsed": [row | more], "closing": [], "revised": []}
    told = {"issuer": issuer, "since": ENDS, "to": ENDS, "within_days": 30}
    return told | parts | {"disappeared": []}


def test_the_signature_is_that_of_standard_webhooks() -> None:
    """The example of the specification, worked out by its own reference library."""
    secret = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    headers = signed_headers(
        secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}'
    )
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize(
    "url",
    [
        *("", "example.org/hook", "ftp://example.org", "file:///etc/passwd", "http://"),
        *("https://ann:secret@example.org/", "https://example.org:0/", "https://example.org:x/"),
        *("https://example.org/a b", "https://example.org/\r\nX: 1", "https://ex\xe4mple.org/"),
        *("https://[::1/", "https://example..org/", f"https://{'a' * 64}.org/"),
        *("ftp://ann:secret@example.org", "https://ann:secret@example.org:x/"),
    ],
)
def test_what_is_no_plain_address_of_the_web_is_refused(url: str) -> None:
    with pytest.raises(BadInput) as refused:
        Webhook(url, b"x" * 24)
    assert refused.value.place == "--to-webhook"
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("url", ["http://127.0.0.1:8080/hook", "https://example.org/?a=1"])
def test_an_address_of_the_web_is_taken(url: str) -> None:
    assert Webhook(url, b"x" * 24).name == url


@pytest.mark.parametrize(
    "address",
    ["", "ann", "ann@", "a@b, c@d", "Ann <a@b>", "a@b\r\nBcc: c@d", "\xe4@b", "a@b\n"],
)
def test_what_is_not_one_plain_mail_address_is_refused(address: str) -> None:
    with pytest.raises(BadInput, match="no plain mail address"):
        Mailbox(address, SERVER)
    with pytest.raises(BadInput, match="no plain mail address") as refused:
        MailServer("127.0.0.1", address)
    assert refused.value.place == "TIMELINE_MAIL_FROM"


def test_a_password_never_goes_in_the_clear() -> None:
    with pytest.raises(BadInput, match="in the clear"):
        MailServer("127.0.0.1", "us@example.net", starttls=False, user="ann", password="x")


def test_no_text_of_a_document_becomes_a_header_or_a_line_of_smtp() -> None:
    hostile = "acme\r\nBcc: all@example.org\r\n\r\n.\r\nMAIL FROM:<x@y>"
    told = digest(hostile, expectation="s1\r\n.\r\nQUIT", qualifier="\x1b[2J")
    sent = Mailbox("ann@example.org", SERVER).message("msg_1", NOON, told)
    mail = email.message_from_bytes(sent, policy=email.policy.SMTP)
    assert sorted(mail.keys()) == sorted(
        [
            *("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted"),
            *("Content-Type", "Content-Transfer-Encoding", "MIME-Version"),
        ]
    )
    assert mail["To"] == "ann@example.org"
    assert b"\r\n.\r\n" not in sent
    assert "\x1b" not in text_of(told)
    assert "\n" not in subject_of(told)


def test_long_lines_and_other_scripts_come_as_they_were() -> None:
    told = digest(qualifier="\u00e9" * 3000)
    sent = Mailbox("ann@example.org", SERVER).message("msg_1", NOON, told)
    assert max(map(len, sent.split(b"\r\n"))) <= 998
    mail = email.message_from_bytes(sent, policy=email.policy.SMTP)
    text = mail.get_payload(decode=True)
    assert isinstance(text, bytes)
    assert text.decode().replace("\r\n", "\n") == text_of(told)


def test_a_digest_reads_like_a_letter() -> None:
    assert text_of(digest()).splitlines() == [
        "acme, from 2021-03-01 (position 7)",
        "to 2021-03-01 (position 7)",
        "",
        "Lapsed: the window is over and nothing was heard",
        "  s1: kite, flt.first_flight: no window, over for 3 days",
    ]
    assert subject_of(digest()) == "acme: 1 lapsed"
    assert text_of(digest() | {"lapsed": []}).endswith("nothing new\n")


@pytest.mark.parametrize(
    "value",
    [
        *("", "whsec_", "whsec_short", base64.b64encode(b"x" * 24).decode()),
        *("whsec_" + base64.b64encode(b"x" * n).decode() for n in (23, 65)),
        "whsec_" + base64.b64encode(b"x" * 24).decode() + "!",
        "whsec_\xe4" + "x" * 40,
    ],
)
def test_what_is_no_secret_is_refused_and_not_repeated(value: str) -> None:
    with pytest.raises(BadInput, match="is no secret") as refused:
        Settings.from_environment({"TIMELINE_WEBHOOK_SECRET": value})
    assert refused.value.place == "TIMELINE_WEBHOOK_SECRET"
    assert len(value) < 8 or value not in str(refused.value)


def test_the_settings_of_mail_are_read() -> None:
    told = {
        "TIMELINE_MAIL_FROM": "us@example.net",
        "TIMELINE_SMTP_HOST": "mail.example.net",
        "TIMELINE_SMTP_PORT": "2525",
        "TIMELINE_SMTP_STARTTLS": "off",
        "TIMELINE_SMTP_USER": "ann",
        "TIMELINE_SMTP_PASSWORD": "geheim",
    }
    read = Settings.from_environment(told)
    assert (read.mail_from, read.smtp_host, read.smtp_port) == (
        "us@example.net",
        "mail.example.net",
        2525,
    )
    assert (read.smtp_starttls, read.smtp_user, read.smtp_password) == (False, "ann", "geheim")
    assert Settings.from_environment({}).smtp_starttls


def test_a_store_from_a_backup_makes_the_same_digest_under_the_same_id() -> None:
    told = digest()
    assert id_of("acme", "mailto:a@b", 1, told) == id_of("acme", "mailto:a@b", 1, digest())
    others = [
        id_of("acne", "mailto:a@b", 1, told),
        id_of("acme", "mailto:a@c", 1, told),
        id_of("acme", "mailto:a@b", 2, told),
        id_of("acme", "mailto:a@b", 1, told | {"to": ENDS | {"position": 8}}),
        id_of("acme", "mailto:a@b", 1, told | {"lapsed": []}),
    ]
    assert len({*others, id_of("acme", "mailto:a@b", 1, told)}) == 6


def test_no_words_of_a_document_make_a_line_of_their_own() -> None:
    """Nobody can write into a digest what looks like another part of it."""
    window = {"earliest": None, "latest": "2021-02-26", "words": "soon\n\nLapsed: all of it"}
    told = digest(window=window)
    assert len(text_of(told).splitlines()) == len(text_of(digest()).splitlines())
    assert "Lapsed: all of it" in text_of(told)


@pytest.mark.parametrize("host", ["smtp..example.org", f"{'a' * 64}.example.org"])
def test_a_host_that_cannot_be_looked_up_is_refused(host: str) -> None:
    with pytest.raises(BadInput) as refused:
        MailServer(host, "us@example.net")
    assert refused.value.place == "TIMELINE_SMTP_HOST"
