"""IMF representative exchange rates of a month as a table of tabs: currencies down, days across, in blocks.

Local units for one dollar; a currency marked "(1)" is quoted the other way round and is not read. `NA` is missing,
thousands have commas.
"""

import re
from datetime import date, timedelta

from app.refusals import Refused
from app.series.catalogue import carried_by
from app.series.series import Batch
from app.sources.source import Request, Source, Span, batch_of, put_once, text_of, value_of

ID = "imf_rates"
_TITLE = "Representative Exchange Rates for Selected Currencies"
_HEADER = "Currency"
_MOST_MONTHS = 12
_HEADING = re.compile(r"([A-Z][a-z]+) (\d{1,2}), (\d{4})")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def requests(span: Span) -> tuple[Request, ...]:
    """One question for each month since the newest stored date; without one the last two months."""
    newest = min((span.newest[s.id] for s in carried_by(ID).values() if s.id in span.newest), default=None)
    first = span.since or newest or (span.until.replace(day=1) - timedelta(days=1))
    month, asked = span.until.replace(day=1), list[Request]()
    while month >= first.replace(day=1) and len(asked) < _MOST_MONTHS:
        asked.append(_request(month))
        month = (month - timedelta(days=1)).replace(day=1)
    return tuple(reversed(asked))


def _request(month: date) -> Request:
    last = (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    params = {"SelectDate": last.isoformat(), "reportType": "REP", "tsvflag": "Y"}
    return Request(f"REP {month:%Y-%m}", "external/np/fin/data/rms_mth.aspx", params)


def recognises(body: bytes) -> bool:
    """Whether a file begins with the table's title."""
    return body.removeprefix(b"\xef\xbb\xbf").lstrip(b' "\r\n').startswith(_TITLE.encode())


def parse(body: bytes, name: str) -> tuple[Batch, ...]:
    """The currencies that the catalogue knows, all blocks together."""
    lines = text_of(body, name).splitlines()
    if not lines[0].strip(' "').startswith(_TITLE):
        raise Refused("source.header", name=name, header=lines[0][:80], expected=_TITLE)
    known = carried_by(ID)
    values: dict[str, dict[date, float]] = {}
    days: list[date] = []
    others: set[str] = set()
    for number, line in enumerate(lines, 1):
        cells = [cell.strip(' "') for cell in line.rstrip("\r\n").split("\t")]
        if cells[0] == _HEADER:
            days = [_day(cell, name, number) for cell in cells[1:] if cell]
        elif len(cells) > 1 and days:
            if cells[0] not in known:
                others.add(cells[0])
                continue
            if len(cells) < len(days) + 1:
                raise Refused("source.truncated", name=name, line=number, cells=len(cells), expected=len(days) + 1)
            for day, cell in zip(days, cells[1:], strict=False):
                value = value_of(cell.replace(",", ""), name, number)
                put_once(values.setdefault(cells[0], {}), day, value, name, number)
    if not days:
        raise Refused("source.header", name=name, header=lines[0][:80], expected=_HEADER)
    if not values and others:
        raise Refused("source.unknown_series", name=name, found=", ".join(sorted(others)[:5]))
    return tuple(batch_of(known[currency].id, ID, of) for currency, of in values.items())


def _day(cell: str, name: str, line: int) -> date:
    """A heading in the form "March 02, 2026"."""
    match = _HEADING.fullmatch(cell)
    try:
        if match is None:
            raise ValueError(cell)
        return date(int(match[3]), _MONTHS.index(match[1]) + 1, int(match[2]))
    except ValueError:
        raise Refused("source.date", name=name, line=line, cell=cell) from None


SOURCE = Source(
    ID,
    "https://www.imf.org/",
    requests,
    recognises,
    parse,
    attribution="Source: International Monetary Fund, representative exchange rates",
    agent="Mozilla/5.0 (compatible; Tidewatch)",  # its edge turns away clients that do not say so
)
