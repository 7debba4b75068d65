"""Japan's Ministry of Finance: yields of government bonds by maturity, each business day, in percent.

Two files: everything up to the end of last month, and the current month. A title line, a header, rows of
`2026/9/1,1.527,…` with "-" for missing, and at the end of the second an empty row and a footnote in Shift-JIS.
"""

import csv
import re
from datetime import date

from app.refusals import Refused
from app.series.catalogue import carried_by
from app.series.series import Batch
from app.sources.source import Request, Source, Span, batch_of, put_once, text_of, value_of

ID = "mof"
_FOLDER = "english/policy/jgbs/reference/interest_rate"
_ALL, _MONTH = "jgbcme_all", "jgbcme"
_ENCODING = "cp932"
_DAY = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})")


def requests(span: Span) -> tuple[Request, ...]:
    """The current month, and what went before it where that is not stored yet."""
    first = span.until.replace(day=1)
    newest = min((span.newest.get(series.id, date.min) for series in carried_by(ID).values()), default=date.min)
    month = Request(_MONTH, f"{_FOLDER}/{_MONTH}.csv", since=first, whole=_ALL)
    if max(newest, span.since or date.min) >= first:
        return (month,)
    return (Request(_ALL, f"{_FOLDER}/historical/{_ALL}.csv"), month)


def recognises(body: bytes) -> bool:
    """Whether a file begins with the title, and its second line with the header."""
    lines = body.removeprefix(b"\xef\xbb\xbf")[:400].split(b"\n")
    return lines[0].startswith(b"Interest Rate") and len(lines) > 1 and lines[1].startswith(b"Date,")


def parse(body: bytes, name: str) -> tuple[Batch, ...]:
    """The maturities that the catalogue knows; Refused on any other shape."""
    rows = csv.reader(text_of(body, name, _ENCODING).splitlines())
    title = next(rows)
    if not title[0].startswith("Interest Rate") or "(Unit : %)" not in title[-1]:
        raise Refused("source.header", name=name, header=",".join(title)[:80], expected="Interest Rate … (Unit : %)")
    header = [cell.strip() for cell in next(rows, [""])]
    if header[0] != "Date":
        raise Refused("source.header", name=name, header=",".join(header)[:80], expected="Date")
    known = carried_by(ID)
    wanted = {column: known[cell] for column, cell in enumerate(header) if cell in known}
    for maturity in known.keys() - set(header):
        raise Refused("source.column", name=name, column=maturity, found=", ".join(header)[:120])
    values: dict[int, dict[date, float]] = {column: {} for column in wanted}
    for row in rows:
        day = _day(row, name, rows.line_num)
        if day is None:
            continue
        if len(row) != len(header):
            raise Refused("source.truncated", name=name, line=rows.line_num, cells=len(row), expected=len(header))
        for column in wanted:
            put_once(values[column], day, value_of(row[column], name, rows.line_num), name, rows.line_num)
    return tuple(batch_of(series.id, ID, values[column]) for column, series in wanted.items())


def _day(row: list[str], name: str, line: int) -> date | None:
    """A row's date; None for an empty row and for a footnote, which has nothing after its first cell."""
    if not any(cell.strip() for cell in row[1:]) and not _DAY.match((row or [""])[0].strip()):
        return None
    match = _DAY.fullmatch(row[0].strip())
    try:
        if match is None:
            raise ValueError(row[0])
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        raise Refused("source.date", name=name, line=line, cell=row[0]) from None


SOURCE = Source(
    ID,
    "https://www.mof.go.jp/",
    requests,
    recognises,
    parse,
    attribution="Source: Ministry of Finance, Japan",
    agent="Mozilla/5.0 (compatible; Tidewatch)",  # it answers a client that does not say so with an error page
)
