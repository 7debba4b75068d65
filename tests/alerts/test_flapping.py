"""C14 and C15 of the cases, and what is told while an alert flaps and after."""

import numpy as np
import pytest

from alerts.flapping import HIGH, LOW, flapping, severities
from alerts.monitor import State, advance
from alerts.notices import Told, notices
from alerts.rule import Severity
from tests.alerts.timeline import day, readings, rule

STATES = {"O": 0, "W": 1, "C": 2}


def _of(text: str) -> np.ndarray:
    return np.array([STATES[letter] for letter in text.replace(" ", "")])


def test_c14_icinga_s_example() -> None:
    found = flapping(_of("C C C W C W O O O O W W W W O O O W W W C" + "C" * 7))
    # 39.1 % after the 21st, then seven quiet results; it ends below 25 %, at the fifth of them.
    assert [round(share, 1) for share in found.shares[20:].tolist()] == [39.1, 38.3, 37.5, 32.8, 28.2, 23.7, 19.3, 18.9]
    assert found.flaps[20:].tolist() == [True] * 5 + [False] * 3


def test_c15_alternating_flaps_from_the_seventh_on() -> None:
    # From a known start it is the seventh result: six changes of 1.18 + 1.16 + … weigh 6.78 of 20, five only 5.70.
    found = flapping(_of("OWOWOWOWOW"))
    assert found.flaps.tolist() == [False] * 6 + [True] * 4
    assert found.shares[6] == pytest.approx(100 * (1.18 + 1.16 + 1.14 + 1.12 + 1.10 + 1.08) / 20)
    assert found.shares[5] < HIGH
    assert LOW < HIGH


def test_no_states_do_not_flap() -> None:
    assert flapping(_of("")).flaps.tolist() == []
    assert not flapping(_of("C" * 50)).flaps.any()


def _told(values: list[float]) -> list[tuple[int, Told, Severity | None]]:
    whole = readings(values)
    _, events = advance(State(), whole, rule(">", 0.5, 1.5))
    found = notices(events, whole.dates)
    return [((one.date - day(0)).days, one.told, one.severity) for one in found]


def test_what_is_told_without_flapping() -> None:
    warning, critical = Severity.WARNING, Severity.CRITICAL
    # Lowering from critical to warning tells nobody.
    assert _told([0, 1, 2, 2, 1, 1, 0, 0]) == [
        (1, Told.FIRED, warning),
        (2, Told.RAISED, critical),
        (6, Told.RESOLVED, warning),
    ]


def test_a_problem_that_remains_after_flapping_is_announced() -> None:
    """Icinga #5713: there it stays unsaid."""
    told = _told([0, 1] * 5 + [1] * 20)
    assert told[:6] == [
        (1, Told.FIRED, Severity.WARNING),
        (2, Told.RESOLVED, Severity.WARNING),
        (3, Told.FIRED, Severity.WARNING),
        (4, Told.RESOLVED, Severity.WARNING),
        (5, Told.FIRED, Severity.WARNING),
        (6, Told.FLAPPING, None),
    ]
    ((_, last, severity),) = told[6:]
    assert (last, severity) == (Told.REMAINS, Severity.WARNING)


def test_calm_after_flapping_is_told_once() -> None:
    told = _told([0, 1] * 5 + [0] * 20)
    assert [one for _, one, _ in told[5:]] == [Told.FLAPPING, Told.STEADY]


def test_severity_of_every_observation() -> None:
    whole = readings([0, 1, None, 2, 1, 0])
    _, events = advance(State(), whole, rule(">", 0.5, 1.5))
    assert severities(events, whole.dates).tolist() == [0, 1, 1, 2, 1, 0]
