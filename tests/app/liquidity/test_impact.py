"""The source document's figures beside today's: the spans, the growth, the month averages, every reason and answer."""

from datetime import date

import pytest

from app.liquidity import impact
from app.liquidity.tracks import Track
from app.wording.impact import measure_label, measure_unit
from app.wording.sentences import sentence
from tests.app.liquidity.series import empty, track

START, END = date(2020, 1, 1), date(2021, 12, 29)


def built(**given: Track) -> impact.Impact:
    return impact.build({id: given.get(id) or empty(id) for id in impact.IDS})


def multiplier(first: float, second: float) -> Track:
    return track("M2_BASE", {date(2020, 1, 1): first, date(2021, 12, 1): second, date(2026, 4, 1): 4.17}, "ratio")


def test_the_multiplier_is_read_in_january_2020_and_december_2021() -> None:
    row = built(M2_BASE=multiplier(4.481, 3.352)).measure("money_multiplier")
    assert (row.ours_first, row.ours_second, row.latest) == (4.481, 3.352, 4.17)
    assert row.reason is not None
    assert row.reason.case == "impact.money_multiplier"  # 4.47 → 3.38 printed
    same = built(M2_BASE=multiplier(4.472, 3.379)).measure("money_multiplier")
    assert same.reason is not None
    assert same.reason.case == "impact.same"


def test_growth_is_compounded_per_year() -> None:
    # 1.1² in two years of 364 days and a bit: (END − START) = 728 days
    loans = track("TOTLL", {START: 100.0, END: 121.0}, "USD billions")
    row = built(TOTLL=loans).measure("loan_growth")
    assert row.ours_value == pytest.approx((1.21 ** (365.25 / 728) - 1) * 100)
    assert row.printed is not None
    assert float(row.printed.value or 0) == 2.85
    assert row.reason is not None
    assert row.reason.case == "impact.loan_growth"


def test_reserve_growth_names_its_erratum() -> None:
    row = built(WRESBAL=track("WRESBAL", {START: 1_615_846.0, END: 4_116_196.0}, "USD millions")).measure(
        "reserve_growth"
    )
    assert row.reason is not None
    assert row.reason.case == "erratum.8"


def test_assets_to_gdp_takes_the_quarter_of_the_date() -> None:
    # Erratum 13: 8,937.142 of 25,250.347 is 35.39 %; 922.187 of 14,706.538 is 6.27 %.
    level = track("WALCL", {date(2008, 1, 2): 922_187.0, date(2022, 3, 30): 8_937_142.0, date(2022, 8, 1): 1.0})
    gdp = track("GDP", {date(2008, 1, 1): 14_706.538, date(2022, 1, 1): 25_250.347}, "USD billions")
    row = built(WALCL=level, GDP=gdp).measure("assets_gdp")
    assert row.ours_first == pytest.approx(6.27, abs=0.005)
    assert row.ours_second == pytest.approx(35.39, abs=0.005)
    assert row.latest_date == date(2022, 3, 30)  # the quarter of August is not out
    assert row.reason is not None
    assert row.reason.case == "erratum.13"


def yields(first: float, second: float) -> dict[str, Track]:
    """US yields of 3 % on two days of each month; Japan's month averages."""
    us = {date(2017, 9, 1): 2.0, date(2017, 9, 29): 4.0, date(2018, 11, 1): 3.0, date(2018, 11, 30): 3.0}
    japan = {date(2017, 9, 1): 3 - first, date(2018, 11, 1): 3 - second}
    return {"DGS10": track("DGS10", us), "IRLTLT01JPM156N": track("IRLTLT01JPM156N", japan)}


def test_a_daily_yield_is_averaged_where_the_other_is_monthly() -> None:
    row = built(**yields(2.2, 3.1)).measure("us_jp")
    assert (row.ours_first, row.ours_second) == (pytest.approx(2.2), pytest.approx(3.1))
    assert row.reason is not None
    assert row.reason.case == "impact.yields"
    same = built(**yields(2.0, 3.1)).measure("us_jp")
    assert same.reason is not None
    assert same.reason.case == "impact.same"


def test_the_daily_foreign_yield_goes_before_the_monthly_one() -> None:
    day = date(2018, 11, 1)
    given = yields(2.0, 3.1) | {"YIELD_10Y_JP": track("YIELD_10Y_JP", {day: 0.5})}
    assert built(**given).spreads[0].values.tolist() == [2.5]


def test_what_is_missing_says_why_and_what_to_do() -> None:
    made = built()
    china, japan = made.measure("us_cn"), made.measure("us_jp")
    assert china.reason is not None
    assert sentence(china.reason) == "No free source: enter or import YIELD_10Y_CN."
    assert japan.reason is not None
    assert sentence(japan.reason) == "No data for YIELD_10Y_JP: refresh, or take in its file."
    assert made.finding.case == "impact.none"
    assert all(row.reason is not None for row in made.measures)
    assert all(measure_label(row.id) and measure_unit(row.unit) for row in made.measures)


def test_a_span_without_data_is_told() -> None:
    row = built(M2_BASE=track("M2_BASE", {date(2024, 1, 1): 4.0})).measure("money_multiplier")
    assert row.reason is not None
    assert row.reason.case == "impact.span"
    assert row.latest == 4.0


def test_foreign_inflow_adds_up_the_months_of_the_span() -> None:
    months = {date(2017 + (8 + n) // 12, (8 + n) % 12 + 1, 28): 50_000.0 for n in range(16)}  # Sep 2017 to Dec 2018
    row = built(TIC_LONG_TERM_NET=track("TIC_LONG_TERM_NET", months, "USD millions")).measure("foreign_inflow")
    assert row.ours_value == pytest.approx(16 * 50)
    assert row.latest == pytest.approx(12 * 50)
    assert row.reason is not None
    assert row.reason.case == "impact.inflow_lines"


@pytest.mark.parametrize(
    ("second", "loans", "case"), [(3.3, 110.0, "not_lent"), (4.9, 110.0, "lent"), (3.3, 900.0, "lent")]
)
def test_whether_the_money_was_lent_on(second: float, loans: float, case: str) -> None:
    made = built(
        M2_BASE=multiplier(4.5, second),
        TOTLL=track("TOTLL", {START: 100.0, END: loans}),
        WRESBAL=track("WRESBAL", {START: 100.0, END: 250.0}),
    )
    assert made.lending.case == f"lending.{case}"
    assert sentence(made.lending)


def test_lending_without_data_names_the_measures() -> None:
    assert sentence(built().lending).startswith("Cannot be said: no data for Money multiplier, M2 to base, Bank loans")


@pytest.mark.parametrize(("japan", "euro", "case"), [(4.0, 3.0, "wider"), (1.0, 1.0, "narrower"), (4.0, 1.0, "mixed")])
def test_whether_yields_pull(japan: float, euro: float, case: str) -> None:
    day = date(2026, 5, 22)
    made = built(
        DGS10=track("DGS10", {day: 4.5}),
        YIELD_10Y_JP=track("YIELD_10Y_JP", {day: 4.5 - japan}),
        YIELD_10Y_EURO=track("YIELD_10Y_EURO", {day: 4.5 - euro}),
    )
    assert made.yields.case == f"yields.{case}"  # the paper's cycle ended at 3.1 and 2.7
    assert sentence(made.yields)
    assert built().yields.case == "yields.no_data"


def test_the_answer_counts_what_is_the_same() -> None:
    same = built(M2_BASE=multiplier(4.472, 3.379))
    assert (same.finding.case, same.finding.values["same"]) == ("impact.holds", 1)
    apart = built(M2_BASE=multiplier(4.472, 3.379), WRESBAL=track("WRESBAL", {START: 1.0, END: 2.0}))
    assert (apart.finding.case, apart.finding.values["apart"]) == ("impact.partly", 1)
    assert sentence(apart.finding)
