from datetime import date
from decimal import Decimal

from exposures.cells import Sheet
from exposures.issues import Rule
from exposures.rates import Rate, read_rates

DAY = date(2026, 5, 22)


def test_rates_of_a_sheet_and_what_cannot_be_read() -> None:
    rows = [["Currency", "per USD", "date"], ["TRY", 45.82, DAY], ["CLP", "932.1", "2026-05-22"], ["XYZ", 1.0, DAY],
            ["ARS", 0.0, DAY], ["EUR", None, DAY]]  # fmt: skip
    rates, issues = read_rates(Sheet("rates", rows))
    assert rates == (Rate("TRY", Decimal("45.82"), DAY), Rate("CLP", Decimal("932.1"), DAY))
    assert [(issue.cell, issue.rule) for issue in issues] == [
        ("A4", Rule.RATE_UNREADABLE), ("B5", Rule.RATE_UNREADABLE), ("B6", Rule.RATE_UNREADABLE),
    ]  # fmt: skip


def test_a_sheet_without_the_three_columns_gives_no_rate() -> None:
    rates, issues = read_rates(Sheet("rates", [["币种", "汇率"], ["TRY", 45.82]]))
    assert rates == ()
    assert [(issue.rule, issue.field) for issue in issues] == [(Rule.FIELD_MISSING, "date")]
