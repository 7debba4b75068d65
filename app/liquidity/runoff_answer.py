"""The simulator's answers: when reserves stop being ample, what empties on the way, and how much runs off."""

from collections.abc import Sequence

from alerts.finding import Finding
from app.liquidity.caps import BILLION
from app.liquidity.runoff import Simulation


def answer(simulation: Simulation) -> Finding:
    """Cases: runoff.already_below, runoff.exhausted (reserves would fall below zero), runoff.crossed, runoff.no_floor
    (the yardstick has no figure), runoff.stays_above.
    """
    reserves = simulation.start.position.reserves
    months, count = simulation.months, len(simulation.months)
    lowest = min(months, key=lambda month: month.position.reserves)
    values = {"months": count, "lowest": lowest.position.reserves / BILLION, "lowest_month": lowest.month}
    emptied = next((place for place, month in enumerate(months) if month.position.reserves < 0), None)
    if simulation.ample is not None and reserves < simulation.ample:
        gap = (simulation.ample - reserves) / BILLION
        return Finding("runoff.already_below", values | {"date": simulation.start.on, "gap": gap})
    if simulation.crossed is not None:
        place = months.index(simulation.crossed) + 1
        return Finding("runoff.crossed", values | {"month": simulation.crossed.month, "place": place})
    if emptied is not None:
        return Finding("runoff.exhausted", values | {"month": months[emptied].month, "place": emptied + 1})
    if simulation.ample is None:
        return Finding("runoff.no_floor", values | {"unit": simulation.scenario.ample_unit.value})
    above = min((month.position.reserves - (month.ample or 0)) / BILLION for month in months)
    return Finding("runoff.stays_above", values | {"above": above})


def second(simulation: Simulation) -> Finding | None:
    """What the course owes to the other lines: runoff.on_rrp_empty, runoff.tga_empty, runoff.grows, or nothing."""
    months = simulation.months
    if sum(month.run_off for month in months) < 0:
        grown = months[-1].position.total_assets - simulation.start.position.total_assets
        return Finding("runoff.grows", {"amount": grown / BILLION, "months": len(months)})
    scenario = simulation.scenario
    for line, floor in (("on_rrp", scenario.on_rrp_floor), ("tga", scenario.tga_floor)):
        place = next(
            (
                place
                for place, month in enumerate(months)
                if (level := getattr(month.position, line)) is not None
                and level <= floor * BILLION
                and getattr(scenario.split_in(month.month), line) > 0
            ),
            None,
        )
        after = [month for month in months[place + 1 :] if month.run_off > 0] if place is not None else []
        if place is not None and after:
            share = sum(month.paid.reserves for month in after) / sum(month.run_off for month in after) * 100
            return Finding(f"runoff.{line}_empty", {"place": place + 1, "share": share})
    return None


def pace(simulation: Simulation) -> Finding:
    """How much runs off: pace.none, pace.grows, pace.full (as much as the caps allow), pace.short (less than they do).

    Amounts are USD billions over the whole horizon.
    """
    months = simulation.months
    allowed = sum(month.treasury_cap + month.agency_cap for month in months)
    redeemed = sum(month.redeemed_coupons + month.redeemed_bills + month.agency_run_off for month in months)
    bought = sum(month.purchases for month in months)
    values = {
        "months": len(months),
        "run_off": (redeemed - bought) / BILLION,
        "allowed": allowed / BILLION,
        "treasuries": sum(month.redeemed_coupons + month.redeemed_bills for month in months) / BILLION,
        "agency": sum(month.agency_run_off for month in months) / BILLION,
        "bought": bought / BILLION,
    }
    if redeemed == 0 and bought == 0:
        return Finding("pace.none", values)
    if bought > redeemed:
        return Finding("pace.grows", values)
    return Finding("pace.full" if redeemed >= allowed else "pace.short", values)


def compare(simulations: Sequence[Simulation]) -> Finding:
    """Which of several scenarios reaches its floor first.

    Cases: compare.one (there is nothing to compare), compare.none_crosses, compare.first, compare.together.
    """
    named = [(one.scenario.name, one.crossed) for one in simulations]
    if len(named) < 2:
        return Finding("compare.one")
    crossing = [(month.month, name) for name, month in named if month is not None]
    if not crossing:
        ends = {one.scenario.name: one.months[-1].position.reserves / BILLION for one in simulations if one.months}
        least = min(ends, key=lambda name: ends[name])
        return Finding("compare.none_crosses", {"count": len(named), "name": least, "reserves": ends[least]})
    first = min(month for month, _ in crossing)
    names = tuple(name for month, name in crossing if month == first)
    case = "compare.first" if len(names) == 1 else "compare.together"
    return Finding(case, {"names": names, "month": first, "count": len(named), "crossing": len(crossing)})
