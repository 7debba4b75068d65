"""The schedule against the totals that were announced."""

from datetime import date

import pytest

from app.liquidity.caps import BILLION, Into, caps_of, periods, purchases_of
from app.liquidity.months import later


def _total(first: date, months: int) -> tuple[float, float]:
    terms = [caps_of(later(first, place)) for place in range(months)]
    return sum(t.treasury for t in terms) / BILLION, sum(t.agency for t in terms) / BILLION


def test_what_the_caps_of_both_episodes_allow_in_all() -> None:
    """DOMAIN.md section 2: QT1 22 months 435 and 320, QT2 42 months 1,640 and 1,417.5."""
    assert _total(date(2017, 10, 1), 22) == (435, 320)
    assert _total(date(2022, 6, 1), 42) == (1_640, 1_417.5)


def test_no_two_periods_share_a_month() -> None:
    for one, after in zip(periods(), periods()[1:], strict=False):
        assert one.last is not None
        assert one.first <= one.last < after.first


@pytest.mark.parametrize(
    ("month", "into", "fill"),
    [
        (date(2018, 5, 1), Into.MBS, False),
        (date(2023, 5, 1), Into.MBS, True),
        (date(2024, 6, 1), Into.TREASURIES, True),
        (date(2030, 1, 1), Into.BILLS, True),
    ],
)
def test_where_the_rest_of_the_principal_goes(month: date, into: Into, fill: bool) -> None:
    assert (caps_of(month).excess_into, caps_of(month).bills_fill) == (into, fill)


def test_months_without_announced_caps_roll_everything() -> None:
    assert not caps_of(date(2021, 1, 1)).published
    assert caps_of(date(2021, 1, 1)).treasury == 0


def test_purchases_begin_in_december_2025_as_assumptions() -> None:
    assert purchases_of(date(2025, 11, 1)).amount == 0
    assert purchases_of(date(2026, 2, 1)).amount == 40 * BILLION
    assert purchases_of(date(2027, 2, 1)).assumed
