"""Rule tests: series in, states and notifications out, as a person writes them down in TOML.

    rules = "my_rules.toml"            # or [[rule]] tables as in a rule file

    [[series]]
    metric = "x"
    start = 2024-01-01
    step = "1d"                        # or "1b" weekdays, "1w" weeks
    values = "75 85 _ 10+5x4 nan"      # _ no observation, nan one without a value, 10+5x4: 10 15 20 25 30

    [[expect]]
    rule = "T"                         # may be left out where there is one
    at = 2024-01-03
    state = "firing"
    severity = "warning"
    notifications = ["fired"]

A value is known at noon (UTC) of its day, or `delay` days later; `revised` gives later values of a date. What is
expected `at` a day is what an evaluation at its end sees. `timeline = "NPF"` says the state at every observation.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import numpy as np

from alerts.metric import Metric, Reading
from alerts.monitor import Phase
from alerts.rule import Rule
from alerts.ruletest import LETTERS, Expected, Given, RuleTest

STEPS = ("1d", "1b", "1w")
_RUN = re.compile(r"(-?\d+(?:\.\d+)?)(?:([+-]\d+(?:\.\d+)?))?x(\d{1,5})")
_NOON = time(12, tzinfo=UTC)
#: More values than a series of a hundred years has days are a mistake.
_MOST = 40_000


class RuleTestError(ValueError):
    """A test file that cannot be read: where, what is wrong, and the value."""

    def __init__(self, place: str, problem: str, value: object = "") -> None:
        super().__init__(place, problem, value)
        self.place, self.problem, self.value = place, problem, value


def read_test(document: Mapping[str, Any], rules: Iterable[Rule]) -> RuleTest:
    """A test from a parsed TOML document and its rules; RuleTestError."""
    several = tuple(rules)
    series = tuple(_given(f"series {number}", table) for number, table in enumerate(_tables(document, "series"), 1))
    ids = [rule.id for rule in several]
    expected = tuple(
        _expected(f"expect {number}", table, ids) for number, table in enumerate(_tables(document, "expect"), 1)
    )
    if not several:
        raise RuleTestError("rule", "missing")
    if not expected:
        raise RuleTestError("expect", "missing")
    return RuleTest(several, series, expected)


def _tables(document: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    tables = document.get(name, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise RuleTestError(name, "not_tables")
    return tables


def _given(place: str, table: Mapping[str, Any]) -> Given:
    known = {"metric", "labels", "unit", "start", "step", "values", "delay", "revised"}
    _only(place, table, known)
    start, step = _need(place, table, "start", date), table.get("step", "1d")
    delay = _typed(place, table, "delay", int, 0)
    metric = Metric(
        _need(place, table, "metric", str), _typed(place, table, "unit", str, "unit"), _labels(place, table)
    )
    if step not in STEPS:
        raise RuleTestError(place, "step", step)
    readings, day = [], start
    for value in parse_values(place, _need(place, table, "values", str)):
        while step == "1b" and day.weekday() >= 5:
            day += timedelta(1)
        if value is not ...:
            readings.append(Reading(metric, day, value, datetime.combine(day, _NOON) + timedelta(delay)))
        day += timedelta(7 if step == "1w" else 1)
    for one in table.get("revised", ()):
        if not isinstance(one, dict):
            raise RuleTestError(place, "not_tables", "revised")
        _only(f"{place}, revised", one, {"date", "value", "known"})
        day, known_day = _need(place, one, "date", date), _need(place, one, "known", date)
        number = _need(place, one, "value", (int, float))
        readings.append(Reading(metric, day, float(number), datetime.combine(known_day, _NOON)))
    return Given(metric, tuple(readings))


def parse_values(place: str, text: str) -> list[Any]:
    """The values of a series: numbers, None for "nan", an ellipsis for "_" (no observation)."""
    found: list[Any] = []
    for word in text.split():
        if word == "_":
            found.append(...)
        elif word.lower() == "nan":
            found.append(None)
        elif match := _RUN.fullmatch(word):
            first, by, times = float(match[1]), float(match[2] or 0), int(match[3])
            if times > _MOST:
                raise RuleTestError(place, "values", word)
            found += [first + by * count for count in range(times + 1)]
        else:
            try:
                number = float(word)
            except ValueError:
                raise RuleTestError(place, "values", word) from None
            if not np.isfinite(number):
                raise RuleTestError(place, "values", word)
            found.append(number)
    return found


def _expected(place: str, table: Mapping[str, Any], rules: list[str]) -> Expected:
    _only(place, table, {"rule", "at", "labels", "state", "severity", "notifications", "timeline"})
    rule = _typed(place, table, "rule", str, rules[0] if len(rules) == 1 else "")
    if rule not in rules:
        raise RuleTestError(place, "rule", rule)
    line = _typed(place, table, "timeline", str, "").replace(" ", "")
    at = None if line else _need(place, table, "at", date)
    if set(line) - set(LETTERS.values()):
        raise RuleTestError(place, "timeline", line)
    state, severity, told = table.get("state"), table.get("severity"), table.get("notifications")
    if state is not None and state not in tuple(Phase):
        raise RuleTestError(place, "state", state)
    if severity not in (None, "none", "warning", "critical"):
        raise RuleTestError(place, "severity", severity)
    if told is not None and not (isinstance(told, list) and all(isinstance(one, str) for one in told)):
        raise RuleTestError(place, "notifications", told)
    if not line and state is None and severity is None and told is None:
        raise RuleTestError(place, "nothing")
    phase = None if state is None else Phase(state)
    return Expected(rule, at, _labels(place, table), phase, severity, None if told is None else tuple(told), line)


def _labels(place: str, table: Mapping[str, Any]) -> dict[str, str]:
    labels = table.get("labels", {})
    if not isinstance(labels, dict) or not all(isinstance(text, str) for text in labels.values()):
        raise RuleTestError(place, "labels", labels)
    return labels


def _only(place: str, table: Mapping[str, Any], known: set[str]) -> None:
    for name in table:
        if name not in known:
            raise RuleTestError(place, "unknown_field", name)


def _need(place: str, table: Mapping[str, Any], name: str, kind: Any) -> Any:
    if name not in table:
        raise RuleTestError(f"{place}, {name}", "missing")
    return _typed(place, table, name, kind, None)


def _typed(place: str, table: Mapping[str, Any], name: str, kind: Any, default: Any) -> Any:
    value = table.get(name, default)
    if isinstance(value, bool | datetime) or not isinstance(value, kind):
        raise RuleTestError(f"{place}, {name}", "kind", value)
    return value
