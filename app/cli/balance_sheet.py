"""`balance-sheet`: the Fed's two-sided table on one date or two, in the unit asked for."""

import argparse
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from app.bootstrap import Program
from app.cli.command import Commands, Outcome, add_command, iso_date
from app.cli.series import end_of_day
from app.i18n import gettext as _
from app.liquidity.scale import NAMES, Measuring, Scale
from app.liquidity.statement import BalanceSheet, Line
from app.wording.formats import day, number
from app.wording.liquidity import line_label, role_label, status_text
from app.wording.sentences import sentence
from app.wording.tracking import scale_word

#: Decimals of a unit on the screen; JSON has every digit up to the sixth.
_DECIMALS = {Scale.USD_MILLIONS: 0, Scale.USD_BILLIONS: 1, Scale.USD_YI: 0, Scale.GDP: 2}
_EXACT = Decimal("0.000001")


def add(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Put the command on the command line."""
    parser = add_command(
        commands, "balance-sheet", _show, "The Federal Reserve's balance sheet on one Wednesday, or against another."
    )
    parser.add_argument("date", metavar="DATE", type=iso_date, help="a Wednesday, such as 2022-05-18")
    parser.add_argument("--against", metavar="DATE", type=iso_date, help="the date to compare with")
    parser.add_argument("--as-of", metavar="DATE", type=iso_date, help="as it was known at the end of this day (UTC)")
    parser.add_argument(
        "--unit",
        choices=[scale.value for scale in Scale],
        default=Scale.USD_MILLIONS.value,
        help="millions or billions of dollars, 0.1 bn (亿美元), or percent of the quarter's GDP",
    )


def _show(program: Program, chosen: argparse.Namespace) -> Outcome:
    sheet = program.watching.balance_sheet(chosen.date, chosen.against, end_of_day(chosen.as_of))
    measuring = program.tracking.measuring(Scale(chosen.unit), sheet.on, sheet.against)
    data: dict[str, Any] = {
        "date": sheet.on,
        "against": sheet.against,
        "unit": NAMES[measuring.scale],
        "finding": sentence(sheet.finding),
        "lines": [
            {
                "id": line.id,
                "parent": line.parent,
                "side": line.side,
                "role": line.role,
                "value": exact(measuring.value(line.value)),
                "against": exact(measuring.against(line.against)),
                "change": exact(measuring.change(line.value, line.against, line.change)),
                "share": line.share,
                "against_share": line.against_share,
                "source": line.source,
                "known_from": line.known_from,
                "status": line.status,
                "notes": line.notes,
            }
            for line in sheet.lines
        ],
    }
    if measuring.scale is Scale.GDP:
        data["gdp"] = [
            {"date": on, "quarter": gdp.quarter, "billions": gdp.billions, "source": gdp.source} if gdp else None
            for on, gdp in ((sheet.on, measuring.gdp), (sheet.against, measuring.gdp_against))
            if on is not None
        ]
    return Outcome(data, _lines(sheet, measuring))


def exact(amount: Decimal | None) -> Decimal | None:
    """Amounts are written as decimal strings, like every amount of the program; only counts are integers."""
    if amount is None:
        return None
    rounded = amount.quantize(_EXACT, rounding=ROUND_HALF_EVEN).normalize()
    return Decimal(format(rounded, "f"))


def _lines(sheet: BalanceSheet, measuring: Measuring) -> tuple[str, ...]:
    days = [sheet.on] if sheet.against is None else [sheet.against, sheet.on]
    heading = f"{scale_word(measuring.scale):34}" + "".join(f"{day(one):>14}" for one in days)
    rows = [_row(line, sheet.against is not None, measuring) for line in sheet.lines]
    notes = [sentence(note) for note in sheet.notes]
    gdps = [measuring.gdp] if sheet.against is None else [measuring.gdp_against, measuring.gdp]
    if measuring.scale is Scale.GDP and any(gdp is None for gdp in gdps):
        notes.insert(0, _("GDP of the quarter of a date is not out, or not stored: no percentages for that date."))
    return (sentence(sheet.finding), "", heading, *rows, "", *notes)


def _row(line: Line, two: bool, measuring: Measuring) -> str:
    name = line_label(line.id)
    if role := role_label(line.role):
        name = _("{line} ({role})").format(line=name, role=role)
    indent = "  " * (line.parent is not None and line.parent not in ("total_assets", "total_liabilities"))
    amounts = [measuring.value(line.value)]
    if two:
        amounts = [measuring.against(line.against), *amounts]
        amounts.append(measuring.change(line.value, line.against, line.change))
    cells = "".join(f"{_amount(amount, index == 2, measuring.scale):>14}" for index, amount in enumerate(amounts))
    return f"{indent + name:34}{cells}  {status_text(line)}".rstrip()


def _amount(amount: Decimal | None, signed: bool, scale: Scale) -> str:
    return "–" if amount is None else number(amount, _DECIMALS[scale], sign=signed)
