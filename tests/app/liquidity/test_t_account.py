"""Figure 4 exactly, the two other channels, mixes; every stage balances."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.liquidity.t_account import Account, Channel, Demonstration, demonstrate
from app.refusals import Misused

TEN, ALL = Decimal(10), Decimal(100)


def lines(shown: Demonstration, stage: int) -> tuple[int, ...]:
    account = shown.stages[stage - 1].account
    return tuple(
        int(amount) for amount in (account.treasuries, account.reserves, account.on_rrp, account.tga, account.other)
    )


def test_figure_4_exactly() -> None:
    shown = demonstrate(TEN, {Channel.BANKS: ALL})
    # The source document: 1000 = 700 + 200 + 100; then 700−10 and 200+10; then 1000−10 = 690 + (210−10) + 100 = 990.
    assert lines(shown, 1) == (1000, 700, 0, 200, 100)
    assert lines(shown, 2) == (1000, 690, 0, 210, 100)
    assert lines(shown, 3) == (990, 690, 0, 200, 100)
    assert [stage.account.assets for stage in shown.stages] == [1000, 1000, 990]
    assert all(stage.account.closes for stage in shown.stages)
    assert [(entry.line, entry.change, entry.reason.case) for entry in shown.stages[1].entries] == [
        ("reserves", -10, "t_account.entry.banks"),
        ("tga", 10, "t_account.entry.treasury_raises"),
    ]
    assert [(entry.line, entry.change, entry.reason.case) for entry in shown.stages[2].entries] == [
        ("treasuries", -10, "t_account.entry.matured"),
        ("tga", -10, "t_account.entry.repaid_none"),
    ]
    assert shown.finding.case == "t_account.banks"
    assert not shown.on_rrp_carved


def test_money_funds_give_up_on_rrp_and_reserves_stay() -> None:
    shown = demonstrate(TEN, {Channel.MONEY_FUNDS: ALL})
    assert lines(shown, 1) == (1000, 700, 100, 200, 0)  # Figure 4's "other" of 100 is the ON RRP
    assert lines(shown, 2) == (1000, 700, 90, 210, 0)
    assert lines(shown, 3) == (990, 700, 90, 200, 0)
    assert shown.finding.case == "t_account.money_funds"
    assert shown.on_rrp_carved


def test_treasury_cash_raises_nothing() -> None:
    shown = demonstrate(TEN, {Channel.TREASURY_CASH: ALL})
    assert lines(shown, 2) == (1000, 700, 0, 200, 100)
    assert shown.stages[1].entries == ()
    assert shown.stages[1].reason.case == "t_account.stage.no_raise"
    assert lines(shown, 3) == (990, 700, 0, 190, 100)
    assert shown.stages[2].entries[1].reason.case == "t_account.entry.repaid_all"
    assert shown.finding.case == "t_account.treasury_cash"


def test_a_mix_pays_in_its_shares() -> None:
    shown = demonstrate(Decimal(20), {Channel.BANKS: Decimal(50), Channel.MONEY_FUNDS: Decimal(30),
                                      Channel.TREASURY_CASH: Decimal(20)})  # fmt: skip
    # 20 = 10 of banks + 6 of money funds + 4 of Treasury cash; 16 are raised
    assert lines(shown, 2) == (1000, 690, 94, 216, 0)
    assert lines(shown, 3) == (980, 690, 94, 196, 0)
    assert shown.finding.case == "t_account.mixed"
    assert shown.finding.values["given"] == {"banks": 10, "money-funds": 6, "treasury-cash": 4}
    assert shown.stages[2].entries[1].reason.case == "t_account.entry.repaid_some"


def test_a_start_of_ones_own() -> None:
    start = Account(*(Decimal(n) for n in (5, 3, 1, 1, 2)), other_assets=Decimal(2))
    assert demonstrate(Decimal(3), {Channel.BANKS: ALL}, start).stages[2].account.assets == 4


@pytest.mark.parametrize(
    ("amount", "mix", "code"),
    [
        (Decimal(0), {Channel.BANKS: ALL}, "t_account.amount"),
        (Decimal("NaN"), {Channel.BANKS: ALL}, "t_account.amount"),
        (TEN, {Channel.BANKS: Decimal(90)}, "t_account.mix"),
        (TEN, {Channel.BANKS: Decimal(110), Channel.TREASURY_CASH: Decimal(-10)}, "t_account.mix"),
        (Decimal(701), {Channel.BANKS: ALL}, "t_account.too_much"),
        (Decimal(201), {Channel.TREASURY_CASH: ALL}, "t_account.too_much"),
        (Decimal(1001), {Channel.BANKS: Decimal(60), Channel.TREASURY_CASH: Decimal(40)}, "t_account.too_much"),
    ],
)
def test_what_cannot_be_shown_is_refused(amount: Decimal, mix: dict[Channel, Decimal], code: str) -> None:
    with pytest.raises(Misused) as refused:
        demonstrate(amount, mix)
    assert refused.value.code == code


@given(
    st.decimals("0.01", "90", places=2),
    st.integers(0, 100).flatmap(lambda banks: st.tuples(st.just(banks), st.integers(0, 100 - banks))),
)
def test_every_stage_of_every_mix_balances(amount: Decimal, shares: tuple[int, int]) -> None:
    banks, funds = shares
    mix = dict(zip(Channel, (Decimal(banks), Decimal(funds), Decimal(100 - banks - funds)), strict=True))
    shown = demonstrate(amount, mix)
    assert all(stage.account.closes for stage in shown.stages)
    first, last = shown.stages[0].account, shown.stages[2].account
    assert first.assets - last.assets == amount
    for stage in shown.stages[1:]:  # what the entries say is what the accounts show
        assert sum(entry.change for entry in stage.entries if entry.line == "treasuries") == sum(
            entry.change for entry in stage.entries if entry.line != "treasuries"
        )
