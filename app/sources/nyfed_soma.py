"""The System Open Market Account: the weekly summary, what it holds security by security, and dollar swaps."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from app.liquidity.holdings import Holding, SecurityType
from app.refusals import Refused
from app.series.series import Batch
from app.sources.source import HoldingsTable, batch_of, day_of, field_of, put_once, value_of

#: What the summary calls each line. Its total leaves inflation compensation out.
_SUMMARY = {
    "total": "SOMA_TOTAL",
    "bills": "SOMA_BILLS",
    "notesbonds": "SOMA_NOTES_BONDS",
    "tips": "SOMA_TIPS",
    "tipsInflationCompensation": "SOMA_TIPS_COMPENSATION",
    "frn": "SOMA_FRN",
    "agencies": "SOMA_AGENCIES",
    "mbs": "SOMA_MBS",
    "cmbs": "SOMA_CMBS",
}
_TYPES = {
    "bills": SecurityType.BILL,
    "notesbonds": SecurityType.NOTE_BOND,
    "tips": SecurityType.TIPS,
    "frn": SecurityType.FRN,
    "agencydebts": SecurityType.AGENCY,
    "agencies": SecurityType.AGENCY,
    "mbs": SecurityType.MBS,
    "cmbs": SecurityType.CMBS,
}
_WEDNESDAY = 2
#: No swap of the programme ran longer (88 days, 2020): before that the outstanding amount is not known in full.
_LONGEST_SWAP = timedelta(days=100)


def parse_summary(rows: Any, name: str, source: str) -> tuple[Batch, ...]:
    """Each line by Wednesday, in dollars; a blank is none."""
    values: dict[str, dict[date, float]] = {id: {} for id in _SUMMARY.values()}
    for line, row in enumerate(rows, 1):
        day = day_of(field_of(row, "asOfDate", name), name, line)
        for key, id in _SUMMARY.items():
            put_once(values[id], day, value_of(field_of(row, key, name), name, line), name, line)
    return tuple(batch_of(id, source, told, "USD") for id, told in values.items() if told)


def parse_holdings(rows: Any, name: str, source: str) -> tuple[HoldingsTable, ...]:
    """The securities of a Wednesday; an empty list is a day that is none."""
    found: dict[tuple[date, str], Holding] = {}
    for line, row in enumerate(rows, 1):
        one = _holding(row, name, line)
        if found.setdefault((one.as_of, one.cusip), one) != one:
            raise Refused("source.twice", name=name, line=line, day=one.as_of)
    return (HoldingsTable(source, tuple(found.values())),) if found else ()


def _holding(row: Any, name: str, line: int) -> Holding:
    told = str(field_of(row, "securityType", name))
    kind = _TYPES.get(told.lower().replace(" ", "").replace("/", ""))
    if kind is None:
        raise Refused("source.unknown_series", name=name, found=told)
    maturity = str(row.get("maturityDate") or "").strip()
    par = _amount(field_of(row, "parValue", name), name, line)
    if par is None:
        raise Refused("source.number", name=name, line=line, cell="")
    rate = row.get("spread") if kind is SecurityType.FRN else row.get("coupon")
    return Holding(
        day_of(field_of(row, "asOfDate", name), name, line),
        str(field_of(row, "cusip", name)),
        kind,
        day_of(maturity, name, line) if maturity else None,
        par,
        _amount(row.get("inflationCompensation"), name, line) or Decimal(0),
        _amount(rate, name, line),
    )


def _amount(cell: Any, name: str, line: int) -> Decimal | None:
    """An exact amount; a blank is none."""
    if value_of(cell, name, line) is None:
        return None
    try:
        return Decimal(str(cell).strip())
    except InvalidOperation:
        raise Refused("source.number", name=name, line=line, cell=str(cell)) from None


def parse_swaps(rows: Any, name: str, source: str) -> tuple[Batch, ...]:
    """What foreign central banks had drawn on each Wednesday, from the operations; exercises left out."""
    drawn = [one for line, row in enumerate(rows, 1) if (one := _swap(row, name, line)) is not None]
    if not drawn:
        return ()
    day = min(settled for settled, _, _ in drawn) + _LONGEST_SWAP
    last = max(settled for settled, _, _ in drawn)
    day += timedelta(days=(_WEDNESDAY - day.weekday()) % 7)
    values = {}
    while day <= last + timedelta(days=6):
        values[day] = sum(amount for settled, matures, amount in drawn if settled <= day < matures)
        day += timedelta(days=7)
    return (batch_of("SWAPS_OUTSTANDING", source, values, "USD"),) if values else ()


def _swap(row: Mapping[str, Any], name: str, line: int) -> tuple[date, date, float] | None:
    if str(field_of(row, "isSmallValue", name)).lower() in ("true", "yes", "y", "1"):
        return None
    amount = value_of(field_of(row, "amount", name), name, line)
    if amount is None:
        return None
    settled = day_of(field_of(row, "settlementDate", name), name, line)
    return settled, day_of(field_of(row, "maturityDate", name), name, line), amount


def wednesdays(after: date, until: date) -> Iterable[date]:
    """The Wednesdays between two dates, the second included, newest first."""
    day = until - timedelta(days=(until.weekday() - _WEDNESDAY) % 7)
    while day > after:
        yield day
        day -= timedelta(days=7)
