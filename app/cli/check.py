"""`check`: the daily check's evaluation, its decisions and its signatures."""

import argparse
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from app.bootstrap import Program
from app.cli.command import Commands, Outcome, Run, add_command, iso_date
from app.i18n import gettext as _
from app.refusals import Misused, Refused
from app.wording import checking as words
from app.wording.formats import dated_moment, day
from app.wording.sentences import sentence
from exposures.check import Addendum, Check, Signature
from exposures.check_progress import progress
from exposures.checking import Decided, Evidence, StepEvidence, Verdict, answer, worst


def add(commands: "Commands[argparse.ArgumentParser]") -> None:
    """The command `check` and what can be done with a check."""
    parser = add_command(commands, "check", _check, "make today's daily check, or look at a day as it was known")
    parser.add_argument(
        "--as-of",
        type=iso_date,
        metavar="DATE",
        help="the check of that day; where none was made, its evidence as known at its cut-off, and nothing is stored",
    )
    parts = parser.add_subparsers(metavar="STEP", required=False)
    decide = _part(parts, "decide", _decide, "decide a step")
    decide.add_argument("step", metavar="NAME", help="as `check --json` prints it: currencies")
    decide.add_argument("decision", choices=[verdict.value for verdict in Verdict])
    decide.add_argument("--comment", default="", metavar="TEXT", help="why; needed where it is milder than the verdict")
    decide.add_argument("--list", action="append", default=[], metavar="ID", help="a review list that an act starts")
    decide.add_argument("--owner", default="", metavar="NAME", help="who owns the work of an act")
    _part(parts, "sign", _sign, "sign a check in which every step is decided")
    _part(parts, "countersign", _countersign, "sign as the second person what its maker has signed")


def _part(parts: "Commands[argparse.ArgumentParser]", name: str, run: Run, help_text: str) -> argparse.ArgumentParser:
    """A word after `check`. What stands before the word counts too, so nothing here has a default of its own."""
    parser = parts.add_parser(name, help=help_text, description=help_text)
    unless_given: Any = argparse.SUPPRESS
    parser.add_argument("--workspace", metavar="DIR", default=unless_given, help="the workspace's folder")
    parser.add_argument("--json", action="store_true", default=unless_given, help="print JSON for other programs")
    parser.add_argument("--date", type=iso_date, metavar="DATE", help="of that day (default: today)")
    parser.set_defaults(run=run)
    return parser


def _check(program: Program, chosen: argparse.Namespace) -> Outcome:
    checking = program.checking
    today = checking.business_date()
    wanted: date = chosen.as_of or today
    if wanted > today:
        raise Misused("check.in_future", date=wanted, today=today)
    if chosen.as_of is None:
        try:
            return _outcome(checking.run(today))
        except Refused as error:
            if error.code not in ("check.too_early", "check.not_business_day"):
                raise
    there = [check for check in checking.checks(wanted) if check.business_date == wanted]
    if there:
        return _outcome(there[0])
    seen = checking.look(wanted)
    data = _data(seen.business_date, seen.as_of, seen.snapshot.steps, None)
    said = _("Evidence as known on {instant}; nothing was stored.").format(instant=dated_moment(seen.as_of))
    return Outcome(data, (_title(wanted), said, *_lines(seen.snapshot.steps, None)))


def _decide(program: Program, chosen: argparse.Namespace) -> Outcome:
    when = chosen.date or program.checking.business_date()
    decision = Verdict(chosen.decision)
    check = program.checking.decide(when, chosen.step, decision, chosen.comment, chosen.list, chosen.owner)
    verdict = next(step.verdict for step in check.latest if step.step == chosen.step)
    text = _("Decided for {date}: {step}, {decision}; the program's verdict is {verdict}.").format(
        date=day(when),
        step=words.step_name(chosen.step),
        decision=words.verdict(decision),
        verdict=words.verdict(verdict),
    )
    return _short(check, text)


def _sign(program: Program, chosen: argparse.Namespace) -> Outcome:
    return _signed(program, chosen, program.checking.sign)


def _countersign(program: Program, chosen: argparse.Namespace) -> Outcome:
    return _signed(program, chosen, program.checking.countersign)


def _signed(program: Program, chosen: argparse.Namespace, sign: Callable[[date], Check]) -> Outcome:
    check = sign(chosen.date or program.checking.business_date())
    return _short(check, _title(check.business_date))


def _short(check: Check, said: str) -> Outcome:
    """What was done and what remains; the evidence is read with `check`."""
    steps = [step.step for step in check.steps]
    maker = None if check.maker is None else check.maker.who
    checker = None if check.checker is None else check.checker.who
    remains = progress(steps, check.decisions, maker, checker, check.needs_checker, len(check.open_addenda))
    where = _("Every step with its evidence: tidewatch check --as-of {date}.").format(date=check.business_date)
    data = _data(check.business_date, check.cut_off, check.latest, check)
    return Outcome(data, (said, sentence(remains), where))


def _outcome(check: Check) -> Outcome:
    said = _("Evidence as known on {cut_off}; made on {run_at}; {status}.").format(
        cut_off=dated_moment(check.cut_off),
        run_at=dated_moment(check.run_at),
        status=words.status(check.status.value).lower(),
    )
    lines = (_title(check.business_date), said, *_lines(check.latest, check))
    return Outcome(_data(check.business_date, check.cut_off, check.latest, check), lines)


def _title(business_date: date) -> str:
    return _("Daily check of {date}").format(date=day(business_date))


def _lines(steps: tuple[StepEvidence, ...], check: Check | None) -> list[str]:
    lines = []
    for number, step in enumerate(steps, start=1):
        decided = None if check is None else _decision(check, step.step)
        shown = words.verdict(step.verdict)
        if decided is not None:
            shown = _("{verdict}, decided: {decision}").format(verdict=shown, decision=words.verdict(decided.decision))
        lines.append(f"{number}  {words.step_name(step.step)}  |  {shown}  |  {sentence(answer(step))}")
        lines += [_row(row) for row in step.rows]
        lines += [_("     not assessed: {input}").format(input=words.missing(code)) for code in step.missing]
    return lines


def _row(row: Evidence) -> str:
    dated = day(row.date) if row.date else ""
    parts = (words.state(row.state), words.evidence(row), words.value(row), words.lines(row), dated, words.source(row))
    return "     " + "  ".join(part for part in parts if part)


def _decision(check: Check, step: str) -> Decided | None:
    """The decision on the newest evidence of a step."""
    later = [one for one in check.addenda if one.step.step == step and not one.on_page]
    return later[-1].decision if later else check.decision(step)


def _data(business_date: date, as_of: datetime, steps: tuple[StepEvidence, ...], check: Check | None) -> dict[str, Any]:
    data: dict[str, Any] = {
        "business_date": business_date,
        "as_of": as_of,
        "stored": check is not None,
        "program_verdict": worst(step.verdict for step in steps),
        "steps": [_step(step, check) for step in steps],
    }
    if check is not None:
        data |= {
            "run_at": check.run_at,
            "late": check.late,
            "status": check.status,
            "verdict": check.verdict,
            "needs_checker": check.needs_checker,
            "covers_from": check.snapshot.covers_from,
            "maker": _signature(check.maker),
            "checker": _signature(check.checker),
            "addenda": [_addendum(one) for one in check.addenda],
        }
    return data


def _step(step: StepEvidence, check: Check | None) -> dict[str, Any]:
    decided = None if check is None else _decision(check, step.step)
    return {
        "id": step.step,
        "verdict": step.verdict,
        "answer": sentence(answer(step)),
        "missing": list(step.missing),
        "decision": None if decided is None else _decided(decided),
        "evidence": [_evidence(row) for row in step.rows],
    }


def _evidence(row: Evidence) -> dict[str, Any]:
    return {
        "code": row.code,
        "label": words.evidence(row),
        "labels": dict(row.labels),
        "state": row.state,
        "calls_for": row.calls_for,
        "value": row.value,
        "unit": row.unit,
        "date": row.date,
        "source": row.source,
        "warning": row.warning,
        "critical": row.critical,
    }


def _decided(decided: Decided) -> dict[str, Any]:
    return {
        "verdict": decided.verdict,
        "decision": decided.decision,
        "comment": decided.comment,
        "lists": list(decided.lists),
        "owner": decided.owner,
        "who": decided.who,
        "at": decided.at,
    }


def _signature(signed: Signature | None) -> dict[str, Any] | None:
    return None if signed is None else {"who": signed.who, "at": signed.at}


def _addendum(one: Addendum) -> dict[str, Any]:
    return {
        "step": one.step.step,
        "verdict": one.step.verdict,
        "at": one.at,
        "on_page": one.on_page,
        "status": one.status,
        "decision": None if one.decision is None else _decided(one.decision),
        "maker": _signature(one.maker),
        "checker": _signature(one.checker),
    }
