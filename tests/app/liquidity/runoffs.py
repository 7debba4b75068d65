"""Starts and scenarios for tests of the run-off, in whole dollars."""

from datetime import date
from decimal import Decimal

from app.liquidity.ladder import AssumedLadder
from app.liquidity.position import Position, Start
from app.liquidity.runoff import PayDown, Simulation, Yardstick, simulate
from app.liquidity.scenario import Scenario

BN = 10**9
NO_PAY_DOWN = PayDown(Decimal(0), measured=False)


def start(on: date = date(2026, 5, 20), **lines: int | None) -> Start:
    """Assets of 6,700 bn; lines are USD billions."""
    given: dict[str, int | None] = {
        "treasuries": 4_000, "mbs": 2_000, "other_assets": 700, "reserves": 3_000, "on_rrp": 50, "tga": 800,
        "notes": 2_400, "foreign_rrp": 350,
    } | lines  # fmt: skip
    whole = {name: None if value is None else value * BN for name, value in given.items()}
    assets = sum(whole[name] or 0 for name in ("treasuries", "mbs", "other_assets"))
    known = sum(whole[name] or 0 for name in ("reserves", "on_rrp", "tga", "notes", "foreign_rrp"))
    position = Position(**whole, other_liabilities=assets - known)  # type: ignore[arg-type]
    return Start(on, position, None, {"reserves": "WRBWFRBL"})


def run(
    scenario: Scenario,
    months: int = 12,
    begin: Start | None = None,
    *,
    pay_down: PayDown = NO_PAY_DOWN,
    gdp: int | None = 30_000,
    bills: int = 0,
) -> Simulation:
    """Without holdings; GDP and bills in USD billions."""
    ladder = AssumedLadder(scenario.coupons_due, scenario.bill_months, bills * BN)
    return simulate(begin or start(), scenario, months, ladder, pay_down, Yardstick(None if gdp is None else gdp * BN))
