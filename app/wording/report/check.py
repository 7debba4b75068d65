"""The daily check in a report: the day it is for, the day it was signed, its steps, decisions and evidence."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from alerts.finding import Finding
from app.i18n import gettext as _
from app.i18n import pgettext
from app.wording import checking, formats
from app.wording.report.document import Cell, Column, Kind, Marked, Section, Table
from app.wording.sentences import sentence
from exposures.check_progress import progress
from exposures.checking import Decided, Evidence, State, StepEvidence, Verdict, answer

VERDICTS = {Verdict.FINE: "ok", Verdict.WATCH: "watch", Verdict.ACT: "critical"}
_STATES = {
    State.CRITICAL: "critical",
    State.FAILED: "critical",
    State.WARNING: "warning",
    State.ERROR: "warning",
    State.LATE: "warning",
    State.STALE: "nodata",
    State.NO_DATA: "nodata",
    State.RECOVERING: "watch",
    State.PENDING: "watch",
    State.NORMAL: "ok",
}


class _Signature(Protocol):
    """Who signed, and when."""

    @property
    def who(self) -> str: ...
    @property
    def at(self) -> datetime: ...


class _Addendum(Protocol):
    """Late evidence about one step, with its decision and signatures."""

    @property
    def step(self) -> StepEvidence: ...
    @property
    def at(self) -> datetime: ...
    @property
    def on_page(self) -> bool: ...
    @property
    def decision(self) -> Decided | None: ...
    @property
    def maker(self) -> _Signature | None: ...
    @property
    def checker(self) -> _Signature | None: ...


class _Check(Protocol):
    """A stored daily check."""

    @property
    def business_date(self) -> date: ...
    @property
    def cut_off(self) -> datetime: ...
    @property
    def run_at(self) -> datetime: ...
    @property
    def late(self) -> bool: ...
    @property
    def who(self) -> str: ...
    @property
    def steps(self) -> Sequence[StepEvidence]: ...
    @property
    def decisions(self) -> Sequence[Decided]: ...
    @property
    def maker(self) -> _Signature | None: ...
    @property
    def checker(self) -> _Signature | None: ...
    @property
    def needs_checker(self) -> bool: ...
    @property
    def verdict(self) -> Verdict | None: ...
    @property
    def addenda(self) -> Sequence[_Addendum]: ...


def finding(check: _Check) -> Finding:
    """How far the check is."""
    late = sum(not one.on_page and one.decision is None for one in check.addenda)
    maker, checker = (None if one is None else one.who for one in (check.maker, check.checker))
    steps = [step.step for step in check.steps]
    return progress(steps, check.decisions, maker, checker, check.needs_checker, late)


def section(check: _Check | None, on: date) -> Section:
    """The check of a day, or that there is none."""
    title = _("Daily check")
    if check is None:
        return Section(title, _("No check was made for {day}.").format(day=formats.day(on)), "nodata")
    state = "nodata" if check.verdict is None else VERDICTS[check.verdict]
    tables = [_steps(check)]
    late = [one for one in check.addenda if not one.on_page]
    if late:
        tables.append(_late(late))
    return Section(title, sentence(finding(check)), state, _facts(check), tables=tables)


def evidence(check: _Check) -> Section:
    """Everything that the steps saw, as it was known at the cut-off."""
    known = [(_("As known at"), formats.dated_moment(check.cut_off))]
    tables = [_evidence(check, step) for step in check.steps]
    return Section(_("Evidence of the daily check"), facts=known, tables=tables)


def _facts(check: _Check) -> list[tuple[str, str]]:
    made = _("{moment} by {who}").format(moment=formats.dated_moment(check.run_at), who=check.who)
    return [
        (_("For"), formats.weekday(check.business_date)),
        (_("As known at"), formats.dated_moment(check.cut_off)),
        (_("Made"), formats.together((made, _("(late)") if check.late else ""))),
        (pgettext("check", "Signed on"), _signed(check.maker)),
        (_("Second signature"), _second(check)),
    ]


def _signed(signature: _Signature | None) -> str:
    if signature is None:
        return _("Not signed")
    return _("{moment} by {who}").format(moment=formats.dated_moment(signature.at), who=signature.who)


def _second(check: _Check) -> str:
    if check.checker is None and not check.needs_checker:
        return _("Not needed")
    return _signed(check.checker)


def _steps(check: _Check) -> Table:
    columns = (
        Column(_("Step"), Kind.LONG, 1.5),
        Column(_("Verdict"), share=0.75),
        Column(_("What it says"), Kind.LONG, 2.1),
        Column(_("Decision"), share=0.8),
        Column(_("Comment, lists, owner"), Kind.LONG, 2.0),
        Column(_("Decided"), Kind.LONG, 1.2),
    )
    decided = {one.step: one for one in check.decisions}
    rows = [_step(place, step, decided.get(step.step)) for place, step in enumerate(check.steps, start=1)]
    return Table(columns, rows)


def _step(place: int, step: StepEvidence, decided: Decided | None) -> tuple[Cell, ...]:
    told: tuple[Cell, ...] = (
        _("{place}. {name}").format(place=place, name=checking.step_name(step.step)),
        _verdict(step.verdict),
        _answer(step),
    )
    return (*told, *_decision(decided))


def _decision(decided: Decided | None) -> tuple[Cell, ...]:
    if decided is None:
        return (_("Not decided"), "", "")
    lists = _(", ").join(decided.lists)
    parts = [text for text in (decided.comment, lists, decided.owner) if text]
    when = _("{who}, {moment}").format(who=decided.who, moment=formats.moment(decided.at))
    return (_verdict(decided.decision), _("; ").join(parts), when)


def _answer(step: StepEvidence) -> str:
    told = sentence(answer(step))
    if not step.missing or step.verdict is Verdict.FINE:
        return told
    left = _("Not assessed: {missing}.").format(missing=_(", ").join(map(checking.missing, step.missing)))
    return formats.together((told, left))


def _verdict(verdict: Verdict) -> Marked:
    return Marked(VERDICTS[verdict], checking.verdict(verdict))


def _evidence(check: _Check, step: StepEvidence) -> Table:
    columns = (
        Column(_("Evidence"), Kind.LONG, 2.6),
        Column(_("State"), share=1.4),
        Column(_("Value"), Kind.FIGURE, 1.1),
        Column(_("Warning / critical"), Kind.FIGURE, 1.3),
        Column(_("Date"), Kind.DATE, 0.9),
        Column(_("Source"), Kind.LONG, 1.2),
    )
    place = [one.step for one in check.steps].index(step.step) + 1
    heading = _("{place}. {question}").format(place=place, question=checking.step_question(step.step))
    return Table(columns, [_row(row) for row in step.rows], heading, empty=sentence(answer(step)))


def _row(row: Evidence) -> tuple[Cell, ...]:
    word = checking.state(row.state)
    return (
        checking.evidence(row),
        Marked(_STATES[row.state], word) if row.state in _STATES else word,
        checking.value(row) or None,
        checking.lines(row) or None,
        row.date,
        checking.source(row),
    )


def _late(late: Sequence[_Addendum]) -> Table:
    columns = (
        Column(_("Late evidence"), Kind.LONG, 1.5),
        Column(_("Verdict"), share=0.75),
        Column(_("Came at"), Kind.LONG, 1.1),
        Column(_("Decision"), share=0.8),
        Column(_("Comment, lists, owner"), Kind.LONG, 2.0),
        Column(_("Decided"), Kind.LONG, 1.2),
        Column(pgettext("check", "Signed on"), Kind.LONG, 1.3),
    )
    rows = [
        (
            checking.step_name(one.step.step),
            _verdict(one.step.verdict),
            formats.moment(one.at),
            *_decision(one.decision),
            _signed(one.maker),
        )
        for one in late
    ]
    return Table(columns, rows, _("Late evidence; the signed page stays as it was"))
