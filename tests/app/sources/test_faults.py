"""The table of faults: what each source's answer becomes when the way to it, or the answer itself, is not as it should.

Every source of SOURCES is held to it on a loopback server. The good answers are the mirror's; a source whose answer
holds figures in text says below how one of them is spoiled.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import pytest

from app.refusals import Refused
from app.series.series import Batch
from app.settings import SourceSettings
from app.sources import SOURCES
from app.sources.http import Http
from app.sources.source import Answered, Request, Span
from tests.app.sources.mirror import KEY, body_of

NOW = datetime(2026, 11, 20, 6, tzinfo=UTC)
UNTIL, FIRST, SINCE = date(2026, 11, 19), date(2024, 6, 1), date(2024, 12, 1)
KNOWN = {source.id: source for source in SOURCES}
EACH = pytest.mark.parametrize("id", list(KNOWN))


@cache
def questions(id: str) -> list[tuple[Request, bytes]]:
    """The source's questions about the last weeks, with what each leads to, and their good answers."""
    source = KNOWN[id]
    waiting, found = list(source.requests(Span(UNTIL, SINCE))), []
    while waiting:
        request = waiting.pop(0)
        body = body_of("/" + request.path, dict(request.params), FIRST, UNTIL)
        if body is not None:
            found.append((request, body))
            waiting += source.more(request, body)
    return found


def question(id: str, part: str = "") -> tuple[Request, bytes]:
    """The first question whose answer holds figures (and whose address holds `part`)."""
    return _question(id, part)


class Asking:
    """Asks one question on the loopback and reads the answer, as a refresh does."""

    def __init__(self, id: str, url: str, **settings: Any) -> None:
        self.source, self.waits = KNOWN[id], list[float]()
        self._settings = SourceSettings(base_url=url, **({"attempts": 2, "timeout_seconds": 5.0} | settings))
        self._key = KEY if self.source.key is not None else None

    def ask(self, request: Request) -> list[Answered]:
        with Http(self.source, self._settings, now=lambda: NOW, sleep=self.waits.append, key=self._key) as http:
            answer = http.ask(request)
        return [] if answer.body is None else list(self.source.parse(answer.body, request.resource))

    def refused(self, request: Request) -> Refused:
        with pytest.raises(Refused) as refused:
            self.ask(request)
        assert KEY not in str(refused.value.values)
        return refused.value


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")


# ---------------------------------------------------------------------- the way to it


@cache
def _question(id: str, part: str) -> tuple[Request, bytes]:
    source = KNOWN[id]
    return next(
        (request, body)
        for request, body in questions(id)
        if part in request.path and source.parse(body, request.resource)
    )


@EACH
def test_a_good_answer_is_read(id: str, server: Any) -> None:
    request, body = question(id)
    server.say(body)
    assert Asking(id, server.url).ask(request)


@EACH
def test_silence(id: str, server: Any) -> None:
    server.say(hang=True)
    asking = Asking(id, server.url, attempts=1, timeout_seconds=0.05)
    assert asking.refused(question(id)[0]).code == "source.unreachable"


@EACH
def test_too_many_requests_and_then_an_answer(id: str, server: Any) -> None:
    request, body = question(id)
    server.say(status=429, headers={"Retry-After": "7"})
    server.say(body)
    asking = Asking(id, server.url)
    assert asking.ask(request)
    assert asking.waits == [7.0]


@EACH
@pytest.mark.parametrize("status", [500, 503])
def test_a_server_fault(id: str, status: int, server: Any) -> None:
    server.say(status=status)
    refused = Asking(id, server.url).refused(question(id)[0])
    assert (refused.code, refused.values["status"]) == ("source.status", status)


@EACH
def test_a_connection_cut_in_the_middle(id: str, server: Any) -> None:
    request, body = question(id)
    server.say(body, cut=len(body) // 2)
    assert Asking(id, server.url).refused(request).code == "source.unreachable"


# ---------------------------------------------------------------------- another thing than was asked for


@EACH
def test_a_web_page_with_status_200(id: str, server: Any) -> None:
    server.say(b"<!DOCTYPE html><html><body>We are down for maintenance</body></html>")
    assert Asking(id, server.url).refused(question(id)[0]).code == "source.html"


@EACH
def test_an_archive_with_status_200(id: str, server: Any) -> None:
    server.say(b"PK\x03\x04\x14\x00" + b"\x00" * 40)
    assert Asking(id, server.url).refused(question(id)[0]).code == "source.archive"


@EACH
def test_an_empty_body_with_status_200(id: str, server: Any) -> None:
    server.say(b"")
    assert Asking(id, server.url).refused(question(id)[0]).code == "source.empty"


@EACH
def test_an_error_in_json_with_status_200(id: str, server: Any) -> None:
    """The World Bank's has one element in an array; no source may take such a thing for an empty answer."""
    server.say(
        b'[{"message":[{"id":"120","key":"Invalid value","value":"The provided parameter value is not valid"}]}]'
    )
    code = Asking(id, server.url).refused(question(id)[0]).code
    assert code in ("source.said", "source.column", "source.header", "source.unknown_series")


@EACH
def test_half_an_answer_that_says_it_is_whole(id: str, server: Any) -> None:
    request, body = question(id)
    server.say(body[: len(body) // 2])
    try:
        found = Asking(id, server.url).ask(request)
    except Refused:
        return
    # A table of rows that ends after a whole row cannot be told from a shorter one.
    assert len(figures(found)) < len(figures(list(KNOWN[id].parse(body, request.resource))))


# ---------------------------------------------------------------------- our own sources: figures that are not figures


@dataclass(frozen=True)
class Spoiled:
    """Where in an answer (a question whose address holds `part`) the first figure stands: `figure` matches it with
    what is before (1) and after (3) it; `column` is a name that could be renamed; `row` matches a first whole row.
    """

    part: str
    figure: str
    column: str
    row: str
    glue: str  # what stands between two rows
    quoted: bool  # figures may be text


JSON = r'("{}": ?)("?[\d.]+"?)()'
SPOILED = {
    "fredgraph": Spoiled("", r"(\n[\d-]+,)([\d.]+)()", "observation_date", r"\n[\d-]+,[\d.]+", "", quoted=False),
    "fred": Spoiled(
        "observations", JSON.format("value"), "observations", r'\{"realtime_start": [^{}]*\}(?=, )', ", ", quoted=True
    ),
    "ddp": Spoiled("", r"(\n[\d-]+,)(\d+)()", "Multiplier:", r"\n20[^\n]*", "", quoted=False),
    "nyfed": Spoiled(
        "sofr", JSON.format("percentRate"), "percentRate", r'\{"effectiveDate"[^{}]*\}(?=, )', ", ", quoted=True
    ),
    "treasury": Spoiled(
        "operating", JSON.format("open_today_bal"), "account_type", r"\{[^{}]*Closing[^{}]*\}(?=, )", ", ", quoted=True
    ),
}
OURS = pytest.mark.parametrize("id", list(SPOILED))


def figures(found: list[Answered]) -> dict[tuple[str, date], float]:
    """Every figure of the series in an answer."""
    return {(one.series_id, day): value for one in found if isinstance(one, Batch) for day, value in one.values}


def spoil(id: str, change: Callable[[str, Spoiled], str]) -> tuple[Request, bytes, bytes]:
    """A question of the source, its good answer and the spoiled one."""
    how = SPOILED[id]
    request, body = question(id, how.part)
    text = body.decode()
    spoiled = change(text, how)
    assert spoiled != text
    return request, body, spoiled.encode()


@OURS
@pytest.mark.parametrize("marker", ["null", ".", "NA", "NaN", ""])
def test_a_missing_figure_is_missing_and_not_zero(id: str, marker: str, server: Any) -> None:
    def take_out(text: str, how: Spoiled) -> str:
        return re.sub(how.figure, lambda m: f'{m[1]}"{marker}"' if how.quoted else m[1] + marker, text, count=1)

    request, body, spoiled = spoil(id, take_out)
    server.say(body)
    server.say(spoiled)
    asking = Asking(id, server.url)
    good = figures(asking.ask(request))
    if id == "treasury" and "Closing" in re.split(r'"account_type"', spoiled.decode())[1][:60]:
        assert asking.refused(request).code == "source.account"
        return
    left = figures(asking.ask(request))
    assert set(left) < set(good) or left == good  # one is missing, or one that nobody counts (an opening balance)
    assert 0.0 not in set(left.values()) - set(good.values())


@OURS
def test_something_that_is_no_figure(id: str, server: Any) -> None:
    request, _, spoiled = spoil(
        id,
        lambda text, how: re.sub(how.figure, lambda m: f'{m[1]}"12x"' if how.quoted else f"{m[1]}12x", text),
    )
    server.say(spoiled)
    assert Asking(id, server.url).refused(request).code == "source.number"


@OURS
def test_figures_as_text_are_the_same_figures(id: str, server: Any) -> None:
    request, body, spoiled = spoil(
        id,
        lambda text, how: re.sub(
            how.figure, lambda m: m[1] + (m[2].strip('"') if m[2].startswith('"') else f'"{m[2]}"'), text
        ),
    )
    server.say(body)
    server.say(spoiled)
    asking = Asking(id, server.url)
    assert figures(asking.ask(request)) == figures(asking.ask(request))


@OURS
def test_a_renamed_column(id: str, server: Any) -> None:
    request, _, spoiled = spoil(id, lambda text, how: text.replace(how.column, "renamed"))
    server.say(spoiled)
    assert Asking(id, server.url).refused(request).code in ("source.column", "source.header")


@OURS
def test_a_date_that_stands_there_twice(id: str, server: Any) -> None:
    def repeat(text: str, how: Spoiled) -> str:
        row = re.search(how.row, text)
        assert row is not None
        other = re.sub(r"[\d.]+(?=\D*$)" if not how.quoted else r"NEVER", "7", row[0])
        if how.quoted:
            key = "value" if id == "fred" else "percentRate" if id == "nyfed" else "open_today_bal"
            other = re.sub(JSON.format(key), r'\g<1>"7"', row[0])
        return text.replace(row[0], row[0] + how.glue + other, 1)

    request, _, spoiled = spoil(id, repeat)
    server.say(spoiled)
    assert Asking(id, server.url).refused(request).code == "source.twice"


def test_a_renamed_account_is_said_with_its_day(server: Any) -> None:
    request, body = question("treasury", "operating")
    server.say(body.replace(b"Closing Balance", b"End Balance"))
    refused = Asking("treasury", server.url).refused(request)
    assert refused.code == "source.account"
    assert "End Balance" in refused.values["found"]


@pytest.mark.parametrize(
    ("id", "part", "body"),
    [
        ("nyfed", "rates", b'{"refRates": []}'),
        ("nyfed", "rp/results", b'{"repo": {"operations": []}}'),
        ("nyfed", "soma/tsy", b'{"soma": {"holdings": []}}'),
        ("nyfed", "fxs", b'{"fxSwaps": {"operations": []}}'),
        ("treasury", "operating", b'{"data": [], "meta": {"total-count": 0}, "links": {}}'),
        ("fred", "observations", b'{"realtime_start": "2026-11-20", "realtime_end": "2026-11-20", "observations": []}'),
    ],
)
def test_an_empty_day_is_no_fault_and_no_figure(id: str, part: str, body: bytes, server: Any) -> None:
    request, _ = question(id, part)
    server.say(body)
    assert Asking(id, server.url).ask(request) == []


def test_an_answer_of_several_pages_is_not_taken_for_whole(server: Any) -> None:
    request, body = question("treasury", "operating")
    server.say(re.sub(rb'"total-count": \d+', b'"total-count": 99999', body))
    assert Asking("treasury", server.url).refused(request).code == "source.incomplete"


def test_a_key_that_is_not_accepted(server: Any) -> None:
    said = b'{"error_code":400,"error_message":"Bad Request.  The value for variable api_key is not registered."}'
    server.say(said, status=400)
    assert Asking("fred", server.url).refused(question("fred")[0]).code == "credentials.refused"


def test_a_key_stands_in_no_log(server: Any, caplog: pytest.LogCaptureFixture) -> None:
    request, body = question("fred")
    server.say(body)
    with caplog.at_level("DEBUG"):
        Asking("fred", server.url).ask(request)
    assert server.asked[-1].params["api_key"] == KEY
    assert KEY not in caplog.text


def test_a_series_that_is_gone(server: Any) -> None:
    server.say(b'{"error_code":400,"error_message":"Bad Request.  The series does not exist."}', status=400)
    refused = Asking("fred", server.url).refused(question("fred")[0])
    assert (refused.code, refused.values["detail"]) == ("source.said", "Bad Request.  The series does not exist.")
