"""`rules list|show|edit|history|restore|export|import|test|backtest`."""

import argparse
import tomllib
from pathlib import Path
from typing import Any

import tomli_w

from alerts.rule import Rule
from alerts.rulefile import write
from alerts.ruletable import rule_table
from alerts.ruletest import Checked
from app.bootstrap import Program
from app.cli import backtest
from app.cli.command import DONE, REFUSED, Commands, Outcome, add_command, add_group
from app.i18n import gettext as _
from app.i18n import ngettext
from app.refusals import Misused
from app.wording import alerts as words
from app.wording import conditions
from app.wording import rules as wording
from app.wording.sentences import sentence


def add(commands: "Commands[argparse.ArgumentParser]") -> None:
    """The group `rules`."""
    group = add_group(commands, "rules", "see, edit, test and back-test the rules that raise alerts")
    add_command(group, "list", _list, "every rule, its lines, and what keeps it from being evaluated")
    show = add_command(group, "show", _show, "one rule as it stands in a rule file")
    show.add_argument("id", metavar="RULE")
    edit = add_command(group, "edit", _edit, "store a new version of a rule")
    edit.add_argument("id", metavar="RULE")
    edit.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="FIELD=VALUE",
        help="a field as `rules show` names it, for example warning.threshold=12; may be given several times",
    )
    edit.add_argument("--file", type=Path, metavar="FILE", help="the whole rule from a rule file instead")
    edit.add_argument("--reason", required=True, metavar="TEXT", help="why")
    history = add_command(group, "history", _history, "every version of a rule: who, when, why, what differs")
    history.add_argument("id", metavar="RULE")
    restore = add_command(group, "restore", _restore, "make an earlier version the newest")
    restore.add_argument("id", metavar="RULE")
    restore.add_argument("version", type=int, metavar="VERSION")
    restore.add_argument("--reason", required=True, metavar="TEXT", help="why")
    export = add_command(group, "export", _export, "write rules as a rule file")
    export.add_argument("ids", nargs="*", metavar="RULE", help="all where none is named")
    export.add_argument("--output", type=Path, metavar="FILE", help="write there instead of printing")
    imported = add_command(group, "import", _import, "store the rules of a rule file that differ, as new versions")
    imported.add_argument("file", type=Path, metavar="FILE")
    imported.add_argument("--reason", required=True, metavar="TEXT", help="why")
    test = add_command(group, "test", _test, "run a file of rule tests; exit 1 where an expectation fails")
    test.add_argument("files", nargs="+", type=Path, metavar="FILE")
    backtest.add(group)


def _list(program: Program, _chosen: argparse.Namespace) -> Outcome:
    lacks = {one.rule.id: one.lack for one in program.ruling.not_evaluable()}
    data, lines = [], []
    for rule in program.ruling.rules():
        lack = lacks.get(rule.id)
        data.append(
            rule_table(rule)
            | {"evaluable": lack is None and rule.enabled, "lacks": None if lack is None else sentence(lack)}
        )
        state = _("switched off") if not rule.enabled else "" if lack is None else _("not evaluable: {lack}")
        said = state.format(lack="" if lack is None else sentence(lack))
        lines.append(f"{rule.id:9}{conditions.titled(words.metric(rule), rule.condition)}  |  {wording.bands(rule)}")
        lines += [f"         {said}"] if said else []
    return Outcome({"rules": data}, tuple(lines))


def _show(program: Program, chosen: argparse.Namespace) -> Outcome:
    rule = program.ruling.rule(chosen.id)
    return Outcome(rule_table(rule), (write([rule]).rstrip(),))


def _edit(program: Program, chosen: argparse.Namespace) -> Outcome:
    current = program.ruling.rule(chosen.id)
    text = _read(chosen.file) if chosen.file else _changed(current, chosen.set)
    made = program.ruling.edit(current.id, text, chosen.reason)
    newest = program.ruling.history(made.id)[0]
    lines = (_("Rule {id}, version {version}.").format(id=made.id, version=made.version),)
    return Outcome(rule_table(made), lines + tuple(wording.change(*one) for one in newest.changes))


def _changed(rule: Rule, settings: list[str]) -> str:
    """The rule's text with single fields set; the value is TOML, or else a text."""
    table = rule_table(rule)
    for setting in settings:
        name, equals, text = setting.partition("=")
        if not equals:
            raise Misused("rules.setting", text=setting)
        *path, last = name.strip().split(".")
        place: Any = table
        for part in path:
            place = place.setdefault(part, {})
            if not isinstance(place, dict):
                raise Misused("rules.setting", text=setting)
        try:
            place[last] = tomllib.loads(f"value = {text.strip()}")["value"]
        except ValueError:
            place[last] = text.strip()
    return tomli_w.dumps({"rule": [table]})


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise Misused("rules.no_file", file=str(path)) from None


def _history(program: Program, chosen: argparse.Namespace) -> Outcome:
    data, lines = [], []
    for one in program.ruling.history(chosen.id):
        changes = [{"field": name, "before": before, "after": after} for name, before, after in one.changes]
        data.append(
            {
                "version": one.rule.version,
                "at": one.at,
                "who": one.who,
                "reason": one.reason,
                "changes": changes,
                "rule": rule_table(one.rule),
            }
        )
        lines.append(f"v{one.rule.version:<4}{one.at:%Y-%m-%d %H:%M}Z  {one.who}  |  {one.reason}")
        lines += [f"     {wording.change(*change)}" for change in one.changes]
    return Outcome({"versions": data}, tuple(lines))


def _restore(program: Program, chosen: argparse.Namespace) -> Outcome:
    made = program.ruling.restore(chosen.id, chosen.version, chosen.reason)
    text = _("Rule {id} is version {version} now; it says what version {old} said.")
    return Outcome(rule_table(made), (text.format(id=made.id, version=made.version, old=chosen.version),))


def _export(program: Program, chosen: argparse.Namespace) -> Outcome:
    text = program.ruling.export(chosen.ids)
    if chosen.output is None:
        return Outcome({"rules": text}, (text.rstrip(),))
    try:
        chosen.output.write_text(text, "utf-8")
    except OSError:
        raise Misused("rules.no_file", file=str(chosen.output)) from None
    return Outcome({"file": str(chosen.output)}, (_("Written: {file}").format(file=chosen.output),))


def _import(program: Program, chosen: argparse.Namespace) -> Outcome:
    done = program.ruling.take_in(_read(chosen.file), chosen.reason)
    data = {"new": done.new, "changed": done.changed, "unchanged": done.unchanged}
    text = _("New: {new}. Changed: {changed}. Unchanged: {unchanged}.")
    counts = {name: ", ".join(ids) or _("none") for name, ids in data.items()}
    return Outcome(data, (text.format(**counts),))


def _test(program: Program, chosen: argparse.Namespace) -> Outcome:
    done = [program.ruling.test(path) for path in chosen.files]
    data, lines = [], []
    for one in done:
        data.append({"file": one.path, "passed": one.passed, "expectations": [_checked(part) for part in one.checked]})
        count = len(one.checked)
        if one.passed:
            text = ngettext("{file}: {count} expectation holds", "{file}: {count} expectations hold", count)
            lines.append(text.format(file=one.path, count=count))
        for part in (part for part in one.checked if not part.passed):
            lines.append(_("{file}: FAILED {what}").format(file=one.path, what=wording.expectation(part.expected)))
            lines += [f"  {line}" for line in wording.failure(part)]
    passed = all(one.passed for one in done)
    return Outcome({"passed": passed, "files": data}, tuple(lines), DONE if passed else REFUSED)


def _checked(one: Checked) -> dict[str, Any]:
    expected = one.expected
    return {
        "rule": expected.rule,
        "labels": dict(expected.labels),
        "at": expected.at,
        "passed": one.passed,
        "differs": one.problem or None,
        "expected": wording.expectation(expected),
        "found": one.found,
        "timeline": [
            {"date": step.date, "value": step.value, "state": step.state, "severity": step.severity}
            for step in (() if one.passed else one.steps)
        ],
    }
