"""Words for countries and regions: figures, the score and its inputs, flags, the dollar tide, levels."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from alerts.rule import Severity
from app.i18n import gettext as _
from app.i18n import ngettext, pgettext
from app.wording import alerts, home_side, review_reasons
from app.wording.country_refusals import REFUSALS as REFUSALS
from app.wording.formats import day, listed, money, number, percent
from app.wording.terms import country
from exposures.flags import FiringAlert
from exposures.reason import Reason

Values = Mapping[str, Any]
#: A sentence names so many inputs and counts the others.
_NAMED = 2


def concept(id: str) -> str:
    """A figure of a country's page."""
    return {
        "fx": _("Exchange rate"),
        "reserves": pgettext("country", "Reserves"),
        "import_cover": _("Import cover"),
        "short_debt": _("Short-term debt / reserves"),
        "policy_rate": _("Policy rate"),
        "cpi": _("CPI, y/y"),
        "external_debt": _("External debt"),
        "current_account": _("Current account"),
        "spread": _("Sovereign spread"),
        "premium": _("Parallel premium"),
        "gdp": _("GDP"),
        "foreign_claims": _("Foreign banks' claims"),
        "yield_home": _("10-year yield, mainland China"),
        "yield_us": _("10-year yield, United States"),
        "cn_cross_border_flows": _("Cross-border flows, net"),
        "rmb_settlement_share": _("Renminbi in settlement"),
        "rmb_settlement_rcep": _("Renminbi in settlement, RCEP"),
        "rmb_settlement_belt_road": _("Renminbi in settlement, Belt and Road"),
    }[id]


def input_name(id: str) -> str:
    """An input of the vulnerability score."""
    return {
        "fx_250": _("250-obs. dollar rise"),
        "fx_20": _("20-obs. dollar rise"),
        "reserves_change": _("Reserves, 12 months"),
        "import_cover": _("Import cover"),
        "reserves_debt": _("Reserves / short debt"),
        "current_account": _("Current account"),
        "cpi": _("CPI, y/y"),
        "real_rate": _("Policy rate less CPI"),
        "external_debt": _("External debt"),
        "spread": _("Sovereign spread"),
        "appeared_or_vanished": _("Inputs appeared or vanished"),
    }[id]


def input_value(id: str, value: float | None) -> str:
    """An input's value with its unit."""
    if value is None:
        return _("no value")
    if id == "import_cover":
        return _("{number} months").format(number=number(value, 1))
    if id == "spread":
        return _("{number} bp").format(number=number(value))
    if id == "real_rate":
        return _("{number} pp").format(number=number(value, 1, sign=True))
    signed = id in ("fx_250", "fx_20", "reserves_change", "current_account")
    return percent(value, 1, sign=signed)


def unit(text: str, value: float | None = None) -> str:
    """A series' unit beside its figure."""
    if text.endswith(" per USD"):
        return ""
    return {
        "percent": "%",
        "basis points": _("bp"),
        "USD millions": _("USD bn"),
        "USD billions": _("USD bn"),
        "months": ngettext("month", "months", 1 if value == 1 else 2),
        "percent of GDP": _("% of GDP"),
        "percent of GNI": _("% of GNI"),
    }.get(text, text)


def figure(value: float | None, of: str, *, sign: bool = False) -> str:
    """A value as its unit is written: millions as billions, rates of exchange with as many decimals as they need."""
    if value is None:
        return "–"
    if of == "USD millions":
        return number(value / 1000, 1, sign=sign)
    if of.endswith(" per USD"):
        return number(value, 2 if abs(value) < 1000 else 1, sign=sign)
    places = {"basis points": 0, "percent": 2 if abs(value) < 10 else 1}.get(of, 1)
    return number(value, places, sign=sign)


def status(of: str) -> tuple[str, str]:
    """The mark in which a figure's freshness is drawn, and its word."""
    return {
        "fresh": ("ok", _("Up to date")),
        "provisional": ("stale", _("Release missed")),
        "too_old": ("stale", _("Too old, not counted")),
        "missing": ("nodata", _("No data")),
    }[of]


def score_state(of: str) -> tuple[str, str]:
    """The severity of a score, and its word."""
    return {
        "calm": ("ok", _("Normal")),
        "watch": ("watch", _("Watch")),
        "warning": ("warning", _("Warning")),
        "critical": ("critical", _("Critical")),
        "none": ("nodata", _("No score")),
    }[of]


def level(of: str) -> str:
    """A country-risk level."""
    return {
        "low": pgettext("country-risk level", "Low"),
        "relatively_low": pgettext("country-risk level", "Relatively low"),
        "medium": pgettext("country-risk level", "Medium"),
        "relatively_high": pgettext("country-risk level", "Relatively high"),
        "high": pgettext("country-risk level", "High"),
    }[of]


def family(of: str) -> str:
    """A Fed family of the dollar tide."""
    return {
        "fed_reserves": _("Fed reserves"),
        "corridor": _("Corridor"),
        "on_rrp_treasury": _("ON RRP and Treasury account"),
        "broad_dollar": _("Broad dollar"),
    }[of]


def tier(of: str) -> str:
    """A tier of the flagged countries."""
    return {"A": _("Tier A, act"), "B": _("Tier B, watch")}[of]


def severity(of: str) -> str:
    """A severity's word."""
    return alerts.severity(Severity(of))


def alert(of: FiringAlert) -> str:
    """A firing alert in a few words: "SOFR less interest on reserves 12 bp"."""
    what = alerts.figure(of.metric, of.labels) or of.rule_id
    return _("{what} {figure}").format(what=what, figure=alerts.amount(of.value, of.unit))


def cause(reason: Reason) -> str:
    """Why a country is flagged, in a few words with the figure."""
    if reason.metric not in ("country_alert", "tide"):
        return review_reasons.brief(reason, "USD")
    metric = reason.labels.get("alert_metric", "")
    place = {"country": reason.labels["country"]} if metric == "FX" and "country" in reason.labels else {}
    what = alerts.figure(metric, place) or reason.labels.get("rule", "")
    value = reason.value if isinstance(reason.value, Decimal) else None
    shown = alerts.amount(None if value is None else float(value), reason.unit)
    return _("{what} {figure}").format(what=what, figure=shown)


def _inputs(ids: tuple[str, ...]) -> str:
    """The first names, and how many more there are."""
    named = _(", ").join(input_name(id) for id in ids[:_NAMED])
    more = len(ids) - _NAMED
    if more <= 0:
        return named
    return ngettext("{named} and {count} more", "{named} and {count} more", more).format(named=named, count=more)


def _score(text: str, v: Values) -> str:
    return text.format(
        value=number(v["value"]) if v["value"] is not None else "",
        change=number(abs(v.get("change") or 0), 1),
        drivers=listed(input_name(id) for id in v.get("drivers", ())),
        coverage=percent(v["coverage"], 0),
        low=number(v["low"], 1),
        high=number(v["high"], 1),
        lacking=_inputs(v["lacking"]),
        since=day(v["since"]) if "since" in v else "",
    )


def _moved(v: Values) -> str:
    week = v["week"]
    return "" if week is None else percent(week, 1, sign=True)


def _reasons(v: Values) -> str:
    return _("; ").join(dict.fromkeys(cause(one) for one in v["reasons"]))


def _stake(v: Values) -> str:
    due = v["due"]
    values = {"amount": money(v["amount"], v["currency"]), "count": number(v["counterparties"])}
    if due is None:
        return _("{amount} on the immediate basis; guaranteed elsewhere.").format(
            amount=money(v["immediate"], v["currency"])
        )
    return ngettext(
        "{amount}, {count} counterparty, {due} due in a year.",
        "{amount}, {count} counterparties, {due} due in a year.",
        v["counterparties"],
    ).format(due=percent(due, 0), **values)


def _families(ids: tuple[str, ...]) -> str:
    return _(", ").join(family(id) for id in ids)


SENTENCES: dict[str, Callable[[Values], str]] = home_side.SENTENCES | {
    "score.none": lambda v: _score(_("No score: the inputs cover {coverage} of the weights. Missing: {lacking}."), v),
    "score.alone": lambda v: _score(_("{value}, coverage {coverage}; there is no score of a month ago."), v),
    "score.still": lambda v: _score(_("{value}, as a month ago; coverage {coverage}."), v),
    "score.up": lambda v: _score(_("Up {change} points in a month: {drivers}."), v),
    "score.down": lambda v: _score(_("Down {change} points in a month: {drivers}."), v),
    "fx.no_data": lambda v: _("Cannot be said: no exchange rate is stored. Refresh, or take in files."),
    "fx.too_few": lambda v: _("Cannot be said: fewer than six observations are stored."),
    "fx.crash": lambda v: _(
        "A crash: the dollar rose {year} in a year, at least {crash} and faster than the year before."
    ).format(year=percent(v["year"], 1), crash=percent(v["crash"], 0)),
    "fx.fastest": lambda v: _("Fastest five-day fall of the past year: {week}.").format(week=_moved(v)),
    "fx.fell": lambda v: _("Weaker by {week} in five observations.").format(week=percent(abs(v["week"]), 1)),
    "fx.rose": lambda v: _("Stronger by {week} in five observations.").format(week=percent(v["week"], 1)),
    "fx.still": lambda v: _("Hardly: {week} in five observations.").format(week=_moved(v)),
    "indicators.none": lambda v: _("None of the figures is there. Refresh, enter or import them."),
    "indicators.lacking": lambda v: _("{there} of {count} inputs count; not there or too old: {lacking}.").format(
        there=v["count"] - len(v["missing"]) - len(v["old"]),
        count=v["count"],
        lacking=_inputs((*v["missing"], *v["old"])),
    ),
    "indicators.late": lambda v: _("All {count} inputs count; a release was missed of {late}.").format(
        count=v["count"], late=_inputs(v["late"])
    ),
    "indicators.all": lambda v: _("All {count} inputs are there and up to date.").format(count=v["count"]),
    "comparison.none": lambda v: _("No country or region has a series yet."),
    "comparison.no_scores": lambda v: _("None of the {count} has enough inputs for a score.").format(count=v["count"]),
    "comparison.one": lambda v: _("Only {country} has a score: {value}.").format(
        country=country(v["country"]), value=number(v["value"])
    ),
    "comparison.worst": lambda v: _(
        "{country} with {value}, before {next} with {other}; {rated} of {count} have a score."
    ).format(
        country=country(v["country"]),
        value=number(v["value"]),
        next=country(v["next"]),
        other=number(v["next_value"]),
        rated=v["rated"],
        count=v["count"],
    ),
    "stake.no_book": lambda v: _("Cannot be said: there is no book yet."),
    "stake.nothing": lambda v: _("Nothing: the book of {day} has no claim there.").format(day=day(v["day"])),
    "stake.amount": _stake,
    "flag.home": lambda v: _("No: the home country is never flagged."),
    "flag.outside": lambda v: _("No: it is not in the emerging-market set."),
    "flag.none": lambda v: _("No: nothing that makes a flag holds."),
    "flag.watch": lambda v: _("Yes, watch, since {since}: {reasons}.").format(
        since=day(v["since"]), reasons=_reasons(v)
    ),
    "flag.act": lambda v: _("Yes, act, since {since}: {reasons}.").format(since=day(v["since"]), reasons=_reasons(v)),
    "flag.release_proposed": lambda v: _("Still: every cause has ended and the hold has run out; release is proposed."),
    "dollar_tide.off": lambda v: _("No: no Fed alert fires in any of the four families."),
    "dollar_tide.one_warning": lambda v: _("No: one family warns ({families}); two, or one critical, raise it.").format(
        families=_families(v["families"])
    ),
    "dollar_tide.critical": lambda v: _("Yes: critical in {families}.").format(families=_families(v["critical"])),
    "dollar_tide.warnings": lambda v: _("Yes: warnings in {families}.").format(families=_families(v["families"])),
    "dollar_tide.held": lambda v: _(
        "Yes, held: its causes ended on {ended}; it stays on for {days} bank business days."
    ).format(ended=day(v["ended"]), days=v["days"]),
    "dollar_tide.release_proposed": lambda v: _("Its causes ended on {ended}; release is proposed.").format(
        ended=day(v["ended"])
    ),
}
