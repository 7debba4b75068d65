"""A short way to write a rule test: values in, one letter of state per observation out."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from alerts.metric import Metric, Reading, Readings
from alerts.monitor import Event, Phase, State, advance
from alerts.rule import Band, Comparison, NoData, Rule

START = date(2024, 1, 1)
LETTERS = {
    Phase.NORMAL: "N",
    Phase.PENDING: "P",
    Phase.FIRING: "F",
    Phase.RECOVERING: "R",
    Phase.NO_DATA: "D",
    Phase.ERROR: "E",
}


def day(place: int) -> date:
    return START + timedelta(days=place)


def readings(values: Sequence[float | None], metric: Metric | None = None) -> Readings:
    of = metric or Metric("x", "unit")
    known = datetime(2024, 1, 1, 12, tzinfo=UTC)
    return Readings.of(
        of, [Reading(of, day(place), value, known + timedelta(days=place)) for place, value in enumerate(values)]
    )


def rule(
    comparison: str = ">",
    warning: float | None = 0.5,
    critical: float | None = None,
    *,
    hold: int = 0,
    keep: int = 0,
    recovery: float | None = None,
    critical_recovery: float | None = None,
    critical_hold: int = 0,
    no_data: NoData = NoData.KEEP,
) -> Rule:
    sign = Comparison(comparison)
    return Rule(
        "T",
        "x",
        "unit",
        "data",
        warning=None if warning is None else Band(sign, warning, hold, recovery),
        critical=None if critical is None else Band(sign, critical, critical_hold, critical_recovery),
        keep=keep,
        no_data=no_data,
    )


def walk(of: Rule, values: Sequence[float | None]) -> list[tuple[State, tuple[Event, ...]]]:
    """The state after each observation, evaluated one at a time, and that step's events."""
    whole, state, steps = readings(values), State(), []
    for count in range(1, len(whole) + 1):
        state, events = advance(state, whole.first(count), of)
        steps.append((state, events))
    return steps


def letters(of: Rule, values: Sequence[float | None]) -> str:
    return "".join(LETTERS[state.phase] for state, _ in walk(of, values))


def kinds(of: Rule, values: Sequence[float | None]) -> list[str]:
    _, events = advance(State(), readings(values), of)
    return [event.kind.value for event in events]
