"""`soma ladder`, `soma dates`: what of the open market account falls due when, and how long it lasts."""

import argparse
from datetime import date
from decimal import Decimal

from app.bootstrap import Program
from app.cli.command import Commands, Outcome, add_command, add_group, iso_date
from app.cli.t_account import decimal
from app.i18n import gettext as _
from app.liquidity.maturities import DOCUMENT_ON, Profile
from app.refusals import Refused
from app.wording.formats import day, number, percent
from app.wording.runoff import short_month
from app.wording.sentences import sentence
from app.wording.soma import bucket_name

_BILLION = 10**9


def add(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Put the group on the command line."""
    group = add_group(commands, "soma", "Look at the holdings of the System Open Market Account.")
    ladder = add_command(group, "ladder", _ladder, "Maturities month by month, and the shares by remaining life.")
    ladder.add_argument("--from", dest="start", metavar="DATE", type=iso_date, help="the newest holdings up to a day")
    ladder.add_argument("--months", metavar="N", type=int, default=24, help="how many months (default: 24)")
    dates = add_command(group, "dates", _dates, "A month's coupon maturities date by date, and what runs off of each.")
    dates.add_argument("month", metavar="MONTH", type=_month, help="such as 2022-08")
    dates.add_argument(
        "--cap", metavar="BN", type=decimal, help="the month's cap, USD billions (default: as published)"
    )


def _month(text: str) -> date:
    return iso_date(f"{text}-01")


def _dates(program: Program, chosen: argparse.Namespace) -> Outcome:
    found = program.simulating.due_dates(chosen.month, chosen.cap)
    rows = [
        {
            "date": one.on,
            "maturing": Decimal(one.maturing),
            "run_off": Decimal(one.redeemed),
            "rolled": Decimal(one.rolled),
        }
        for one in found
    ]
    lines = [f"{_('USD bn'):20}{_('Maturing'):>12}{_('Run-off'):>12}{_('Rolled over'):>14}"]
    lines += [
        f"{day(one.on):20}"
        + "".join(
            f"{number(amount / _BILLION, 1):>{width}}"
            for amount, width in ((one.maturing, 12), (one.redeemed, 12), (one.rolled, 14))
        )
        for one in found
    ]
    data = {"month": f"{chosen.month:%Y-%m}", "unit": "USD", "dates": rows}
    return Outcome(data, tuple(lines) if found else (_("No coupon securities mature in that month."),))


def _ladder(program: Program, chosen: argparse.Namespace) -> Outcome:
    found = program.simulating.maturities(chosen.start, max(1, chosen.months))
    if found is None:
        raise Refused("runoff.no_holdings")
    return Outcome(_data(found), _lines(found))


def _data(found: Profile) -> dict[str, object]:
    return {
        "as_of": found.as_of,
        "unit": "USD",
        "treasuries": found.treasuries,
        "agency": found.agency,
        "securities": found.securities,
        "average_years": found.average_years,
        "finding": sentence(found.finding),
        "remaining_life": [
            {"id": one.id, "amount": one.amount, "percent": one.share, "source_document_percent": one.document}
            for one in found.buckets
        ],
        "source_document_date": DOCUMENT_ON,
        "months": [
            {"month": f"{one.month:%Y-%m}", "coupons": str(one.coupons), "bills": str(one.bills)}
            | {kind.value: str(amount) for kind, amount in one.by_type.items() if kind.value != "bill"}
            for one in found.months
        ],
    }


def _lines(found: Profile) -> tuple[str, ...]:
    lines = [sentence(found.finding), ""]
    lines.append(f"{day(found.as_of):20}{_('USD bn'):>12}{_('Share'):>10}{day(DOCUMENT_ON):>16}")
    lines += [
        f"{bucket_name(one.id):20}{number(one.amount / _BILLION, 1):>12}{percent(one.share, 1):>10}"
        f"{'–' if one.document is None else percent(one.document, 1):>16}"
        for one in found.buckets
    ]
    lines += ["", f"{_('USD bn'):20}{_('Coupons'):>12}{_('Bills'):>10}"]
    lines += [
        f"{short_month(one.month):20}{number(one.coupons / _BILLION, 1):>12}{number(one.bills / _BILLION, 1):>10}"
        for one in found.months
    ]
    return tuple(lines)
