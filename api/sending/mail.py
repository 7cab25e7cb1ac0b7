"""Mail by SMTP, with STARTTLS unless it is switched off."""

from __future__ import annotations

import re
from contextlib import closing, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP as LINES
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any

from api.sending.destination import NotDelivered
from api.sending.digest import subject_of, text_of
from timeline.errors import BadInput

if TYPE_CHECKING:
    from datetime import datetime

_SECONDS = 10.0
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+")
_AGAIN_BELOW = 500  # of SMTP replies: 4xx is for now, 5xx for good


@dataclass(frozen=True, slots=True)
class MailServer:
    """The server that takes mail, and who it is from; a user is never sent without TLS."""

    host: str
    sender: str
    port: int = 587
    starttls: bool = True
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        """Refuse a sender or host that is none, and a password in the clear."""
        require_address(self.sender, "TIMELINE_MAIL_FROM")
        require_host(self.host, "TIMELINE_SMTP_HOST")
        if self.user is not None and not self.starttls:
            place = "TIMELINE_SMTP_STARTTLS"
            raise BadInput("is off, and the password would go in the clear", place=place)


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An address that takes digests by mail."""

    address: str
    server: MailServer

    def __post_init__(self) -> None:
        """Refuse what is not one plain address."""
        require_address(self.address, "--to-email")

    @property
    def name(self) -> str:
        """The address, as a URL names one."""
        return f"mailto:{self.address}"

    def message(self, id_: str, made_at: datetime, digest: dict[str, Any]) -> bytes:
        """Return the mail: its Message-ID is the digest's id, at the sender's domain."""
        mail = EmailMessage(policy=LINES)
        mail["From"], mail["To"] = self.server.sender, self.address
        mail["Subject"] = subject_of(digest)
        mail["Date"] = format_datetime(made_at)
        mail["Message-ID"] = f"<{id_}@{self.server.sender.partition('@')[2]}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(text_of(digest), cte="quoted-printable")
        return mail.as_bytes()

    def send(self, id_: str, message: bytes, at: datetime) -> None:  # noqa: ARG002  # both are in it
        """Hand it to the server."""
        from smtplib import (  # noqa: PLC0415  # of no use elsewhere
            SMTPException,
            SMTPRecipientsRefused,
            SMTPResponseException,
        )

        try:
            self._hand_over(message)
        except SMTPRecipientsRefused as error:
            code, _ = error.recipients[self.address]
            again = code < _AGAIN_BELOW
            raise NotDelivered(f"the address was refused: {code}", again=again) from error
        except SMTPResponseException as error:
            again = error.smtp_code < _AGAIN_BELOW
            raise NotDelivered(f"answered {error.smtp_code}", again=again) from error
        except (SMTPException, OSError) as error:
            raise NotDelivered(f"{type(error).__name__}: {error}") from error

    def _hand_over(self, message: bytes) -> None:
        import ssl  # noqa: PLC0415
        from smtplib import SMTP, SMTPException  # noqa: PLC0415

        server = self.server
        with closing(SMTP(server.host, server.port, timeout=_SECONDS)) as smtp:
            if server.starttls:
                smtp.starttls(context=ssl.create_default_context())
            if server.user is not None:
                smtp.login(server.user, server.password or "")
            smtp.sendmail(server.sender, [self.address], message)
            with suppress(SMTPException, OSError):  # it is taken, however the farewell goes
                smtp.quit()


def require_host(name: str, place: str) -> None:
    """Raise BadInput for the name of a host that cannot be looked up."""
    try:
        name.encode("idna")
    except UnicodeError:
        raise BadInput(f"{name!r} is no name of a host", place=place) from None


def require_address(text: str, place: str) -> None:
    """Raise BadInput unless `text` is one address in ASCII and nothing else."""
    if not _ADDRESS.fullmatch(text):
        raise BadInput(f"{text!r} is no plain mail address", place=place)
