"""Receivers of digests that are real and unreliable: an HTTP server and an SMTP server."""

from __future__ import annotations

import ipaddress
import socketserver
import ssl
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Judge = Callable[[dict[str, str], bytes], int]

OK, DROP = 200, -1


class Hook:
    """What an HTTP server got, and what it does with each request: one of `plan`, then `OK`.

    A number is the status it answers, DROP takes the whole request and hangs up without a word,
    anything else is called when the request is in. `judge` sees each request first, and where the
    plan says `OK` its status is the answer.
    """

    def __init__(self, *plan: int | Callable[[], Any], judge: Judge | None = None) -> None:
        self.judge = judge
        self.plan = list(plan)
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.url = ""

    @property
    def ids(self) -> list[str]:
        return [headers["webhook-id"] for headers, _ in self.got]

    def status(self, headers: dict[str, str], body: bytes) -> int:
        judged = self.judge(headers, body) if self.judge else OK
        planned = self.next()
        return judged if planned == OK else planned

    def next(self) -> int:
        step = self.plan.pop(0) if self.plan else OK
        if callable(step):
            step()
            return OK
        return step


@contextmanager
def http_server(*plan: int | Callable[[], Any], judge: Judge | None = None) -> Iterator[Hook]:
    """Serve on a free port, each request in a thread of its own."""
    hook = Hook(*plan, judge=judge)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            headers = {k.lower(): v for k, v in self.headers.items()}
            hook.got.append((headers, body))
            status = hook.status(headers, body)
            if status == DROP:
                self.close_connection = True
                return
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", hook.url + "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        hook.url = f"http://127.0.0.1:{server.server_port}/hook"
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield hook
        finally:
            server.shutdown()


class Post:
    """What an SMTP server got: the lines of each session, and the mails."""

    def __init__(
        self, *after_data: str, after_auth: str = "235 welcome", after_quit: str = "221 bye"
    ) -> None:
        self.after_auth, self.after_quit = after_auth, after_quit
        self.after_data = list(after_data)
        self.port = 0
        self.said: list[str] = []
        self.mails: list[bytes] = []

    def next(self) -> str:
        return self.after_data.pop(0) if self.after_data else "250 taken"


@contextmanager
def smtp_server(
    *after_data: str, tls: ssl.SSLContext | None = None, **answers: str
) -> Iterator[Post]:
    """Serve on a free port; `after_data` are its answers to mails, an empty one hangs up."""
    post = Post(*after_data, **answers)

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            _Session(self.request, post, tls).run()

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = daemon_threads = True

    with Server(("127.0.0.1", 0), Handler) as server:
        post.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield post
        finally:
            server.shutdown()


class _Session:
    """One conversation: EHLO, STARTTLS where there is a certificate, AUTH, DATA, QUIT."""

    def __init__(self, connection: Any, post: Post, tls: ssl.SSLContext | None) -> None:
        self.connection, self.post, self.tls = connection, post, tls
        self.lines = connection.makefile("rb")

    def run(self) -> None:
        self.say("220 here")
        try:
            while line := self.lines.readline().decode().rstrip("\r\n"):
                self.post.said.append(line)
                if not self.answer(line.split()[0].upper()):
                    return
        finally:
            self.lines.close()
            self.connection.close()

    def say(self, line: str) -> None:
        self.connection.sendall(f"{line}\r\n".encode())

    def answer(self, verb: str) -> bool:
        """Answer one command; False ends the session."""
        if verb == "EHLO":
            offers = self.tls and not isinstance(self.connection, ssl.SSLSocket)
            self.say("250-here" + ("\r\n250-STARTTLS" if offers else "") + "\r\n250 AUTH PLAIN")
        elif verb == "STARTTLS":
            return self.secured()
        elif verb == "DATA":
            return self.mail()
        elif verb == "QUIT":
            self.say(self.post.after_quit)
            return False
        else:
            self.say(self.post.after_auth if verb == "AUTH" else "250 well")
        return True

    def secured(self) -> bool:
        assert self.tls is not None
        self.say("220 go on")
        self.lines.close()
        try:
            self.connection = self.tls.wrap_socket(self.connection, server_side=True)
        except OSError:
            return False
        self.lines = self.connection.makefile("rb")
        return True

    def mail(self) -> bool:
        self.say("354 go on")
        self.post.mails.append(b"".join(iter(self.lines.readline, b".\r\n")))
        answer = self.post.next()
        if answer:
            self.say(answer)
        return bool(answer)


def certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """Make a certificate for 127.0.0.1; return the server's side and the file to trust."""
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")]),
    )
    now = datetime.now(UTC)
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(here, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    trusted, private = folder / "trusted.pem", folder / "key.pem"
    trusted.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(trusted, private)
    return context, trusted


def until(done: Callable[[], bool], seconds: float = 30.0) -> None:
    """Wait until something is so; fail when it takes too long."""
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.02)
