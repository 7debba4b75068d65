"""All sources on the loopback, with ETags, as of a day that can be moved on.

A source added to SOURCES is in it as soon as one of the ANSWERS knows its paths. In a test `Mirror` runs in a thread;
a benchmark runs `python -m tests.app.sources.mirror 2001-01-01 2026-11-18`, which prints its address.
"""

import json
import sys
import threading
import zlib
from datetime import date
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from app.sources import SOURCES
from tests.app.services.reaching import reach
from tests.app.sources import foreign_mirror, home_mirror

#: Who knows the paths of which sources.
ANSWERS = (home_mirror.answer, foreign_mirror.answer)
KEY = "0123456789abcdef0123456789abcdef"


@cache
def _made(path: str, params: tuple[tuple[str, str], ...], first: date, until: date) -> tuple[bytes | None, str]:
    body = body_of(path, dict(params), first, until)
    return body, f'"{zlib.crc32(body or b"")}"'


def body_of(path: str, params: dict[str, str], first: date, until: date) -> bytes | None:
    """The answer to a question; None where no source has the path."""
    return next((body for make in ANSWERS if (body := make(path, params, first, until)) is not None), None)


class Mirror:
    """Serves every source below its id; `counts` are requests, those with a condition, unchanged, and bytes sent."""

    def __init__(self, first: date, until: date) -> None:
        self.first, self.until = first, until
        self.counts = dict.fromkeys(("requests", "conditional", "unchanged", "bytes"), 0)
        self.paths: list[str] = []
        mirror = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True  # as servers do: else a body waits 40 ms for the word that its head arrived

            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                params = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
                if parts.path.startswith("/-/"):
                    return self.control(parts.path, params)
                mirror.paths.append(self.path)
                body, tag = _made(unquote(parts.path), tuple(params.items()), mirror.first, mirror.until)
                asked = self.headers.get("If-None-Match")
                mirror.counts["requests"] += 1
                mirror.counts["conditional"] += asked is not None
                if body is not None and asked == tag:
                    mirror.counts["unchanged"] += 1
                    return self.say(304, b"", tag)
                return self.say(404 if body is None else 200, body or b"", tag)

            def control(self, path: str, params: dict[str, str]) -> None:
                if path == "/-/until":
                    mirror.until = date.fromisoformat(params["day"])
                    mirror.counts = dict.fromkeys(mirror.counts, 0)
                self.say(200, json.dumps(mirror.counts).encode(), "")

            def say(self, status: int, body: bytes, tag: str) -> None:
                mirror.counts["bytes"] += len(body)
                self.send_response(status)
                self.send_header("ETag", tag)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        class Threaded(ThreadingHTTPServer):
            daemon_threads = True
            block_on_close = False

        self._server = Threaded(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def point_to(url: str, file: Path) -> None:
    """Let a workspace ask the mirror for everything."""
    reach(file, **{source.id: {"base_url": f"{url}/{source.id}", "attempts": 1} for source in SOURCES})


if __name__ == "__main__":
    running = Mirror(*(date.fromisoformat(text) for text in sys.argv[1:3]))
    print(running.url, flush=True)
    sys.stdin.read()  # until whoever started it is gone
