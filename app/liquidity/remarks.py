"""What must be said beside certain figures of the source document: its errata, each where its figure is shown."""

from collections.abc import Sequence
from datetime import date

from alerts.finding import Finding
from app.liquidity.statement import Line

_TABLE_1 = date(2008, 1, 2)
_TABLE_1_LATE = date(2022, 5, 18)
_TABLE_2 = (date(2017, 10, 4), date(2019, 9, 4))

#: line id -> the remarks that go with it; a date limits one to the column it speaks of.
_OF_LINE: tuple[tuple[str, str, date | None], ...] = (
    ("federal_reserve_notes", "note.notes_not_currency", None),
    ("currency_in_circulation", "note.notes_not_currency", None),
    ("reserve_balances", "note.reserves_definition", None),
    ("depository_deposits", "note.reserves_definition", None),
    ("reverse_repos", "note.rrp_share", _TABLE_1_LATE),
    ("unlisted_assets", "note.unlisted", None),
    ("unlisted_liabilities", "note.unlisted", None),
    ("loans_and_facilities", "note.loans_and_facilities", _TABLE_1_LATE),
    ("other_assets", "note.other_assets", _TABLE_1_LATE),
    ("other_assets", "note.other_assets_2008", _TABLE_1),
    ("swaps", "note.not_in_file_2008", _TABLE_1),
    ("loans", "note.not_in_file_2008", _TABLE_1),
    ("rounding", "note.rounding", None),
)

#: The remarks on a figure that is not there; all others need theirs.
_OF_GAPS = ("note.not_in_file_2008",)


def line_notes(id: str, on: date) -> tuple[str, ...]:
    """The codes of the remarks on one line of one date."""
    return tuple(code for line, code, day in _OF_LINE if line == id and day in (None, on))


def remarks(lines: Sequence[Line], on: date, against: date | None) -> tuple[Finding, ...]:
    """Every remark that the figures of the dates asked need, each once, the dates' own first."""
    days = [day for day in (on, against) if day is not None]
    codes = []
    if _TABLE_1 in days or date(2008, 1, 23) in days:
        codes.append("note.table_1_date")
    if set(_TABLE_2) <= set(days):
        codes += ["note.cycle_dates", "note.cycle_treasury_cash"]
    if {_TABLE_1, _TABLE_1_LATE} <= set(days) or set(_TABLE_2) <= set(days):
        codes.append("erratum.10")
    for line in lines:
        for day, value in ((on, line.value), (against, line.against)):
            if day is not None:
                codes += [code for code in line_notes(line.id, day) if (value is None) == (code in _OF_GAPS)]
    return tuple(Finding(code) for code in dict.fromkeys(codes))
