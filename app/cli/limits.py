"""`limits …`: limits of every scope, how much of each is used, and temporary excesses."""

import argparse
from decimal import Decimal, InvalidOperation

from app.bootstrap import Program
from app.cli.command import Commands, Outcome, add_command, add_group, iso_date
from app.i18n import gettext as _
from app.refusals import Misused
from app.storage.limits import StoredExcess
from app.wording import limits as words
from app.wording import terms
from app.wording.formats import day, number, percent
from app.wording.sentences import sentence
from exposures import survey
from exposures.book import Basis, Measure
from exposures.limits import Limit, LimitUse, Scope


def add(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add the group."""
    group = add_group(commands, "limits", "set and list limits, ask for and approve temporary excesses")
    new = add_command(group, "set", set_limit, "set a limit from now on; without --scope of a country or region")
    _add_subject(new)
    new.add_argument("amount", metavar="AMOUNT", help="in units of the currency, for example 2000000000")
    new.add_argument("currency", metavar="CURRENCY", help="ISO code, for example USD")
    new.add_argument("--basis", choices=[one.value for one in Basis], default=Basis.GUARANTOR.value)
    new.add_argument("--measure", choices=[one.value for one in Measure], default=Measure.DRAWN_UNDRAWN.value)
    new.add_argument(
        "--from", dest="valid_from", type=iso_date, metavar="DATE", help="the first day on which it counts"
    )
    new.add_argument("--until", dest="valid_to", type=iso_date, metavar="DATE", help="the day of its review")
    new.add_argument("--owner", default="", metavar="NAME", help="who answers for it")
    gone = add_command(group, "withdraw", withdraw, "take a limit away from now on")
    _add_subject(gone)
    gone.add_argument("--reason", required=True, metavar="TEXT")
    add_command(group, "list", show, "list the limits in force and how much of each is used")
    asked = add_command(group, "ask-excess", ask_excess, "ask for a temporary excess; another person approves it")
    _add_subject(asked)
    asked.add_argument("amount", metavar="AMOUNT", help="in units of the limit's currency")
    asked.add_argument("--until", required=True, type=iso_date, metavar="DATE", help="its last day")
    asked.add_argument("--reason", required=True, metavar="TEXT")
    approved = add_command(group, "approve-excess", approve, "approve a temporary excess that somebody else asked for")
    declined = add_command(group, "decline-excess", decline, "decline a temporary excess that somebody else asked for")
    for parser in (approved, declined):
        parser.add_argument("excess", type=int, metavar="NUMBER")
        parser.add_argument("--comment", default="", metavar="TEXT")
    add_command(group, "excesses", excesses, "every temporary excess with who asked and who decided, newest first")


def _add_subject(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "key", metavar="COUNTRY", help="country or region (ISO code or name), or the key of another scope"
    )
    parser.add_argument("--scope", choices=[one.value for one in Scope], default=Scope.COUNTRY.value)
    parser.add_argument("--within", default="", metavar="COUNTRY", help="the country that it is a part of")


def set_limit(program: Program, chosen: argparse.Namespace) -> Outcome:
    """Set a limit."""
    limit = program.limiting.set(
        chosen.key,
        _amount(chosen.amount, chosen.currency),
        chosen.currency,
        Scope(chosen.scope),
        within=chosen.within,
        basis=Basis(chosen.basis),
        measure=Measure(chosen.measure),
        valid_from=chosen.valid_from,
        valid_to=chosen.valid_to,
        owner=chosen.owner,
    )
    data = {
        "country": limit.key,
        "amount": limit.amount,
        "currency": limit.currency,
        "basis": limit.basis.value,
        "measure": limit.measure.value,
    }
    if limit.scope is not Scope.COUNTRY:
        data = {"scope": limit.scope.value, "key": limit.key, "within": limit.within or None} | data
        del data["country"]
    told = {"valid_from": limit.valid_from, "valid_to": limit.valid_to, "owner": limit.owner or None}
    lines, nowhere = [_said(limit)], program.gauging.unnamed(limit)
    if nowhere is not None:
        told["not_in_book_of"] = nowhere
        text = _("The book of {date} has nothing called {who}; the limit counts from the first book that has.")
        lines.append(text.format(date=day(nowhere), who=_who(limit)))
    return Outcome(data | {name: value for name, value in told.items() if value}, tuple(lines))


def withdraw(program: Program, chosen: argparse.Namespace) -> Outcome:
    """Take a limit away."""
    gone = program.limiting.withdraw(chosen.key, Scope(chosen.scope), within=chosen.within, reason=chosen.reason)
    text = _("There is no limit of {who} any more.").format(who=_who(gone))
    return Outcome({"scope": gone.scope.value, "key": gone.key, "within": gone.within or None}, (text,))


def show(program: Program, _arguments: argparse.Namespace) -> Outcome:
    """The limits in force; with a book, how much of each is used."""
    stored = program.limiting.in_force()
    if not program.surveying.batches():
        rows = [_plain(item.limit) for item in stored]
        lines = [f"{_who(i.limit):<32} {i.limit.currency} {number(i.limit.amount):>20}" for i in stored]
        return Outcome({"reporting_date": None, "limits": rows}, tuple(lines) or (_("No limit is set."),))
    table = program.gauging.table()
    book = program.surveying.book()
    found = [use for use in table.rows if use.limit is not None]
    data = {
        "reporting_date": book.reporting_date,
        "currency": book.currency,
        "limits": [_row(use) for use in found],
        "findings": [sentence(fault) for fault in table.faults],
    }
    lines = [sentence(table.finding), *(_line(use) for use in found), *map(sentence, table.faults)]
    if not book.has_guarantor_basis:
        lines += [sentence(finding) for finding in survey.notices(book) if finding.case == "book.basis.same"]
    return Outcome(data, tuple(lines))


def ask_excess(program: Program, chosen: argparse.Namespace) -> Outcome:
    """Ask for a temporary excess."""
    asked = program.limiting.ask_excess(
        chosen.key,
        _amount(chosen.amount, ""),
        chosen.until,
        chosen.reason,
        Scope(chosen.scope),
        within=chosen.within,
    )
    return Outcome(_excess(asked), (_told(asked), _("It counts once another person approves it.")))


def approve(program: Program, chosen: argparse.Namespace) -> Outcome:
    """Approve a temporary excess."""
    decided = program.limiting.decide_excess(chosen.excess, approved=True, comment=chosen.comment)
    return Outcome(_excess(decided), (_told(decided),))


def decline(program: Program, chosen: argparse.Namespace) -> Outcome:
    """Decline a temporary excess."""
    decided = program.limiting.decide_excess(chosen.excess, approved=False, comment=chosen.comment)
    return Outcome(_excess(decided), (_told(decided),))


def excesses(program: Program, _chosen: argparse.Namespace) -> Outcome:
    """Every temporary excess."""
    found = program.limiting.excesses()
    lines = tuple(map(_told, found)) or (_("No temporary excess was ever asked for."),)
    return Outcome({"excesses": [_excess(one) for one in found]}, lines)


def _amount(text: str, currency: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise Misused("limits.bad_amount", amount=text, currency=currency or "–") from None


def _who(limit: Limit, name: str = "") -> str:
    return words.subject(limit.scope.value, limit.key, limit.within, name)


def _said(limit: Limit) -> str:
    values = {"currency": limit.currency, "amount": number(limit.amount)}
    if limit.scope is Scope.COUNTRY and (limit.basis, limit.measure) == (Basis.GUARANTOR, Measure.DRAWN_UNDRAWN):
        return _("Limit of {country}: {currency} {amount}, guarantor basis, drawn and undrawn.").format(
            country=_who(limit), **values
        )
    return _("Limit of {who}: {currency} {amount}.").format(who=_who(limit), **values)


def _plain(limit: Limit) -> dict[str, object]:
    if limit.scope is Scope.COUNTRY:
        return {"country": limit.key, "amount": limit.amount, "currency": limit.currency}
    scoped = {"scope": limit.scope.value, "key": limit.key, "within": limit.within or None}
    return scoped | {"amount": limit.amount, "currency": limit.currency}


def _row(use: LimitUse) -> dict[str, object]:
    assert use.limit is not None
    return {
        "country": use.country or None,
        "scope": use.scope.value,
        "key": use.key,
        "within": use.within or None,
        "amount": use.limit.amount,
        "currency": use.limit.currency,
        "basis": use.limit.basis.value,
        "measure": use.limit.measure.value,
        "state": use.state.value,
        "used": _cents(use.use.used),
        "pending": _cents(use.use.pending),
        "excess": _cents(use.excess),
        "headroom": None if use.use.headroom is None else _cents(use.use.headroom),
        "used_percent": _percent(use.use.share),
        "used_percent_with_pending": _percent(use.use.share_with_pending),
        "valid_to": use.limit.valid_to,
        "expired": use.expired,
        "owner": use.limit.owner or None,
        "source": use.limit.source or None,
        "lines_not_converted": use.not_converted,
    }


def _line(use: LimitUse) -> str:
    assert use.limit is not None
    share = use.use.share_with_pending
    return (
        f"{_who(use.limit, use.name):<32} {use.limit.currency} {number(use.limit.amount):>20}  "
        f"{'–' if share is None else percent(share * 100):>9}  {terms.limit_state(use.state.value)[1]}"
    )


def _excess(one: StoredExcess) -> dict[str, object]:
    scope, key, within = one.subject
    return {
        "excess": one.id,
        "scope": scope.value,
        "key": key,
        "within": within or None,
        "amount": one.amount,
        "currency": one.currency,
        "until": one.until,
        "reason": one.reason,
        "asked_by": one.user,
        "asked_at": one.at,
        "approved": one.approved,
        "decided_by": one.approver,
        "decided_at": one.decided_at,
        "comment": one.comment or None,
    }


def _told(one: StoredExcess) -> str:
    scope, key, within = one.subject
    values = {
        "number": one.id,
        "who": words.subject(scope.value, key, within),
        "currency": one.currency,
        "amount": number(one.amount),
        "date": day(one.until),
        "asker": one.user,
        "approver": one.approver,
    }
    if one.approved is None:
        text = _("Excess {number}, {who}: {currency} {amount} until {date}, asked by {asker}, not yet approved.")
    elif one.approved:
        text = _("Excess {number}, {who}: {currency} {amount} until {date}, asked by {asker}, approved by {approver}.")
    else:
        text = _("Excess {number}, {who}: {currency} {amount} until {date}, asked by {asker}, declined by {approver}.")
    return text.format(**values)


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"))


def _percent(share: Decimal | None) -> Decimal | None:
    return None if share is None else (share * 100).quantize(Decimal("0.0001"))
