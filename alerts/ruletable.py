"""A rule as a table of plain values, and what differs between two versions of it."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from alerts.conditions import Composite, Condition
from alerts.rule import OnError, Rule

TEXTS = ("id", "metric", "unit", "family", "rationale", "source", "owner", "calendar", "escalate_to")
_SPARSE = ("calendar", "escalate_to")  # written only where they say something


def differences(before: Rule | None, after: Rule) -> tuple[tuple[str, Any, Any], ...]:
    """The fields that differ ("warning.threshold"), each before and after; None where it was not there."""
    then, now = ({} if before is None else _flat(rule_table(before))), _flat(rule_table(after))
    names = [name for name in (*then, *(name for name in now if name not in then)) if name != "version"]
    return tuple((name, then.get(name), now.get(name)) for name in names if then.get(name) != now.get(name))


def _flat(table: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in table.items():
        found |= _flat(value, f"{before}{name}.") if isinstance(value, dict) else {before + name: value}
    return found


def rule_table(rule: Rule) -> dict[str, Any]:
    """All of a rule, as it stands in a rule file."""
    table: dict[str, Any] = {"id": rule.id, "version": rule.version, "enabled": rule.enabled}
    table |= {
        name: getattr(rule, name) for name in TEXTS if name != "id" and (name not in _SPARSE or getattr(rule, name))
    }
    table |= {"keep": rule.keep, "no_data": rule.no_data.value, "scope": dict(rule.scope)}
    if rule.on_error is not OnError.KEEP:
        table["on_error"] = rule.on_error.value
    if rule.escalate_hours:
        table["escalate_hours"] = rule.escalate_hours
    table["condition"] = condition_table(rule.condition)
    for severity, band in rule.bands:
        hold = f"{band.hold}d" if band.in_days else band.hold
        line = {"comparison": band.comparison.value, "threshold": band.threshold, "for": hold}
        line |= {} if band.recovery is None else {"recovery": band.recovery}
        table[severity.value] = line | {"source": band.source}
    return table


def condition_table(condition: Condition) -> dict[str, Any]:
    """A condition's kind and parameters, as they stand in a rule file."""
    if not isinstance(condition, Composite):
        parameters: dict[str, Any] = dataclasses.asdict(condition)  # type: ignore[call-overload]
        return {"kind": condition.kind} | parameters
    parts = []
    for part in condition.parts:
        table = condition_table(part.condition) | {"threshold": part.threshold}
        # A count compares its observations, a part its value.
        table["is"] = part.comparison.value
        parts.append(table | ({"metric": part.metric} if part.metric else {}) | ({"not": True} if part.negated else {}))
    return {"kind": condition.kind, "join": condition.join, "parts": parts}
