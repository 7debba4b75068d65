"""`rules backtest`: what rules would have said over all that is stored, as lines and as JSON."""

import argparse
from pathlib import Path
from typing import Any

from alerts.backtest import HORIZON, BackTest, Crisis, Episode, Signals, finding
from alerts.rule import Rule
from alerts.thresholds import Split, Trial
from app.bootstrap import Program
from app.cli.command import Commands, Outcome, add_command
from app.i18n import gettext as _
from app.i18n import ngettext
from app.services.ruling import Past, Tried
from app.wording import alerts as words
from app.wording import answers
from app.wording import rules as wording
from app.wording.formats import day, number
from app.wording.sentences import sentence


def add(group: "Commands[argparse.ArgumentParser]") -> None:
    """The command, in the group `rules`."""
    past = add_command(group, "backtest", _run, "what a rule would have said over all that is stored")
    past.add_argument("ids", nargs="+", metavar="RULE", help='rules, or "all"')
    past.add_argument("--crises", type=Path, metavar="FILE", help="TOML tables [[crisis]] with name, start, labels")
    past.add_argument(
        "--horizon", type=int, default=HORIZON, metavar="DAYS", help="a signal calls what follows so soon"
    )
    past.add_argument("--episodes", action="store_true", help="every episode with its reason")


def _run(program: Program, chosen: argparse.Namespace) -> Outcome:
    ruling = program.ruling
    rules = ruling.rules() if chosen.ids == ["all"] else tuple(ruling.rule(id) for id in chosen.ids)
    crises: tuple[Crisis, ...] = ruling.crises(chosen.crises) if chosen.crises else ()
    tried = [ruling.back_test(rule, crises, chosen.horizon) for rule in rules]
    judged = {rule.id: program.answering.outcomes(rule.id) for rule in rules}
    lines = []
    for one in tried:
        lines += _tried_lines(one, chosen.episodes, bool(crises))
        said = [f"{answers.outcome(turned.value)}: {count}" for turned, count in judged[one.rule.id].items() if count]
        lines += [f"  {text}" for text in said]
    data = [
        _tried(one) | {"outcomes": {turned.value: count for turned, count in judged[one.rule.id].items()}}
        for one in tried
    ]
    return Outcome({"horizon_days": chosen.horizon, "rules": data}, tuple(lines))


def _tried_lines(tried: Tried, every: bool, crises: bool) -> list[str]:
    if tried.lack is not None:
        return [f"{tried.rule.id}: " + _("not evaluable: {lack}").format(lack=sentence(tried.lack))]
    lines = []
    for past in tried.pasts:
        done = past.test
        lines.append(f"{tried.rule.id}: {words.title(tried.rule, done.labels)}  |  {wording.bands(tried.rule)}")
        lines.append("  " + sentence(finding(done)))
        lines.append("  " + wording.known(done))
        lines += [f"    {wording.episode(one, tried.rule)}" for one in (done.episodes if every else ())]
        lines += [_lead_line(lead.crisis, lead.days) for lead in done.leads]
        if done.signals is not None:
            lines.append("  " + _signals_line(done.signals))
        lines += _sweep_lines(past, tried.rule.unit) if crises or len(tried.pasts) == 1 else []
    return lines


def _lead_line(crisis: Crisis, days: int | None) -> str:
    if days is None:
        return "    " + _("{name}, {date}: not called").format(name=crisis.name, date=day(crisis.start))
    text = ngettext("{name}, {date}: {days} day before", "{name}, {date}: {days} days before", days)
    return "    " + text.format(name=crisis.name, date=day(crisis.start), days=days)


def _signals_line(of: Signals) -> str:
    return _(
        "Months: A {a}, B {b}, C {c}, D {d}; noise to signal {noise}, precision {precision}, recall {recall}"
    ).format(
        a=of.a,
        b=of.b,
        c=of.c,
        d=of.d,
        noise=wording.ratio(of.noise_to_signal),
        precision=wording.share(of.precision),
        recall=wording.share(of.recall),
    )


def _sweep_lines(past: Past, unit: str) -> list[str]:
    lines = ["  " + _("Other lines on the same past (in-sample, so the best looks better than it will be):")]
    lines += [f"    {_trial_line(trial, unit)}" for trial in past.sweep]
    if past.split is not None:
        text = _("Chosen before {date}: {chosen}. From then on (out-of-sample): {after}; the rule's own line: {own}")
        split = past.split
        lines.append(
            "  "
            + text.format(
                date=day(split.at),
                chosen=words.amount(split.chosen, unit),
                after=_trial_line(split.after, unit),
                own=_trial_line(split.own_after, unit),
            )
        )
    return lines


def _trial_line(trial: Trial, unit: str) -> str:
    often = _("no value") if trial.a_year is None else number(trial.a_year, 1)
    text = _("{line}: {often} a year").format(line=words.amount(trial.threshold, unit, decimals=2), often=often)
    if trial.signals is None:
        return text
    return _("{text}, noise to signal {noise}").format(text=text, noise=wording.ratio(trial.signals.noise_to_signal))


def _tried(tried: Tried) -> dict[str, Any]:
    return {
        "rule": tried.rule.id,
        "version": tried.rule.version,
        "lacks": None if tried.lack is None else sentence(tried.lack),
        "pasts": [_past(past) for past in tried.pasts],
    }


def _past(past: Past) -> dict[str, Any]:
    done: BackTest = past.test
    longest = done.longest
    return {
        "labels": dict(done.labels),
        "finding": sentence(finding(done)),
        "start": done.start,
        "end": done.end,
        "observations": done.observations,
        "known_from_assumed": done.assumed,
        "alerts": len(done.episodes),
        "alerts_a_year": done.a_year,
        "longest_days": None if longest is None else longest.days,
        "episodes": [_episode(one, done.rule) for one in done.episodes],
        "leads": [{"crisis": lead.crisis.name, "start": lead.crisis.start, "days": lead.days} for lead in done.leads],
        "signals": _signals(done.signals),
        "sweep_in_sample": [_trial(trial) for trial in past.sweep],
        "out_of_sample": _split(past.split),
    }


def _episode(one: Episode, rule: Rule) -> dict[str, Any]:
    return {
        "began": one.began,
        "fired": one.fired,
        "ended": one.ended,
        "severity": one.severity,
        "value": one.value,
        "threshold": one.threshold,
        "worst": one.worst,
        "days": one.days,
        "known_from": one.known_from,
        "assumed": one.assumed,
        "reason": wording.episode(one, rule),
    }


def _signals(of: Signals | None) -> dict[str, Any] | None:
    if of is None:
        return None
    rates = {"noise_to_signal": of.noise_to_signal, "precision": of.precision, "recall": of.recall}
    return {"A": of.a, "B": of.b, "C": of.c, "D": of.d} | rates


def _trial(trial: Trial) -> dict[str, Any]:
    return {"threshold": trial.threshold, "alerts_a_year": trial.a_year, "signals": _signals(trial.signals)}


def _split(of: Split | None) -> dict[str, Any] | None:
    if of is None:
        return None
    parts = {"before": of.before, "after": of.after, "own_after": of.own_after}
    return {"at": of.at, "threshold": of.chosen} | {name: _trial(trial) for name, trial in parts.items()}
