"""Real servers on this computer that fail in every way: mail by aiosmtpd, webhooks by http.server, plain sockets."""

import logging
import socket
import ssl
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOST = "127.0.0.1"
# It warns of its own deprecated parts, which it uses itself.
logging.getLogger("mail.log").setLevel(logging.CRITICAL)
Answer = Callable[[dict[str, str], bytes], tuple[int, dict[str, str]]]


def certificate(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """A certificate of 127.0.0.1 that signs itself, as a file to trust, and a server's side that shows it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address(HOST))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem, secret = folder / "server.pem", folder / "server.key"
    pem.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    secret.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, secret)
    return pem, context


class Postbox:
    """What arrived; `rcpt` and `data` say what is answered (None: taken), `cut` breaks off after the body."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.rcpt: str | None = None
        self.data: str | None = None
        self.mail_from: str | None = None
        self.cut = False
        self.taken: Callable[[EmailMessage], None] = self.mails.append

    async def handle_MAIL(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        if self.mail_from is not None:
            return self.mail_from
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        if self.rcpt is not None:
            return self.rcpt
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Any, envelope: Any) -> str:
        if self.data is not None:
            return self.data
        self.taken(BytesParser(policy=default).parsebytes(envelope.content))  # type: ignore[arg-type]
        if self.cut:
            server.transport.abort()
        return "250 OK"

    def keys(self) -> list[str]:
        """The keys of everything that arrived, in order."""
        return [key for mail in self.mails for key in str(mail["X-Tidewatch-Keys"]).split()]


@contextmanager
def mail_server(postbox: Postbox, *, password: str | None = None, **options: Any) -> Iterator[int]:
    """A mail server and its port; with a password it wants the account "tide" and that."""

    def known(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        right = (data.login, data.password) == (b"tide", (password or "").encode())
        return AuthResult(success=right, handled=False)

    if password is not None:
        options |= {"authenticator": known, "auth_required": True}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a test server that asks for a password before it encrypts
        controller = Controller(postbox, hostname=HOST, port=_free_port(), ready_timeout=10, **options)
        controller.start()
        try:
            yield controller.port
        finally:
            controller.stop()


@contextmanager
def webhook(answer: Answer) -> Iterator[str]:
    """A receiver that answers as it is told, and its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, headers = answer(dict(self.headers.items()), body)
            if not status:  # no answer at all
                self.close_connection = True
                return
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer((HOST, 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_address[1]}/tidewatch"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def silent() -> Iterator[int]:
    """Takes connections and never says a word."""
    with socket.create_server((HOST, 0)) as listener:
        yield listener.getsockname()[1]


@contextmanager
def saying(*lines: bytes, context: ssl.SSLContext | None = None) -> Iterator[int]:
    """Says each line after the other as it is spoken to, then hangs up."""
    with socket.create_server((HOST, 0)) as listener:

        def serve() -> None:
            client, _address = listener.accept()
            with suppress(OSError):  # whoever calls does not like the certificate, or hangs up first
                client = client if context is None else context.wrap_socket(client, server_side=True)
                for place, line in enumerate(lines):
                    client.sendall(line)
                    if place < len(lines) - 1:
                        client.recv(4096)
            client.close()

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        thread.join(5)


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def closed_port() -> int:
    """A port at which nobody listens."""
    return _free_port()
