"""The two checks that the bank switches on by its own settings (CALCULATIONS 5, 15)."""

from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest

from exposures.class_rules import BLANK, ClassRules
from exposures.classification import class_findings
from exposures.lines import typed

LEVELS = {"TR": "relatively_high", "AR": "high", "CL": "medium"}
BY_LEVEL = {"relatively_high": "special_mention", "high": "substandard"}


def claim(loan_class: str | None, country: str | None = "TR", who: str | None = "X", **fields: Any) -> dict[str, Any]:
    return {"loan_class": loan_class, "country": country, "counterparty_id": who, "sector": "corporate"} | fields


def findings(rules: ClassRules, *lines: dict[str, Any]) -> list[tuple[str, int, str, str, str | None]]:
    frame = typed(pd.DataFrame(list(lines)))
    drawn = np.full(len(frame), 100)
    found = class_findings(frame, frame["counterparty_id"], drawn, rules)
    return [(one.case, one.position, one.value, one.against, one.minimum) for one in found]


def late(share: str) -> ClassRules:
    return ClassRules(across_banks={"X": Decimal(share)})


@pytest.mark.parametrize(
    ("loan_class", "country", "level", "least"),
    [
        ("pass", "TR", "relatively_high", "special_mention"),
        ("special_mention", "TR", "", None),  # exactly what the level allows
        ("pass", "AR", "high", "substandard"),
        ("special_mention", "AR", "high", "substandard"),
        ("loss", "AR", "", None),
        ("pass", "CL", "", None),  # a level to which the bank gave no class
        ("pass", "PE", "", None),  # no approved level
        ("pass", None, "", None),
        (None, "AR", "", None),
    ],
)
def test_a_class_better_than_the_level_of_the_country_allows(
    loan_class: str | None, country: str | None, level: str, least: str | None
) -> None:
    expected = [] if least is None else [("below_level", 1, loan_class, level, least)]
    # Two debtors, so that one's class says nothing about the other's.
    assert findings(ClassRules(BY_LEVEL, LEVELS), claim("pass", "PE", "Y"), claim(loan_class, country)) == expected


def test_the_immediate_country_counts_not_the_guarantors() -> None:
    guaranteed = claim("pass", "CL", guarantor_name="Hazine", guarantor_country="AR")
    assert findings(ClassRules(BY_LEVEL, LEVELS), guaranteed) == []


def test_who_has_no_level_is_named_where_classes_are_checked_by_level() -> None:
    assert ClassRules(BY_LEVEL, LEVELS).unlevelled(["TR", "PE", "PE", "CL"]) == ["PE"]
    assert BLANK.unlevelled(["PE"]) == []


@pytest.mark.parametrize(("share", "over"), [("20", False), ("20.00", False), ("20.01", True), ("0", False)])
def test_more_than_20_percent_late_across_banks_is_at_least_substandard(share: str, over: bool) -> None:
    """Every line of the debtor better than substandard; exactly 20 % is not more; another debtor is not touched."""
    expected = [("across_banks", 0, "pass", share, "substandard"), ("across_banks", 2, "special_mention", share,
                "substandard")] if over else []  # fmt: skip
    rows = [claim("pass"), claim("pass", who="Y"), claim("special_mention"), claim(None), claim("pass", who=None)]
    assert findings(late(share), *rows) == expected


def test_a_non_performing_line_is_in_order_and_so_is_a_household() -> None:
    assert findings(late("50"), claim("substandard"), claim("loss")) == []
    assert findings(late("50"), claim("pass", sector="household")) == []
    assert findings(late("50"), claim("pass", sector=None)) == [("across_banks", 0, "pass", "50", "substandard")]


def test_blank_rules_find_what_no_rules_find() -> None:
    """12 of 100 non-performing and 1 day late: the other checks, and nothing of these two."""
    rows = [claim("pass", days_past_due=1), *(claim("pass") for _ in range(6)), claim("loss")]
    before = findings(BLANK, *rows)
    assert {case for case, *_ in before} == {"below_minimum", "debtor_share"}
    # 1 of 8 = 12.5 % non-performing; rules about others find no more.
    assert findings(ClassRules(BY_LEVEL, {"AR": "high"}, {"Z": Decimal(90)}), *rows) == before
