"""Words for rules and alerts: titles, the sentence of an alert and of a list, states, events, what a rule lacks."""

from collections.abc import Mapping
from typing import Any

from alerts.alert import ENDS, Alert, Transition
from alerts.monitor import Kind, Phase
from alerts.rule import Rule, Severity
from app.i18n import gettext as _
from app.i18n import ngettext, pgettext
from app.wording import readings
from app.wording.conditions import change as change
from app.wording.conditions import titled
from app.wording.formats import day, together
from app.wording.readings import amount as amount
from app.wording.readings import distinct as distinct

Values = Mapping[str, Any]


def title(rule: Rule, labels: Mapping[str, str]) -> str:
    """A rule's name for one set of labels: "Turkish Lira, 5-observation change"."""
    return titled(readings.metric(rule.metric, labels), rule.condition)


def figure(metric_id: str, labels: Mapping[str, str]) -> str | None:
    """The name of a figure that rules watch, for one set of labels; None where they watch none of that id."""
    name = readings.metric(metric_id, labels)
    return None if metric_id in name else name


def metric(rule: Rule) -> str:
    """What a rule watches, without labels, for the list of rules."""
    return readings.metric(rule.metric, {})


def cause(rule: Rule, labels: Mapping[str, str], value: float | None, unit: str) -> str:
    """An alert in a few words, where its country is named already: "Turkish Lira −6.1 %"."""
    figure = amount(value, unit, sign=bool(rule.condition.change_over))
    return _("{what} {figure}").format(what=cause_name(rule, labels), figure=figure)


def cause_name(rule: Rule, labels: Mapping[str, str]) -> str:
    """What an alert is about, where its country is named already: "Turkish Lira"."""
    return readings.metric(rule.metric, labels if rule.metric == "FX" else {})


def phase(of: Phase) -> str:
    """A state's name."""
    return {
        Phase.NORMAL: _("Resolved"),
        Phase.PENDING: pgettext("alert", "Pending"),
        Phase.FIRING: _("Firing"),
        Phase.RECOVERING: _("Recovering"),
        Phase.NO_DATA: _("No data"),
        Phase.ERROR: _("Cannot be evaluated"),
    }[of]


def severity(of: Severity | None) -> str:
    """A severity's name; none for an alert that never fired."""
    if of is None:
        return _("None")
    return {Severity.WARNING: _("Warning"), Severity.CRITICAL: _("Critical")}[of]


def event(told: Transition, unit: str) -> str:
    """What happened, for the history of an alert."""
    line = amount(told.threshold, unit)
    match told.kind:
        case Kind.PENDING:
            return _("Crossed {line}; waiting whether it lasts").format(line=line)
        case Kind.LAPSED:
            return _("Back within {line} before it fired").format(line=line)
        case Kind.FIRED:
            return _("Fired: beyond {line}").format(line=line)
        case Kind.RAISED:
            return _("Raised: crossed {line}").format(line=line)
        case Kind.LOWERED:
            return _("Lowered: cleared {line}").format(line=line)
        case Kind.RECOVERING:
            return _("Cleared {line}; held until it lasts").format(line=line)
        case Kind.RETURNED:
            return _("Crossed {line} again while recovering").format(line=line)
        case Kind.RESOLVED:
            return _("Resolved: cleared {line}").format(line=line)
        case Kind.NO_DATA:
            return _("The figure is no longer there")
        case Kind.REVISED:
            return _("An earlier observation was revised; evaluated anew")
        case Kind.RULE_CHANGED:
            return _("The rule changed to version {version}; evaluated anew").format(version=told.rule_version)


def row(alert: Alert) -> str:
    """The second line of an alert in a list: "Critical: −6.1 %, line −5 %"."""
    values = {"severity": severity(alert.severity), "value": _shown(alert.value, alert.threshold, alert)}
    if alert.resolved is not None:
        if alert.last_kind not in ENDS:
            return _("Ended by a revision")
        days = (alert.resolved - alert.episode).days
        return ngettext("Resolved after {days} day", "Resolved after {days} days", days).format(days=days)
    if alert.fault is not None:
        return _("Cannot be evaluated")
    if alert.stale:
        return _("Stale: no value at the last observation")
    match alert.phase:
        case Phase.PENDING:
            return _("Pending: {value}, {passed} of {needed}").format(
                **values, passed=alert.passed, needed=alert.needed
            )
        case Phase.RECOVERING:
            return _("Recovering: {value}, {passed} of {needed}").format(
                **values, passed=alert.passed, needed=alert.needed
            )
    line = amount(alert.threshold, alert.unit)
    return _("{severity}: {value}, line {line}").format(**values, line=line)


def _shown(value: float | None, threshold: float | None, alert: Alert) -> str:
    """A value never reads like its threshold unless it is equal to it."""
    return distinct(value, threshold, alert.unit, bool(alert.rule.condition.change_over))


def _now(values: Values) -> str:
    text = distinct(values["value"], values["threshold"], values["unit"], bool(values["over"]))
    if not values["over"]:
        return _("Now {value}.").format(value=text)
    return ngettext("{value} since the observation before.", "{value} in {count} observations.", values["over"]).format(
        value=text, count=values["over"]
    )


def _line(values: Values) -> str:
    line, clears = (amount(values[name], values["unit"]) for name in ("threshold", "clears_at"))
    critical = values["severity"] is Severity.CRITICAL
    if values["threshold"] == values["clears_at"]:
        return (_("Critical is {line}.") if critical else _("Warning is {line}.")).format(line=line)
    if values["upward"]:
        text = (
            _("Critical is {line}; it clears below {clears}.")
            if critical
            else _("Warning is {line}; it clears below {clears}.")
        )
    else:
        text = (
            _("Critical is {line}; it clears above {clears}.")
            if critical
            else _("Warning is {line}; it clears above {clears}.")
        )
    return text.format(line=line, clears=clears)


def _waiting(values: Values) -> str:
    text = _("Beyond {line} for {passed} of {needed} observations; it fires if that lasts.")
    if values.get("in_days"):
        text = _("Beyond {line} for {passed} of {needed} days; it fires if that lasts.")
    line = amount(values["threshold"], values["unit"])
    return text.format(line=line, passed=values["passed"], needed=values["needed"])


def _held(values: Values) -> str:
    text = _("Back within {line} for {passed} of {needed} observations; it resolves if that lasts.")
    line = amount(values["clears_at"], values["unit"])
    return text.format(line=line, passed=values["passed"], needed=values["needed"])


def _ended(values: Values) -> str:
    days = (values["ended"] - values["episode"]).days
    return ngettext("Resolved on {date}, after {days} day.", "Resolved on {date}, after {days} days.", days).format(
        date=day(values["ended"]), days=days
    )


def _oldest(values: Values) -> str:
    return ngettext(
        "{firing} firing, {critical} critical. Oldest unacknowledged: {days} working day",
        "{firing} firing, {critical} critical. Oldest unacknowledged: {days} working days",
        values["days"],
    ).format(**values)


SENTENCES = {
    "alerts.firing": lambda values: together((_now(values), _line(values))),
    "alerts.pending": lambda values: together((_now(values), _waiting(values))),
    "alerts.recovering": lambda values: together((_now(values), _held(values))),
    "alerts.stale": lambda values: together(
        (_("The last observation brought no value; the alert stays as it was."), _line(values))
    ),
    "alerts.error": lambda values: _("The rule cannot be evaluated now; the alert stays as it was."),
    "alerts.resolved": _ended,
    "alerts.lapsed": lambda values: _("It ended on {date} before it fired.").format(date=day(values["ended"])),
    "alerts.lost": lambda values: _("The figure was no longer there from {date}.").format(date=day(values["ended"])),
    "alerts.withdrawn": lambda values: _(
        "It ended on {date}, when a figure or the rule was revised: by the new one it does not fire."
    ).format(date=day(values["ended"])),
    "alerts.none": lambda values: _("Nothing is firing."),
    "alerts.none_firing": lambda values: ngettext(
        "Nothing is firing; {others} alert is pending or recovering.",
        "Nothing is firing; {others} alerts are pending or recovering.",
        values["others"],
    ).format(others=values["others"]),
    "alerts.all_acknowledged": lambda values: _("{firing} firing, {critical} critical. All acknowledged").format(
        firing=values["firing"], critical=values["critical"]
    ),
    "alerts.unacknowledged": _oldest,
    "alerts.lack.readings": lambda values: _("No figure is stored for {metric} yet.").format(
        metric=readings.metric(values["metric"], {})
    ),
    "alerts.lack.duplicate": lambda values: _("Two figures carry the same name: {metric} {scope}.").format(
        metric=readings.metric(values["metric"], {}), scope=values["scope"]
    ),
    "alerts.lack.unit": lambda values: _("The rule is written in {wanted}, {metric} comes in {unit}.").format(
        metric=readings.metric(values["metric"], {}), unit=values["unit"], wanted=values["wanted"]
    ),
}

REFUSALS = {
    "alerts.unknown": lambda values: (
        _("There is no alert {id}.").format(id=values["id"]),
        _("See the ids with: alerts list."),
    ),
    "alerts.reason_missing": lambda values: (
        _("{id} needs a reason; nothing was stored.").format(id=values["id"]),
        _("Write in a sentence why."),
    ),
    "alerts.not_firing": lambda values: (
        _("{id} is not firing, so there is nothing to acknowledge.").format(id=values["id"]),
        _("See what is firing with: alerts list."),
    ),
    "alerts.until_past": lambda values: (
        _("An acknowledgement cannot end in the past ({until}).").format(until=day(values["until"].date())),
        _("Choose a later date."),
    ),
    "alerts.no_evidence": lambda values: (
        _("The figures behind {id} are no longer stored.").format(id=values["id"]),
        _("Refresh the sources, then try again."),
    ),
}
