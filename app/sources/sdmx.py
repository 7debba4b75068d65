"""SDMX-CSV as BIS, the IMF and the ECB write it: columns by name, periods by their last day, what is missing by status.

Version 1 begins with DATAFLOW or with the dimensions, version 2 with STRUCTURE, STRUCTURE_ID and ACTION; attributes
follow in any order, and a title may hold commas and line breaks.
"""

import calendar
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from app.refusals import Refused
from app.sources.source import rows_of, value_of

#: What asks for this form; servers that speak several choose by it.
CSV = {"Accept": "application/vnd.sdmx.data+csv;version=1.0.0"}
#: Statuses of the SDMX code list under which a number is none: missing, holiday, not collected, suppressed.
_MISSING = frozenset({"M", "H", "L", "Q", "O"})
_PERIOD = re.compile(r"(\d{4})(?:-?Q([1-4])|-M?(\d{2}))?(?:-(\d{2}))?")


@dataclass(frozen=True, slots=True)
class Observed:
    """One observation; `value` None is missing. `line` counts observations, the header being the first."""

    of: Mapping[str, str]  # every column of its row
    day: date  # the last day of its period
    value: float | None
    line: int


def observed(body: bytes, name: str, dimensions: Iterable[str]) -> Iterator[Observed]:
    """The observations of a file that has `dimensions`; rows without a period describe the flow and are left out."""
    columns = (*dimensions, "TIME_PERIOD", "OBS_VALUE")
    for line, row in enumerate(rows_of(body, name, columns), 2):
        if not row["TIME_PERIOD"].strip():
            continue
        missing = row.get("OBS_STATUS", "").strip() in _MISSING
        value = None if missing else value_of(row["OBS_VALUE"], name, line)
        yield Observed(row, period_end(row["TIME_PERIOD"], name, line), value, line)


def scaled(one: Observed, name: str) -> float | None:
    """The value times ten to the power of its UNIT_MULT; Refused "source.unit" where that is no power."""
    power = one.of.get("UNIT_MULT", "").strip()
    if one.value is None or power in ("", "0"):
        return one.value
    if not re.fullmatch(r"-?\d{1,2}", power):
        raise Refused("source.unit", name=name, column="UNIT_MULT", unit=power)
    return float(f"{one.value!r}e{power}") if "e" not in repr(one.value) else one.value * 10.0 ** int(power)


def period_end(text: str, name: str, line: int) -> date:
    """The last day of 2026-05-18, 2026-05, 2026-M05, 2026-Q2 or 2026."""
    match = _PERIOD.fullmatch(text.strip())
    try:
        if match is None or (match[4] and not match[3]):
            raise ValueError(text)
        year = int(match[1])
        month = int(match[3]) if match[3] else int(match[2]) * 3 if match[2] else 12
        return date(year, month, int(match[4]) if match[4] else calendar.monthrange(year, month)[1])
    except ValueError:
        raise Refused("source.date", name=name, line=line, cell=text) from None


def header_of(body: bytes) -> frozenset[str]:
    """The columns of a file's first line, by which it is recognised."""
    first = body.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0][:4000]
    return frozenset(cell.strip().strip('"') for cell in first.decode("utf-8", "replace").split(","))
