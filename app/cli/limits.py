"""`limits set`, `limits list`: country limits on the guarantor basis, drawn + undrawn."""

import argparse
from decimal import Decimal, InvalidOperation

from app.bootstrap import Program
from app.cli.command import Commands, Outcome, add_command, add_group
from app.i18n import gettext as _
from app.refusals import Misused
from app.wording import terms
from app.wording.formats import number, percent
from app.wording.sentences import sentence
from exposures import survey
from exposures.limits import LimitUse, uses


def add(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add the group."""
    group = add_group(commands, "limits", "set and list country limits")
    new = add_command(group, "set", set_limit, "set the limit of a country or region from now on")
    new.add_argument("country", metavar="COUNTRY", help="ISO code, English or Chinese name")
    new.add_argument("amount", metavar="AMOUNT", help="in units of the currency, for example 2000000000")
    new.add_argument("currency", metavar="CURRENCY", help="ISO code, for example USD")
    add_command(group, "list", show, "list the limits in force and how much of each is used")


def set_limit(program: Program, arguments: argparse.Namespace) -> Outcome:
    """Set a limit."""
    try:
        amount = Decimal(arguments.amount)
    except InvalidOperation:
        raise Misused("limits.bad_amount", amount=arguments.amount, currency=arguments.currency) from None
    limit = program.limiting.set(arguments.country, amount, arguments.currency)
    data = {
        "country": limit.country,
        "amount": limit.amount,
        "currency": limit.currency,
        "basis": limit.basis.value,
        "measure": limit.measure.value,
    }
    text = _("Limit of {country}: {currency} {amount}, guarantor basis, drawn and undrawn.").format(
        country=terms.country(limit.country), currency=limit.currency, amount=number(limit.amount)
    )
    return Outcome(data, (text,))


def show(program: Program, _arguments: argparse.Namespace) -> Outcome:
    """The limits in force; with a book, how much of each is used."""
    stored = program.limiting.in_force()
    batches = program.surveying.batches()
    if not batches:
        rows = [
            {"country": item.limit.country, "amount": item.limit.amount, "currency": item.limit.currency}
            for item in stored
        ]
        lines = [
            f"{terms.country(i.limit.country):<32} {i.limit.currency} {number(i.limit.amount):>20}" for i in stored
        ]
        return Outcome({"reporting_date": None, "limits": rows}, tuple(lines) or (_("No limit is set."),))
    book = program.surveying.book()
    found = [use for use in uses(book, [item.limit for item in stored]) if use.limit is not None]
    data = {"reporting_date": book.reporting_date, "currency": book.currency, "limits": [_row(use) for use in found]}
    lines = [sentence(survey.tight(found)), *(_line(use) for use in found)]
    if not book.has_guarantor_basis:
        lines += [sentence(finding) for finding in survey.notices(book) if finding.case == "book.basis.same"]
    return Outcome(data, tuple(lines))


def _row(use: LimitUse) -> dict[str, object]:
    assert use.limit is not None
    return {
        "country": use.country,
        "amount": use.limit.amount,
        "currency": use.limit.currency,
        "basis": use.limit.basis.value,
        "measure": use.limit.measure.value,
        "state": use.state.value,
        "used": _cents(use.use.used),
        "pending": _cents(use.use.pending),
        "headroom": None if use.use.headroom is None else _cents(use.use.headroom),
        "used_percent": _percent(use.use.share),
        "used_percent_with_pending": _percent(use.use.share_with_pending),
        "lines_not_converted": use.not_converted,
    }


def _line(use: LimitUse) -> str:
    assert use.limit is not None
    share = use.use.share_with_pending
    return (
        f"{terms.country(use.country):<32} {use.limit.currency} {number(use.limit.amount):>20}  "
        f"{'–' if share is None else percent(share * 100):>9}  {terms.limit_state(use.state.value)[1]}"
    )


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"))


def _percent(share: Decimal | None) -> Decimal | None:
    return None if share is None else (share * 100).quantize(Decimal("0.0001"))
