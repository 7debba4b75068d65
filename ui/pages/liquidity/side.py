"""One side of the Fed's balance sheet as a table of two dates, in the unit the reader wants."""

from datetime import date
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt

from alerts.finding import Finding
from app.i18n import gettext as _
from app.liquidity.scale import Measuring, Scale
from app.liquidity.statement import BalanceSheet, Line, Role, Side
from app.wording import formats
from app.wording.liquidity import line_label, status_text
from app.wording.origin import Origin, each_row, since
from app.wording.sentences import sentence
from app.wording.tracking import scale_word
from ui.tables.cells import MISSING
from ui.tables.column import Column, Kind
from ui.tables.origin import exported, tell
from ui.tables.view import TableView

#: The colour a line's series has in the charts below.
SWATCHES = {
    "treasuries": "treasuries_and_total_assets",
    "mbs": "agency_mbs",
    "federal_reserve_notes": "notes_and_other",
    "on_rrp": "on_rrp",
    "reserve_balances": "reserves",
    "depository_deposits": "reserves",
    "tga": "treasury_account",
}
#: The height of a line in pixels, at most.
_ROW = 20
#: The units of the window and what they are in the domain.
SCALES = {"usd_bn": Scale.USD_BILLIONS, "cny_style": Scale.USD_YI, "gdp": Scale.GDP}
UNITS = tuple(SCALES)


class SideTable(TableView):
    """One side of the table; headings carry the dates and the unit."""

    def __init__(self, side: Side) -> None:
        self.side = side
        self.sheet: BalanceSheet | None = None
        self.unit = UNITS[0]
        self.measuring = Measuring(Scale.USD_BILLIONS)
        super().__init__(
            self._columns(0),
            title=side.value,
            row="dense",
            whole=True,
            selectable=False,
            name=f"balance_sheet.{side.value}",
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _columns(self, decimals: int) -> tuple[Column, ...]:
        number = partial(Column, kind=Kind.NUMBER, note="notes", decimals=decimals)
        share = partial(Column, header=_share_head, kind=Kind.NUMBER, decimals=1, quiet=True)
        return (
            Column("line", self._title, stretch=1, priority=0, swatch="swatch", indent="level", note="notes"),
            number("against", self._against_head, quiet=False, priority=1),
            share("against_share", priority=3),
            number("value", self._value_head, priority=0),
            share("share", priority=2),
            number("change", self._change_head, sign=True, priority=1),
            exported("source", lambda: _("Source")),
            exported("known", lambda: _("Known from")),
        )

    def restyle(self) -> None:
        """A statement of sixteen lines leaves the charts below it room to be read."""
        super().restyle()
        rows = self.verticalHeader()
        rows.setDefaultSectionSize(min(rows.defaultSectionSize(), _ROW))
        self.updateGeometry()

    def show_sheet(self, sheet: BalanceSheet, unit: str, measuring: Measuring) -> None:
        """Show one side in a unit; `measuring` knows the GDP of both dates."""
        if (unit == "gdp") != (self.unit == "gdp"):
            self.set_columns(self._columns(2 if unit == "gdp" else 0))
        self.sheet, self.unit, self.measuring = sheet, unit, measuring
        lines = _ordered(sheet, self.side)
        self.rows.load(
            {
                "line": [_name(line) for line in lines],
                "swatch": [SWATCHES.get(line.id, "") for line in lines],
                "level": [_level(line, sheet) for line in lines],
                "against": [_float(measuring.against(line.against)) for line in lines],
                "value": [_float(measuring.value(line.value)) for line in lines],
                "change": [_float(measuring.change(line.value, line.against, line.change)) for line in lines],
                "against_share": [line.against_share for line in lines],
                "share": [line.share for line in lines],
                "notes": [_note(line) for line in lines],
                "source": [line.source or None for line in lines],
                "known": [None if (at := line.known_from) is None else since(at) for line in lines],
            },
            keys=[line.id for line in lines],
            totals=self._total(sheet),
        )
        self.setAccessibleName(self._title())
        tell(self, Origin(_("Federal Reserve H.4.1"), self._days(), each_row(), unit_word(self.unit)))
        self.restyle()

    def _total(self, sheet: BalanceSheet) -> dict[str, object]:
        """The foot: total assets, or liabilities and capital together."""
        if self.side is Side.ASSETS:
            total = sheet.line("total_assets")
            value, against, change = total.value, total.against, total.change
            shares = {"share": _or_dash(total.share), "against_share": _or_dash(total.against_share)}
            name, notes = _name(total), status_text(total)
        else:
            value, against, change = sheet.liabilities_and_capital()
            shares = {"share": MISSING, "against_share": MISSING}  # shares are of the liabilities alone
            name, notes = _("Total liabilities and capital"), ""
        amounts = {
            "value": self.measuring.value(value),
            "against": self.measuring.against(against),
            "change": self.measuring.change(value, against, change),
        }
        scaled = {column: _or_dash(_float(amount)) for column, amount in amounts.items()}
        return {"line": name, "notes": notes, **scaled, **shares}

    def caption(self) -> str:
        """What a copy of the table says of itself."""
        if self.sheet is None:
            return ""
        return _("Federal Reserve H.4.1, {days}, {unit}").format(days=self._days(), unit=unit_word(self.unit))

    def _days(self) -> str:
        if self.sheet is None:
            return ""
        if self.sheet.against is None:
            return formats.day(self.sheet.on)
        return _("{first} and {second}").format(
            first=formats.day(self.sheet.against), second=formats.day(self.sheet.on)
        )

    def _title(self) -> str:
        return _("Assets") if self.side is Side.ASSETS else _("Liabilities and capital")

    def _dated(self, day: date | None) -> str:
        return f"{formats.day(day)}\n{unit_word(self.unit)}" if day is not None else ""

    def _against_head(self) -> str:
        return self._dated(self.sheet.against if self.sheet else None)

    def _value_head(self) -> str:
        return self._dated(self.sheet.on if self.sheet else None)

    def _change_head(self) -> str:
        return _("Change") + "\n" + unit_word(self.unit)


def unit_word(unit: str) -> str:
    """A unit as a heading writes it."""
    return scale_word(SCALES[unit])


def _float(amount: Decimal | None) -> float | None:
    return None if amount is None else float(amount)


def _note(line: Line) -> str:
    """Why a line has no figure, or where it comes from and since when it was known."""
    parts = [status_text(line)]
    if line.source:
        parts.append(_("source {source}").format(source=line.source))
    if line.known_from is not None:
        known = line.known_from
        parts.append(_("known from {day} {hour} UTC").format(day=formats.day(known.date()), hour=f"{known:%H:%M}"))
    parts += [sentence(Finding(code)) for code in line.notes if line.value is not None]
    return "\n".join(part for part in parts if part)


def _or_dash(value: float | None) -> float | str:
    return MISSING if value is None else value


def _share_head() -> str:
    return _("% of\nside")


def _name(line: Line) -> str:
    named = line_label(line.id)
    return _("{line} (memo)").format(line=named) if line.role is Role.MEMO else named


def _ordered(sheet: BalanceSheet, side: Side) -> list[Line]:
    """The lines of a side between its heading and its foot.

    What is only rounding is told beneath the table, and currency in circulation, which is no line of the balance
    sheet, in the notes.
    """
    apart = ("rounding", "currency_in_circulation", "total_assets")
    return [line for line in sheet.lines if line.side is side and line.id not in apart]


def _level(line: Line, sheet: BalanceSheet) -> int:
    """How far a line stands below a total of its side: 0 for the top lines."""
    parents = {each.id: each.parent for each in sheet.lines}
    level, parent = 0, line.parent
    while parent is not None and parent not in ("total_assets", "total_liabilities"):
        level, parent = level + 1, parents.get(parent)
    return level + (line.role is Role.MEMO and line.parent is None)
