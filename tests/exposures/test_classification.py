import pandas as pd
import pytest

from exposures.classification import class_findings, minimum_class
from exposures.lines import typed


@pytest.mark.parametrize(
    ("days", "least"),
    [(0, "pass"), (1, "special_mention"), (90, "special_mention"), (91, "substandard"), (270, "substandard"),
     (271, "doubtful"), (360, "doubtful"), (361, "loss")],
)  # fmt: skip
def test_minimum_class_by_days(days, least):
    assert minimum_class(days) == least


def findings(*lines):
    """(case, place, value, against, minimum) of lines given as (class, days, stage, drawn, subject, sector)."""
    columns = ["loan_class", "days_past_due", "ifrs_stage", "drawn", "counterparty_id", "sector"]
    frame = pd.DataFrame(lines, columns=columns)
    found = class_findings(typed(frame), frame["counterparty_id"], frame["drawn"].to_numpy())
    return [(one.case, one.position, one.value, one.against, one.minimum) for one in found]


def claim(loan_class=None, days=None, stage=None, drawn=100, subject="X", sector="corporate"):
    return loan_class, days, stage, drawn, subject, sector


def test_a_class_better_than_the_days_allow():
    assert findings(claim("pass", 1)) == [("below_minimum", 0, "pass", "1", "special_mention")]
    assert findings(claim("special_mention", 1)) == []
    assert findings(claim(None, 400)) == []  # without a class there is nothing to compare


def test_above_ten_percent_of_a_debtor_pulls_the_rest():
    # CALCULATIONS 5: 88 pass + 12 substandard: 12 % → all at least substandard; at exactly 10 % none.
    assert findings(claim("pass", drawn=88), claim("substandard", drawn=12)) == [
        ("debtor_share", 0, "pass", "12", "substandard")
    ]
    assert findings(claim("pass", drawn=90), claim("substandard", drawn=10)) == []


def test_households_and_other_debtors_are_not_pulled():
    assert findings(claim("pass", drawn=50, sector="household"), claim("loss", drawn=50, sector="household")) == []
    assert findings(claim("pass", drawn=50), claim("loss", drawn=50, subject="Y")) == []


@pytest.mark.parametrize(
    ("line", "case"),
    [
        (claim(None, 31, 1), "stage_1_late"),
        (claim(None, 91, 2), "not_stage_3_late"),
        (claim(None, 91, 1), "not_stage_3_late"),
        (claim("loss", None, 2), "not_stage_3_class"),
        (claim("pass", None, 3), "stage_3_pass"),
    ],
)
def test_stage_against_days_and_class(line, case):
    assert [found[0] for found in findings(line)] == [case]


@pytest.mark.parametrize("line", [claim(None, 30, 1), claim(None, 90, 2), claim("loss", None, 3), claim("pass", 0, 1)])
def test_at_the_edge_nothing_is_found(line):
    assert findings(line) == []
