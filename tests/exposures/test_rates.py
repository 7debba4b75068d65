from datetime import date
from decimal import Decimal

import pytest

from exposures.cells import Sheet
from exposures.issues import Rule
from exposures.rates import Rate, check_rates, holds_rates, in_force, read_rates, worth

DAY = date(2026, 5, 22)


def test_rates_of_a_sheet_and_what_cannot_be_read() -> None:
    rows = [["Currency", "per USD", "date"], ["TRY", 45.82, DAY], ["CLP", "932.1", "2026-05-22"], ["XYZ", 1.0, DAY],
            ["ARS", 0.0, DAY], ["EUR", None, DAY]]  # fmt: skip
    rates, issues = read_rates(Sheet("rates", rows))
    assert rates == (Rate("TRY", Decimal("45.82"), DAY), Rate("CLP", Decimal("932.1"), DAY))
    assert [(issue.cell, issue.rule) for issue in issues] == [
        ("A4", Rule.RATE_UNREADABLE), ("B5", Rule.RATE_UNREADABLE), ("B6", Rule.RATE_UNREADABLE),
    ]  # fmt: skip


def test_a_sheet_in_which_a_dollar_is_not_one_dollar_gives_no_rate() -> None:
    """Renminbi for a unit: EUR 7.8 read as euros for a dollar would make 100 euros 12.8 dollars."""
    rows = [["币种", "汇率", "日期"], ["EUR", 7.8, DAY], ["USD", 7.1, DAY], ["TRY", 0.15, DAY]]
    rates, issues = read_rates(Sheet("汇率", rows))
    assert rates == ()
    assert [(issue.cell, issue.rule) for issue in issues] == [("B3", Rule.RATES_NOT_PER_USD)]
    rows[2][1] = 1.0
    assert len(read_rates(Sheet("汇率", rows))[0]) == 3


def test_two_rates_of_one_currency_and_day_are_told_and_the_first_counts() -> None:
    rows = [["currency", "per USD", "date"], ["EUR", 0.9, DAY], ["EUR", 0.9, DAY], ["EUR", 1.1, DAY]]
    rates, issues = read_rates(Sheet("rates", rows))
    assert {rate.per_usd for rate in rates} == {Decimal("0.9")}
    assert [(issue.cell, issue.rule, issue.values["first"]) for issue in issues] == [("B4", Rule.RATE_TWICE, "B2")]


def test_a_rate_after_the_book_does_not_count_and_an_old_one_is_told() -> None:
    rates = [Rate("EUR", Decimal(1), date(2026, 5, 23)), Rate("TRY", Decimal(40), date(2026, 5, 11)),
             Rate("CLP", Decimal(900), date(2026, 5, 12)), Rate("CLP", Decimal(901), date(2026, 1, 1))]  # fmt: skip
    told = check_rates("s", ["USD", "EUR", "TRY", "CLP", "ARS"], rates, DAY)
    assert [(issue.value, issue.rule) for issue in told] == [
        ("ARS", Rule.NO_RATE), ("EUR", Rule.RATE_LATER), ("TRY", Rule.RATE_OLD),
    ]  # fmt: skip
    assert told[2].values["date"] == date(2026, 5, 11)


def test_a_sheet_without_the_three_columns_gives_no_rate() -> None:
    rates, issues = read_rates(Sheet("rates", [["币种", "汇率"], ["TRY", 45.82]]))
    assert rates == ()
    assert [(issue.rule, issue.field) for issue in issues] == [(Rule.FIELD_MISSING, "date")]


@pytest.mark.parametrize(
    "name", ["汇率", "汇率表", "匯率", "FX", "fx rates", "Exchange rates", "Exchange_Rate", " Rates "]
)
def test_a_sheet_of_rates_is_known_by_its_name(name: str) -> None:
    assert holds_rates(Sheet(name, []))


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (["币种", "对美元汇率", "汇率日期"], True),
        (["Ccy", "Exchange rate", "As of", "Source"], True),
        (["币种", "汇率"], False),
        (["币种", "汇率", "日期", "贷款余额(万元)"], False),  # a ledger that says at which rate it was drawn
        (["Currency", "Rate", "Date", "Country"], False),
    ],
)
def test_or_by_its_headers(headers: list[str], expected: bool) -> None:
    assert holds_rates(Sheet("附表3", [headers, ["TRY", 45.0, DAY, 1.0]])) is expected


def test_rates_in_force_and_what_a_unit_is_worth() -> None:
    """At 40 lira and 0.8 euro a dollar, a lira is worth 0.02 euro."""
    later = date(2026, 6, 1)
    stored = (Rate("TRY", Decimal(50), later), Rate("TRY", Decimal(40), DAY), Rate("EUR", Decimal("0.8"), DAY))
    per_usd = in_force(stored, DAY)
    assert per_usd == {"TRY": 40, "EUR": Decimal("0.8")}
    assert worth("TRY", "EUR", per_usd) == Decimal("0.02")
    assert worth("USD", "USD", {}) == worth("CLP", "CLP", {}) == 1
    assert worth("CLP", "USD", per_usd) is None
    assert worth(None, "USD", per_usd) is None
