"""`alerts evaluate`, `alerts list`, `alerts acknowledge`."""

import argparse
from datetime import date
from typing import Any

from alerts.alert import Acknowledgement, Alert, Transition
from alerts.alert import summary as summary_of
from app.bootstrap import Program
from app.cli import answers
from app.cli.command import Commands, Outcome, add_command, add_group, iso_date
from app.services.evaluating import NotEvaluable
from app.wording import alerts as words
from app.wording.sentences import sentence


def add(commands: "Commands[argparse.ArgumentParser]") -> None:
    """The group `alerts`."""
    group = add_group(commands, "alerts", "evaluate the rules, see what is firing, acknowledge it")
    evaluate = add_command(group, "evaluate", _evaluate, "evaluate every rule over what is new")
    evaluate.add_argument(
        "--as-of",
        type=iso_date,
        metavar="DATE",
        help="with what was known at the end of that day; a day before the last evaluation is looked at, not stored",
    )
    listing = add_command(group, "list", _list, "open alerts, and those resolved in the last 30 days")
    listing.add_argument("--all", action="store_true", help="every alert that ever fired")
    acknowledge = add_command(group, "acknowledge", _acknowledge, "take note of a firing alert")
    acknowledge.add_argument("id", metavar="ID", help="as `alerts list` prints it: A-0001")
    acknowledge.add_argument("--reason", required=True, metavar="TEXT", help="why this is enough for now")
    acknowledge.add_argument("--until", type=iso_date, metavar="DATE", help="until the end of that day")
    acknowledge.add_argument("--owner", default="", metavar="NAME", help="who deals with it; you where nobody is named")
    acknowledge.add_argument("--beyond", type=float, metavar="VALUE", help="dropped once the alert goes beyond it")
    answers.add(group)


def _evaluate(program: Program, chosen: argparse.Namespace) -> Outcome:
    as_of: date | None = chosen.as_of
    done = program.monitoring.evaluate(as_of)
    data = {
        "as_of": done.as_of,
        "rules": done.rules,
        "series": done.series,
        "transitions": done.transitions,
        "stored": done.stored,
        "alerts": [_alert(alert) for alert in done.alerts],
        "not_evaluable": [_not_evaluable(one) for one in done.not_evaluable],
    }
    lacks = (f"{one.rule.id}: {sentence(one.lack)}" for one in done.not_evaluable)
    return Outcome(data, (sentence(done.finding), *_lines(done.alerts), *lacks))


def _list(program: Program, chosen: argparse.Namespace) -> Outcome:
    alerts = program.monitoring.alerts(None if chosen.all else 30)
    # Finding out what rules lack reads every figure; only --json shows it here.
    lacks = [_not_evaluable(one) for one in program.monitoring.not_evaluable()] if chosen.json else []
    data = {"alerts": [_alert(alert) for alert in alerts], "not_evaluable": lacks}
    return Outcome(data, (sentence(program.monitoring.finding()), *_lines(alerts)))


def _acknowledge(program: Program, chosen: argparse.Namespace) -> Outcome:
    owner, beyond = chosen.owner, chosen.beyond
    alert = program.monitoring.acknowledge(chosen.id, chosen.reason, chosen.until, owner=owner, beyond=beyond)
    return Outcome(_alert(alert), _lines((alert,)))


def _lines(alerts: tuple[Alert, ...]) -> tuple[str, ...]:
    return tuple(
        f"{alert.id or '-':8}{alert.since}  {words.title(alert.rule, alert.labels)}  |  {words.row(alert)}"
        for alert in alerts
    )


def _alert(alert: Alert) -> dict[str, Any]:
    return {
        "id": alert.id or None,
        "rule": alert.rule.id,
        "rule_version": alert.rule.version,
        "title": words.title(alert.rule, alert.labels),
        "summary": sentence(summary_of(alert)),
        "metric": alert.rule.metric,
        "family": alert.rule.family,
        "labels": dict(alert.labels),
        "state": alert.phase,
        "severity": alert.severity,
        "unit": alert.unit,
        "value": alert.value,
        "date": alert.observed,
        "threshold": alert.threshold,
        "clears_at": alert.clears_at,
        "episode": alert.episode,
        "since": alert.since,
        "since_known": alert.since_known,
        "resolved": alert.resolved,
        "stale": alert.stale,
        "acknowledged": alert.acknowledged,
        "acknowledgement": _acknowledgement(alert.acknowledgement),
        "history": [_transition(told) for told in alert.history],
    }


def _acknowledgement(note: Acknowledgement | None) -> dict[str, Any] | None:
    if note is None:
        return None
    told = {"who": note.who, "at": note.at, "reason": note.reason, "until": note.until, "dropped": note.dropped}
    return told | {"owner": note.owner, "beyond": note.beyond}


def _transition(told: Transition) -> dict[str, Any]:
    return {
        "event": told.kind,
        "date": told.observed,
        "value": told.value,
        "threshold": told.threshold,
        "severity": told.severity,
        "known_from": told.known_from,
        "rule_version": told.rule_version,
        "at": told.at,
    }


def _not_evaluable(one: NotEvaluable) -> dict[str, Any]:
    return {"rule": one.rule.id, "metric": one.rule.metric, "lacks": one.lack.case, "message": sentence(one.lack)}
