"""Checks across columns and lines, one branch each, and the check digits of ISO 17442 with real identifiers."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exposures.cells import Sheet
from exposures.crosschecks import lei_is_valid
from exposures.headers import find_table
from exposures.importing import read_lines
from exposures.issues import Rule, Severity
from exposures.mapping import Mapping, propose

HEADERS = [
    "line id", "counterparty id", "counterparty name", "country", "currency", "outstanding", "signing date", "maturity",
    "stage", "lei", "guarantor name", "guarantee percent", "risk country", "risk country reason", "days past due",
]  # fmt: skip
GOOD = ["L1", "C1", "Ege", "TR", "USD", 5.0, date(2020, 1, 1), date(2030, 1, 1), "repaying", None, None, None, None,
        None, None]  # fmt: skip


def told(*changes: dict[str, Any], **mapping: Any) -> list[tuple[str, Rule, Severity]]:
    rows = []
    for number, change in enumerate(changes, 1):
        row = list(GOOD)
        row[0] = f"L{number}"
        for name, value in change.items():
            row[HEADERS.index(name.replace("_", " "))] = value
        rows.append(row)
    cells = find_table(Sheet("s", [HEADERS, *rows]))
    assert cells is not None
    proposed = propose(cells)
    layout = Mapping(**{**{f: getattr(proposed, f) for f in ("name", "columns", "constants")}, **mapping})
    found = read_lines(cells, layout, date(2026, 5, 22))
    return [(issue.cell, issue.rule, issue.severity) for issue in found.issues]


@pytest.mark.parametrize(
    ("change", "cell", "rule"),
    [
        ({"lei": "5493001KJTIIGC8Y1R13"}, "J2", Rule.LEI_WRONG),
        ({"maturity": date(2019, 1, 1)}, "H2", Rule.MATURITY_BEFORE_SIGNING),
        ({"maturity": date(2026, 5, 21)}, "H2", Rule.MATURITY_PASSED),
        ({"stage": "repaid"}, "I2", Rule.ENDED_WITH_AMOUNT),
        ({"guarantee_percent": 0.5}, "L2", Rule.GUARANTOR_MISSING),
        ({"risk_country": "CL"}, "M2", Rule.OVERRIDE_WITHOUT_REASON),
    ],
)
def test_each_rule_warns_at_its_cell(change: dict[str, Any], cell: str, rule: Rule) -> None:
    assert told(change) == [(cell, rule, Severity.WARNING)]


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"lei": "5493001KJTIIGC8Y1R12"},  # Bloomberg Finance L.P.
        {"maturity": date(2026, 5, 21), "days_past_due": 1.0},
        {"maturity": date(2026, 5, 22)},
        {"stage": "repaid", "outstanding": 0.0},
        {"guarantee_percent": 0.5, "guarantor_name": "KfW"},
        {"risk_country": "CL", "risk_country_reason": "lives on one mine"},
        {"risk_country": "TR"},
    ],
)
def test_and_is_silent_where_all_is_well(change: dict[str, Any]) -> None:
    assert told(change) == []


def test_one_number_is_one_counterparty() -> None:
    issues = told({}, {"counterparty_name": "Other"}, {"country": "AR"}, {"counterparty_id": "C2"})
    assert issues == [
        ("C3", Rule.COUNTERPARTY_DIFFERS, Severity.WARNING),
        ("D4", Rule.COUNTERPARTY_DIFFERS, Severity.WARNING),
    ]


def test_a_layout_may_have_a_rule_reject() -> None:
    severities = {"maturity_passed": Severity.ERROR}
    assert told({"maturity": date(2026, 5, 21)}, severities=severities)[0][2] is Severity.ERROR


@pytest.mark.parametrize("lei", ["5493001KJTIIGC8Y1R12", "HWUPKR0MPOU8FGXBT394", "7LTWFZYICNSX8D621K86"])
def test_identifiers_of_real_firms(lei: str) -> None:
    assert lei_is_valid(lei)
    assert lei_is_valid(lei.lower())


@given(st.sampled_from("5493001KJTIIGC8Y1R12"), st.integers(0, 19))
def test_any_single_wrong_character_is_noticed(character: str, place: int) -> None:
    right = "5493001KJTIIGC8Y1R12"
    wrong = right[:place] + character + right[place + 1 :]
    assert lei_is_valid(wrong) == (wrong == right)
