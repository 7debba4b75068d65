"""The words of the overseas layout review (L2): its figures, reasons, criteria, and why nothing qualifies."""

from collections.abc import Callable, Mapping
from typing import Any

from app.i18n import gettext as _
from app.wording.formats import number, percent
from app.wording.marks import mark, shown
from app.wording.terms import country

Values = Mapping[str, Any]


def facts() -> dict[str, str]:
    """The figures of an item."""
    return {
        "before": _("12 months ago"),
        "growth": _("Growth"),
        "share": _("Of the entity"),
        "non_performing": _("Non-performing"),
        "deposits_to_assets": _("Deposits/assets"),
        "income_return": _("Income"),
        "limit_use": _("Limit used"),
        "open_alerts": _("Alerts"),
    }


def reasons() -> dict[str, str]:
    """What a reason is about."""
    return {
        "entity_share": _("Share of the entity's exposure"),
        "growth": _("Growth in 12 months, at today's rates"),
        "non_performing": _("Non-performing share"),
        "of_capital": _("Exposure against net capital"),
    }


def briefs() -> dict[str, str]:
    """A reason in two or three words with its figure."""
    return {
        "entity_share": _("{value} of the entity"),
        "growth": _("Growth {value}"),
        "non_performing": _("{value} non-performing"),
        "of_capital": _("{value} of net capital"),
    }


def families() -> dict[str, str]:
    """Families of reasons that this list adds."""
    return {
        "share": _("Share"),
        "growth": _("Growth"),
        "capital": _("Net capital"),
        "income": _("Income"),
        "entity": _("Booking entity"),
    }


def missing() -> dict[str, str]:
    """What could not be judged, and what to do; {grade} is the value that belongs to it."""
    return {
        "no_year_ago": _("Growth is not known: no book from 12 months before is stored. Import that book."),
        "nothing_year_ago": _("Growth is not known: the book of 12 months before has nothing there ({grade})."),
        "net_capital_blank": _("The share of net capital is not known: set bank.net_capital."),
        "income_not_supplied": _("The book carries no income; set reviews.income to judge it."),
        "hurdle_blank": _("No exit is proposed: set reviews.income_hurdle."),
        "no_class": _("The non-performing share is not known: the book gives no class."),
        "class_partly_missing": _("The book gives no class for {grade} of the lines; they count as performing."),
        "no_booking_entity": _("The book gives no booking entity for lines in {grade}: they are on no item."),
    }


def _countries(v: Values) -> str:
    return _(", ").join(country(code) for code in v["countries"])


#: Findings and criteria of the list.
SENTENCES: dict[str, Callable[[Values], str]] = {
    "l2.empty.no_flags": lambda _v: _("Nothing qualifies: no country or region is flagged."),
    "l2.empty.no_lines": lambda v: _("Nothing qualifies: the book has no live claim in {countries}.").format(
        countries=_countries(v)
    ),
    "l2.empty.no_entity": lambda v: _(
        "Nothing can be listed: the book gives no booking entity for its lines in {countries}."
    ).format(countries=_countries(v)),
    "l2.empty.no_trigger": lambda v: _("Nothing qualifies: no entity passes a mark in {countries}.").format(
        countries=_countries(v)
    ),
    "l2.universe": lambda v: _(
        "Every booking entity with live claims in a flagged country or region, by the immediate or the guarantor "
        "country. Emerging markets are all but the home country, international organisations and the advanced "
        "economies of {source}."
    ).format(source=v["em_source"]),
    "l2.minimum": lambda v: _(
        "An entity's business in a country below {amount} of the reporting currency is not screened."
    ).format(amount=number(v["amount"])),
    "l2.triggers": lambda v: _(
        "Listed where any holds, one point each: {share} or more of the entity's exposure; growth of {growth} or more "
        "in 12 months; {bad} or more non-performing; more than {capital} of net capital."
    ).format(**{name: shown("percent", v[name]) for name in ("share", "growth", "bad", "capital")}),
    "l2.growth": lambda _v: _(
        "Exposure now against the stored book nearest to 12 months before, at most 31 days off; both at the rates of "
        "today's book, so that exchange rates alone neither grow nor shrink a business."
    ),
    "l2.action": lambda v: _(
        "The last that holds: no trigger beyond share, keep with a reason; growth, freeze net growth; non-performing "
        "or {many} triggers, shrink to the size of 12 months ago (freeze where it is no larger); income below the "
        "hurdle and less than {share} of the entity, consider exit."
    ).format(many=mark(v, "many", "l2.many"), share=mark(v, "small_share", "l2.small_share")),
    "l2.income": lambda v: _("Income of 12 months on the average exposure, against {hurdle}.").format(
        hurdle=percent(v["hurdle"], 2)
    ),
    "l2.income_blank": lambda _v: _("No exit is proposed: set the hurdle (as shipped it is blank)."),
    "l2.priority": lambda v: _(
        "High with {many} triggers or a non-performing share over its mark, medium with two, otherwise low. Due in "
        "bank business days: high {high}, medium {medium}, low {low}."
    ).format(many=mark(v, "many", "l2.many"), **{name: number(v[name]) for name in ("high", "medium", "low")}),
    "l2.rank": lambda _v: _("Triggers, then exposure. Items without an owner are shown first."),
}
