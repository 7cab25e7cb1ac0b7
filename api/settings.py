"""Settings, from the environment alone: names that begin with TIMELINE_."""

from __future__ import annotations

import base64
import binascii
import getpass
import os
import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

from timeline.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX = "TIMELINE_"
READ_MODELS = ("inline", "followed")
_PORT_MAX = 65_535
_SECRET, _SECRET_BYTES = "whsec_", (24, 64)
_MINUTES_DIGITS = 6


def os_user() -> str:
    """Return the name of the operating system's user, `unknown` where there is none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container may run under a number that has no name
        return "unknown"


@dataclass(frozen=True, slots=True)
class Settings:
    """What one process needs to know before it starts."""

    database_url: str = "sqlite:///timeline.db"
    recorded_by: str = field(default_factory=os_user)
    host: str = "127.0.0.1"
    port: int = 8000
    hosts: tuple[str, ...] = ()
    packs: tuple[str, ...] = ()
    question_log: bool = False
    signing_key: str | None = None
    witness: str | None = None
    checkpoint_minutes: int = 10
    streams: int = 100
    heartbeat: float = 15.0
    read_models: str | None = None
    webhook_secret: bytes | None = field(default=None, repr=False)
    mail_from: str | None = None
    smtp_host: str | None = None
    smtp_port: int = 587
    smtp_starttls: bool = True
    smtp_user: str | None = None
    smtp_password: str | None = field(default=None, repr=False)

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Settings:
        """Read the settings; raises BadInput for an unknown TIMELINE_ name or a bad value."""
        told = {name: value for name, value in environ.items() if name.startswith(PREFIX)}
        for name in sorted(told):
            if name not in _READERS:
                raise BadInput(f"no such setting{_hint(name)}", place=name)
        read = {_field(name): _READERS[name](name, value) for name, value in told.items()}
        return cls(**read)  # type: ignore[arg-type]  # each reader gives its field's type


def _field(name: str) -> str:
    return name.removeprefix(PREFIX).lower()


def _text(name: str, value: str) -> str:
    if not value.strip():
        raise BadInput("is empty; give it a value or unset it", place=name)
    return value


def _hosts(name: str, value: str) -> tuple[str, ...]:
    """Read names parted by commas; a port or a path in one would never match."""
    hosts = tuple(host.strip().lower() for host in _text(name, value).split(","))
    if not all(re.fullmatch(r"[a-z0-9_.-]+", host) for host in hosts):
        raise BadInput(f"{value!r} has more than host names parted by commas", place=name)
    return hosts


def _folders(name: str, value: str) -> tuple[str, ...]:
    """Read folders parted as in PATH; whether they are there is seen when packs are loaded."""
    folders = tuple(value.split(os.pathsep))
    if not all(folder.strip() for folder in folders):
        raise BadInput(f"{value!r} has an empty folder; write A{os.pathsep}B", place=name)
    return folders


def _read_models(name: str, value: str) -> str:
    if value not in READ_MODELS:
        raise BadInput(f"{value!r} is neither {' nor '.join(READ_MODELS)}", place=name)
    return value


def _port(name: str, value: str) -> int:
    digits = value.isascii() and value.isdigit() and len(value) <= len(str(_PORT_MAX))
    if not digits or int(value) > _PORT_MAX:
        raise BadInput(f"{value!r} is no port; write a number up to {_PORT_MAX}", place=name)
    return int(value)


def _switch(name: str, value: str) -> bool:
    if value not in ("on", "off"):
        raise BadInput(f"{value!r} is neither on nor off", place=name)
    return value == "on"


def _minutes(name: str, value: str) -> int:
    if not (value.isascii() and value.isdigit() and len(value) <= _MINUTES_DIGITS):
        raise BadInput(f"{value!r} is no number of minutes; 0 means never", place=name)
    return int(value)


def _streams(name: str, value: str) -> int:
    if not re.fullmatch(r"[0-9]{1,5}", value):
        raise BadInput(f"{value!r} is no number of streams; write 0 to 99999", place=name)
    return int(value)


def _heartbeat(name: str, value: str) -> float:
    if not re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,3})?", value) or float(value) <= 0:
        raise BadInput(f"{value!r} is no number of seconds; write 15 or 0.5", place=name)
    return float(value)


def _secret(name: str, value: str) -> bytes:
    """Read a secret as Standard Webhooks writes it; the value itself is told to nobody."""
    try:
        secret = base64.b64decode(value.removeprefix(_SECRET), validate=True)
    except (binascii.Error, ValueError):
        secret = b""
    if not value.startswith(_SECRET) or not _SECRET_BYTES[0] <= len(secret) <= _SECRET_BYTES[1]:
        raise BadInput(f"is no secret; write {_SECRET} and 24 to 64 bytes in base64", place=name)
    return secret


def _hint(name: str) -> str:
    near = get_close_matches(name, _READERS, n=1)
    return f"; did you mean {near[0]}?" if near else f"; there are {', '.join(_READERS)}"


_READERS = {
    "TIMELINE_DATABASE_URL": _text,
    "TIMELINE_RECORDED_BY": _text,
    "TIMELINE_HOST": _text,
    "TIMELINE_PORT": _port,
    "TIMELINE_HOSTS": _hosts,
    "TIMELINE_PACKS": _folders,
    "TIMELINE_QUESTION_LOG": _switch,
    "TIMELINE_SIGNING_KEY": _text,
    "TIMELINE_WITNESS": _text,
    "TIMELINE_CHECKPOINT_MINUTES": _minutes,
    "TIMELINE_STREAMS": _streams,
    "TIMELINE_HEARTBEAT": _heartbeat,
    "TIMELINE_READ_MODELS": _read_models,
    "TIMELINE_WEBHOOK_SECRET": _secret,
    "TIMELINE_MAIL_FROM": _text,
    "TIMELINE_SMTP_HOST": _text,
    "TIMELINE_SMTP_PORT": _port,
    "TIMELINE_SMTP_STARTTLS": _switch,
    "TIMELINE_SMTP_USER": _text,
    "TIMELINE_SMTP_PASSWORD": _text,
}
