"""The Board's Data Download Program, H.4.1: the whole release in one archive, or the two packages as CSV.

A package has six heading rows, then a row for each Wednesday. The release (`ddp_release`) is asked for once and then
every month, for what was revised far back; from day to day the packages do.
"""

import csv
from datetime import date
from io import BytesIO
from typing import IO

from app.refusals import Refused
from app.series.catalogue import carried_by
from app.series.series import Batch
from app.sources import ddp_release
from app.sources.source import Request, Source, Span, batch_of, day_of, text_of, value_of

ID = "ddp"
#: The release as a whole, in the fetch log.
RELEASE = "H41"
_FIRST = date(2002, 12, 18)
#: The prepared packages, by what they hold (keys as public code uses them).
_PACKAGES = {
    "condition": "3ab1b33ad80c27bc5cc4f8122b7a6440",
    "factors": "2704b6bc9b50bc034baf9660364dfb26",
}
_HEADINGS = ("Series Description", "Unit:", "Multiplier:", "Currency:", "Unique Identifier:", "Time Period")
_MULTIPLIERS = {1: "USD", 10**3: "USD thousands", 10**6: "USD millions", 10**9: "USD billions"}


def requests(span: Span) -> tuple[Request, ...]:
    """What is new from the two packages; everything from the release in one file, or else from the packages."""
    since = span.start(*(series.id for series in carried_by(ID).values()))
    if since is not None:
        return _packages(since, span)
    release = {"rel": "H41", "filetype": "zip"}
    return (Request(RELEASE, "datadownload/Output.aspx", release, otherwise=_packages(None, span)),)


def _packages(since: date | None, span: Span) -> tuple[Request, ...]:
    return tuple(
        Request(
            f"{RELEASE}/{package}",
            "datadownload/Output.aspx",
            {
                "rel": "H41",
                "series": key,
                "lastobs": "",
                "from": f"{since or _FIRST:%m/%d/%Y}",
                "to": f"{span.until:%m/%d/%Y}",
                "filetype": "csv",
                "label": "include",
                "layout": "seriescolumn",
            },
            since=since,
            whole=RELEASE,
        )
        for package, key in _PACKAGES.items()
    )


def recognises(body: bytes) -> bool:
    """Whether a file begins with the first heading of a package, or is the whole release."""
    start = body[:20_000]
    heading = start.removeprefix(b"\xef\xbb\xbf")[:64].lstrip(b'"').startswith(_HEADINGS[0].encode())
    return heading or ddp_release.is_release(start)


def stream(file: IO[bytes], name: str) -> tuple[Batch, ...]:
    """The catalogue's series of the whole release, from a file too large to be held."""
    return ddp_release.read(file, name, ID, carried_by(ID))


def parse(body: bytes, name: str) -> tuple[Batch, ...]:
    """The catalogue's series of a package or of the whole release, each with the unit that is declared there; Refused
    on any other shape.
    """
    if ddp_release.is_release(body[:20_000]):
        return stream(BytesIO(body), name)
    rows = csv.reader(text_of(body, name).splitlines())
    headings = []
    for expected in _HEADINGS:
        row = next(rows, [])
        if not row or row[0].strip() != expected:
            raise Refused("source.header", name=name, header=",".join(row)[:80], expected=expected)
        headings.append([cell.strip() for cell in row])
    codes = headings[5]
    for line, heading in enumerate(headings, 1):
        if len(heading) != len(codes):
            raise Refused("source.truncated", name=name, line=line, cells=len(heading), expected=len(codes))
    known = carried_by(ID)
    wanted = {column: known[code] for column, code in enumerate(codes) if column and code in known}
    if not wanted:
        raise Refused("source.unknown_series", name=name, found=", ".join(codes[1:6]))
    units = {column: _unit(headings, column, name) for column in wanted}
    values: dict[int, dict[date, float]] = {column: {} for column in wanted}
    seen: set[date] = set()
    for row in rows:
        if not row:
            continue
        if len(row) != len(codes):
            raise Refused("source.truncated", name=name, line=rows.line_num, cells=len(row), expected=len(codes))
        day = day_of(row[0], name, rows.line_num)
        if day in seen:
            raise Refused("source.twice", name=name, line=rows.line_num, day=day)
        seen.add(day)
        for column in wanted:
            if (value := value_of(row[column], name, rows.line_num)) is not None:
                values[column][day] = value
    if not seen:
        raise Refused("source.empty", name=name)
    return tuple(batch_of(series.id, ID, values[column], units[column]) for column, series in wanted.items())


def _unit(headings: list[list[str]], column: int, name: str) -> str:
    unit, multiplier, currency = (headings[row][column] for row in (1, 2, 3))
    try:
        declared = _MULTIPLIERS.get(int(float(multiplier)))
    except ValueError:
        declared = None
    if unit != "Currency" or currency != "USD" or declared is None:
        raise Refused("source.unit", name=name, column=headings[5][column], unit=f"{unit} {currency} × {multiplier}")
    return declared


SOURCE = Source(
    ID,
    "https://www.federalreserve.gov/",
    requests,
    recognises,
    parse,
    stream=stream,
    attribution="Source: Board of Governors of the Federal Reserve System (US)",
)
