"""Concentration, counterparties and groups in words."""

from collections.abc import Callable, Mapping
from typing import Any

from app.i18n import gettext as _
from app.i18n import ngettext
from app.wording import formats, terms
from app.wording.limits import sector
from exposures.counterparty import Renewed
from exposures.renewals import Standing

Values = Mapping[str, Any]


def fact(field: str, values: tuple[str, ...]) -> str:
    """What the lines say of a counterparty in one field."""
    word = {"sector": sector, "country": terms.country, "loan_class": terms.loan_class}.get(field)
    return formats.listed(word(value) if word else value for value in values)


def _share(value: Any) -> str:
    return formats.percent(value, 1)


def _top(v: Values) -> str:
    text = _("{name} has {share}, the {count} largest {top}; concentrated like {equal} equal names.")
    return text.format(
        name=v["name"],
        share=_share(v["share"]),
        count=formats.number(v["count"]),
        top=_share(v["top"]),
        equal=formats.number(v["equal"], 0),
    )


def _large(v: Values) -> str:
    text = ngettext(
        "{large} name is above its large-exposure mark: {who}; the {count} largest have {top}.",
        "{large} names are above their large-exposure mark, the largest {who}; the {count} largest have {top}.",
        v["large"],
    )
    return text.format(
        large=formats.number(v["large"]), who=v["who"], count=formats.number(v["count"]), top=_share(v["top"])
    )


def _groups(v: Values) -> str:
    text = _("{name} is the largest group with {share}; {alone} is owed by names without a group.")
    return text.format(name=v["name"], share=_share(v["share"]), alone=_share(v["alone"]))


def _places(v: Values) -> str:
    text = _("{sector} in {country} have {share}, the most of any; HHI by country or region {hhi}.")
    return text.format(
        sector=sector(v["sector"]),
        country=terms.country(v["country"]),
        share=_share(v["share"]),
        hhi="–" if v["hhi"] is None else formats.number(v["hhi"], 3),
    )


def _counterparty(text: str, v: Values) -> str:
    return text.format(
        name=v["name"],
        amount=formats.money(v["amount"], v["currency"]),
        soon=formats.money(v["soon"], v["currency"]),
        within=v["within"],
        loan_class=terms.loan_class(v["class"]),
        days=formats.number(v["days"] or 0),
    )


def _nothing(v: Values) -> str:
    if v["owed"] is None:
        return _("{name} owes nothing; what the bank owes it lacks an exchange rate.").format(name=v["name"])
    if v["owed"]:
        return _("{name} owes nothing; the bank owes it {amount}.").format(
            name=v["name"], amount=formats.money(v["owed"], v["currency"])
        )
    return _("{name} owes nothing.").format(name=v["name"])


def _followed(text: str, v: Values) -> str:
    return text.format(
        breaches=formats.number(v["breaches"]),
        items=ngettext("{n} review item", "{n} review items", v["items"]).format(n=formats.number(v["items"])),
        alerts=ngettext("{n} alert", "{n} alerts", v["alerts"]).format(n=formats.number(v["alerts"])),
    )


def renewal(found: Renewed, currency: str) -> str:
    """One line that replaces another, and what of it counts as pending."""
    if found.new is None or found.counted is None:
        return _("{line} replaces {old}; without an exchange rate nothing of it is added.").format(
            line=found.line_id, old=found.replaces
        )
    values = {
        "line": found.line_id,
        "old": found.replaces,
        "new": formats.money(found.new, currency),
        "counted": formats.money(found.counted, currency),
    }
    return {
        Standing.INCREASE: _("{line} replaces {old}: {new} asked for, of which {counted} counts as pending."),
        Standing.UNKNOWN_LINE: _("{line} replaces {old}, which the book does not have: {new} counts in full."),
        Standing.OTHER_PARTY: _("{line} replaces {old}, which is another’s: {new} counts in full."),
        Standing.OVERLAPS: _("{line} replaces {old}, which ends after it begins: {new} counts in full."),
        Standing.NO_DATES: _("{line} replaces {old}; an end or a beginning is missing: {new} counts in full."),
        Standing.NO_RATE: _("{line} replaces {old}, whose currency has no rate: {new} counts in full."),
    }[found.standing].format(**values)


SENTENCES: dict[str, Callable[[Values], str]] = {
    "book.holders.none": lambda _v: _("Nothing is owed by anybody."),
    "book.holders.one": lambda v: _("{name} owes everything.").format(name=v["name"]),
    "book.holders.top": _top,
    "book.holders.large": _large,
    "book.groups.none": lambda _v: _("The book names no connected group."),
    "book.groups.top": _groups,
    "book.places.none": lambda _v: _("Nothing is owed anywhere."),
    "book.places.no_sector": lambda v: _("Most is owed in {country}, {share}, by names without a sector.").format(
        country=terms.country(v["country"]), share=_share(v["share"])
    ),
    "book.places.top": _places,
    "book.counterparty.nothing": _nothing,
    "book.counterparty.bad": lambda v: _counterparty(
        _("{amount} owed, non-performing ({loan_class}), {days} days late."), v
    ),
    "book.counterparty.bad_undated": lambda v: _counterparty(
        _("{amount} owed, non-performing ({loan_class}); the book does not say how late."), v
    ),
    "book.counterparty.late": lambda v: _counterparty(_("{amount} owed, up to {days} days late."), v),
    "book.counterparty.due": lambda v: _counterparty(
        _("{amount} owed; {soon} is overdue or falls due within {within} days."), v
    ),
    "book.followed.breach": lambda v: _followed(
        ngettext(
            "{breaches} limit is breached; {items} and {alerts} are open.",
            "{breaches} limits are breached; {items} and {alerts} are open.",
            v["breaches"],
        ),
        v,
    ),
    "book.followed.work": lambda v: _followed(_("No limit is breached; {items} and {alerts} are open."), v),
    "book.followed.limits": lambda _v: _("Its limits hold, and nothing is open."),
    "book.followed.nothing": lambda _v: _("No limit, no review item and no alert."),
    "book.counterparty.fine": lambda v: _counterparty(_("{amount} owed; nothing falls due within {within} days."), v),
}

REFUSALS: dict[str, Callable[[Values], tuple[str, str]]] = {
    "book.unknown_name": lambda v: (
        _("The book has no counterparty or group {name}.").format(name=v["name"]),
        _("Use its number as the book has it: tidewatch book concentration names the largest."),
    ),
}
