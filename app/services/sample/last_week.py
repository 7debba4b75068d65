"""The sample's book as it stood a week before: most lines the same, some smaller or larger, some there no longer."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any
from zlib import crc32

from app.services.sample.book import REPORTING_DATE, Line, SampleBook
from app.services.sample.history import history
from exposures.currencies import minor_units

#: The Friday before.
LAST_WEEK = REPORTING_DATE - timedelta(days=7)
#: Grades one step better, as the sample's ratings are written.
_BETTER = {"BB-": "BB", "B": "B+", "B+": "BB-", "BBB": "BBB+", "BBB-": "BBB", "CCC+": "B-", "B-": "B", "BB": "BB+"}
_CLASS_BEFORE = {"关注": "正常", "次级": "关注"}


def last_week(book: SampleBook) -> SampleBook:
    """The same on every machine: what became of a line is decided by its number."""
    made = [before for line in book.lines if (before := _before(line)) is not None]
    made += [_ended(line) for line in book.lines if _ends(line)]
    return replace(book, lines=made, rates=_rates(book))


def _chance(line: Line, salt: str = "") -> int:
    """0 to 99."""
    return crc32(f"{salt}{line['line_id']}".encode()) % 100


def _before(line: Line) -> Line | None:
    """The line a week earlier; None where it is new."""
    chance = _chance(line)
    if chance < 3 and line.get("group_id") is None and line["country"] not in ("阿根廷", "土耳其"):
        return None
    before = dict(line)
    for name in ("outstanding", "undrawn"):
        if name in line and 3 <= chance < 14:
            before[name] = _times(line, name, "0.96" if chance < 10 else "1.03")
    if 14 <= chance < 16 and line.get("rating") in _BETTER:
        before["rating"] = _BETTER[line["rating"]]
    if 16 <= chance < 30 and line.get("loan_class") in _CLASS_BEFORE:
        before["loan_class"] = _CLASS_BEFORE[line["loan_class"]]
        before["days_past_due"] = 0
    return before


def _ends(line: Line) -> bool:
    return _chance(line, "end") < 3 and line["instrument"] in ("贸易融资", "拆放", "贷款")


def _ended(line: Line) -> Line:
    """A line like it that is there no longer: most were due in the week between."""
    ended: Line = {name: value for name, value in line.items() if not name.startswith(("undrawn", "pending"))}
    ended["line_id"] = f"{line['line_id']}-A"
    ended["outstanding"] = _times(line, "outstanding", "0.4") if "outstanding" in line else Decimal(0)
    ended["maturity"] = LAST_WEEK + timedelta(days=_chance(line, "day") % 7 + (30 if _chance(line, "sold") < 25 else 0))
    return ended


def _times(line: Line, name: str, factor: str) -> Decimal:
    amount: Any = line[name] * Decimal(factor)
    return Decimal(amount).quantize(Decimal(1).scaleb(-minor_units(line["currency"])))


def _rates(book: SampleBook) -> dict[str, Decimal]:
    """The rates of that day where the sample has them; else those of the week after."""
    rates = dict(book.rates)
    for name, values in history().items():
        if name.startswith("FX_") and LAST_WEEK in values:
            rates[name.removeprefix("FX_")] = Decimal(str(values[LAST_WEEK]))
    return rates
