"""The simulator: hand calculations, floors and overflow, the published terms, and every month of anything closes."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.liquidity.caps import Into
from app.liquidity.holdings import Holding, SecurityType
from app.liquidity.ladder import held_ladder
from app.liquidity.runoff import PayDown, Yardstick, simulate
from app.liquidity.scenario import AmpleUnit, Override, Scenario, Split
from tests.app.liquidity.runoffs import BN, run, start

D = Decimal
STILL = Scenario(treasury_cap=D(60), agency_cap=D(35), purchases=D(0), bills_fill=True, notes=D(0), coupons_due=D(2))


def test_one_month_by_hand() -> None:
    shown = run(replace(STILL, notes=D(4)), 1, pay_down=PayDown(D("0.8"), measured=True), begin=start(on_rrp=500))
    (month,) = shown.months
    # Coupons due: 2 % of 4,000 = 80, cap 60 → 20 rolled. Principal: 0.8 % of 2,000 = 16, below the cap of 35.
    assert (month.coupons, month.redeemed_coupons, month.rolled) == (80 * BN, 60 * BN, 20 * BN)
    assert (month.pay_down, month.agency_run_off) == (16 * BN, 16 * BN)
    # 76 run off: 60 % reserves, 30 % ON RRP, 10 % TGA; notes take 4 more from reserves.
    assert month.run_off == 76 * BN
    assert (month.paid.reserves, month.paid.on_rrp, month.paid.tga) == (45_600_000_000, 22_800_000_000, 7_600_000_000)
    position = month.position
    assert position.reserves == 3_000 * BN - 45_600_000_000 - 4 * BN
    assert position.on_rrp == 500 * BN - 22_800_000_000
    assert position.tga == 800 * BN - 7_600_000_000
    assert (position.treasuries, position.mbs, position.notes) == (3_940 * BN, 1_984 * BN, 2_404 * BN)
    assert position.total_assets == 6_624 * BN
    assert shown.closes


def test_a_floor_sends_the_rest_to_reserves() -> None:
    shown = run(replace(STILL, on_rrp_floor=D(45), tga_floor=D(900)), 1)
    (month,) = shown.months
    # 60 run off; ON RRP is asked for 18 and has 5 above its floor; the Treasury's account is below its floor already.
    assert (month.paid.on_rrp, month.paid.tga) == (5 * BN, 0)
    assert month.paid.overflow == (18 - 5 + 6) * BN
    assert month.paid.reserves == 55 * BN


def test_a_line_without_a_figure_pays_nothing_and_stays_without() -> None:
    shown = run(replace(STILL, notes=D(4)), 2, begin=start(tga=None, notes=None))
    assert shown.closes
    last = shown.months[-1].position
    assert (last.tga, last.notes) == (None, None)
    assert last.other_liabilities == start(tga=None, notes=None).position.other_liabilities + 8 * BN
    assert [note.values["lines"] for note in shown.notes if note.case == "runoff.note.unknown_lines"] == [
        ("tga", "notes")
    ]


def test_growth_lands_in_reserves() -> None:
    (month,) = run(replace(STILL, treasury_cap=D(0), agency_cap=D(0), purchases=D(40)), 1).months
    assert month.run_off == -40 * BN
    assert month.position.reserves == 3_040 * BN
    assert month.position.on_rrp == 50 * BN


@pytest.mark.parametrize(
    ("into", "treasuries", "mbs"),
    [(Into.MBS, 4_000, 1_990), (Into.TREASURIES, 4_010, 1_980), (Into.BILLS, 4_010, 1_980)],
)
def test_principal_beyond_the_cap_is_reinvested(into: Into, treasuries: int, mbs: int) -> None:
    scenario = replace(STILL, treasury_cap=D(0), agency_cap=D(10), excess_into=into)
    (month,) = run(scenario, 1, pay_down=PayDown(D(1), measured=False)).months  # 20 of principal, 10 run off
    assert month.position.treasuries == treasuries * BN
    assert month.position.mbs == mbs * BN
    assert month.run_off == 10 * BN


def test_published_terms_of_the_months() -> None:
    # From 4 October 2017: 6 + 4, from January 12 + 8; principal is 1 % of 2,000 and less.
    shown = run(Scenario(coupons_due=D(2)), 24, start(date(2017, 10, 4)), pay_down=PayDown(D(1), measured=False))
    assert [month.month for month in shown.months[:4]] == [date(2017, m, 1) for m in (10, 11, 12)] + [date(2018, 1, 1)]
    assert [(month.treasury_cap // BN, month.agency_cap // BN) for month in shown.months[:4]] == [
        (6, 4), (6, 4), (6, 4), (12, 8),
    ]  # fmt: skip
    # From August 2019 nothing runs off; the first 20 bn of principal buys Treasuries.
    august = shown.months[22]
    assert (august.month, august.run_off) == (date(2019, 8, 1), 0)
    assert august.agency_into_treasuries == min(august.pay_down, 20 * BN) > 0
    assert not any(note.case == "runoff.note.not_published" for note in shown.notes)


def test_purchases_from_december_2025_are_an_assumption_that_is_named() -> None:
    shown = run(Scenario(), 2, start(date(2026, 5, 20)))
    assert [month.purchases // BN for month in shown.months] == [25, 25]
    cases = {note.case: note.values for note in shown.notes}
    assert cases["runoff.note.purchases"]["amount"] == 25
    assert cases["runoff.note.rest_of_month"]["month"] == date(2026, 6, 1)
    assert "runoff.note.no_ladder" in cases
    assert "runoff.note.purchases" not in {note.case for note in run(replace(Scenario(), purchases=D(25)), 2).notes}


def test_bills_that_fill_the_gap_are_redeemed_and_the_note_says_so() -> None:
    # Of 300 bills a part matures each month; coupons stay below the cap of 100. The source document has bills sold.
    terms, paid = replace(STILL, treasury_cap=D(100)), PayDown(D("0.8"), measured=True)
    filled = run(terms, 1, pay_down=paid, begin=start(), bills=300)
    assert filled.months[0].redeemed_bills > 0
    assert "erratum.6" in {note.case for note in filled.notes}
    alone = run(replace(terms, bills_fill=False), 1, pay_down=paid, begin=start(), bills=300)
    assert alone.months[0].redeemed_bills == 0
    assert "erratum.6" not in {note.case for note in alone.notes}


def test_a_month_without_published_caps_rolls_everything_and_says_so() -> None:
    shown = run(Scenario(notes=D(0)), 1, start(date(2021, 6, 2)), pay_down=PayDown(D(1), measured=False))
    assert shown.months[0].run_off == 0
    assert [note.values for note in shown.notes if note.case == "runoff.note.not_published"] == [
        {"month": date(2021, 6, 1)}
    ]


def test_a_month_of_its_own() -> None:
    own = Override(treasury_cap=D(5), agency_cap=D(0), purchases=D(1), split=Split(D(0), D(0), D(100)))
    shown = run(replace(STILL, months={date(2026, 7, 1): own}), 3)
    june, july, august = shown.months
    assert [month.treasury_cap // BN for month in shown.months] == [60, 5, 60]
    assert (july.run_off, july.paid.tga, july.paid.reserves) == (4 * BN, 4 * BN, 0)
    assert june.paid.reserves > 0 < august.paid.reserves


@pytest.mark.parametrize(
    ("unit", "value", "gdp", "floor"),
    [
        (AmpleUnit.BILLIONS, D(2_800), None, 2_800),
        (AmpleUnit.GDP, D(9), 30_000, 2_700),
        (AmpleUnit.BANK_ASSETS, D(12), 24_000, 2_880),
        (AmpleUnit.GDP, D(9), None, None),
    ],
)
def test_the_floor_of_ample(unit: AmpleUnit, value: Decimal, gdp: int | None, floor: int | None) -> None:
    shown = run(replace(STILL, ample=value, ample_unit=unit, growth=D(0)), 1, gdp=gdp)
    assert shown.months[0].ample == (None if floor is None else floor * BN)
    assert shown.months[0].below is (None if floor is None else False)


def test_the_floor_grows_with_its_yardstick() -> None:
    shown = run(replace(STILL, growth=D(4)), 12)
    # May 2026 + 12 months: 9 % of 30,000 × 1.04
    assert shown.months[-1].month == date(2027, 5, 1)
    assert shown.months[-1].ample == pytest.approx(2_700 * 1.04 * BN, rel=1e-9)


def test_real_maturities_are_a_ladder_and_bills_come_back() -> None:
    wednesday = date(2026, 6, 3)

    def holding(kind: SecurityType, maturity: date, par: int, extra: int = 0) -> Holding:
        return Holding(wednesday, f"{kind}{maturity}", kind, maturity, D(par * BN), D(extra * BN))

    held = (
        holding(SecurityType.NOTE_BOND, date(2026, 6, 30), 20),
        holding(SecurityType.TIPS, date(2026, 7, 15), 10, 3),  # indexation is paid at maturity, too
        holding(SecurityType.FRN, date(2026, 7, 31), 7),
        holding(SecurityType.BILL, date(2026, 7, 9), 30),
        holding(SecurityType.MBS, date(2026, 7, 15), 999),  # pays down, does not mature
        holding(SecurityType.NOTE_BOND, wednesday, 50),  # already paid
    )
    scenario = replace(STILL, treasury_cap=D(40), bill_months=4)
    ladder = held_ladder(held, wednesday, date(2026, 6, 1), 4)
    shown = simulate(start(wednesday), scenario, 6, ladder, PayDown(D(0), measured=False), Yardstick(None))
    june, july, *_rest, november = shown.months
    assert (june.coupons, june.bills, june.redeemed_coupons) == (20 * BN, 0, 20 * BN)
    # July: coupons 10 + 3 + 7 = 20, bills fill 20 of 30 up to the cap of 40; 10 of bills are rolled into November.
    assert (july.coupons, july.bills, july.redeemed_coupons, july.redeemed_bills) == (
        20 * BN,
        30 * BN,
        20 * BN,
        20 * BN,
    )
    assert (november.month, november.bills) == (date(2026, 11, 1), 10 * BN)
    assert shown.has_ladder
    assert not any(note.case == "runoff.note.no_ladder" for note in shown.notes)


def test_what_matures_before_the_first_month_is_rolled() -> None:
    wednesday = date(2026, 5, 20)
    held = [Holding(wednesday, "1", SecurityType.BILL, date(2026, 5, 28), D(8 * BN))]
    assert held_ladder(held, wednesday, date(2026, 6, 1), 3).bills == {date(2026, 8, 1): 8 * BN}


money = st.integers(-200, 400).map(lambda n: D(n) / 4)
caps = st.one_of(st.none(), st.integers(0, 400).map(D))
split = st.tuples(st.integers(0, 100), st.integers(0, 100)).map(
    lambda two: Split(D(min(two)), D(max(two) - min(two)), D(100 - max(two)))
)
scenarios = st.builds(
    Scenario,
    treasury_cap=caps,
    agency_cap=caps,
    bills_fill=st.sampled_from((None, True, False)),
    excess_into=st.sampled_from((None, *Into)),
    purchases=st.one_of(st.none(), money),
    coupons_due=st.integers(0, 30).map(D),
    bill_months=st.integers(1, 12),
    split=split,
    on_rrp_floor=st.integers(0, 600).map(D),
    tga_floor=st.integers(0, 1_000).map(D),
    ample_unit=st.sampled_from(AmpleUnit),
    notes=money,
    foreign_rrp=money,
    other_liabilities=money,
    other_assets=money,
    growth=money,
    months=st.dictionaries(
        st.sampled_from([date(2026, month, 1) for month in range(6, 13)]),
        st.builds(
            Override,
            treasury_cap=caps,
            agency_cap=caps,
            purchases=st.one_of(st.none(), money),
            split=st.one_of(st.none(), split),
        ),
        max_size=3,
    ),
)
level = st.one_of(st.none(), st.integers(0, 2_000))


@settings(max_examples=150, deadline=None)
@given(scenarios, st.integers(0, 100), st.integers(0, 6_000), level, level, level)
def test_every_month_of_every_scenario_closes(
    scenario: Scenario, pay_down: int, treasuries: int, on_rrp: int | None, tga: int | None, notes: int | None
) -> None:
    begin = start(treasuries=treasuries, on_rrp=on_rrp, tga=tga, notes=notes)
    shown = run(scenario, 30, begin, pay_down=PayDown(D(pay_down) / 10, measured=False), bills=min(treasuries, 300))
    assert shown.closes
    before = begin.position
    for month in shown.months:
        assert month.redeemed_coupons + month.redeemed_bills <= month.treasury_cap
        assert month.agency_run_off <= month.agency_cap
        assert month.paid.reserves + month.paid.on_rrp + month.paid.tga == month.run_off
        assert month.position.treasuries >= 0
        assert month.position.mbs >= 0
        for line, floor in (("on_rrp", scenario.on_rrp_floor), ("tga", scenario.tga_floor)):
            was, now = getattr(before, line), getattr(month.position, line)
            assert (was is None) == (now is None)
            if now is not None:
                assert now == was or now >= floor * BN  # nothing pays below its floor
        before = month.position
