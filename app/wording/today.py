"""Words for what waits for a person today and for the country that hurts."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from app.i18n import gettext as _
from app.i18n import ngettext, pgettext
from app.wording import alerts, formats, terms

Values = Mapping[str, Any]


def _first_alert(v: Values) -> str:
    return _("First: {alert} ({severity}).").format(
        alert=alerts.title(v["rule"], v["labels"]), severity=alerts.severity(v["severity"]).lower()
    )


def _overdue(v: Values) -> str:
    return ngettext(
        "Start with the review lists: {overdue} item is overdue.",
        "Start with the review lists: {overdue} items are overdue.",
        v["overdue"],
    ).format(overdue=formats.number(v["overdue"]))


def _reviews(v: Values) -> str:
    return ngettext(
        "No alert waits; {items} review item needs a decision.",
        "No alert waits; {items} review items need a decision.",
        v["items"],
    ).format(items=formats.number(v["items"]))


def _import(v: Values) -> str:
    return ngettext(
        "Only the import is left: {rows} row was set aside.",
        "Only the import is left: {rows} rows were set aside.",
        v["rows"],
    ).format(rows=formats.number(v["rows"]))


def _calm(v: Values) -> str:
    text = ngettext(
        "None: no alert fires and no limit is tight in {countries} country or region.",
        "None: no alert fires and no limit is tight in {countries} countries and regions.",
        v["countries"],
    )
    return text.format(countries=formats.number(v["countries"]))


def _unlimited(v: Values) -> str:
    text = ngettext(
        "No alert fires; {countries} country or region has no limit to be measured against.",
        "No alert fires; {countries} countries and regions have no limit to be measured against.",
        v["countries"],
    )
    return text.format(countries=formats.number(v["countries"]))


def _alert(v: Values) -> str:
    return _("{country}. Past its {severity} line: {figure}.").format(
        country=terms.country(v["country"]),
        figure=alerts.metric(v["rule"]),
        severity=alerts.severity(v["severity"]).lower(),
    )


def _several(v: Values) -> str:
    return _("{country}. Past the {severity} line: {causes}.").format(
        country=terms.country(v["country"]),
        severity=alerts.severity(v["severity"]).lower(),
        causes=_(", ").join(map(cause, v["causes"])),
    )


def cause(told: Values) -> str:
    """One thing that speaks against a country: "Turkish Lira −6.1 %", "limit 92 %", "limit broken, 104 %"."""
    if "state" not in told:
        return alerts.cause(told["rule"], told["labels"], told["value"], told["unit"])
    if told["share"] is None:
        return _("exposure where the limit is zero")
    text = _("limit broken, {share}") if told["state"] == "breach" else _("limit {share}")
    return text.format(share=_share(told["share"]))


def cause_name(told: Values) -> str:
    """The same without its figure, where that stands beside it: "Turkish Lira", "limit"."""
    if "state" not in told:
        return alerts.cause_name(told["rule"], told["labels"])
    return _("limit broken") if told["state"] == "breach" else pgettext("cause", "limit")


SENTENCES: dict[str, Callable[[Values], str]] = {
    "today.nothing": lambda v: _("Nothing waits for you."),
    "today.nothing_known": lambda v: _("Nothing can be said yet: there are no alerts and no book."),
    "today.calendar": lambda v: _(
        "Correct the bank's table of release days first; while it stands nothing is fetched."
    ),
    "today.no_book": lambda v: _("Start with the book: none is imported yet."),
    "today.alert": _first_alert,
    "today.reviews": _reviews,
    "today.reviews_overdue": _overdue,
    "today.import": _import,
    "country.no_book": lambda v: _("Cannot be said: no book is imported yet."),
    "country.empty": lambda v: _("None: the book holds no claims."),
    "country.calm": _calm,
    "country.none_limited": _unlimited,
    "country.alert": _alert,
    "country.several": _several,
    "country.limit_warning": lambda v: _("{country}. {share} of its limit is used, past the warning line.").format(
        **_used(v)
    ),
    "country.limit_critical": lambda v: _("{country}. {share} of its limit is used, past the critical line.").format(
        **_used(v)
    ),
    "country.limit_expected_breach": lambda v: _(
        "{country}. What is pending would take it to {share} of its limit."
    ).format(**_used(v)),
    "country.limit_breach": lambda v: _("{country}. Its limit is broken: {share} is used.").format(**_used(v)),
    "country.limit_zero": lambda v: _("{country}. There is exposure where the limit is zero.").format(
        country=terms.country(v["country"])
    ),
}


def _used(v: Values) -> dict[str, str]:
    return {"country": terms.country(v["country"]), "share": _share(v["share"])}


def _share(percent: Decimal) -> str:
    return formats.percent(percent, 0 if percent == round(percent) else 1)
