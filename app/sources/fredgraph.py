"""FRED's chart download (fredgraph.csv): one series a request, no key, no unit in the file.

`observation_date,WALCL` since 2025, `DATE,WALCL` before; a missing value is empty, earlier a full stop.
"""

import csv
from datetime import date

from app.refusals import Refused
from app.series.catalogue import carried_by
from app.series.series import Batch
from app.sources.source import Request, Source, Span, batch_of, day_of, text_of, value_of

ID = "fredgraph"
_FIRST = "1947-01-01"
_HEADERS = ("observation_date", "DATE")


def requests(span: Span) -> tuple[Request, ...]:
    """One request for each series: several ids of mixed frequency would come as an archive."""
    return tuple(_request(name, span.start(series.id)) for name, series in carried_by(ID).items())


def _request(name: str, since: date | None) -> Request:
    # No end date: a question that stays the same from day to day can be asked "if it has changed".
    start = since.isoformat() if since else _FIRST
    return Request(name, "graph/fredgraph.csv", {"id": name, "cosd": start}, since=since)


def recognises(body: bytes) -> bool:
    """Whether a file begins with one of the two headers."""
    start = body.removeprefix(b"\xef\xbb\xbf")[:64].lstrip(b'"')
    return any(start.startswith(header.encode()) for header in _HEADERS)


def parse(body: bytes, name: str) -> tuple[Batch, ...]:
    """The series of a file that the catalogue knows; Refused where the file is not what is documented."""
    rows = csv.reader(text_of(body, name).splitlines())
    header = [cell.strip() for cell in next(rows)]
    if header[0] not in _HEADERS or len(header) < 2:
        raise Refused("source.header", name=name, header=",".join(header)[:80], expected="observation_date,ID")
    known = carried_by(ID)
    if not any(column in known for column in header[1:]):
        raise Refused("source.unknown_series", name=name, found=", ".join(header[1:]))
    columns: list[dict[date, float]] = [{} for _ in header]
    seen: set[date] = set()
    for row in rows:
        if not row:
            continue
        if len(row) != len(header):
            raise Refused("source.truncated", name=name, line=rows.line_num, cells=len(row), expected=len(header))
        day = day_of(row[0], name, rows.line_num)
        if day in seen:
            raise Refused("source.twice", name=name, line=rows.line_num, day=day)
        seen.add(day)
        for column, cell in enumerate(row[1:], 1):
            if (value := value_of(cell, name, rows.line_num)) is not None:
                columns[column][day] = value
    if not seen:
        raise Refused("source.empty", name=name)
    return tuple(
        batch_of(known[column].id, ID, values)
        for column, values in zip(header, columns, strict=True)
        if column in known
    )


SOURCE = Source(
    ID,
    "https://fred.stlouisfed.org/",
    requests,
    recognises,
    parse,
    attribution="Source: FRED®, Federal Reserve Bank of St. Louis; https://fred.stlouisfed.org",
    stands_in="fred",
)
