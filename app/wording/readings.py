"""Words for what rules read: the figure's name for its labels, and a value with its unit."""

from collections.abc import Mapping

from babel.numbers import get_currency_name, get_territory_currencies

from app.i18n import gettext as _
from app.i18n import language, ngettext
from app.wording import figures, limits
from app.wording.formats import currency, dollars, number, percent
from app.wording.maturity import tenor
from app.wording.terms import country
from exposures.currencies import CODES


def metric(id: str, labels: Mapping[str, str]) -> str:
    """The name of a figure that rules watch, for one set of labels: "Turkey, Reserves to debt"."""
    place = labels.get("country")
    if id == "FX":
        return _currency(place) if place else _("Currencies against the dollar")
    if id in ("country_utilisation", "country_utilisation_used"):
        if place is None:
            return _("Country limit, used") if id.endswith("_used") else _("Country limit, with pending")
        template = _("{country}, country limit used") if id.endswith("_used") else _("{country}, country limit")
        return template.format(country=country(place))
    id = id.removeprefix("missed(").removesuffix(")") if id.startswith("missed(") else id
    name = figures.name(id)
    if place:
        return _("{country}, {name}").format(country=country(place), name=name)
    whose = _whose(labels)
    return _("{whose}: {name}").format(whose=whose, name=name) if whose else name


def _whose(labels: Mapping[str, str]) -> str | None:
    """Which group, limit, bucket, currency, sector or check a figure is of; None for one of the whole."""
    match labels:
        case {"scope": scope, "key": key}:
            return limits.subject(scope, key)
        case {"bucket": bucket}:
            return tenor(bucket)
        case {"currency": code}:
            return str(get_currency_name(code, locale=language()))
        case {"sector": code}:
            return limits.sector(code)
        case {"case": case}:
            return _check(case)
    return labels.get("group") or labels.get("counterparty")


def _check(case: str) -> str:
    """A check of class and stage, by the case of its finding."""
    return {
        "below_minimum": _("Class better than the days past due allow"),
        "debtor_share": _("Class better than the debtor's other claims allow"),
        "below_level": _("Class better than the country-risk level allows"),
        "across_banks": _("Class better than the debtor's debt across banks allows"),
        "stage_1_late": _("Stage 1 and over 30 days past due"),
        "not_stage_3_late": _("Not stage 3 and over 90 days past due"),
        "not_stage_3_class": _("Not stage 3 and non-performing"),
        "stage_3_pass": _("Stage 3 and class pass"),
    }.get(case, case)


def _currency(place: str) -> str:
    codes = get_territory_currencies(place)
    return get_currency_name(codes[0], locale=language()) if codes else country(place)


def amount(value: float | None, unit: str, *, sign: bool = False, decimals: int | None = None) -> str:
    """A condition's value with its unit, whole where it is whole: "−6.1 %", "20 bp", "USD 100 bn"."""
    if value is None:
        return _("no value")
    if unit == "USD millions":
        return amount(value / 1000, "USD billions", sign=sign, decimals=decimals)
    places = (0 if value == round(value) else 1) if decimals is None else decimals
    if unit == "percent":
        return percent(value, places, sign=sign)
    text = number(value, places, sign=sign)
    if unit == "basis points":
        return _("{number} bp").format(number=text)
    if unit in ("yes or no", "flag"):
        return _("yes") if value else _("no")
    if unit == "standard deviations":
        return _("{number} standard deviations").format(number=text)
    if unit == "observations":
        return ngettext("{number} observation", "{number} observations", round(value)).format(number=text)
    if unit == "lines":
        return ngettext("{number} line", "{number} lines", round(value)).format(number=text)
    if unit == "releases":
        return ngettext("{number} release", "{number} releases", round(value)).format(number=text)
    if unit == "days":
        return ngettext("{number} day", "{number} days", round(value)).format(number=text)
    if unit == "points":
        return ngettext("{number} point", "{number} points", round(value)).format(number=text)
    if unit == "months":
        return ngettext("{number} month", "{number} months", round(value)).format(number=text)
    if unit == "USD billions":
        return dollars(value, places, sign=sign)
    if unit in CODES:
        return _("{currency} {number}").format(currency=currency(unit), number=text)
    return _("{number} {unit}").format(number=text, unit=unit)


def distinct(value: float | None, threshold: float | None, unit: str, sign: bool) -> str:
    """A value with so many decimals that it does not read like a threshold from which it differs."""
    if value is None or threshold is None:
        return amount(value, unit, sign=sign)
    text = amount(value, unit, sign=sign)
    if value == threshold:
        return text
    for decimals in (1, 2, 3, 4):
        if text != amount(threshold, unit, sign=sign, decimals=decimals):
            return text
        text = amount(value, unit, sign=sign, decimals=decimals + 1)
    return text
