"""Words for the daily check: steps and their questions, rows of evidence, answers, what is missing, refusals."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from alerts.rule import Severity
from app.i18n import gettext as _
from app.i18n import ngettext, pgettext
from app.series import derived
from app.series.catalogue import SERIES
from app.wording import alerts, formats, limits, liquidity, reviews, sourcing
from app.wording.check_progress import verdict_word
from app.wording.terms import country
from exposures.checking import Evidence, State, Verdict
from exposures.reason import Reason, Value

Values = Mapping[str, Any]
#: The units of what rules measure.
_MEASURED = ("percent", "basis points", "USD millions", "USD billions", "index")


def step_name(step: str) -> str:
    """What a step is called."""
    return _steps()[step][0]


def step_question(step: str) -> str:
    """The question that a step answers."""
    return _steps()[step][1]


def _steps() -> dict[str, tuple[str, str]]:
    return {
        "data": (_("Data arrived"), _("Has everything arrived that should be here?")),
        "fed_liquidity": (_("Fed liquidity"), _("Is dollar liquidity draining?")),
        "corridor": (_("Rate corridor"), _("Do money-market rates hold inside the corridor?")),
        "currencies": (
            _("Emerging-market currencies"),
            _("Is any currency falling fast enough to hurt repayment?"),
        ),
        "countries": (_("Countries and regions"), _("Is any country or region in worse trouble than before?")),
        "book": (_("Book and limits"), _("Does the book break a limit, or is somebody newly late?")),
        "open_work": (_("Follow-up due"), _("Is any work overdue?")),
    }


def verdict(of: Verdict) -> str:
    """Fine, watch or act."""
    return verdict_word(of.value)


def state(of: State) -> str:
    """How a row of evidence stands."""
    return {
        State.CRITICAL: _("Critical"),
        State.WARNING: _("Warning"),
        State.ERROR: _("Cannot be evaluated"),
        State.FAILED: pgettext("source", "Failed"),
        State.STALE: pgettext("data", "Stale"),
        State.NO_DATA: _("No data"),
        State.RECOVERING: _("Recovering"),
        State.PENDING: pgettext("alert", "Pending"),
        State.LATE: pgettext("data", "Late"),
        State.NORMAL: pgettext("evidence", "Normal"),
        State.INFO: pgettext("evidence", "For information"),
    }[of]


def status(code: str) -> str:
    """Where a check stands: open, with_checker or signed."""
    return {
        "open": pgettext("check", "Not signed"),
        "with_checker": _("With checker"),
        "signed": pgettext("check", "Signed"),
    }[code]


def missing(code: str) -> str:
    """An input that a step should have and that does not exist."""
    return {
        "score": _("vulnerability score"),
        "level": _("country-risk level"),
        "reserve_gap": _("reserve gap (needs levels and ratios)"),
        "net_capital": _("25 % flag (needs the group's net capital)"),
        "notices": _("notices (not sent yet)"),
        "days_past_due": _("days past due (not in the book)"),
        "loan_class": _("class and stage (not in the book)"),
        "family.fx": _("exchange rates (no rule)"),
        "family.reserves": _("countries' reserves (no rule)"),
        "family.prices": _("consumer prices (no rule)"),
        "family.external": _("external accounts (no rule)"),
        "family.spread": _("sovereign spreads (no rule)"),
        "family.flows": _("portfolio flows (no rule)"),
        "family.score": _("vulnerability score (no rule)"),
        "family.fed_reserves": _("bank reserves (no rule)"),
        "family.corridor": _("corridor (no rule)"),
        "family.on_rrp_treasury": _("ON RRP and Treasury account (no rule)"),
        "family.broad_dollar": _("broad dollar (no rule)"),
    }.get(code, code)


def evidence(row: Evidence) -> str:
    """What a row is about."""
    labels = row.labels
    match row.code:
        case "rule" | "figure":
            name = alerts.change(_counted(row), int(labels.get("over", "0")))
            if "meanwhile" not in labels:
                return name
            severity = alerts.severity(Severity(labels["meanwhile"])).lower()
            return _("{name} ({severity} in between)").format(name=name, severity=severity)
        case "period_end":
            return _("Last observation of a period")
        case "freshness":
            return liquidity.freshness_label(labels["group"])
        case "source_failed":
            return _("{source}: {resource}").format(
                source=sourcing.source_name(labels["source"]), resource=labels["resource"]
            )
        case "calendar_unusable":
            if "line" not in labels:
                return _("{file} cannot be used; the public calendars were").format(file=labels["file"])
            text = _("{file} cannot be used (line {line}); the public calendars were")
            return text.format(file=labels["file"], line=labels["line"])
        case "flag_gained":
            text = _("{country}: newly flagged") if "was" not in labels else _("{country}: flag raised")
            return text.format(country=country(labels["country"]))
        case "flag_lost":
            return _("{country}: flag lost").format(country=country(labels["country"]))
        case "limit" if "country" in labels:
            return _("{country}, country limit").format(country=country(labels["country"]))
        case "limit":
            who = limits.subject(labels["scope"], labels["key"], labels["within"], labels["name"])
            return _("{who}, limit").format(who=who)
        case "excess_ends":
            who = limits.subject(labels["scope"], labels["key"], labels["within"])
            return _("Excess of {who} ends").format(who=who)
        case "reserve_gap":
            return _("{country}: country-risk reserve missing").format(country=country(labels["country"]))
        case "major_exposure":
            return _("{country}: share of net capital").format(country=country(labels["country"]))
        case "late_new":
            return _("{counterparty}: newly late").format(counterparty=labels["counterparty"])
        case "class_finding":
            assert row.date is not None
            return reviews.reason(Reason(f"finding_{labels['case']}", "credit", None, None, "", row.date, row.source))
        case "maturities":
            days = int(labels["days"])
            return ngettext("Falling due in {days} day", "Falling due in {days} days", days).format(days=days)
        case "item":
            # A list of exposures has a country or region as its subject.
            place = labels["subject"] == labels.get("country")
            subject = country(labels["subject"]) if place else labels["subject"]
            return _("{item} {subject}").format(item=labels["item"], subject=subject)
    return {
        "book_age": _("Age of the book"),
        "flags": _("Flagged countries and regions"),
        "no_book": _("No book is imported"),
        "limits_within": _("Limits below the watch line"),
        "no_limits": _("No limit is set"),
        "without_limit": _("Countries and regions without a limit"),
        "no_reserve_gap": _("Countries and regions with enough country-risk reserve"),
        "reserve_unknown": _("Countries and regions whose reserve cannot be computed"),
        "no_major_exposure": _("Exposures above 25 % of net capital"),
        "late_known": _("Lines late for longer"),
        "class_findings": _("Class and stage findings"),
        "lists_never_made": _("The review lists were never made"),
        "open_items": _("Open review items"),
    }[row.code]


def brief(row: Evidence) -> str:
    """What a row is about where a column has little room: "Turkish Lira, 5 obs."."""
    if row.code not in ("rule", "figure") or "meanwhile" in row.labels:
        return evidence(row)
    metric, over = row.labels.get("metric", ""), int(row.labels.get("over", "0"))
    match derived.find(metric):
        case derived.Change(of=of, observations=count):
            metric, over = of, over or count
    name = _counted(row) if metric == row.labels.get("metric", "") else _figure(metric, row.labels)
    return (
        ngettext("{name}, {count} obs.", "{name}, {count} obs.", over).format(name=name, count=over) if over else name
    )


def value(row: Evidence) -> str:
    """A row's figure with its unit, or why a source failed; empty where there is none."""
    if row.code == "calendar_unusable":
        unreadable = row.value == "calendar.unreadable"
        return _("not readable") if unreadable else _("an entry is wrong")
    if row.code == "source_failed":
        failed = {"source.unreachable": _("not reached"), "source.status": _("answered with an error")}
        return failed.get(str(row.value), _("answer refused"))
    sign = row.labels.get("over", "0") != "0" or "change(" in row.labels.get("metric", "")
    if row.unit not in _MEASURED or not isinstance(row.value, Decimal):
        return _amount(row.value, row.unit, sign=sign)
    number = float(row.value)
    # A value never reads like one of its lines unless it is equal to it.
    given = (line for line in (row.warning, row.critical) if isinstance(line, Decimal))
    texts = [alerts.distinct(number, float(line), row.unit, sign) for line in given]
    return max(texts, key=lambda text: len(text.partition(".")[2]), default=alerts.amount(number, row.unit, sign=sign))


def lines(row: Evidence) -> str:
    """A row's warning and critical lines: "−3 % / −5 %"; empty where nothing measures it."""
    given = [_amount(line, row.unit) for line in (row.warning, row.critical) if line is not None]
    return " / ".join(given)


def source(row: Evidence) -> str:
    """Where a row can be looked up."""
    if row.source.startswith("v") and row.source[1:].isdigit():
        return _("Book {version}").format(version=row.source)
    if row.code in ("rule", "figure", "freshness"):
        return _(", ").join(sourcing.source_name(name) for name in row.source.split(", ") if name)
    return row.source


def _counted(row: Evidence) -> str:
    """A row's figure; what counts missed releases never reads like the figure that is released."""
    name = _figure(row.labels.get("metric", ""), row.labels)
    return _("{name}, releases missed").format(name=name) if row.unit == "releases" else name


def _figure(metric: str, labels: Mapping[str, str]) -> str:
    named = alerts.figure(metric, labels)
    if named is not None:
        return named
    match derived.find(metric):
        case derived.Derived(title=title):
            return liquidity.series_title(title)
        case derived.Change(of=of, observations=count):
            return alerts.change(_figure(of, labels), count)
    return liquidity.series_name(SERIES[metric]) if metric in SERIES else metric


def _amount(given: Value, unit: str, *, sign: bool = False) -> str:
    if given is None:
        return ""
    if not isinstance(given, Decimal):
        return _code(given)
    match unit:
        case "days":
            return ngettext("{count} day", "{count} days", int(given)).format(count=formats.number(given))
        case "releases":
            if given == 0:
                return pgettext("releases", "none missed")
            return ngettext("{count} missed", "{count} missed", int(given)).format(count=formats.number(given))
        case "lines" | "items" | "limits" | "countries":
            return formats.number(given)
        case _ if len(unit) == 3 and unit.isupper():
            return formats.money(given, unit)
    return alerts.amount(float(given), unit, sign=sign)


def _code(given: str) -> str:
    """A value that is a word of ours."""
    return {
        "A": reviews.tier("A"),
        "B": reviews.tier("B"),
        "month_end": _("month-end"),
        "quarter_end": _("quarter-end"),
    }.get(given, given)


def _acting(v: Values) -> str:
    return ngettext("{act} finding calls for an act.", "{act} findings call for an act.", v["act"]).format(
        act=formats.number(v["act"])
    )


def _watching(v: Values) -> str:
    return ngettext(
        "{watch} finding is to be watched; none calls for an act.",
        "{watch} findings are to be watched; none calls for an act.",
        v["watch"],
    ).format(watch=formats.number(v["watch"]))


def _in_part(v: Values) -> str:
    return _("Fine as far as it can be seen. Not assessed: {missing}.").format(missing=names(v["missing"], missing))


def names(codes: Any, word: Callable[[str], str]) -> str:
    """Several codes as words in one row."""
    return pgettext("between names", ", ").join(word(code) for code in codes)


SENTENCES: dict[str, Callable[[Values], str]] = {
    "check.nothing": lambda v: _("Nothing can be said: there is no evidence."),
    "check.act": _acting,
    "check.watch": _watching,
    "check.fine": lambda v: _("Fine: nothing calls for a watch or an act."),
    "check.fine_in_part": _in_part,
}

REFUSALS: dict[str, Callable[[Values], tuple[str, str]]] = {
    "check.unknown": lambda v: (
        _("There is no daily check of {date}.").format(date=formats.day(v["date"])),
        _("Run it first."),
    ),
    "check.unknown_step": lambda v: (
        _("The daily check has no step {step}.").format(step=v["step"]),
        _("Its steps are: {known}.").format(known=_(", ").join(v["known"])),
    ),
    "check.not_business_day": lambda v: (
        _("The bank is shut on {date}, so there is no daily check.").format(date=formats.day(v["date"])),
        _("Choose a business day, or correct the bank's holidays in the settings."),
    ),
    "check.in_future": lambda v: (
        _("{date} has not come yet; the bank's day is {today}.").format(
            date=formats.day(v["date"]), today=formats.day(v["today"])
        ),
        _("Choose today or a day before."),
    ),
    "check.too_early": lambda v: (
        _("The daily check of {date} cannot run yet.").format(date=formats.day(v["date"])),
        _("It runs from {start} on.").format(start=formats.moment(v["start"])),
    ),
    "check.needs_comment": lambda v: (
        _("The decision on “{step}” is milder than the program's verdict ({verdict}) and has no comment.").format(
            step=step_name(v["step"]), verdict=verdict_word(v["verdict"])
        ),
        _("Say why it is enough."),
    ),
    "check.needs_lists": lambda v: (
        _("The act on “{step}” names neither review lists and an owner nor a reason for none.").format(
            step=step_name(v["step"])
        ),
        _("Name the lists and who owns the work, or say why none is needed."),
    ),
    "check.undecided": lambda v: (
        _("Not every step is decided: {steps}.").format(steps=names(v["steps"], step_name)),
        _("Decide them, then sign."),
    ),
    "check.signed": lambda v: (
        _("The daily check of {date} is signed and does not change.").format(date=formats.day(v["date"])),
        _("Late evidence opens a step again as an addendum; otherwise tomorrow's check is the place."),
    ),
    "check.not_signed": lambda v: (
        _("The daily check of {date} is not signed by its maker yet.").format(date=formats.day(v["date"])),
        _("Its maker signs first."),
    ),
}
