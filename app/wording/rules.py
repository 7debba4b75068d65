"""Words for rules: lists, versions, files, tests, and what they would have said in the past."""

from collections.abc import Iterable, Mapping
from typing import Any

from alerts.backtest import BackTest, Episode
from alerts.rule import Band, Rule, Severity
from alerts.ruletest import LETTERS, Checked, Expected
from app.i18n import gettext as _
from app.i18n import ngettext, pgettext
from app.wording import alerts, rule_faults
from app.wording.formats import day, number
from app.wording.formats import percent as in_percent

Values = Mapping[str, Any]


def band(severity: Severity, of: Band, unit: str) -> str:
    """A band in one line: "Warning ≥ 3 %, clears at 2.5 %, for 5 observations"."""
    parts = [
        _("{severity} {comparison} {line}").format(
            severity=alerts.severity(severity),
            comparison=of.comparison.value.replace(">=", "≥").replace("<=", "≤"),
            line=alerts.amount(of.threshold, unit),
        )
    ]
    if of.recovery is not None:
        parts.append(_("clears at {line}").format(line=alerts.amount(of.recovery, unit)))
    if of.hold:
        text = ngettext("for {count} day", "for {count} days", of.hold)
        if not of.in_days:
            text = ngettext("for {count} observation", "for {count} observations", of.hold)
        parts.append(text.format(count=of.hold))
    return _(", ").join(parts)


def bands(rule: Rule) -> str:
    """All bands of a rule."""
    return _("; ").join(band(severity, of, rule.unit) for severity, of in rule.bands)


def change(name: str, before: Any, after: Any) -> str:
    """One field that differs between two versions; fields keep the names of the rule file."""
    return _("{field}: {before} → {after}").format(field=name, before=_plain(before), after=_plain(after))


#: What the program writes as the reason of the rules that it brings.
_SHIPPED = "shipped"


def why_changed(reason: str, changes: Iterable[tuple[str, Any, Any]]) -> str:
    """A version's reason and what differs; the version that came with the program gives none of a person's."""
    said = _("Came with the program") if reason == _SHIPPED else reason
    return pgettext("reasons", "; ").join([said, *(change(*of) for of in changes)])


def _plain(value: Any) -> str:
    return _("(nothing)") if value in (None, "") else str(value)


def episode(one: Episode, rule: Rule) -> str:
    """Why one firing of the past came, in a line."""
    unit, sign = rule.unit, bool(rule.condition.change_over)
    values = {
        "date": day(one.fired),
        "value": alerts.distinct(one.value, one.threshold, unit, sign),
        "line": alerts.amount(one.threshold, unit),
        "worst": alerts.amount(one.worst, unit, sign=sign),
        "severity": alerts.severity(one.severity),
        "known": day(one.known_from.date()),
    }
    text = _("{date}: {value} beyond {line}, at worst {worst}, {severity}; known {known}").format(**values)
    if one.assumed:
        text = _("{text} by the calendar").format(text=text)
    if one.ended is None:
        return _("{text}; still firing").format(text=text)
    return ngettext("{text}; {days} day", "{text}; {days} days", one.days).format(text=text, days=one.days)


def known(done: BackTest) -> str:
    """How many inputs are only assumed to have been known when the test takes them."""
    return _("{assumed} of {count} observations have a time of release taken from the calendar.").format(
        assumed=number(done.assumed), count=number(done.observations)
    )


def ratio(value: float | None) -> str:
    """A ratio, or that there is none."""
    return _("none") if value is None else number(value, 2)


def share(value: float | None) -> str:
    """A share in percent, or that there is none."""
    return _("none") if value is None else in_percent(value * 100, 0)


def expectation(expected: Expected) -> str:
    """What a rule test expects, in a line."""
    labels = ", ".join(f"{name}={text}" for name, text in sorted(expected.labels.items()))
    what = [expected.rule, *([labels] if labels else [])]
    if expected.at is not None:
        what.append(expected.at.isoformat())
    told = None if expected.notifications is None else ", ".join(expected.notifications) or _("no notification")
    wanted = [expected.timeline, expected.state, expected.severity, told]
    return _("{what}: {wanted}").format(what="  ".join(what), wanted=", ".join(str(one) for one in wanted if one))


def failure(checked: Checked) -> tuple[str, ...]:
    """Why an expectation failed: what was found, and both timelines one beneath the other."""
    expected = checked.expected
    match checked.problem:
        case "series":
            return (_("There is no series that this rule watches with these labels."),)
        case "duplicate":
            return (_("Several series carry the same name and labels."),)
        case "readings" | "unit" | "calendar":
            return (_("The rule cannot be evaluated: an input or the calendar is missing, or comes in another unit."),)
    found = "".join(LETTERS[step.state] for step in checked.steps)
    wanted = expected.timeline
    if not wanted and expected.at is not None:
        seen = [step.date for step in checked.steps]
        wanted = "." * max(len(seen) - 1, 0) + (LETTERS[expected.state] if expected.state else "?")
    lines = [
        _("expected {timeline}").format(timeline=wanted),
        _("found    {timeline}").format(timeline=found),
    ]
    if not expected.timeline:
        lines.append(_("{field} is {found}").format(field=checked.problem, found=checked.found or _("nothing")))
    for step in checked.steps[-10:]:
        told = ", ".join(step.notifications)
        value = "nan" if step.value is None else f"{step.value:g}"
        lines.append(f"  {step.date}  {value:>12}  {step.state.value:<10} {step.severity or '-':<9} {told}".rstrip())
    return tuple(lines)


def _often(values: Values) -> str:
    text = ngettext(
        "It would have fired {count} time since {start}, {often} a year, the longest for {days}.",
        "It would have fired {count} times since {start}, {often} a year, the longest for {days}.",
        values["count"],
    )
    days = ngettext("{days} day", "{days} days", values["longest"]).format(days=values["longest"])
    return text.format(count=values["count"], start=day(values["start"]), often=number(values["a_year"], 1), days=days)


def _called(values: Values) -> str:
    return _("It called {called} of {crises} crises, {count} alerts in all; noise to signal {noise}.").format(
        called=values["called"], crises=values["crises"], count=values["count"], noise=ratio(values["noise"])
    )


def _noise(values: Values) -> str:
    return _(
        "It called {called} of {crises} crises, but noise to signal is {noise}: above 1 it says no more than chance."
    ).format(called=values["called"], crises=values["crises"], noise=ratio(values["noise"]))


_FILE_PROBLEMS = {
    "syntax": lambda: _("it is not valid TOML: {value}"),
    "missing": lambda: _("it is missing"),
    "unknown_field": lambda: _("{value} is not a field"),
    "not_tables": lambda: _("{value} must be tables"),
    "step": lambda: _("the step is 1d, 1b or 1w, not {value}"),
    "values": lambda: _("{value} is not a value; write numbers, _, nan, or 10+5x4"),
    "rule": lambda: _("there is no rule {value} in the file"),
    "timeline": lambda: _("a timeline is written in the letters N P F R D E, not {value}"),
    "state": lambda: _("{value} is not a state"),
    "severity": lambda: _("{value} is not a severity; write warning, critical or none"),
    "notifications": lambda: _("{value} is not a list of notifications"),
    "labels": lambda: _("{value} are not labels"),
    "nothing": lambda: _("it expects nothing; give a state, a severity, notifications or a timeline"),
    "kind": lambda: _("{value} is of the wrong kind"),
}


def _test_file(values: Values) -> tuple[str, str]:
    what = _FILE_PROBLEMS[values["problem"]]().format(value=values["value"])
    if values["place"]:
        what = _("{place}: {what}").format(place=values["place"], what=what)
    return (
        _("{file} is not a rule test; {what}.").format(file=values["file"], what=what),
        _("Mend the file; the manual shows the form of a rule test."),
    )


def _rule_file(values: Values) -> tuple[str, str]:
    more = values["count"] - 1
    fault = rule_faults.fault(values["fault"])
    if more:
        fault = ngettext("{fault} (and {more} more fault)", "{fault} (and {more} more faults)", more).format(
            fault=fault, more=more
        )
    return (_("{fault}.").format(fault=fault), _("Nothing was changed. Mend the text and try again."))


SENTENCES = {
    "backtest.no_values": lambda values: _("There is no value to test on yet."),
    "backtest.silent": lambda values: _("It would never have fired since {start}.").format(start=day(values["start"])),
    "backtest.fired": _often,
    "backtest.missed": lambda values: ngettext(
        "It would have fired {count} time and called none of the crises: {crises}.",
        "It would have fired {count} times and called none of the crises: {crises}.",
        values["count"],
    ).format(count=values["count"], crises=values["crises"]),
    "backtest.called": _called,
    "backtest.noise": _noise,
    "alerts.lack.calendar": lambda values: _("There is no calendar {calendar}.").format(calendar=values["calendar"]),
}

REFUSALS = {
    "rules.unknown": lambda values: (
        _("There is no rule {id}.").format(id=values["id"]),
        _("See the ids with: rules list."),
    ),
    "rules.unknown_version": lambda values: (
        _("Rule {id} has no version {version}.").format(id=values["id"], version=values["version"]),
        _("See its versions with: rules history {id}.").format(id=values["id"]),
    ),
    "rules.unchanged": lambda values: (
        _("Rule {id} says the same already; nothing was stored.").format(id=values["id"]),
        _("Change something first."),
    ),
    "rules.other_id": lambda values: (
        _("The text is of rule {other}, not of {id}.").format(other=values["other"], id=values["id"]),
        _("Keep the id, or import the text as a rule of its own."),
    ),
    "rules.not_one": lambda values: (
        _("One rule was expected, the text has {count}.").format(count=values["count"]),
        _("Import several rules with: rules import."),
    ),
    "rules.no_file": lambda values: (
        _("{file} cannot be read.").format(file=values["file"]),
        _("Check the name; a file of rules is a text of at most 5 MB in UTF-8."),
    ),
    "rules.file": _rule_file,
    "rules.test_file": _test_file,
    "rules.crises": lambda values: (
        _("{file} is not a list of crises: {problem}.").format(**values),
        _("Write [[crisis]] tables with name and start, and labels where they are about a country."),
    ),
    "rules.setting": lambda values: (
        _("{text} is not FIELD=VALUE.").format(text=values["text"]),
        _("Write for example: warning.threshold=12."),
    ),
}
