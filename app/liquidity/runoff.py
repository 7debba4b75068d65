"""The run-off simulator: month by month from a Wednesday, under caps and assumptions; every month closes.

All amounts are whole US dollars, so that nothing is lost between the lines. Rules: DOMAIN.md section 2.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from alerts.finding import Finding
from app.liquidity.caps import BILLION, Caps, Into, Purchases, caps_of, purchases_of
from app.liquidity.ladder import Ladder
from app.liquidity.months import count_between, end_of, month_of, months_from
from app.liquidity.position import Position, Start
from app.liquidity.redemption import redeem
from app.liquidity.scenario import AmpleUnit, Override, Scenario, Split


@dataclass(frozen=True, slots=True)
class PayDown:
    """Agency principal in percent of what is held, a month; `measured` where it is the last 12 months' average."""

    percent: Decimal
    measured: bool


@dataclass(frozen=True, slots=True)
class Yardstick:
    """What the floor of ample is measured by: its level on a date, in dollars; None where it has no figure."""

    level: int | None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Paid:
    """Who paid for a month: what each line gave, and what its floor sent on to reserves."""

    reserves: int
    on_rrp: int
    tga: int
    overflow: int


@dataclass(frozen=True, slots=True)
class Month:
    """One simulated month; `position` is the level at its end, `ample` the floor then (None: no yardstick)."""

    month: date
    treasury_cap: int
    agency_cap: int
    published: bool
    coupons: int
    bills: int
    redeemed_coupons: int
    redeemed_bills: int
    pay_down: int
    agency_run_off: int
    agency_into_treasuries: int
    purchases: int
    paid: Paid
    position: Position
    ample: int | None

    @property
    def end(self) -> date:
        """The day whose level it gives."""
        return end_of(self.month)

    @property
    def rolled(self) -> int:
        """Treasuries that were exchanged for new ones."""
        return self.coupons + self.bills - self.redeemed_coupons - self.redeemed_bills

    @property
    def run_off(self) -> int:
        """By how much the securities fall; below zero where purchases are larger."""
        return self.redeemed_coupons + self.redeemed_bills + self.agency_run_off - self.purchases

    @property
    def below(self) -> bool | None:
        """Whether reserves are below the floor of ample."""
        return None if self.ample is None else self.position.reserves < self.ample


@dataclass(frozen=True, slots=True)
class Simulation:
    """A scenario's course from a start; `ample` is the floor at the start, `notes` what must be said beside it."""

    start: Start
    scenario: Scenario
    months: tuple[Month, ...]
    pay_down: PayDown
    ample: int | None
    has_ladder: bool
    notes: tuple[Finding, ...]

    @property
    def closes(self) -> bool:
        """Whether both sides are equal at the start and at the end of every month."""
        return self.start.position.closes and all(month.position.closes for month in self.months)

    @property
    def crossed(self) -> Month | None:
        """The first month whose reserves are below the floor."""
        return next((month for month in self.months if month.below), None)


def simulate(
    start: Start, scenario: Scenario, months: int, ladder: Ladder, pay_down: PayDown, yardstick: Yardstick
) -> Simulation:
    """The course of every line over so many months; the scenario has been checked."""
    position, course = start.position, []
    published, assumed = True, False
    for month in months_from(start.on, months):
        terms, bought = _terms(scenario, month)
        published, assumed = published and terms.published, assumed or bought.assumed
        step = _step(position, month, terms, bought.amount, scenario, ladder, pay_down)
        course.append(replace(step, ample=_ample(scenario, yardstick, start.on, month)))
        position = step.position
    ample = _ample(scenario, yardstick, start.on, month_of(start.on))
    notes = _notes(start, scenario, course, ladder, pay_down, published=published, assumed=assumed)
    return Simulation(start, scenario, tuple(course), pay_down, ample, ladder.from_holdings, notes)


def _terms(scenario: Scenario, month: date) -> tuple[Caps, Purchases]:
    """The month's own terms, else the scenario's, else as published."""
    caps, bought = caps_of(month), purchases_of(month)
    own = scenario.months.get(month, Override())
    for treasury, agency in ((scenario.treasury_cap, scenario.agency_cap), (own.treasury_cap, own.agency_cap)):
        if treasury is not None:
            caps = replace(caps, treasury=_dollars(treasury), published=True)
        if agency is not None:
            caps = replace(caps, agency=_dollars(agency), first_into_treasuries=0, published=True)
    if scenario.bills_fill is not None:
        caps = replace(caps, bills_fill=scenario.bills_fill)
    if scenario.excess_into is not None:
        caps = replace(caps, excess_into=scenario.excess_into, first_into_treasuries=0)
    for amount in (scenario.purchases, own.purchases):
        if amount is not None:
            bought = Purchases(_dollars(amount))
    return caps, bought


def _step(
    before: Position,
    month: date,
    caps: Caps,
    purchases: int,
    scenario: Scenario,
    ladder: Ladder,
    pay_down: PayDown,
) -> Month:
    coupons, bills = ladder.due(month, before.treasuries)
    redemption = redeem(coupons, bills, caps.treasury, bills_fill=caps.bills_fill)
    principal = int(before.mbs * pay_down.percent / 100)
    agency_run_off = min(principal, caps.agency)
    reinvested = principal - agency_run_off
    into_treasuries = min(reinvested, caps.first_into_treasuries) if caps.excess_into is Into.MBS else reinvested
    purchases = max(purchases, redemption.redeemed - before.treasuries)  # sales end where nothing is left
    ladder.roll(month, redemption, purchases + (into_treasuries if caps.excess_into is Into.BILLS else 0))
    moved = before.moved(
        treasuries=purchases + into_treasuries - redemption.redeemed,
        mbs=reinvested - into_treasuries - principal,
        other_assets=_dollars(scenario.other_assets),
    )
    drain = redemption.redeemed + agency_run_off - purchases
    paid = pay(drain, scenario.split_in(month), before, scenario)
    moved = moved.moved(reserves=-paid.reserves, on_rrp=-paid.on_rrp, tga=-paid.tga)
    # Whatever else changes meets reserves: they close the balance sheet.
    others = {name: _dollars(getattr(scenario, name)) for name in ("notes", "foreign_rrp", "other_liabilities")}
    for name, change in others.items():
        moved = moved.moved(**{name: change})
    moved = moved.moved(reserves=_dollars(scenario.other_assets) - sum(others.values()))
    return Month(
        month,
        caps.treasury,
        caps.agency,
        caps.published,
        coupons,
        bills,
        redemption.redeemed_coupons,
        redemption.redeemed_bills,
        principal,
        agency_run_off,
        into_treasuries,
        purchases,
        paid,
        moved,
        None,
    )


def pay(drain: int, split: Split, before: Position, scenario: Scenario) -> Paid:
    """Who gives what for a drain: shares, then floors; what a floor or an unknown line leaves falls on reserves.

    Growth (a drain below zero) lands in reserves: the sellers' banks are credited.
    """
    if drain <= 0:
        return Paid(drain, 0, 0, 0)
    asked = {"on_rrp": int(drain * split.on_rrp / 100), "tga": int(drain * split.tga / 100)}
    floors = {"on_rrp": _dollars(scenario.on_rrp_floor), "tga": _dollars(scenario.tga_floor)}
    given = {
        line: min(amount, max(0, level - floors[line])) if (level := getattr(before, line)) is not None else 0
        for line, amount in asked.items()
    }
    overflow = sum(asked.values()) - sum(given.values())
    return Paid(drain - sum(given.values()), given["on_rrp"], given["tga"], overflow)


def _ample(scenario: Scenario, yardstick: Yardstick, start: date, month: date) -> int | None:
    if scenario.ample_unit is AmpleUnit.BILLIONS:
        return _dollars(scenario.ample)
    if yardstick.level is None:
        return None
    years = count_between(month_of(start), month) / 12
    return int(yardstick.level * float(scenario.ample) / 100 * (1 + float(scenario.growth) / 100) ** years)


def _notes(
    start: Start,
    scenario: Scenario,
    course: list[Month],
    ladder: Ladder,
    pay_down: PayDown,
    *,
    published: bool,
    assumed: bool,
) -> tuple[Finding, ...]:
    """What must be said beside the result: every assumption that no figure stands behind."""
    notes = []
    if not ladder.from_holdings:
        notes.append(Finding("runoff.note.no_ladder", {"percent": scenario.coupons_due}))
    case = "measured" if pay_down.measured else "declared" if scenario.pay_down is None else "given"
    notes.append(Finding(f"runoff.note.pay_down_{case}", {"percent": pay_down.percent}))
    if unknown := start.position.unknown:
        notes.append(Finding("runoff.note.unknown_lines", {"lines": unknown, "date": start.on}))
    if start.series["reserves"] == "WRESBAL":
        notes.append(Finding("runoff.note.week_average", {"date": start.on}))
    if not published:
        first = next(month.month for month in course if not month.published)
        notes.append(Finding("runoff.note.not_published", {"month": first}))
    if assumed:
        bought = max(course, key=lambda month: month.purchases)
        notes.append(Finding("runoff.note.purchases", {"amount": bought.purchases / BILLION, "month": bought.month}))
    if course and month_of(start.on) != course[0].month:
        notes.append(Finding("runoff.note.rest_of_month", {"date": start.on, "month": course[0].month}))
    if any(month.redeemed_bills for month in course):
        notes.append(Finding("erratum.6"))
    return tuple(notes)


def _dollars(billions: Decimal) -> int:
    return int(billions * BILLION)


def levels(simulation: Simulation) -> Mapping[str, list[int | None]]:
    """Every line's course, the start first: total assets and the fields of a position."""
    positions = [simulation.start.position, *(month.position for month in simulation.months)]
    names = ("total_assets", "treasuries", "mbs", "reserves", "on_rrp", "tga", "notes", "foreign_rrp")
    return {name: [getattr(position, name) for position in positions] for name in names}
