"""Rules as text (TOML), and back; reading tells every fault at once, with its line and field."""

import dataclasses
import tomllib
from collections.abc import Collection, Iterable, Mapping
from typing import Any, get_type_hints

import tomli_w

from alerts.conditions import CONDITIONS, Comparison, Composite, Condition, Level, Part
from alerts.finding import Finding
from alerts.rule import Band, InvalidRule, NoData, OnError, Rule
from alerts.ruletable import TEXTS, rule_table

_KINDS = {condition.kind: condition for condition in CONDITIONS}
_REQUIRED = ("id", "metric", "unit", "family")
_BAND_FIELDS = ("comparison", "threshold", "for", "recovery", "source")
#: No count or threshold of ours is larger.
_LARGEST = 10**15


class RuleFileError(ValueError):
    """A rule file that cannot be read; `faults` are findings "rulefile.…" with line, rule, field and value."""

    def __init__(self, faults: Iterable[Finding]) -> None:
        self.faults = tuple(faults)
        super().__init__(*self.faults)


def write(rules: Iterable[Rule]) -> str:
    """The rules as text, in their order; `read` gives them back unchanged."""
    return tomli_w.dumps({"rule": [rule_table(rule) for rule in rules]})


def read(text: str, beside: Collection[str] = ()) -> tuple[Rule, ...]:
    """The rules in the text, in its order; RuleFileError with every fault. `beside` are names for other readers."""
    try:
        document = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits is a plain ValueError
        raise RuleFileError([Finding("rulefile.syntax", {"problem": str(error)})]) from None
    rest = {name: part for name, part in document.items() if name not in beside}
    return _Reading(text, rest).rules()


class _Wrong(Exception):
    def __init__(self, problem: str, field: str, value: object = None) -> None:
        super().__init__(problem, field)
        self.problem, self.field, self.value = problem, field, value


class _Reading:
    """One pass over a document: the rules that stand, and the faults of those that do not."""

    def __init__(self, text: str, document: Mapping[str, Any]) -> None:
        self.lines = text.splitlines()
        self.document = document
        self.faults: list[Finding] = []
        self.starts = [number for number, line in enumerate(self.lines) if _heading(line) == "[[rule]]"]

    def rules(self) -> tuple[Rule, ...]:
        tables = self.document.get("rule", [])
        for name in self.document:
            if name != "rule":
                self._fault(None, None, _Wrong("unknown_field", name))
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            self._fault(None, None, _Wrong("not_tables", "rule"))
            raise RuleFileError(self.faults)
        found: dict[str, Rule] = {}
        for place, table in enumerate(tables):
            before = len(self.faults)
            rule = self._rule(place, table)
            if rule is not None and rule.id in found:
                self._fault(place, rule.id, _Wrong("duplicate", "id", rule.id))
            elif rule is not None and len(self.faults) == before:
                found[rule.id] = rule
        if self.faults:
            raise RuleFileError(self.faults)
        return tuple(found.values())

    def _rule(self, place: int, table: Mapping[str, Any]) -> Rule | None:
        name = table.get("id")
        name = name if isinstance(name, str) else None
        values: dict[str, Any] = {}
        missing = [field for field in _REQUIRED if field not in table]
        for field in missing:
            self._fault(place, name, _Wrong("missing", field))
        for field, value in table.items():
            try:
                values[field] = _field(field, value)
            except _Wrong as wrong:
                self._fault(place, name, wrong)
        if missing or len(values) != len(table):
            return None
        try:
            return Rule(**values)
        except InvalidRule as error:
            self._fault(place, name, _Wrong(error.problem, error.field, table.get(error.field)))
        return None

    def _fault(self, place: int | None, rule: str | None, wrong: _Wrong) -> None:
        values = {"line": self._line(place, wrong.field), "rule": rule, "field": wrong.field}
        self.faults.append(Finding(f"rulefile.{wrong.problem}", values | {"value": wrong.value}))

    def _line(self, place: int | None, field: str) -> int | None:
        """The line of a field, or of its rule; None where the text is laid out in another way than ours."""
        if place is None or len(self.starts) != len(self.document["rule"]):
            return None
        start = self.starts[place]
        end = self.starts[place + 1] if place + 1 < len(self.starts) else len(self.lines)
        table, _, name = field.rpartition(".")
        section = ""
        found = start
        for number in range(start + 1, end):
            heading = _heading(self.lines[number])
            if heading.startswith("[rule."):
                section = heading.removeprefix("[rule.").removesuffix("]")
                if section in (field, table):
                    found = number
            key = self.lines[number].partition("=")[0].strip()
            if section == table and key == name:
                return number + 1
            if not section and key == table:
                found = number
        return found + 1


def _heading(line: str) -> str:
    """The table heading on a line without its comment, or an empty text."""
    line = line.strip()
    return line.partition("#")[0].strip() if line.startswith("[") else ""


def _field(name: str, value: object) -> Any:
    match name:
        case "condition":
            return _condition(value)
        case "warning" | "critical":
            return _band(name, value)
        case "scope":
            return _scope(value)
        case "no_data":
            if value not in tuple(NoData):
                raise _Wrong("unknown", name, value)
            return NoData(str(value))
        case "enabled":
            return _typed(name, value, bool)
        case "on_error":
            if value not in tuple(OnError):
                raise _Wrong("unknown", name, value)
            return OnError(str(value))
        case "keep" | "version" | "escalate_hours":
            return _typed(name, value, int)
    if name in TEXTS:
        return _typed(name, value, str)
    raise _Wrong("unknown_field", name, value)


def _typed(name: str, value: object, kind: type) -> Any:
    """`value` if it is a `kind`; a whole number passes for a float, a flag never for a number."""
    if isinstance(value, int) and kind in (int, float) and abs(value) > _LARGEST:
        raise _Wrong("out_of_range", name, value)
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, kind) or (kind is not bool and isinstance(value, bool)):
        problem = {str: "not_text", int: "not_whole", float: "not_a_number", bool: "not_a_flag"}[kind]
        raise _Wrong(problem, name, value)
    return value


def _table(name: str, value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _Wrong("not_a_table", name, value)
    return value


def _scope(value: object) -> dict[str, str]:
    return {label: _typed(f"scope.{label}", text, str) for label, text in _table("scope", value).items()}


def _condition(value: object, name: str = "condition") -> Condition:
    table = dict(_table(name, value))
    kind = table.pop("kind", Level.kind)
    if not isinstance(kind, str) or kind not in _KINDS:
        raise _Wrong("unknown", f"{name}.kind", kind)
    condition = _KINDS[kind]
    types = get_type_hints(condition)
    fields = {field.name: types[field.name] for field in dataclasses.fields(condition)}  # type: ignore[arg-type]
    for part in table:
        if part not in fields:
            raise _Wrong("unknown_field", f"{name}.{part}", table[part])
    given: dict[str, Any] = {}
    for part, text in table.items():
        place = f"{name}.{part}"
        given[part] = (
            _parts(place, text) if condition is Composite and part == "parts" else _typed(place, text, fields[part])
        )
    try:
        return condition(**given)
    except ValueError as error:
        wrong = str(error)
        problem = "missing" if wrong not in table else "out_of_range"
        raise _Wrong(problem, f"{name}.{wrong}", table.get(wrong)) from None


def _parts(name: str, value: object) -> tuple[Part, ...]:
    if not isinstance(value, list):
        raise _Wrong("not_a_table", name, value)
    found = []
    for one in value:
        table = dict(_table(name, one))
        for needed in ("is", "threshold"):
            if needed not in table:
                raise _Wrong("missing", f"{name}.{needed}")
        sign, threshold = table.pop("is"), _typed(f"{name}.threshold", table.pop("threshold"), float)
        if sign not in tuple(Comparison):
            raise _Wrong("unknown", f"{name}.is", sign)
        metric = _typed(f"{name}.metric", table.pop("metric", ""), str)
        negated = _typed(f"{name}.not", table.pop("not", False), bool)
        try:
            found.append(Part(_condition(table, name), Comparison(sign), threshold, metric, negated))
        except ValueError as error:
            raise _Wrong("out_of_range", f"{name}.{error}", one.get(str(error))) from None
    return tuple(found)


def _hold(name: str, value: object) -> tuple[int, bool]:
    """How long a band waits: a number of observations, or a text like "5d" of days."""
    if (
        isinstance(value, str)
        and value.endswith("d")
        and value[:-1].isascii()
        and value[:-1].isdigit()
        and len(value) < 8
    ):
        return int(value[:-1]), True
    return _typed(name, value, int), False


def _band(name: str, value: object) -> Band:
    table = _table(name, value)
    for part in table:
        if part not in _BAND_FIELDS:
            raise _Wrong("unknown_field", f"{name}.{part}", table[part])
    for part in ("comparison", "threshold"):
        if part not in table:
            raise _Wrong("missing", f"{name}.{part}")
    if table["comparison"] not in tuple(Comparison):
        raise _Wrong("unknown", f"{name}.comparison", table["comparison"])
    recovery = table.get("recovery")
    hold, in_days = _hold(f"{name}.for", table.get("for", 0))
    try:
        return Band(
            Comparison(table["comparison"]),
            _typed(f"{name}.threshold", table["threshold"], float),
            hold,
            None if recovery is None else _typed(f"{name}.recovery", recovery, float),
            _typed(f"{name}.source", table.get("source", "choice"), str),
            in_days,
        )
    except InvalidRule as error:
        raise _Wrong(error.problem, f"{name}.{error.field}", table.get(error.field)) from None
