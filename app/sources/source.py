"""What a source is: where it lies, what to ask it, and how to read its answer; asking and reading are apart.

A new source is one file with a `SOURCE = Source(...)`, a line in `SOURCES`, its place in the rows of
`app/series/catalogue.py` that it carries, and its name in `app/wording/sourcing.py`. Then it is asked beside the
others, its files are recognised in a folder, it has its switch, its host and its attribution on the Sources page, and
`tests/app/sources/test_faults.py` holds it to the table of faults.

How its questions reach far enough and no further: `requests(span)` builds them for `span`. `span.start(*series_ids)`
says from where those series have to be asked: None is "the whole history" (nothing of them is stored, or they are
yearly, and short), otherwise the first of a month that lies before what is stored by as much as the
publisher still revises. Put that date into the address *and* into `Request.since`: an answer about a part must not
stand for the whole at the next conditional request. A source that is asked by the date (one request a day) makes its
list from `span.newest` and `span.until`, not more than `MOST_REQUESTS` at a time.

How an answer is read: `parse(body, name)` gives a `Batch` for each series of the catalogue that the body holds, found
by the source's own name for it (`carried_by(ID)`), each with the unit that the body declares or, where none is
declared, the unit that the source documents. Names that the catalogue does not know are left out; a body without any
is Refused "source.unknown_series". Whatever is not the documented shape is Refused "source.…" with a reason of its
own; an empty day is no fault, `()`. Use `text_of`, `json_of`, `day_of`, `value_of`, `batch_of`: they know an HTML page
that comes with 200, an archive where text was expected, the many spellings of "missing", and a date that comes twice.

Several sources of one series: the row of the catalogue orders them, best first; of each date the first source counts
that has it, and whoever shows a figure says which one that was. Where a source measures something else under the same
title (a daily average, a closing quotient), the row says so in `definitions`; where the figures would differ for the
reader, make another series of it.
"""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import IO, Any

from app.liquidity.holdings import Holding
from app.liquidity.treasury_flows import TreasuryFlow
from app.refusals import Refused
from app.series.catalogue import SERIES
from app.series.series import Batch

#: So many questions one source is asked at a time where each is about one date.
MOST_REQUESTS = 60
#: How far back the publisher still changes what it has said (days), by frequency; slower series are asked whole.
_REVISED = {"daily": 45, "7-day": 45, "weekly": 120, "monthly": 550, "quarterly": 1100}
#: How a body says that there is no value.
_MISSING = frozenset({"", ".", "NA", "NaN", "null", "ND", "NC", "-", "n.a."})


#: What is kept beside the series, as `Span.newest` and the outcomes of a refresh name it.
SOMA_HOLDINGS, TREASURY_FLOWS = "soma_holdings", "treasury_flows"


@dataclass(frozen=True, slots=True)
class HoldingsTable:
    """The Fed's holdings security by security, of one Wednesday or several."""

    source: str
    rows: tuple[Holding, ...]


@dataclass(frozen=True, slots=True)
class FlowsTable:
    """The Treasury's cash by category, whole days."""

    source: str
    rows: tuple[TreasuryFlow, ...]


#: What an answer may hold.
Answered = Batch | HoldingsTable | FlowsTable


@dataclass(frozen=True, slots=True)
class Span:
    """What is to be asked for, up to `until` (today).

    `since` is set where a person asks from a date on; `newest` is the newest date that is stored from this source of
    each series, by catalogue id, and of SOMA_HOLDINGS and TREASURY_FLOWS.
    """

    until: date
    since: date | None = None
    newest: Mapping[str, date] = field(default_factory=dict)

    def start(self, *series_ids: str) -> date | None:
        """From where these series have to be asked together; None is their whole history."""
        if self.since is not None:
            return self.since
        given = [id for id in series_ids if id in self.newest]
        live = [id for id in given if SERIES[id].last is None]
        spans = [_REVISED.get(SERIES[id].frequency) for id in live]
        if not given or None in spans:
            return None
        if not live:
            return max(self.newest[id] for id in given)
        starts = [self.newest[id] - timedelta(days=days or 0) for id, days in zip(live, spans, strict=True)]
        return min(starts).replace(day=1)


@dataclass(frozen=True, slots=True)
class Request:
    """One question; `resource` names it in the fetch log (a series id, a package, a date).

    `since` is the first date it asks for, None where it asks for everything. `whole` is the resource of the question
    about the whole history where that is not its own. `unit` is what an earlier answer said of the unit: batches that
    name none are in it. `otherwise` is asked where this one fails.
    """

    resource: str
    path: str
    params: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    since: date | None = None
    whole: str | None = None
    unit: str | None = None
    otherwise: tuple["Request", ...] = ()

    @property
    def logged(self) -> str:
        """The name in the fetch log, under which its ETag is kept."""
        return self.resource if self.since is None else f"{self.resource} from {self.since.isoformat()}"


@dataclass(frozen=True, slots=True)
class Key:
    """How a source wants its key: as a parameter of the address or as a header; `needed` False: it opens more.

    `page` is where a person gets one. The key itself never stands in a Request.
    """

    page: str
    param: str | None = None
    header: str | None = None
    needed: bool = True


def no_more(_request: Request, _body: bytes) -> tuple[Request, ...]:
    """An answer after which nothing is left to ask."""
    return ()


def no_reason(_status: int, _body: bytes, _name: str) -> Refused | None:
    """A status that says no more than its number."""
    return None


@dataclass(frozen=True, slots=True)
class Source:
    """A public provider of series.

    `requests(span)` are the questions for that span, `more(request, body)` those that an answer leads to (its next
    pages, the data after the structure); `parse(body, name)` reads an answer (or a downloaded file called `name`) and
    raises Refused "source.…" wherever the shape is not the documented one. `recognises(body)` looks at a file's first
    bytes and takes it for its own only where no other source's file could begin so.

    `attribution` is what the provider's terms ask to be shown, in its words, untranslated; empty where they ask
    nothing. `key` is None where none is wanted. `stands_in` names the source that this one replaces: it is only asked
    for what that one does not give now (no key, switched off, or failed). `per_minute` is the most requests the
    provider allows. `agent` replaces the program's own User-Agent where the provider refuses that. `no_data` are the
    statuses that mean "nothing for this span" (no fault); `explains(status, body, name)` is what another error status
    means, None where it says no more than its number.
    """

    id: str
    base_url: str
    requests: Callable[[Span], tuple[Request, ...]]
    recognises: Callable[[bytes], bool]
    parse: Callable[[bytes, str], Sequence[Answered]]
    more: Callable[[Request, bytes], tuple[Request, ...]] = no_more
    attribution: str = ""
    key: Key | None = None
    stands_in: str | None = None
    per_minute: int | None = None
    agent: str | None = None
    no_data: frozenset[int] = frozenset()
    explains: Callable[[int, bytes, str], Refused | None] = no_reason
    stream: Callable[[IO[bytes], str], Sequence[Answered]] | None = None


def text_of(body: bytes, name: str, encoding: str = "utf-8-sig") -> str:
    """The body as text; an HTML page, an archive or nothing at all is refused with its own reason."""
    start = body[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        raise Refused("source.empty", name=name)
    if start.startswith(b"PK"):
        raise Refused("source.archive", name=name)
    if start.startswith(b"<"):
        raise Refused("source.html", name=name)
    try:
        return body.decode(encoding)
    except UnicodeDecodeError:
        raise Refused("source.not_text", name=name) from None


def json_of(body: bytes, name: str) -> Any:
    """The body as JSON, numbers as they stand there (int, float); Refused "source.json" where it is none."""
    try:
        return json.loads(text_of(body, name))
    except ValueError as error:
        raise Refused("source.json", name=name, detail=str(error)) from None


def rows_of(body: bytes, name: str, columns: Iterable[str], encoding: str = "utf-8-sig") -> Iterator[dict[str, str]]:
    """The rows of a CSV with a header, by column name; Refused "source.column" where one of `columns` is not there,
    "source.truncated" where a row has another number of cells than the header.
    """
    reader = csv.reader(text_of(body, name, encoding).splitlines())
    header = [cell.strip() for cell in next(reader)]
    for column in columns:
        if column not in header:
            raise Refused("source.column", name=name, column=column, found=", ".join(header)[:120])
    for row in reader:
        if not row:
            continue
        if len(row) != len(header):
            raise Refused("source.truncated", name=name, line=reader.line_num, cells=len(row), expected=len(header))
        yield dict(zip(header, row, strict=True))


def field_of(record: Any, key: str, name: str) -> Any:
    """A field of a JSON object; Refused "source.column" where the record is no object or has no such field."""
    if not isinstance(record, dict) or key not in record:
        found = ", ".join(record)[:120] if isinstance(record, dict) else type(record).__name__
        raise Refused("source.column", name=name, column=key, found=found)
    return record[key]


def day_of(cell: Any, name: str, line: int) -> date:
    """A cell in the form 2022-05-18."""
    try:
        return date.fromisoformat(str(cell).strip())
    except ValueError:
        raise Refused("source.date", name=name, line=line, cell=str(cell)) from None


def value_of(cell: Any, name: str, line: int) -> float | None:
    """A number (also one in quotes), or None where the cell says that there is none.

    -9999 is no number of its own accord: a source that uses it as a sentinel says so by a status, looked at first.
    """
    if cell is None:
        return None
    text = str(cell).strip()
    if text in _MISSING:
        return None
    try:
        value = float(text)
    except ValueError:
        raise Refused("source.number", name=name, line=line, cell=text) from None
    if value != value or value in (float("inf"), float("-inf")) or "_" in text or isinstance(cell, bool):
        raise Refused("source.number", name=name, line=line, cell=text)
    return value


def put_once(values: dict[date, float], day: date, value: float | None, name: str, line: int) -> None:
    """Keep a date's value; Refused "source.twice" where the date stood there before with another value."""
    if value is None:
        return
    if values.setdefault(day, value) != value:
        raise Refused("source.twice", name=name, line=line, day=day)


def batch_of(series_id: str, source: str, values: Mapping[date, float], unit: str | None = None) -> Batch:
    """The batch in date order."""
    return Batch(series_id, source, tuple(sorted(values.items())), unit)
