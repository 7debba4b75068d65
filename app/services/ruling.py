"""Rules in a person's hands: their versions, files of them, tests of them, and what they would have said."""

import tomllib
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from alerts.alert import Alert
from alerts.backtest import HORIZON, BackTest, Crisis, back_test
from alerts.finding import Finding
from alerts.metric import Readings
from alerts.monitor import condition_values
from alerts.rule import Rule
from alerts.rulefile import RuleFileError, read, write
from alerts.ruletable import differences
from alerts.ruletest import Checked, RuleTest, run
from alerts.testfile import RuleTestError, read_test
from alerts.thresholds import Split, Trial, split, sweep, thresholds
from app.jobs import Job
from app.refusals import Misused, Refused
from app.services.evaluating import NotEvaluable, gather
from app.services.metering import CALENDARS, Metered
from app.services.monitoring import Monitoring
from app.storage import rule_versions as stored
from app.storage.database import Database

#: No rule file or test of ours comes near this.
_LARGEST_FILE = 5 << 20


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a rule, and the fields that differ from the version before it, each before and after."""

    rule: Rule
    at: datetime
    who: str
    reason: str
    changes: tuple[tuple[str, Any, Any], ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """What importing a file of rules changed; rules that were already so are not stored again."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tested:
    """A test file that was run."""

    path: str
    checked: tuple[Checked, ...]

    @property
    def passed(self) -> bool:
        """Every expectation held."""
        return all(one.passed for one in self.checked)


@dataclass(frozen=True, slots=True)
class Past:
    """A rule over the past for one set of labels, the lines tried on it (in-sample), and the out-of-sample split."""

    test: BackTest
    sweep: tuple[Trial, ...]
    split: Split | None
    readings: Readings


@dataclass(frozen=True, slots=True)
class Tried:
    """What a rule would have said; `lack` where it cannot be evaluated at all."""

    rule: Rule
    pasts: tuple[Past, ...]
    lack: Finding | None


class Ruling:
    """Rules are edited through versions only; what is open is derived anew from the new version at once."""

    def __init__(
        self, database: Database, monitoring: Monitoring, sources: Sequence[Metered], clock: Callable[[], datetime]
    ) -> None:
        self._database, self._monitoring, self._sources, self._clock = database, monitoring, sources, clock

    def rules(self) -> tuple[Rule, ...]:
        """The current version of every rule, by id."""
        return self._monitoring.rules()

    def not_evaluable(self) -> tuple[NotEvaluable, ...]:
        """The enabled rules that lack something, and what."""
        return self._monitoring.not_evaluable()

    def rule(self, rule_id: str) -> Rule:
        """The current version of one; Misused "rules.unknown"."""
        for rule in self.rules():
            if rule.id.casefold() == rule_id.casefold():
                return rule
        raise Misused("rules.unknown", id=rule_id)

    def history(self, rule_id: str) -> tuple[Version, ...]:
        """Every version, newest first; Misused "rules.unknown"."""
        rule = self.rule(rule_id)
        with self._database.read() as connection:
            rows = stored.versions(connection, rule.id)
        before: list[Rule | None] = [None, *(row.rule for row in rows[:-1])]
        found = [
            Version(row.rule, row.at, row.who, row.reason, () if was is None else differences(was, row.rule))
            for was, row in zip(before, rows, strict=True)
        ]
        return tuple(reversed(found))

    def set(self, rule: Rule, reason: str) -> Rule:
        """Store a rule as a new version and evaluate it; Refused "rules.unchanged" where it says the same."""
        current = next((one for one in self.rules() if one.id == rule.id), None)
        if current is not None and not differences(current, rule):
            raise Refused("rules.unchanged", id=rule.id)
        made = self._monitoring.set_rule(rule, reason)
        self._monitoring.evaluate()
        return made

    def edit(self, rule_id: str, text: str, reason: str) -> Rule:
        """Replace a rule by the one in a rule file's text; its id must stay. Refused "rules.file", "rules.other_id"."""
        current = self.rule(rule_id)
        (rule,) = _one(read_rules(text))
        if rule.id != current.id:
            raise Refused("rules.other_id", id=current.id, other=rule.id)
        return self.set(rule, reason)

    def restore(self, rule_id: str, version: int, reason: str) -> Rule:
        """Make an earlier version the newest one; Misused "rules.unknown_version", Refused "rules.unchanged"."""
        for one in self.history(rule_id):
            if one.rule.version == version:
                return self.set(one.rule, reason)
        raise Misused("rules.unknown_version", id=rule_id, version=version)

    def export(self, rule_ids: Iterable[str] = ()) -> str:
        """The rules, all or some, as a rule file that `take_in` reads back; Misused "rules.unknown"."""
        return write([self.rule(id) for id in rule_ids] or self.rules())

    def take_in(self, text: str, reason: str) -> Imported:
        """Store what differs as new versions; rules that the file lacks stay. Refused "rules.file"."""
        several = read_rules(text)
        if not reason.strip():
            raise Refused("alerts.reason_missing", id=several[0].id if several else "")
        current = {rule.id: rule for rule in self.rules()}
        new = tuple(rule.id for rule in several if rule.id not in current)
        changed = tuple(rule.id for rule in several if rule.id in current and differences(current[rule.id], rule))
        for rule in several:
            if rule.id in new or rule.id in changed:
                self._monitoring.set_rule(rule, reason)
        if new or changed:
            self._monitoring.evaluate()
        same = tuple(rule.id for rule in several if rule.id not in (*new, *changed))
        return Imported(new, changed, same)

    def test(self, path: Path) -> Tested:
        """Run a file of rule tests; Misused "rules.no_file", Refused "rules.test_file", "rules.file"."""
        return self.test_text(_text(path), path)

    def test_text(self, text: str, path: Path) -> Tested:
        """The same of a text that would stand at `path`; a file of rules it names lies beside it."""
        try:
            document = tomllib.loads(text)
        except (ValueError, RecursionError) as error:
            raise Refused("rules.test_file", file=path.name, place="", problem="syntax", value=str(error)) from None
        return Tested(path.name, run(_read_test(text, document, path), CALENDARS))

    def back_test(
        self,
        rule: Rule,
        crises: Sequence[Crisis] = (),
        horizon: int = HORIZON,
        *,
        tried: bool = True,
        job: Job | None = None,
    ) -> Tried:
        """The rule over all that is known, one past for every set of labels; `tried`: with other lines as well."""
        gathered = gather(self._sources, [replace(rule, enabled=True)], self._clock())
        lack = gathered.lacks[0].lack if gathered.lacks and not gathered.watched else None
        pasts = []
        for _, readings in gathered.watched:
            if job is not None:
                job.check()
            pasts.append(self.past(rule, readings, crises, horizon, tried=tried))
        return Tried(rule, tuple(pasts), lack)

    def past(
        self, rule: Rule, readings: Readings, crises: Sequence[Crisis], horizon: int = HORIZON, *, tried: bool = True
    ) -> Past:
        """One past; `readings` as an earlier back-test gathered them, so that a moving line asks no store."""
        done = back_test(rule, readings, crises, horizon)
        if not tried:
            return Past(done, (), None, readings)
        lines = thresholds(condition_values(readings, rule), rule.bands[0][1].comparison.upward)
        trials = sweep(rule, readings, crises, lines, horizon)
        return Past(done, trials, split(rule, readings, crises, horizon), readings)

    def crises(self, path: Path) -> tuple[Crisis, ...]:
        """A TOML file of [[crisis]] tables with name, start and labels; Refused "rules.crises"."""
        try:
            tables = tomllib.loads(_text(path)).get("crisis", [])
            return tuple(_crisis(table) for table in tables)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise Refused("rules.crises", file=path.name, problem=str(error)) from None

    def alerts_of(self, rule_id: str) -> tuple[Alert, ...]:
        """Every alert the rule ever raised, open ones first."""
        return tuple(alert for alert in self._monitoring.alerts(None) if alert.rule.id == rule_id)


def read_rules(text: str, beside: Collection[str] = ()) -> tuple[Rule, ...]:
    """The rules in a text; Refused "rules.file" with the first fault and how many there are."""
    try:
        return read(text, beside)
    except RuleFileError as error:
        raise Refused("rules.file", fault=error.faults[0], count=len(error.faults)) from None


def _read_test(text: str, document: dict[str, Any], path: Path) -> RuleTest:
    named = document.get("rules", "")
    problem = {"file": path.name, "place": "", "problem": "unknown_field"}
    for name in sorted(set(document) - {"rule", "rules", "series", "expect"}):
        raise Refused("rules.test_file", **problem | {"value": name})
    if not isinstance(named, str):
        raise Refused("rules.test_file", **problem | {"place": "rules", "problem": "kind", "value": str(named)})
    rules = read_rules(_text(path.parent / named)) if named else ()
    rules += read_rules(text, ("rules", "series", "expect"))
    try:
        return read_test(document, rules)
    except RuleTestError as error:
        values = {"place": error.place, "problem": error.problem, "value": str(error.value)}
        raise Refused("rules.test_file", **problem | values) from None


def _one(rules: tuple[Rule, ...]) -> tuple[Rule]:
    if len(rules) != 1:
        raise Refused("rules.not_one", count=len(rules))
    return (rules[0],)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise Misused("rules.no_file", file=str(path))
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise Misused("rules.no_file", file=str(path)) from None


def _crisis(table: dict[str, Any]) -> Crisis:
    start = table["start"]
    if not isinstance(start, date) or isinstance(start, datetime):
        raise TypeError(f"start: {start}")
    labels = tuple(sorted((str(name), str(text)) for name, text in table.get("labels", {}).items()))
    return Crisis(str(table["name"]), start, labels)
