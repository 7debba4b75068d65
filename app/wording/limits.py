"""Limits of every scope in words: whose they are, how tight, what is wrong with them, and what was refused."""

from collections.abc import Callable, Mapping
from typing import Any

from app.i18n import gettext as _
from app.i18n import ngettext, pgettext
from app.wording import formats, terms
from app.wording.book import no_limits

Values = Mapping[str, Any]


def scope(code: str) -> str:
    """What kind of limit it is."""
    return {
        "country": _("Country or region"),
        "group": _("Connected group"),
        "counterparty": _("Counterparty"),
        "sector": _("Sector"),
        "product": _("Product"),
        "rating": _("Grade"),
        "tenor": _("Tenor"),
    }[code]


def sector(code: str) -> str:
    """A sector of the economy."""
    return {
        "sovereign": _("Sovereigns"),
        "central_bank": _("Central banks"),
        "bank": _("Banks"),
        "financial": _("Other financial companies"),
        "corporate": _("Companies"),
        "public": _("Public sector"),
        "household": _("Households"),
        "international": _("International organisations"),
        "other": pgettext("sector", "Other"),
    }.get(code, code)


def subject(code: str, key: str, within: str = "", name: str = "") -> str:
    """Whose limit it is: "Turkey", "Ege Holding", "Derivatives in Turkey", "Beyond 5 years"."""
    match code:
        case "country":
            text = terms.country(key)
        case "sector":
            text = sector(key)
        case "product":
            try:
                text = terms.instrument(key)
            except KeyError:
                text = key
        case "rating":
            text = _("Grade {grade}").format(grade=key)
        case "tenor":
            text = _("Beyond {years} years").format(years=key)
        case _:
            text = name or key
    return _("{subject} in {country}").format(subject=text, country=terms.country(within)) if within else text


def _who(v: Values) -> str:
    return subject(v["scope"], v["key"], v["within"], v["name"])


def _share(value: Any) -> str:
    return formats.percent(value, 0)


def _breaches(v: Values) -> str:
    if v["share"] is None:
        text = ngettext(
            "{count} limit is breached: {who}, where the limit is zero.",
            "{count} limits are breached, first of all {who}, where the limit is zero.",
            v["breaches"],
        )
        return text.format(count=v["breaches"], who=_who(v))
    text = ngettext(
        "{count} limit is breached: {who}, at {share} with pending.",
        "{count} limits are breached, most of all {who}, at {share} with pending.",
        v["breaches"],
    )
    return text.format(count=v["breaches"], who=_who(v), share=_share(v["share"]))


def _expected(v: Values) -> str:
    if v["share"] is None:
        return _("Once pending is signed {who} breaches its limit of zero.").format(who=_who(v))
    text = ngettext(
        "{count} breach is expected once pending is signed: {who}, at {share}.",
        "{count} breaches are expected once pending is signed, most of all {who}, at {share}.",
        v["expected"],
    )
    return text.format(count=v["expected"], who=_who(v), share=_share(v["share"]))


def _near(v: Values) -> str:
    text = ngettext(
        "No breach; {count} limit above {mark}: {who}, at {share}.",
        "No breach; {count} limits above {mark}, the tightest {who}, at {share}.",
        v["near"],
    )
    return text.format(count=v["near"], mark=_share(v["mark"]), who=_who(v), share=_share(v["share"]))


def _fine(v: Values) -> str:
    return _("No limit is above {mark}; {who} is the tightest, at {share}.").format(
        mark=_share(v["mark"]), who=_who(v), share=_share(v["share"] or 0)
    )


def _above_parent(v: Values) -> str:
    return _("The limit of {who}, {amount}, is above that of {parent}, {most}, of which it is a part.").format(
        who=_who(v),
        parent=subject(v["of"], v["parent"], "", v["parent"]),
        amount=formats.money(v["amount"], v["currency"]),
        most=formats.money(v["most"], v["currency"]),
    )


def _waiting(v: Values) -> str:
    return ngettext(
        "{waiting} excess waits for a second person.", "{waiting} excesses wait for a second person.", v["waiting"]
    ).format(waiting=v["waiting"])


def _soon(v: Values) -> str:
    return ngettext(
        "{soon} excess ends within {days} days, on {first}.",
        "{soon} excesses end within {days} days, the first on {first}.",
        v["soon"],
    ).format(soon=v["soon"], days=v["days"], first=formats.day(v["first"]))


def _standing(v: Values) -> str:
    return ngettext(
        "{standing} excess is in force; it does not end within {days} days.",
        "{standing} excesses are in force; none ends within {days} days.",
        v["standing"],
    ).format(standing=v["standing"], days=v["days"])


SENTENCES: dict[str, Callable[[Values], str]] = {
    "book.limit.none": no_limits,
    "book.limit.not_comparable": lambda _v: _("No limit can be compared: their currencies have no exchange rate."),
    "book.limit.breaches": _breaches,
    "book.limit.expected": _expected,
    "book.limit.near": _near,
    "book.limit.fine": _fine,
    "book.limit.unused": lambda _v: _("No limit is used."),
    "book.limit.expired": lambda v: _("The limit of {who} was to be reviewed by {date}; it still counts.").format(
        who=_who(v), date=formats.day(v["date"])
    ),
    "book.limit.no_rate": lambda v: _(
        "The limit of {who} is in {currency}, which has no exchange rate: its use cannot be told."
    ).format(who=_who(v), currency=v["currency"]),
    "book.limit.above_parent": _above_parent,
    "book.excess.waiting": _waiting,
    "book.excess.soon": _soon,
    "book.excess.standing": _standing,
    "book.excess.none": lambda _v: _("No temporary excess is in force."),
}

REFUSALS: dict[str, Callable[[Values], tuple[str, str]]] = {
    "limits.no_key": lambda v: (
        _("A limit needs to say whose it is."),
        _("Name the {scope}.").format(scope=scope(v["scope"]).lower()),
    ),
    "limits.unknown_sector": lambda v: (
        _("{sector} is no sector that is known.").format(sector=v["sector"]),
        _("Use one of: {known}.").format(known=_(", ").join(v["known"])),
    ),
    "limits.bad_tenor": lambda v: (
        _("{tenor} is no number of years.").format(tenor=v["tenor"]),
        _("Use years above 0 and up to 100, for example 5."),
    ),
    "limits.bad_dates": lambda v: (
        _("A limit from {first} cannot end on {last}.").format(
            first=formats.day(v["first"]), last=formats.day(v["last"])
        ),
        _("Put the first day before the last."),
    ),
    "limits.no_reason": lambda _v: (_("A reason is needed."), _("Say why in one sentence.")),
    "limits.no_limit": lambda v: (
        _("There is no limit of {who}.").format(who=subject(v["scope"], v["key"], v["within"])),
        _("Set it first, or see the limits in force: limits list."),
    ),
    "limits.excess_past": lambda v: (
        _("{date} has passed: a temporary excess must last until today at least.").format(date=formats.day(v["date"])),
        _("Name a later day."),
    ),
    "limits.excess_unknown": lambda v: (
        _("There is no temporary excess number {excess}.").format(excess=v["excess"]),
        _("See them with limits excesses."),
    ),
    "limits.excess_decided": lambda v: (
        _("Temporary excess {excess} was already decided by {who}.").format(excess=v["excess"], who=v["who"]),
        _("Ask for another where it is still needed."),
    ),
}
