from decimal import Decimal

import pytest

from exposures.units import NONE, Named, of_titles, unit_of


@pytest.mark.parametrize(
    ("text", "factor", "currency"),
    [
        ("万元", 10_000, None), ("仟元", 1000, None), ("千 元", 1000, None), ("元", 1, None),
        ("十亿美元", 10**9, "USD"),
        ("百亿", 10**10, None), ("十万元", 100_000, None), ("人民币百万元", 10**6, "CNY"), ("万人民币", 10_000, "CNY"),
        ("10000元", 10_000, None), ("10 thousand", 10_000, None), ("10k", 10_000, None), ("10 000", 10_000, None),
        ("'000", 1000, None), ("USD 000s", 1000, "USD"), ("US$ '000", 1000, "USD"), ("USDm", 10**6, "USD"),
        ("$m", 10**6, None), ("millions of US dollars", 10**6, "USD"), ("HK$ mln", 10**6, "HKD"), ("USD", None, "USD"),
        ("百慕大元", None, "BMD"), ("CNH mn", 10**6, "CNY"), ("€bn", 10**9, "EUR"),
    ],
)  # fmt: skip
def test_a_unit_and_its_currency(text: str, factor: int | None, currency: str | None) -> None:
    assert unit_of(text) == (None if factor is None else Decimal(factor), currency)


@pytest.mark.parametrize(
    "text", ["", "1", "10", "2025", "31/12/2025", "原币", "折美元", "天", "%", "USD and EUR", "persons"]
)
def test_what_is_no_unit(text: str) -> None:
    assert unit_of(text) == NONE


@pytest.mark.parametrize(
    ("titles", "factor", "currency"),
    [
        (["某银行", "单位:万元"], 10_000, None), (["Amounts in USD million"], 10**6, "USD"),
        (["(單位:百萬元)"], 10**6, None), (["单位:百亿元"], 10**10, None), (["单位", "千元"], 1000, None),
        (["单位:万元  币种:美元"], 10_000, "USD"), (["国别敞口表(万元)"], 10_000, None), (["EUR m"], 10**6, "EUR"),
        (["Country exposure report (USD million)"], 10**6, "USD"), (["Currency: USD, Unit: mn"], 10**6, "USD"),
        (["In thousands of Turkish lira unless stated otherwise"], 1000, "TRY"), (["金额单位:元"], 1, None),
        (["Amounts in USD million as at 25 May 2026"], 10**6, "USD"),
    ],
)  # fmt: skip
def test_a_title_block_names_the_unit(titles: list[str], factor: int, currency: str | None) -> None:
    assert of_titles(titles) == Named(Decimal(factor), currency)


@pytest.mark.parametrize(
    "title",
    ["Exposure in Turkey", "As at 25 May 2026", "Berlin 1000", "Loans in 10 countries", "填报单位:伊斯坦布尔分行",
     "编制单位:亿达", "Page (1000)", "Version (m)", "表1(续)"],
)  # fmt: skip
def test_a_title_without_a_unit_says_nothing(title: str) -> None:
    assert of_titles([title]) == Named()


def test_a_unit_that_nobody_knows_or_that_another_title_gainsays_is_not_passed_over() -> None:
    assert of_titles(["Unit: gazillion"]).unread == "gazillion"
    assert of_titles(["单位:万元", "贷款(亿元)"]) == Named(Decimal(10_000), None, "亿元")
