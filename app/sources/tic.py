"""US Treasury, TIC: foreigners' holdings and net purchases of US securities, monthly, in millions of dollars.

The shape is assumed from public programs that read these files, not seen in a payload: a few lines of title with
"millions" in them, one line of machine names (`country`, `country_code`, `date`, `for_treas_pos`, …) parted by tabs,
then rows of a country or total and a month (`2026-07`), `n.a.` where there is nothing. Whatever else is refused.
"""

from datetime import date

from app.refusals import Refused
from app.series.catalogue import carried_by
from app.series.series import Batch
from app.sources import sdmx
from app.sources.source import Request, Source, Span, batch_of, put_once, text_of, value_of

ID = "tic"
_FOLDER = "resource-center/data-chart-center/tic/Documents"
_HEADER = ("country", "country_code", "date")


def requests(_span: Span) -> tuple[Request, ...]:
    """One question for each table; a file holds the whole history."""
    tables = dict.fromkeys(key.split("/")[0] for key in carried_by(ID))
    return tuple(Request(table, f"{_FOLDER}/{table}.txt") for table in tables)


def recognises(body: bytes) -> bool:
    """Whether the line of machine names stands among a file's first lines."""
    return "\t".join(_HEADER).encode() in body[:8000].replace(b'"', b"")


def parse(body: bytes, name: str) -> tuple[Batch, ...]:
    """The series of a table that the catalogue knows, by the code of the country or total and the column."""
    lines = text_of(body, name).splitlines()
    start = next((place for place, line in enumerate(lines) if tuple(_cells(line)[:3]) == _HEADER), None)
    if start is None:
        raise Refused("source.header", name=name, header=lines[0][:80], expected="country, country_code, date")
    if not any("million" in line.lower() for line in lines[:start]):
        raise Refused("source.unit", name=name, column=", ".join(_cells(lines[start])[3:5]), unit="?")
    header = _cells(lines[start])
    wanted = {
        (code, header.index(column)): series
        for key, series in carried_by(ID).items()
        for _table, code, column in [key.split("/")]
        if column in header
    }
    if not wanted:
        raise Refused("source.unknown_series", name=name, found=", ".join(header[3:8]))
    values: dict[tuple[str, int], dict[date, float]] = {key: {} for key in wanted}
    for number, line in enumerate(lines[start + 1 :], start + 2):
        cells = _cells(line)
        if len(cells) < len(_HEADER) or not cells[1]:
            continue  # notes beneath the table
        if len(cells) != len(header):
            raise Refused("source.truncated", name=name, line=number, cells=len(cells), expected=len(header))
        for code, column in wanted:
            if cells[1] == code:
                day = sdmx.period_end(cells[2], name, number)
                value = value_of(cells[column].replace(",", ""), name, number)
                put_once(values[code, column], day, value, name, number)
    if not any(values.values()):
        raise Refused("source.empty", name=name)
    return tuple(batch_of(series.id, ID, values[key], "USD millions") for key, series in wanted.items())


def _cells(line: str) -> list[str]:
    return [cell.strip().strip('"').strip() for cell in line.split("\t")]


SOURCE = Source(
    ID,
    "https://ticdata.treasury.gov/",
    requests,
    recognises,
    parse,
    attribution="Source: U.S. Department of the Treasury, Treasury International Capital (TIC) System",
)
