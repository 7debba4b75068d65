"""The Fed's balance sheet on one Wednesday or two: every line, what is unlisted, and whether both sides close.

Lines and their order are those of Table 1 of the source document (SOURCES.md section 2 gives the series). An amount is
whole USD millions. A balancing row has a value only where every top line of its side has data.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from app.liquidity.changes import answer
from app.liquidity.remarks import line_notes, remarks
from app.liquidity.statement import BalanceSheet, Line, Role, Side
from app.series.catalogue import FACILITIES, SERIES
from app.series.series import Observation

#: What one date has: observations in USD millions, by series id.
Level = Mapping[str, Observation]

DIFFERENT = "different definitions"
#: The largest difference of the two sides that whole millions explain.
ROUNDING = 2


@dataclass(frozen=True, slots=True)
class _Row:
    """How a line is made: `series` are alternatives, best first; `parts` are lines that are summed."""

    id: str
    parent: str | None
    role: Role
    series: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


_TOP_ASSETS = ("securities", "repos", "loans_and_facilities", "swaps", "other_assets")
_TOP_LIABILITIES = ("federal_reserve_notes", "reverse_repos", "deposits", "treasury_contributions")
#: Of these two, exactly one closes the side: the condition statement's line, or the factors table's.
_CLOSING = ("depository_deposits", "reserve_balances")
_DEPOSITS = ("term_deposits", "tga", "foreign_official", "other_deposits")
_TOTAL, _LINE, _MEMO, _BALANCING = Role.TOTAL, Role.LINE, Role.MEMO, Role.BALANCING

_ASSETS: tuple[_Row, ...] = (
    _Row("securities", "total_assets", _LINE, ("WSHOSHO",)),
    _Row("treasuries", "securities", _LINE, ("TREAST",)),
    _Row("bills", "treasuries", _LINE, ("WSHOBL",)),
    _Row("notes_and_bonds", "treasuries", _LINE, ("WSHONBNL",)),
    _Row("tips", "treasuries", _LINE, ("WSHONBIIL",)),
    _Row("inflation_compensation", "treasuries", _LINE, ("WSHOICL",)),
    _Row("agency_debt", "securities", _LINE, ("WSHOFADSL",)),
    _Row("mbs", "securities", _LINE, ("WSHOMCB",)),
    _Row("repos", "total_assets", _LINE, ("WORAL",)),
    _Row("loans_and_facilities", "total_assets", _TOTAL, parts=("loans", "credit_facilities")),
    _Row("loans", "loans_and_facilities", _LINE, ("WLCFLL",)),
    _Row("credit_facilities", "loans_and_facilities", _LINE),
    _Row("swaps", "total_assets", _LINE, ("SWPT",)),
    _Row("other_assets", "total_assets", _LINE, ("RESH4SO_N", "WAOAL")),
    _Row("unlisted_assets", "total_assets", _BALANCING, parts=("total_assets", *_TOP_ASSETS)),
    _Row("total_assets", None, _TOTAL, ("WALCL",)),
)

_LIABILITIES: tuple[_Row, ...] = (
    _Row("federal_reserve_notes", "total_liabilities", _LINE, ("WLFN",)),
    _Row("currency_in_circulation", None, _MEMO, ("RESTBC_N",)),
    _Row("reverse_repos", "total_liabilities", _LINE, ("WLRRAL",)),
    _Row("reverse_repos_foreign", "reverse_repos", _LINE, ("WLRRAFOIAL",)),
    _Row("on_rrp", "reverse_repos", _LINE, ("WLRRAOL",)),
    _Row("deposits", "total_liabilities", _TOTAL),
    _Row("term_deposits", "deposits", _LINE, ("RESPPLLDA_N",)),
    _Row("depository_deposits", "deposits", _LINE, ("WLODLL",)),
    _Row("reserve_balances", "deposits", _LINE, ("WRBWFRBL",)),
    _Row("tga", "deposits", _LINE, ("WDTGAL",)),
    _Row("foreign_official", "deposits", _LINE, ("WDFOL",)),
    _Row("other_deposits", "deposits", _LINE, ("RESPPLLDO_N",)),
    _Row("treasury_contributions", "total_liabilities", _LINE, ("RESH4E_N",)),
    _Row("unlisted_liabilities", "total_liabilities", _BALANCING, parts=("total_liabilities", *_TOP_LIABILITIES)),
    _Row("total_liabilities", None, _TOTAL, ("RESPPMLL_N",)),
    _Row("capital", None, _LINE, ("WCTCL",)),
    _Row("rounding", None, _BALANCING, parts=("total_assets", "total_liabilities", "capital")),
)

#: The ids of every line, assets first, in the order in which they are shown.
LINE_IDS: tuple[str, ...] = tuple(row.id for row in _ASSETS + _LIABILITIES)
#: Every series that some line is made of.
SERIES_IDS: tuple[str, ...] = tuple(dict.fromkeys(id for row in _ASSETS + _LIABILITIES for id in row.series)) + tuple(
    facility.id for facility in FACILITIES
)


@dataclass(frozen=True, slots=True)
class _Amount:
    """A line on one date; `definition` tells apart amounts that may not be compared."""

    value: int | None
    status: str
    definition: str = ""
    source: str | None = None
    known_from: datetime | None = None
    missing: tuple[str, ...] = ()


def build(on: date, level: Level, against: date | None = None, earlier: Level | None = None) -> BalanceSheet:
    """The two-sided table from what is known of `on` and, where asked, of `against`."""
    closing = _closing(level) or _closing(earlier or {}) or _CLOSING[0]
    now = _amounts(on, level, _closing(level) or closing)
    then = _amounts(against, earlier or {}, _closing(earlier or {}) or closing) if against is not None else None
    lines = tuple(
        _line(row, side, now, then, closing, on)
        for side, rows in ((Side.ASSETS, _ASSETS), (Side.LIABILITIES, _LIABILITIES))
        for row in rows
    )
    return BalanceSheet(
        on, against, lines, answer(lines, closing, on, against), remarks(lines, on, against), _closes(now, then)
    )


def _closing(level: Level) -> str | None:
    """Which of the two lines has data on the date, the condition statement's first."""
    carriers = {row.id: row.series[0] for row in _LIABILITIES if row.id in _CLOSING}
    return next((line for line in _CLOSING if carriers[line] in level), None)


def _amounts(on: date, level: Level, closing: str) -> dict[str, _Amount]:
    amounts = {row.id: _reported(row, on, level) for row in _ASSETS + _LIABILITIES if row.series}
    amounts["credit_facilities"] = _facilities(on, level)
    amounts["loans_and_facilities"] = _sum(amounts, ("loans", "credit_facilities"))
    amounts["deposits"] = _sum(amounts, (closing, *_DEPOSITS), closing)
    amounts["unlisted_assets"] = _rest(amounts, "total_assets", _TOP_ASSETS)
    amounts["unlisted_liabilities"] = _rest(amounts, "total_liabilities", _TOP_LIABILITIES)
    amounts["rounding"] = _rest(amounts, "total_assets", ("total_liabilities", "capital"))
    return amounts


def _reported(row: _Row, on: date, level: Level) -> _Amount:
    for id in row.series:
        if (seen := level.get(id)) is not None:
            named = f"{seen.source}:{SERIES[id].name_in(seen.source) or id}"
            return _Amount(_whole(seen.value), "reported", id, named, seen.known_from)
    series = SERIES[row.series[0]]
    if series.first is not None and on < series.first:
        return _Amount(0, "not yet", series.id)
    if series.last is not None and on > series.last:
        return _Amount(0, "ended", series.id)
    return _Amount(None, f"no data: {', '.join(row.series)}", series.id, missing=row.series)


def _facilities(on: date, level: Level) -> _Amount:
    """The sum of the facility companies that exist on the date; zero where none does."""
    existing = [f for f in FACILITIES if (f.first is None or f.first <= on) and (f.last is None or on <= f.last)]
    if not existing:
        first = min(f.first for f in FACILITIES if f.first is not None)
        return _Amount(0, "not yet" if on < first else "ended")
    if missing := tuple(f.id for f in existing if f.id not in level):
        return _Amount(None, f"no data: {', '.join(missing)}", missing=missing)
    seen = [(f, level[f.id]) for f in existing]
    return _Amount(
        sum(_whole(one.value) for _, one in seen),
        "computed",
        source=" + ".join(f"{one.source}:{f.name_in(one.source) or f.id}" for f, one in seen),
        known_from=max(one.known_from for _, one in seen),
    )


def _sum(amounts: Mapping[str, _Amount], parts: Iterable[str], definition: str = "") -> _Amount:
    return _computed(amounts, tuple((part, 1) for part in parts), definition)


def _rest(amounts: Mapping[str, _Amount], whole: str, parts: Iterable[str]) -> _Amount:
    # Comparable only with a rest that leaves out the same lines.
    definition = " ".join(amounts[part].definition for part in parts)
    return _computed(amounts, ((whole, 1), *((part, -1) for part in parts)), definition)


def _computed(amounts: Mapping[str, _Amount], parts: tuple[tuple[str, int], ...], definition: str) -> _Amount:
    if missing := tuple(part for part, _ in parts if amounts[part].value is None):
        return _Amount(None, f"missing: {', '.join(missing)}", definition, missing=missing)
    instants = [amounts[part].known_from for part, _ in parts]
    known = max((instant for instant in instants if instant is not None), default=None)
    total = sum(sign * (amounts[part].value or 0) for part, sign in parts)
    return _Amount(total, "computed", definition, known_from=known)


def _whole(value: float) -> int:
    return int(Decimal(repr(value)).to_integral_value())


def _line(
    row: _Row, side: Side, now: Mapping[str, _Amount], then: Mapping[str, _Amount] | None, closing: str, on: date
) -> Line:
    here, there = now[row.id], then[row.id] if then is not None else None
    role = row.role if row.id not in _CLOSING else _LINE if row.id == closing else _MEMO
    change, status, missing = None, here.status, here.missing
    if there is not None:
        missing = tuple(dict.fromkeys(here.missing + there.missing))
        if here.value is not None and there.value is not None:
            if here.definition == there.definition:
                change = here.value - there.value
            else:
                status = DIFFERENT
        if status in ("reported", "computed") and there.status not in ("reported", "computed"):
            status = f"against: {there.status}"
        elif there.value is None and here.value is None:
            status = here.status if here.missing == there.missing else f"{here.status}; against: {there.status}"
    return Line(
        row.id,
        row.parent,
        side,
        role,
        here.value,
        there.value if there is not None else None,
        change,
        _share(row, side, now),
        _share(row, side, then) if then is not None else None,
        here.source,
        here.known_from,
        status,
        missing,
        line_notes(row.id, on),
    )


def _share(row: _Row, side: Side, amounts: Mapping[str, _Amount]) -> float | None:
    """Percent of the side's total; capital and rounding stand beside the liabilities, not among them."""
    value = amounts[row.id].value
    whole = amounts["total_assets" if side is Side.ASSETS else "total_liabilities"].value
    if value is None or not whole or row.id in ("capital", "rounding"):
        return None
    return round(value / whole * 100, 4)


def _closes(*sheets: Mapping[str, _Amount] | None) -> bool | None:
    asked = [sheet for sheet in sheets if sheet is not None]
    ends = [sheet[id].value for sheet in asked for id in ("unlisted_assets", "unlisted_liabilities", "rounding")]
    if any(end is None for end in ends):
        return None
    return all(abs(sheet["rounding"].value or 0) <= ROUNDING for sheet in asked)
