"""The daily check: what each of its seven steps calls for, and what a person's decision must bring (CALCULATIONS 13).

Evidence comes in rows; each row says what it alone calls for, a step calls for what its worst row does, and the day
is as bad as its worst decision. A step that lacks an input names it and is never fine in silence.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from alerts.finding import Finding
from exposures.reason import Value

#: A date, where a field of that name stands in the way.
Day: TypeAlias = date


class Verdict(StrEnum):
    """Fine 正常, watch 关注, act 处置: the program's verdict, and a person's decision."""

    FINE = "fine"
    WATCH = "watch"
    ACT = "act"

    @property
    def rank(self) -> int:
        """0 fine, 1 watch, 2 act."""
        return _RANKS[self]


_RANKS = {verdict: rank for rank, verdict in enumerate(Verdict)}


class State(StrEnum):
    """How a row of evidence stands; what it calls for is said beside it."""

    CRITICAL = "critical"
    WARNING = "warning"
    ERROR = "error"  # its rule cannot be evaluated
    FAILED = "failed"  # its source did not answer, or its answer was refused
    STALE = "stale"  # more than one release is missing
    NO_DATA = "no_data"
    RECOVERING = "recovering"
    PENDING = "pending"
    LATE = "late"  # one release is missing
    NORMAL = "normal"
    INFO = "info"  # a figure that nothing measures


@dataclass(frozen=True, slots=True)
class Evidence:
    """One row of a step.

    `code` says what it is, `labels` of what (rule, series, country, list, item …). `value` is in `unit`, a code where
    the unit is "code". `warning` and `critical` are its lines, None where it has none. `source` is where it can be
    looked up: a source's name, "v12" of the book, an item's number, an alert's.
    """

    code: str
    state: State
    calls_for: Verdict = Verdict.FINE
    value: Value = None
    unit: str = ""
    date: Day | None = None
    source: str = ""
    warning: Value = None
    critical: Value = None
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StepEvidence:
    """A step as it was seen: its rows, the worst first, and the inputs that do not exist ("score", "spread")."""

    step: str
    verdict: Verdict
    rows: tuple[Evidence, ...]
    missing: tuple[str, ...] = ()

    @property
    def facts(self) -> tuple[tuple[object, ...], ...]:
        """What makes the evidence other evidence: not the number that an alert was given since."""
        return tuple(
            (
                row.code,
                tuple(sorted(item for item in row.labels.items() if item[0] != "alert")),
                row.state,
                row.value,
                row.date,
                row.warning,
                row.critical,
            )
            for row in self.rows
        )


@dataclass(frozen=True, slots=True)
class Decided:
    """A person's decision on a step against the verdict it was shown; an "act" names lists and owner, or says why not.

    `addendum` is the number of the late evidence it answers, None for the page itself.
    """

    step: str
    verdict: Verdict
    decision: Verdict
    comment: str
    who: str
    at: datetime
    lists: tuple[str, ...] = ()
    owner: str = ""
    addendum: int | None = None

    @property
    def needs_checker(self) -> bool:
        """Milder than act where the verdict is act: the counter-signer has to agree."""
        return self.verdict is Verdict.ACT and self.decision is not Verdict.ACT


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The gravest of them; fine where there is none."""
    return max(verdicts, key=lambda verdict: verdict.rank, default=Verdict.FINE)


def step_evidence(step: str, rows: Sequence[Evidence], missing: Iterable[str] = ()) -> StepEvidence:
    """A step from its rows; one without any row has no data and calls for a watch."""
    order = list(State)
    ranked = sorted(rows, key=lambda row: (-row.calls_for.rank, order.index(row.state)))
    verdict = worst(row.calls_for for row in ranked) if ranked else Verdict.WATCH
    return StepEvidence(step, verdict, tuple(ranked), tuple(missing))


def answer(step: StepEvidence) -> Finding:
    """What a step says: check.nothing, check.act, check.watch, check.fine, or check.fine_in_part with what is missing.

    Values: step, rows, act and watch (rows that call for it), states (rows by state), missing.
    """
    calls = Counter(row.calls_for for row in step.rows)
    values = {
        "step": step.step,
        "rows": len(step.rows),
        "act": calls[Verdict.ACT],
        "watch": calls[Verdict.WATCH],
        "states": {state.value: count for state, count in Counter(row.state for row in step.rows).items()},
        "missing": step.missing,
    }
    if not step.rows:
        return Finding("check.nothing", values)
    if step.verdict is Verdict.FINE and step.missing:
        return Finding("check.fine_in_part", values)
    return Finding(f"check.{step.verdict}", values)


def lacking(
    verdict: Verdict, decision: Verdict, comment: str, lists: Sequence[str] = (), owner: str = ""
) -> str | None:
    """What a decision still needs, as a code: "comment" where it is milder than the verdict, "lists" where it acts
    and neither names lists and owner nor says why none; None where it is complete.
    """
    said = bool(comment.strip())
    if decision.rank < verdict.rank and not said:
        return "comment"
    if decision is Verdict.ACT and not said and not (lists and owner.strip()):
        return "lists"
    return None


def overall(decisions: Iterable[Decided]) -> Verdict | None:
    """The day's verdict is its worst decision; None before the first."""
    found = [decided.decision for decided in decisions]
    return worst(found) if found else None


def reopened(
    before: Iterable[StepEvidence], now: Iterable[StepEvidence], steps: Iterable[str]
) -> tuple[StepEvidence, ...]:
    """The steps of `steps` whose evidence, looked at again as of the same cut-off, is other evidence: late data."""
    seen = {step.step: step.facts for step in before}
    wanted = set(steps)
    return tuple(step for step in now if step.step in wanted and step.facts != seen.get(step.step))
