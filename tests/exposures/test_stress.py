from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exposures.country_risk import ReserveSettings
from exposures.limits import Limit
from exposures.scenario import RollOver, Scenario
from exposures.stress import (
    StressSettings,
    borrowers_finding,
    cash_finding,
    finding,
    liquidity_gap,
    stress,
    stressed_book,
)
from exposures.stress_lines import (
    CreditSettings,
    currency_notches,
    least_class,
    loss_given_default,
    stressed_dscr,
)
from tests.exposures.lines import book, line

D = Decimal
LIRA = Scenario("Lira loses 30 %", value_loss={"TRY": D(30)})
GRADES = ("BB", "BB-", "B+", "B", "B-", "D")
#: Illustrative PD of the worked example: BB− 2 %, B 6 %.
CREDIT = CreditSettings(GRADES, {"BB-": D(2), "B": D(6)}, D(0), {"TR": frozenset({"TRY"})})
SETTINGS = StressSettings(CREDIT)


def loan(**fields: object) -> dict[str, object]:
    """The worked example: 100 in dollars, DSCR 1.30, a fifth of revenue in hard currency, lira collateral of 60."""
    given_fields = {
        "outstanding": 100,
        "dscr": 1.30,
        "hard_currency_share": 0.2,
        "local_revenue": True,
        "rating": "BB-",
        "loan_class": "pass",
        "collateral_kind": "property",
        "collateral_value": 60,
        "collateral_country": "TR",
    }
    return line("1", "TR", **(given_fields | fields))


def test_worked_example_debt_service() -> None:
    """With h 20 %, δ 30 %: 0.2 + 0.8 × 0.7 = 0.76; 1.30 × 0.76 = 0.988: two notches, at least special mention."""
    after = stressed_dscr(D("1.30"), D("0.2"), D("0.3"))
    assert after == D("0.988")
    assert (currency_notches(after, D("0.2")), least_class(after)) == (2, "special_mention")


def test_worked_example_line() -> None:
    """BB− → B; LGD 40 → 58 %; EL 100 × 2 % × 40 % = 0.80 → 100 × 6 % × 58 % = 3.48."""
    result = stress(book(loan(), rates={"TRY": D(36)}), LIRA, [], SETTINGS)
    (one,) = result.lines
    assert (one.dscr_after, one.notches, one.grade_after) == (D("0.988"), 2, "B")
    assert one.class_floor == "special_mention"
    assert (one.lgd, one.lgd_after) == (D("0.4"), D("0.58"))
    assert (result.loss, result.loss_after) == (D("0.80"), D("3.48"))
    assert (one.exposure, one.exposure_after) == (100, 100)


def test_worked_example_both_sides_in_lira() -> None:
    """A lira asset of 20 → 14, a lira deposit of 8 → 5.6: a net loss of 3.6."""
    rates = {"TRY": D(36)}
    asset = line("1", "TR", "TRY", outstanding=20 * 36)
    debt = line("2", "TR", "TRY", side="liability", outstanding=8 * 36, instrument="deposit")
    result = stress(book(asset, debt, rates=rates), LIRA, [], SETTINGS)
    assert (result.exposure, round(result.exposure_after, 10)) == (20, 14)
    assert round(result.currency_result, 10) == D("-3.6")
    alone = stress(book(asset, rates=rates), LIRA, [], SETTINGS)
    assert (round(alone.claims_change, 10), alone.currency_result) == (-6, None)


def test_worked_example_a_limit_that_is_less_used_only_because_the_lira_fell() -> None:
    """80, of which 20 in lira, against 120: 66.67 % falls to 74/120 = 61.67 %, and the result says why."""
    rows = line("1", "TR", outstanding=60), line("2", "TR", "TRY", outstanding=720)
    limit = Limit("TR", D(120), "USD")
    result = stress(book(*rows, rates={"TRY": D(36)}), LIRA, [limit], SETTINGS)
    (turkey,) = result.countries
    assert round(turkey.exposure_after, 10) == 74
    assert (round(turkey.limit.use.share, 4), round(turkey.limit_after.use.share, 4)) == (D("0.6667"), D("0.6167"))
    assert turkey.flattered


def test_worked_example_reserve() -> None:
    """TR to 高 at an illustrative 50 %: required 37, held 12, gap 25; before 80 × 20 % − 12 = 4."""
    rows = line("1", "TR", outstanding=60), line("2", "TR", "TRY", outstanding=720)
    reserves = ReserveSettings({"relatively_high": D(20), "high": D(50)}, {"TR": D(12)})
    settings = StressSettings(CREDIT, reserves, {"TR": "relatively_high"})
    scenario = Scenario("Lira and level", value_loss={"TRY": D(30)}, levels={"TR": "high"})
    result = stress(book(*rows, rates={"TRY": D(36)}), scenario, [], settings)
    assert (result.reserves.total_gap, round(result.reserves_after.total_gap, 10)) == (4, 25)
    assert round(result.reserves_after.rows[0].required, 10) == 37
    found = finding(result)
    assert (found.case, round(found.values["gap"], 10), found.values["gap_before"]) == ("stress.reserves", 25, 4)


def test_worked_example_roll_over_stop() -> None:
    """A 118, L 70, U 42 in 30 days: 59 − 70 − 12.6 = −23.6."""
    soon = date(2026, 6, 1)
    rows = (
        line("1", "TR", outstanding=118, undrawn=42, maturity=soon),
        line("2", "TR", outstanding=500, maturity=date(2027, 1, 1)),
        line("3", "TR", side="liability", outstanding=50, instrument="deposit"),
        line("4", "TR", side="liability", outstanding=20, instrument="borrowing", maturity=soon),
    )
    gap = liquidity_gap(book(*rows), "TR", RollOver())
    assert (gap.maturing, gap.funding, gap.undrawn, gap.gap) == (118, 70, 42, D("-23.6"))
    assert liquidity_gap(book(*rows[:2]), "TR", RollOver()).gap is None


@pytest.mark.parametrize(
    ("dscr", "notches"),
    [("1.25", 0), ("1.2499", 1), ("1.10", 1), ("1.0999", 2), ("0.90", 2), ("0.8999", 3), ("-1", 3)],
)
def test_edges_of_the_notches(dscr: str, notches: int) -> None:
    assert currency_notches(D(dscr), D(0)) == notches


@pytest.mark.parametrize(("hard", "notches"), [("0.49", 2), ("0.5", 1), ("1", 1)])
def test_unknown_cover_costs_by_what_is_hedged(hard: str, notches: int) -> None:
    assert currency_notches(None, D(hard)) == notches


@pytest.mark.parametrize(
    ("dscr", "floor"),
    [("1.0", None), ("0.9999", "special_mention"), ("0.8", "special_mention"), ("0.79", "substandard")],
)
def test_edges_of_the_class(dscr: str, floor: str | None) -> None:
    assert least_class(D(dscr)) == floor


def test_what_was_assumed_is_marked() -> None:
    result = stress(book(loan(dscr=None, hard_currency_share=None), rates={"TRY": D(36)}), LIRA, [], SETTINGS)
    assert result.lines[0].assumed == ("hard_currency_share", "dscr")
    assert (result.lines[0].notches, result.lines[0].class_floor) == (2, None)


def test_who_earns_hard_currency_or_owes_lira_loses_no_notch() -> None:
    earns = loan(local_revenue=False)
    owes = line("2", "TR", "TRY", outstanding=36, rating="BB", dscr=1.0, local_revenue=True)
    result = stress(book(earns, owes, rates={"TRY": D(36)}), LIRA, [], SETTINGS)
    assert [one.notches for one in result.lines] == [0, 0]


def test_a_scale_without_the_grade_or_a_blank_setting_prices_nothing() -> None:
    blank = StressSettings(CreditSettings(GRADES, {}, None, CREDIT.local_currencies))
    result = stress(book(loan(), rates={"TRY": D(36)}), LIRA, [], blank)
    assert (result.loss, result.loss_after, result.unpriced) == (None, None, 1)
    foreign = stress(book(loan(rating="Baa3"), rates={"TRY": D(36)}), LIRA, [], SETTINGS)
    assert foreign.lines[0].grade_after is None
    assert foreign.unpriced == 1


def test_notches_stop_at_default_and_a_class_that_is_worse_stays() -> None:
    scenario = Scenario("Deep", value_loss={"TRY": D(30)}, notches={"TR": 9})
    result = stress(book(loan(loan_class="doubtful"), rates={"TRY": D(36)}), scenario, [], SETTINGS)
    assert (result.lines[0].grade_after, result.lines[0].class_floor) == ("D", None)


def test_loss_given_default_has_a_floor_and_needs_collateral_to_be_named() -> None:
    assert loss_given_default(D(100), D(150), D("0.1")) == D("0.1")
    assert loss_given_default(D(100), D(0), D("0.1")) == 1
    assert loss_given_default(D(100), None, D("0.1")) is None


def test_the_books_own_currency_cannot_be_shocked() -> None:
    with pytest.raises(ValueError, match="USD"):
        stress(book(loan()), Scenario("Dollar", value_loss={"USD": D(10)}), [], SETTINGS)


def test_findings() -> None:
    limit = Limit("TR", D(120), "USD")
    fallen = book(
        line("1", "TR", outstanding=90), line("2", "TR", "TRY", side="liability", outstanding=36), rates={"TRY": D(36)}
    )
    stop = Scenario("Stop", stopped=("TR",))
    assert finding(stress(fallen, stop, [limit], SETTINGS)).case == "stress.nothing"
    due = line("3", "TR", side="liability", outstanding=5, maturity=date(2026, 6, 1))
    short = finding(stress(book(line("1", "TR", outstanding=90), due), stop, [limit], SETTINGS))
    assert (short.case, short.values["country"], short.values["short"]) == ("stress.liquidity", "TR", 5)
    assert finding(stress(book(loan(), rates={"TRY": D(36)}), LIRA, [], SETTINGS)).case == "stress.classes"
    lira = book(line("2", "TR", "TRY", outstanding=720), rates={"TRY": D(36)})
    assert finding(stress(lira, LIRA, [limit], SETTINGS)).case == "stress.flattered"
    assert finding(stress(lira, LIRA, [], SETTINGS)).case == "stress.mild"
    # A limit in lira shrinks with the lira: 95 in dollars against TRY 3,600, which is 100 before and 70 after.
    own = Limit("TR", D(3600), "TRY")
    breach = finding(stress(book(line("1", "TR", outstanding=95), rates={"TRY": D(36)}), LIRA, [own], SETTINGS))
    assert (breach.case, breach.values["countries"]) == ("stress.breaches", ("TR",))


@given(st.integers(0, 10**9), st.integers(1, 99))
def test_a_fall_takes_its_share_of_what_is_in_the_currency(amount: int, lost: int) -> None:
    whole = book(line("1", "TR", "TRY", outstanding=amount), line("2", "TR", outstanding=50), rates={"TRY": D(36)})
    after = stressed_book(whole, Scenario("Any", value_loss={"TRY": D(lost)}))
    expected = D(50) + D(amount) / 36 * (100 - lost) / 100
    assert abs(after.total() - expected) < D("1e-9")
    assert whole.rates == {"TRY": D(36)}


def test_findings_of_borrowers() -> None:
    rates = {"TRY": D(36)}
    priced = borrowers_finding(stress(book(loan(), rates=rates), LIRA, [], SETTINGS))
    assert (priced.case, priced.values["loss_after"]) == ("stress.borrowers.priced", D("3.48"))
    other = line("2", "TR", outstanding=5, rating="BB", local_revenue=True)
    partly = borrowers_finding(stress(book(loan(), other, rates=rates), LIRA, [], SETTINGS))
    assert (partly.case, partly.values["priced"]) == ("stress.borrowers.partly_priced", 1)
    blank = StressSettings(CreditSettings(GRADES, {}, None, CREDIT.local_currencies))
    assert borrowers_finding(stress(book(loan(), rates=rates), LIRA, [], blank)).case == "stress.borrowers.unpriced"
    safe = book(loan(local_revenue=False), rates=rates)
    assert borrowers_finding(stress(safe, LIRA, [], SETTINGS)).case == "stress.borrowers.none"


def test_findings_of_cash() -> None:
    soon = date(2026, 6, 1)

    def case(*rows: dict[str, object], countries: tuple[str, ...] = ("TR", "AR")) -> tuple[str, object]:
        found = cash_finding(stress(book(*rows), Scenario("Stop", stopped=countries), [], SETTINGS))
        return found.case, found.values.get("gap")

    claim = line("1", "TR", outstanding=100, maturity=soon)
    debt = line("2", "AR", side="liability", outstanding=20, maturity=soon)
    assert case(claim, countries=()) == ("stress.cash.not_asked", None)
    assert case(claim) == ("stress.cash.no_debts", None)
    assert case(claim, debt) == ("stress.cash.short", 20)  # TR 50 − 0, AR 0 − 20: in all 30 to spare
    assert case(debt) == ("stress.cash.short_in_all", 20)
    assert case(claim, debt, countries=("TR",)) == ("stress.cash.enough", 50)


def test_funding_without_a_rate_is_counted_as_left_out() -> None:
    """A deposit in a currency without a rate is in no figure; to say nothing of it would flatter the cash."""
    unrated = line("2", "TR", "BRL", side="liability", outstanding=50, instrument="deposit")
    result = stress(book(line("1", "TR", outstanding=10), unrated), Scenario("Stop", stopped=("TR",)), [], SETTINGS)
    assert result.not_converted == 1
    empty = line("3", "TR", "BRL", outstanding=0)
    assert stress(book(line("1", "TR", outstanding=10), empty), LIRA, [], SETTINGS).not_converted == 0
