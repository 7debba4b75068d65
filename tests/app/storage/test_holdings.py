"""Holdings by security and the Treasury's flows: exact, kept as first published, and again where that was changed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from app.bootstrap import Program
from app.liquidity.holdings import Holding, SecurityType
from app.liquidity.treasury_flows import Direction, TreasuryFlow
from app.storage import holdings, treasury_flows

WEDNESDAY = date(2022, 5, 18)
NOW = datetime(2026, 5, 26, 0, 31, tzinfo=UTC)
BILL = Holding(WEDNESDAY, "912796U31", SecurityType.BILL, date(2022, 5, 19), Decimal(10520000000))
TIPS = Holding(
    WEDNESDAY, "912810FR4", SecurityType.TIPS, date(2025, 1, 15), Decimal("5123456700.25"), Decimal("2861234567.89"),
    Decimal("2.375"),
)  # fmt: skip
MBS = Holding(WEDNESDAY, "3138ABCD0", SecurityType.MBS, None, Decimal(1000), coupon=Decimal(3))


def test_holdings_come_back_to_the_cent_and_only_a_change_is_stored(program: Program) -> None:
    with program.database.write() as connection:
        assert holdings.store(connection, [TIPS, BILL], NOW) == 2
        assert holdings.store(connection, [BILL, TIPS], NOW + timedelta(days=1)) == 0
    with program.database.read() as connection:
        assert holdings.of(connection, WEDNESDAY) == (BILL, TIPS)  # by security number
        assert holdings.dates(connection) == (WEDNESDAY,)
        published = datetime(2022, 5, 19, 20, 30, tzinfo=UTC)  # Thursday, half past four in New York
        assert holdings.of(connection, WEDNESDAY, published) == (BILL, TIPS)
        assert holdings.of(connection, WEDNESDAY, published - timedelta(seconds=1)) == ()


def test_a_wednesday_that_is_published_anew_replaces_its_kinds_and_keeps_the_others(program: Program) -> None:
    sold = replace(TIPS, par=Decimal(1))
    with program.database.write() as connection:
        holdings.store(connection, [BILL, TIPS], NOW)
        assert holdings.store(connection, [MBS], NOW) == 1  # another kind, from another answer
        assert len(holdings.of(connection, WEDNESDAY)) == 3
        assert holdings.store(connection, [sold, BILL], NOW + timedelta(days=1)) == 2
    with program.database.read() as connection:
        assert set(holdings.of(connection, WEDNESDAY)) == {BILL, MBS, sold}
        assert set(holdings.of(connection, WEDNESDAY, NOW)) == {BILL, MBS, TIPS}


def test_flows_by_day_and_their_revision(program: Program) -> None:
    day = date(2026, 5, 20)
    taxes = TreasuryFlow(day, Direction.DEPOSIT, "Taxes", 1022)
    debt = TreasuryFlow(day, Direction.WITHDRAWAL, "Public Debt Cash Redemptions", 90000)
    with program.database.write() as connection:
        assert treasury_flows.store(connection, [taxes, debt], NOW) == 2
        assert treasury_flows.store(connection, [debt, taxes], NOW + timedelta(days=1)) == 0
        corrected = replace(taxes, amount=1023)
        assert treasury_flows.store(connection, [corrected, debt], NOW + timedelta(days=1)) == 2
    with program.database.read() as connection:
        assert treasury_flows.between(connection, day, day) == (corrected, debt)
        assert treasury_flows.between(connection, day, day, NOW) == (taxes, debt)
        assert treasury_flows.last_day(connection) == day
