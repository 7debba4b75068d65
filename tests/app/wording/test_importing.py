"""A sentence for every rule, and words for every way in which a file is refused."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from app.refusals import Refused
from app.wording import import_refusals, importing, terms
from app.wording.sentences import refusal
from exposures import limit_sheet
from exposures.exposure import FIELD
from exposures.issues import Issue, Rule, Severity

VALUES = {
    "amount": Decimal("1.005"),
    "stored": Decimal("1.00"),
    "currency": "USD",
    "decimals": 2,
    "tolerance": Decimal("0.5"),
    "stated": Decimal(10),
    "computed": Decimal(9),
    "difference": Decimal(1),
    "others": ["A9"],
    "date": date(2026, 5, 22),
    "reporting_date": date(2026, 5, 25),
    "code": "CNY",
    "codes": (),
    "low": 0,
    "high": 3,
    "header": "Drawn",
    "first": "A1",
    "range": "A1:B1",
    "factor": Decimal(10000),
    "count": 2,
    "last": 7,
    "named": "A1 (E2)",
    "counterparty": "C1",
    "claimed": "A1",
    "found": "F9",
    "encoding": "GB18030",
    "delimiter": ";",
    "decimal_mark": ",",
    "mark": ",",
    "certain": True,
    "order": "dmy",
    "stage": "repaid",
    "target": "pending",
    "value": "Ege",
    "sheet": "Assets",
    "role": "limits",
    "rows": 2,
    "columns": 1,
    "line": "A-1",
    "example": Decimal("0.95"),
    "percent": Decimal(95),
    "times": 600,
    "larger": True,
    "name": "Ege",
    "number": "C1",
}
SOURCES = Path(importing.__file__).parent.parent / "spreadsheets"


@pytest.mark.parametrize("rule", list(Rule))
@pytest.mark.parametrize("severity", list(Severity))
def test_every_rule_has_a_sentence(rule: Rule, severity: Severity) -> None:
    said = importing.message(Issue("s", "A1", rule, severity, field="outstanding", values=VALUES))
    assert said.endswith((".", "。"))
    assert "{" not in said


def test_values_stand_in_the_sentences() -> None:
    rounded = Issue("s", "E3", Rule.MORE_DECIMALS, Severity.WARNING, values=VALUES)
    assert importing.message(rounded) == "1.005 has more decimals than USD has (2); stored as 1.00."
    hidden = Issue("s", "A3", Rule.HIDDEN_ROW, Severity.WARNING, values={"count": 1, "last": 3})
    assert importing.message(hidden) == "A hidden row was read like the others."


def test_every_refusal_that_the_sources_raise_has_words_and_a_remedy() -> None:
    raised = {
        code for path in SOURCES.glob("*.py") for code in re.findall(r'"(importing\.\w+)"', path.read_text("utf-8"))
    }
    assert raised == set(import_refusals.REFUSALS)
    values = {
        "file": "b.xlsx",
        "error": "x",
        "megabytes": 1,
        "most": 2,
        "extension": ".x",
        "kind": "png",
        "line": 3,
        "sheet": "S",
        "part": "p",
        "count": 4,
        "ratio": 5,
        "cell": "A1",
        "cells": 2,
        "seconds": 600.0,
        "signal": "SIGABRT",
    }
    for code in raised:
        what, remedy = refusal(Refused(code, **values))
        assert what.endswith(".")
        assert remedy.endswith(".")
        assert "{" not in what + remedy


def test_what_an_earlier_program_filled_in_is_still_told() -> None:
    old = Issue("Counterparties", "", Rule.FILLED_IN, Severity.INFO, values={"count": 3})
    assert importing.message(old) == "3 cells that lines lack were filled in from this sheet."


@pytest.mark.parametrize("name", [*limit_sheet._HEADERS, "per_usd", "date", *FIELD])
def test_whatever_an_issue_is_about_has_a_word(name: str) -> None:
    missing = Issue("s", "", Rule.FIELD_MISSING, Severity.ERROR, field=name)
    assert importing.message(missing).startswith(f"No column for {terms.column(name)} was found")


@pytest.mark.parametrize(
    ("role", "said"),
    [("claims", "Supply figures"), ("liabilities", "its headers need a line number"), ("limits", "does not read it")],
)
def test_a_sheet_that_is_not_read_says_what_to_do(role: str, said: str) -> None:
    issue = Issue("s", "", Rule.SHEET_NOT_READ, Severity.WARNING, values={"role": role})
    assert said in importing.message(issue)


def test_the_amounts_of_a_control_total_have_the_same_decimals() -> None:
    said = {"stated": Decimal(1250000), "computed": Decimal("11545.000"), "difference": Decimal("1238455.000")}
    issue = Issue("S", "", Rule.CONTROL_DIFFERS, Severity.WARNING, "USD", "outstanding", values=said)
    assert importing.message(issue).endswith("USD 1,250,000.00; the file adds up to 11,545.00, 1,238,455.00 apart.")
    finer = Issue(
        "S",
        "",
        Rule.CONTROL_DIFFERS,
        Severity.WARNING,
        "USD",
        "outstanding",
        values=said | {"computed": Decimal("5.125")},
    )
    assert "USD 1,250,000.000; the file adds up to 5.125, " in importing.message(finer)
