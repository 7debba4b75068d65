"""What a rule may be."""

from dataclasses import replace

import numpy as np
import pytest

from alerts.metric import Metric
from alerts.rule import Band, Comparison, InvalidRule, Rule, Severity
from tests.alerts.timeline import rule


@pytest.mark.parametrize(
    ("comparison", "expected"),
    [
        (">", [False, False, True]),
        (">=", [False, True, True]),
        ("<", [True, False, False]),
        ("<=", [True, True, False]),
    ],
)
def test_comparisons(comparison: str, expected: list[bool]) -> None:
    assert Comparison(comparison).hits(np.array([1.0, 2.0, 3.0]), 2.0).tolist() == expected
    assert not Comparison(comparison).hits(np.array([np.nan]), 2.0).any()


@pytest.mark.parametrize(
    ("change", "field", "problem"),
    [
        ({"id": ""}, "id", "missing"),
        ({"id": "x" * 65}, "id", "too_long"),
        ({"metric": ""}, "metric", "missing"),
        ({"family": "weather"}, "family", "unknown"),
        ({"keep": -1}, "keep", "negative"),
        ({"version": 0}, "version", "negative"),
        ({"warning": None, "critical": None}, "warning", "missing"),
        ({"critical": Band(Comparison.BELOW, 3)}, "critical", "other_direction"),
        ({"critical": Band(Comparison.ABOVE, 0.4)}, "critical", "milder_than_warning"),
    ],
)
def test_impossible_rules(change: dict[str, object], field: str, problem: str) -> None:
    with pytest.raises(InvalidRule) as error:
        replace(rule(), **change)
    assert (error.value.field, error.value.problem) == (field, problem)


@pytest.mark.parametrize(
    ("parts", "field", "problem"),
    [
        ((Comparison.ABOVE, float("nan")), "threshold", "not_a_number"),
        ((Comparison.ABOVE, 1.0, -1), "for", "negative"),
        ((Comparison.ABOVE, 1.0, 0, 1.5), "recovery", "beyond_threshold"),
        ((Comparison.BELOW, 1.0, 0, 0.5), "recovery", "beyond_threshold"),
        ((Comparison.BELOW, 1.0, 0, float("inf")), "recovery", "not_a_number"),
    ],
)
def test_impossible_bands(parts: tuple[object, ...], field: str, problem: str) -> None:
    with pytest.raises(InvalidRule) as error:
        Band(*parts)  # type: ignore[arg-type]
    assert (error.value.field, error.value.problem) == (field, problem)


def test_scope_and_bands() -> None:
    of: Rule = replace(rule(critical=2.0), scope={"country": "TR"})
    assert of.covers(Metric("x", "u", {"country": "TR", "basis": "g"}))
    assert not of.covers(Metric("x", "u", {"country": "AR"}))
    assert not of.covers(Metric("y", "u", {"country": "TR"}))
    assert [severity for severity, _ in of.bands] == [Severity.WARNING, Severity.CRITICAL]
    assert of.band(Severity.CRITICAL) is of.critical
    assert (of.bands[0][1].clears_at, Band(Comparison.ABOVE, 5, 0, 4).clears_at) == (0.5, 4)
