"""`balance-sheet`: the Fed's two-sided table on one date or two."""

import argparse
from decimal import Decimal

from app.bootstrap import Program
from app.cli.command import Commands, Outcome, add_command, iso_date
from app.cli.series import end_of_day
from app.i18n import gettext as _
from app.liquidity.statement import UNIT, BalanceSheet, Line
from app.wording.formats import day, number
from app.wording.liquidity import line_label, role_label, status_text
from app.wording.sentences import sentence


def add(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Put the command on the command line."""
    parser = add_command(
        commands, "balance-sheet", _show, "The Federal Reserve's balance sheet on one Wednesday, or against another."
    )
    parser.add_argument("date", metavar="DATE", type=iso_date, help="a Wednesday, such as 2022-05-18")
    parser.add_argument("--against", metavar="DATE", type=iso_date, help="the date to compare with")
    parser.add_argument("--as-of", metavar="DATE", type=iso_date, help="as it was known at the end of this day (UTC)")


def _show(program: Program, chosen: argparse.Namespace) -> Outcome:
    sheet = program.watching.balance_sheet(chosen.date, chosen.against, end_of_day(chosen.as_of))
    data = {
        "date": sheet.on,
        "against": sheet.against,
        "unit": UNIT,
        "lines": [
            {
                "id": line.id,
                "parent": line.parent,
                "side": line.side,
                "role": line.role,
                "value": _decimal(line.value),
                "against": _decimal(line.against),
                "change": _decimal(line.change),
                "share": line.share,
                "source": line.source,
                "known_from": line.known_from,
                "status": line.status,
            }
            for line in sheet.lines
        ],
    }
    return Outcome(data, _lines(sheet))


def _decimal(amount: int | None) -> Decimal | None:
    """Amounts are written as decimal strings, like every amount of the program; only counts are integers."""
    return None if amount is None else Decimal(amount)


def _lines(sheet: BalanceSheet) -> tuple[str, ...]:
    days = [sheet.on] if sheet.against is None else [sheet.against, sheet.on]
    heading = f"{_('USD m'):34}" + "".join(f"{day(one):>14}" for one in days)
    rows = [_row(line, sheet.against is not None) for line in sheet.lines]
    notes = [sentence(note) for note in sheet.notes]
    return (sentence(sheet.finding), "", heading, *rows, "", *notes)


def _row(line: Line, two: bool) -> str:
    name = line_label(line.id)
    if role := role_label(line.role):
        name = _("{line} ({role})").format(line=name, role=role)
    indent = "  " * (line.parent is not None and line.parent not in ("total_assets", "total_liabilities"))
    amounts = [line.against, line.value, line.change] if two else [line.value]
    cells = "".join(f"{_amount(amount, index == 2):>14}" for index, amount in enumerate(amounts))
    return f"{indent + name:34}{cells}  {status_text(line)}".rstrip()


def _amount(amount: int | None, signed: bool) -> str:
    return "–" if amount is None else number(amount, sign=signed)
