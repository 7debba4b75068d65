"""`stress …`: what a scenario does to the newest book; nothing is written to it."""

import argparse
from decimal import Decimal

from app.bootstrap import Program
from app.cli.command import Commands, Outcome, add_command, add_group
from app.i18n import gettext as _
from app.wording import stress as words
from app.wording import terms
from app.wording.formats import money, number, percent
from app.wording.sentences import sentence
from exposures import stress
from exposures.limits import LimitUse
from exposures.scenario import Scenario
from exposures.stress import StressResult


def add(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add the group."""
    group = add_group(commands, "stress", "run scenarios over the newest book")
    add_command(group, "list", listing, "the shipped scenarios and the bank's own")
    look = add_command(group, "show", show, "what a scenario assumes")
    run = add_command(group, "run", run_one, "exposures, limits, reserves, losses and liquidity, before and after")
    for command in (look, run):
        command.add_argument("scenario", metavar="NAME|FILE.toml", help="a scenario by id or name, or a TOML file")
    side = add_command(group, "compare", compare, "scenarios side by side")
    side.add_argument("scenarios", metavar="NAME|FILE.toml", nargs="+", help="two scenarios or more")


def listing(program: Program, _chosen: argparse.Namespace) -> Outcome:
    """Every scenario."""
    known = program.stressing.scenarios()
    data = {"scenarios": [{"id": one.id, "name": one.scenario.name, "own": one.own} for one in known]}
    return Outcome(data, tuple(f"{one.id:<24} {one.scenario.name}" for one in known))


def show(program: Program, chosen: argparse.Namespace) -> Outcome:
    """A scenario's assumptions."""
    scenario = program.stressing.scenario(chosen.scenario)
    rows = words.assumptions(scenario)
    lines = [scenario.name, scenario.why, *(f"{what:<44} {how}" for what, how in rows)]
    return Outcome(_scenario(scenario), tuple(line for line in lines if line))


def run_one(program: Program, chosen: argparse.Namespace) -> Outcome:
    """One scenario over the newest book."""
    result = program.stressing.run(program.stressing.scenario(chosen.scenario))
    lines = [f"{result.scenario.name}: {sentence(stress.finding(result))}"]
    for one in result.countries:
        said = [
            f"{terms.country(one.country):<32}",
            f"{number(one.exposure):>18}",
            f"{number(one.exposure_after):>18}",
            f"{_share(one.limit):>9}",
            f"{_share(one.limit_after):>9}",
        ]
        lines.append("".join(said).rstrip())
    for gap in result.liquidity:
        told = _("not known") if gap.gap is None else money(gap.gap, result.currency)
        lines.append(
            _("{country}, {days} days without roll-over: {gap}").format(
                country=terms.country(gap.country), days=gap.days, gap=told
            )
        )
    return Outcome(_result(result), (*lines, *words.notes(result)))


def compare(program: Program, chosen: argparse.Namespace) -> Outcome:
    """Several scenarios, one line each."""
    results = [program.stressing.run(program.stressing.scenario(wanted)) for wanted in chosen.scenarios]
    lines = [f"{result.scenario.name}: {sentence(stress.finding(result))}" for result in results]
    return Outcome({"results": [_result(result) for result in results]}, tuple(lines))


def _share(use: LimitUse | None) -> str:
    return "" if use is None or use.use.share is None else percent(use.use.share * 100)


def _use(use: LimitUse | None) -> dict[str, object] | None:
    if use is None or use.limit is None:
        return None
    share = use.use.share
    return {"used_percent": None if share is None else round(share * 100, 4), "state": use.state.value}


def _scenario(scenario: Scenario) -> dict[str, object]:
    return {
        "name": scenario.name,
        "why": scenario.why,
        "value_loss": scenario.value_loss,
        "notches": scenario.notches,
        "collateral_loss": scenario.collateral_loss,
        "levels": scenario.levels,
        "stopped": scenario.stopped,
        "days": scenario.roll_over.days,
    }


def _money(value: Decimal | None) -> Decimal | None:
    return None if value is None else round(value, 2)


def _result(result: StressResult) -> dict[str, object]:
    return {
        "scenario": _scenario(result.scenario),
        "finding": stress.finding(result).case,
        "currency": result.currency,
        "exposure": _money(result.exposure),
        "exposure_after": _money(result.exposure_after),
        "currency_result": _money(result.currency_result),
        "new_breaches": result.new_breaches,
        "countries": [
            {
                "country": one.country,
                "exposure": _money(one.exposure),
                "exposure_after": _money(one.exposure_after),
                "limit": _use(one.limit),
                "limit_after": _use(one.limit_after),
                "lower_only_by_currency": one.flattered,
            }
            for one in result.countries
        ],
        "lines": [
            {
                "line_id": one.line_id,
                "country": one.country,
                "dscr": one.dscr,
                "dscr_after": one.dscr_after,
                "notches": one.notches,
                "grade": one.grade,
                "grade_after": one.grade_after,
                "class_floor": one.class_floor,
                "lgd": one.lgd,
                "lgd_after": one.lgd_after,
                "loss": _money(one.loss),
                "loss_after": _money(one.loss_after),
                "assumed": one.assumed,
            }
            for one in result.lines
        ],
        "expected_loss": _money(result.loss),
        "expected_loss_after": _money(result.loss_after),
        "reserve_gap": _money(result.reserves.total_gap),
        "reserve_gap_after": _money(result.reserves_after.total_gap),
        "liquidity": [
            {
                "country": gap.country,
                "days": gap.days,
                "maturing": _money(gap.maturing),
                "funding": _money(gap.funding),
                "undrawn": _money(gap.undrawn),
                "gap": _money(gap.gap),
            }
            for gap in result.liquidity
        ],
        "notes": words.notes(result),
    }
