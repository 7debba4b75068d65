"""The maturity ladder and the open positions in words."""

from collections.abc import Callable, Mapping
from typing import Any

from app.i18n import gettext as _
from app.i18n import ngettext
from app.wording.formats import currency, listed, money, number
from exposures.currency_gap import CurrencyGap
from exposures.maturity import Ladder

Values = Mapping[str, Any]

#: Netting sets that are named one by one.
_NAMED = 5


def tenor(code: str) -> str:
    """A bucket of the ladder."""
    return {
        "overdue": _("Overdue"),
        "days_1": _("Up to 1 day"),
        "days_7": _("2\u20137 days"),
        "days_30": _("8\u201330 days"),
        "days_90": _("31\u201390 days"),
        "days_180": _("91\u2013180 days"),
        "days_365": _("181\u2013365 days"),
        "years_2": _("1\u20132 years"),
        "years_5": _("2\u20135 years"),
        "longer": _("Over 5 years"),
        "undated": _("Undated"),
    }[code]


def until(code: str) -> str:
    """A bucket's end inside a sentence: "within 30 days"."""
    return {
        "days_1": _("within 1 day"),
        "days_7": _("within 7 days"),
        "days_30": _("within 30 days"),
        "days_90": _("within 90 days"),
        "days_180": _("within 180 days"),
        "days_365": _("within a year"),
    }[code]


def ladder_notes(ladder: Ladder) -> tuple[str, ...]:
    """What had to be assumed, and what stands in no bucket."""
    notes = []
    if ladder.bullet:
        notes.append(
            ngettext(
                "Bullet assumed: {lines} line has no instalments in the book.",
                "Bullet assumed: {lines} lines have no instalments in the book.",
                ladder.bullet,
            ).format(lines=number(ladder.bullet))
        )
    if ladder.on_demand:
        notes.append(
            ngettext(
                "{lines} debt without a maturity counts as payable on demand.",
                "{lines} debts without a maturity count as payable on demand.",
                ladder.on_demand,
            ).format(lines=number(ladder.on_demand))
        )
    if ladder.not_converted:
        notes.append(
            ngettext(
                "{lines} line has no exchange rate and stands in no bucket.",
                "{lines} lines have no exchange rate and stand in no bucket.",
                ladder.not_converted,
            ).format(lines=number(ladder.not_converted))
        )
    notes += netting_notes(ladder)
    if not ladder.has_debts:
        notes.append(_("Liabilities not supplied: a book with liability lines shows the gap."))
    return tuple(notes)


def netting_notes(ladder: Ladder) -> tuple[str, ...]:
    """What was set off, and which sets count gross."""
    notes = []
    if ladder.set_off:
        notes.append(
            _("{amount} of derivatives and repo are set off within enforceable netting sets.").format(
                amount=money(ladder.set_off, ladder.currency)
            )
        )
    if ladder.gross_sets:
        notes.append(
            ngettext(
                "Netting set {named} is not said to be enforceable and counts gross.",
                "Netting sets {named} are not said to be enforceable and count gross.",
                len(ladder.gross_sets),
            ).format(named=listed(ladder.gross_sets[:_NAMED]))
        )
    return tuple(notes)


def gap_notes(gap: CurrencyGap) -> tuple[str, ...]:
    """What the positions leave out."""
    notes = []
    if not gap.forwards:
        notes.append(_("Forwards are not in the book: a position hedged with one looks open here."))
    if gap.set_off:
        amounts = listed(money(amount, code) for code, amount in gap.set_off.items())
        notes.append(_("Derivatives and repo set off within each currency: {amounts}.").format(amounts=amounts))
    unrated = [one.currency for one in gap.positions if one.rate is None]
    if unrated:
        notes.append(
            _("No exchange rate for {currencies}: they are shown in their own units and are in no total.").format(
                currencies=_(", ").join(unrated)
            )
        )
    if gap.without_currency:
        notes.append(
            ngettext(
                "{lines} line names no currency and is left out.",
                "{lines} lines name no currency and are left out.",
                gap.without_currency,
            ).format(lines=number(gap.without_currency))
        )
    return tuple(notes)


def _short(v: Values) -> str:
    if v["first"] == v["bucket"]:
        return _("{amount} short {until}, the deepest gap of the coming year.").format(
            amount=money(v["amount"], v["currency"]), until=until(v["bucket"])
        )
    return _("Short {first}, and deepest {until}: {amount}.").format(
        amount=money(v["amount"], v["currency"]), until=until(v["bucket"]), first=until(v["first"])
    )


def _covered(v: Values) -> str:
    return _("Never short in the coming year; least to spare {until}: {amount}.").format(
        amount=money(v["amount"], v["currency"]), until=until(v["bucket"])
    )


def _no_debts(v: Values) -> str:
    text = _("{due} comes in within 30 days, {overdue} is overdue; without liabilities no gap can be told.")
    return text.format(due=money(v["due"], v["currency"]), overdue=money(v["overdue"], v["currency"]))


def _position(text: str, v: Values) -> str:
    return text.format(
        currency=currency(v["widest"]),
        amount=money(v["amount"], v["currency"]),
        total=money(v["total"], v["currency"]),
    )


SENTENCES: dict[str, Callable[[Values], str]] = {
    "book.ladder.empty": lambda _v: _("The book has no amounts to place."),
    "book.ladder.no_debts": _no_debts,
    "book.ladder.short": _short,
    "book.ladder.covered": _covered,
    "book.due_from.nothing": lambda _v: _("Nothing drawn is due."),
    "book.due_from.overdue": lambda v: _("{overdue} is overdue; {due} comes in within 30 days.").format(
        overdue=money(v["overdue"], v["currency"]), due=money(v["due"], v["currency"])
    ),
    "book.due_from.soon": lambda v: _("{due} comes in within 30 days.").format(due=money(v["due"], v["currency"])),
    "book.due_from.later": lambda v: _("First to come in: {amount}, {bucket}.").format(
        amount=money(v["amount"], v["currency"]), bucket=tenor(v["bucket"]).lower()
    ),
    "book.currency_gap.none": lambda v: _("Everything is in {currency}: there is no open position.").format(
        currency=currency(v["currency"])
    ),
    "book.currency_gap.no_debts": lambda _v: _("Without liabilities in the book no net position can be told."),
    "book.currency_gap.no_rate": lambda v: _(
        "No open position can be told: {currencies} have no exchange rate."
    ).format(currencies=_(", ").join(v["currencies"])),
    "book.currency_gap.closed": lambda _v: _("Every foreign currency is matched."),
    "book.currency_gap.long": lambda v: _position(
        _("Long {amount} in {currency}, the widest; {total} open in all."), v
    ),
    "book.currency_gap.short": lambda v: _position(
        _("Short {amount} in {currency}, the widest; {total} open in all."), v
    ),
}
