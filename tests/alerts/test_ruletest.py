"""Rule tests: every file of the cases passes, a wrong expectation fails with both timelines, bad files are named."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from alerts.inputs import WEEKDAYS
from alerts.rulefile import read
from alerts.ruletest import Checked, run
from alerts.testfile import RuleTestError, parse_values, read_test

CASES = sorted((Path(__file__).parent / "rule_tests").glob("*.toml"))
RULE = """
[[rule]]
id = "T"
metric = "x"
unit = "unit"
family = "data"
warning = { comparison = ">", threshold = 1 }
"""
SERIES = """
[[series]]
metric = "x"
start = 2024-01-05
values = "0 2 0"
"""


def _run(text: str) -> tuple[Checked, ...]:
    return run(read_test(tomllib.loads(text), read(text, ("series", "expect"))), WEEKDAYS)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_cases(path: Path) -> None:
    failed = [one for one in _run(path.read_text("utf-8")) if not one.passed]
    assert failed == []


def test_there_are_cases() -> None:
    assert len(CASES) >= 18


def test_series_shorthand() -> None:
    # promtool: a+bxn is a and n more, each b later.
    assert parse_values("s", "75 _ nan 10+5x4 1x2 3-1x1") == [75, ..., None, 10, 15, 20, 25, 30, 1, 1, 1, 3, 2]


@pytest.mark.parametrize(
    ("expectation", "problem", "found"),
    [
        ("at = 2024-01-06\nstate = 'normal'", "state", "firing"),
        ("at = 2024-01-06\nseverity = 'critical'", "severity", "warning"),
        ("at = 2024-01-07\nnotifications = ['fired']", "notifications", "resolved"),
        ("timeline = 'NNN'", "timeline", "NFN"),
        ("at = 2024-01-06\nlabels = { country = 'TR' }\nstate = 'firing'", "series", ""),
    ],
)
def test_what_fails_says_where(expectation: str, problem: str, found: str) -> None:
    (checked,) = _run(RULE + SERIES + "[[expect]]\n" + expectation)
    assert (checked.passed, checked.problem, checked.found) == (False, problem, found)


def test_before_the_first_observation_all_is_calm() -> None:
    (checked,) = _run(RULE + SERIES + "[[expect]]\nat = 2024-01-01\nstate = 'normal'\nnotifications = []")
    assert checked.passed


def test_two_series_of_one_name_are_no_two_alerts() -> None:
    """C26: one identity, two results: an error and not an alert."""
    (checked,) = _run(RULE + SERIES + SERIES + "[[expect]]\nat = 2024-01-06\nstate = 'firing'")
    assert checked.problem == "duplicate"


def test_weekdays_only() -> None:
    text = RULE + SERIES.replace("values", "step = '1b'\nvalues")
    # 5 January 2024 is a Friday: the second value stands on Monday.
    (checked,) = _run(text + "[[expect]]\nat = 2024-01-08\nstate = 'firing'")
    assert checked.passed
    assert [step.date for step in checked.steps] == [date(2024, 1, 5), date(2024, 1, 8)]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (SERIES.replace("0 2 0", "0 two 0") + "[[expect]]\nat = 2024-01-06\nstate = 'firing'", "values"),
        (SERIES.replace("0 2 0", "1x99999") + "[[expect]]\nat = 2024-01-06\nstate = 'firing'", "values"),
        (SERIES.replace("2024-01-05", "'May'") + "[[expect]]\nat = 2024-01-06\nstate = 'firing'", "kind"),
        (SERIES.replace("start = 2024-01-05", "") + "[[expect]]\nat = 2024-01-06\nstate = 'firing'", "missing"),
        (SERIES + "step = '1h'\n[[expect]]\nat = 2024-01-06\nstate = 'firing'", "step"),
        (SERIES + "stop = 3\n[[expect]]\nat = 2024-01-06\nstate = 'firing'", "unknown_field"),
        (SERIES, "missing"),
        (SERIES + "[[expect]]\nat = 2024-01-06", "nothing"),
        (SERIES + "[[expect]]\nat = 2024-01-06\nstate = 'angry'", "state"),
        (SERIES + "[[expect]]\nat = 2024-01-06\nseverity = 'max'", "severity"),
        (SERIES + "[[expect]]\nat = 2024-01-06\nnotifications = 'fired'", "notifications"),
        (SERIES + "[[expect]]\ntimeline = 'NXN'", "timeline"),
        (SERIES + "[[expect]]\nrule = 'Z'\nat = 2024-01-06\nstate = 'firing'", "rule"),
        (SERIES + "[[expect]]\nstate = 'firing'", "missing"),
        (SERIES + "[[expect]]\nat = 2024-01-06\nlabels = 3\nstate = 'firing'", "labels"),
        ("series = 3\n", "not_tables"),
    ],
)
def test_a_file_that_cannot_be_read(text: str, problem: str) -> None:
    whole = text + RULE if text.startswith("series") else RULE + text
    with pytest.raises(RuleTestError) as error:
        _run(whole)
    assert error.value.problem == problem
