"""A web server on the loopback that answers as a test tells it to."""

import socketserver
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest


@dataclass
class Reply:
    """One answer; `cut` ends the body so many bytes before its promised length, `hang` never answers."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    cut: int = 0
    hang: bool = False


@dataclass
class Asked:
    path: str
    params: dict[str, str]
    headers: dict[str, str]


class Server:
    """Gives what it was told to `say` in turn (the last again and again) and keeps what was `asked`."""

    def __init__(self) -> None:
        self._replies: list[Reply] = []
        self.choose: Callable[[Asked], Reply] | None = None
        self.asked: list[Asked] = []
        self.released = threading.Event()
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                params = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
                asked = Asked(parts.path, params, {name.lower(): value for name, value in self.headers.items()})
                server.asked.append(asked)
                if server.choose is not None:
                    reply = server.choose(asked)
                else:
                    reply = server._replies.pop(0) if len(server._replies) > 1 else server._replies[0]
                if reply.hang:
                    server.released.wait(10)
                    return
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(reply.body)))
                self.end_headers()
                self.wfile.write(reply.body[: len(reply.body) - reply.cut])

            def log_message(self, format: str, *args: object) -> None:
                pass

        class Threaded(socketserver.ThreadingTCPServer):
            daemon_threads = True

        self._server = Threaded(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()

    def say(self, body: bytes = b"", status: int = 200, **more: Any) -> Reply:
        """Answer so next, after what was said before; `headers`, `cut` and `hang` as in Reply."""
        self._replies.append(Reply(status, body, **more))
        return self._replies[-1]

    def close(self) -> None:
        self.released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.close()
