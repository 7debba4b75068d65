"""The one HTTP client against a server that misbehaves in every documented way."""

import ssl
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from app.refusals import Refused
from app.settings import SourceSettings
from app.sources import fredgraph
from app.sources.http import Answer, Http
from app.sources.source import Request

NOW = datetime(2026, 5, 26, 0, 31, tzinfo=UTC)
GOOD = b"observation_date,WALCL\n2022-05-18,8945898\n"
REQUEST = Request("WALCL", "graph/fredgraph.csv", {"id": "WALCL"})


class Asking:
    """Asks the server once and keeps the waits between the tries."""

    def __init__(self, url: str, **settings: Any) -> None:
        self.waits: list[float] = []
        self._settings = SourceSettings(base_url=url, **({"timeout_seconds": 5.0} | settings))

    def ask(self, etag: str | None = None, last_modified: str | None = None) -> Answer:
        with Http(fredgraph.SOURCE, self._settings, now=lambda: NOW, sleep=self.waits.append) as http:
            return http.ask(REQUEST, etag, last_modified)

    def refused(self) -> Refused:
        with pytest.raises(Refused) as refused:
            self.ask()
        return refused.value


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


def test_a_good_answer_brings_its_body_and_its_conditions(server: Any) -> None:
    server.say(GOOD, headers={"ETag": '"v1"', "Last-Modified": "Thu, 19 May 2022 20:30:00 GMT"})
    assert Asking(server.url).ask() == Answer(GOOD, '"v1"', "Thu, 19 May 2022 20:30:00 GMT")
    assert server.asked[0].path == "/graph/fredgraph.csv"
    assert server.asked[0].params == {"id": "WALCL"}
    assert "if-none-match" not in server.asked[0].headers


def test_a_mirror_below_a_path_is_reached(server: Any) -> None:
    server.say(GOOD)
    Asking(server.url + "/mirror/fred").ask()
    assert server.asked[0].path == "/mirror/fred/graph/fredgraph.csv"


def test_unchanged_is_asked_for_and_understood(server: Any) -> None:
    server.say(status=304)
    answer = Asking(server.url).ask('"v1"', "Thu, 19 May 2022 20:30:00 GMT")
    assert answer == Answer(None, '"v1"', "Thu, 19 May 2022 20:30:00 GMT")
    assert server.asked[0].headers["if-none-match"] == '"v1"'
    assert server.asked[0].headers["if-modified-since"] == "Thu, 19 May 2022 20:30:00 GMT"


@pytest.mark.parametrize(
    ("retry_after", "wait"),
    [("7", 7.0), (format_datetime(NOW + timedelta(seconds=20), usegmt=True), 20.0), ("3600", 60.0), ("soon", 1.0)],
)
def test_too_many_requests_waits_as_long_as_asked_up_to_a_minute(server: Any, retry_after: str, wait: float) -> None:
    server.say(status=429, headers={"Retry-After": retry_after})
    server.say(GOOD)
    asking = Asking(server.url)
    assert asking.ask().body == GOOD
    assert asking.waits == [wait]


def test_a_server_fault_is_tried_again_with_growing_waits_and_then_given_up(server: Any) -> None:
    server.say(status=500)
    asking = Asking(server.url)
    refused = asking.refused()
    assert (refused.code, refused.values["status"]) == ("source.status", 500)
    assert asking.waits == [1.0, 2.0, 4.0]
    assert len(server.asked) == 4


def test_a_wrong_question_is_not_repeated(server: Any) -> None:
    server.say(status=404)
    asking = Asking(server.url)
    assert asking.refused().values["status"] == 404
    assert asking.waits == []


def test_a_body_that_is_cut_short_never_passes_for_whole(server: Any) -> None:
    server.say(GOOD, cut=5)
    asking = Asking(server.url, attempts=2)
    assert asking.refused().code == "source.unreachable"
    assert len(asking.waits) == 1


def test_a_cut_body_is_made_good_by_the_next_try(server: Any) -> None:
    server.say(GOOD, cut=5)
    server.say(GOOD)
    assert Asking(server.url).ask().body == GOOD


def test_silence_times_out(server: Any) -> None:
    server.say(hang=True)
    assert Asking(server.url, timeout_seconds=0.1, attempts=1).refused().code == "source.unreachable"


def test_nobody_listening_is_unreachable(server: Any) -> None:
    url = server.url
    server._server.server_close()
    asking = Asking(url, attempts=3)
    assert asking.refused().code == "source.unreachable"
    assert asking.waits == [1.0, 2.0]


def test_a_proxy_is_used_for_its_source(server: Any) -> None:
    server.say(GOOD)
    assert Asking("http://fred.example.invalid/", proxy=server.url).ask().body == GOOD
    assert server.asked[0].path == "/graph/fredgraph.csv"
    assert server.asked[0].headers["host"] == "fred.example.invalid"


@pytest.mark.parametrize("settings", [{"ca_bundle": "missing.pem"}, {"proxy": "gopher://proxy"}])
def test_settings_that_cannot_be_used_are_refused(settings: dict[str, str], tmp_path: Path) -> None:
    if "ca_bundle" in settings:
        settings = {"ca_bundle": str(tmp_path / settings["ca_bundle"])}
    assert Asking("http://127.0.0.1", **settings).refused().code == "source.settings"


def test_a_ca_bundle_is_loaded(tmp_path: Path, server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked_for: list[str | None] = []
    real = ssl.create_default_context

    def remember(*args: Any, cafile: str | None = None, **more: Any) -> ssl.SSLContext:
        asked_for.append(cafile)
        return real(*args, **more)

    monkeypatch.setattr(ssl, "create_default_context", remember)
    server.say(GOOD)
    Asking(server.url, ca_bundle=str(tmp_path / "bank.pem")).ask()
    assert str(tmp_path / "bank.pem") in asked_for
