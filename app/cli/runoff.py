"""`runoff …`: the run-off simulator, its back-tests, its saved scenarios, and the rules of roll-over."""

import argparse
from decimal import Decimal
from pathlib import Path
from typing import Any

from app.bootstrap import Program
from app.cli.command import Commands, Outcome, add_command, add_group, iso_date
from app.cli.series import end_of_day
from app.cli.t_account import decimal
from app.i18n import gettext as _
from app.liquidity import scenariofile
from app.liquidity.backtest import EPISODES, Backtest
from app.liquidity.redemption import ADD_ON_UNIT, add_ons, redeem
from app.liquidity.runoff import Month
from app.liquidity.scenario import Scenario
from app.refusals import Misused
from app.services.simulating import Course, Proof
from app.storage.scenarios import StoredScenario
from app.wording.formats import dated_moment, day, number, percent, together
from app.wording.runoff import line_name, short_month
from app.wording.sentences import sentence

_BILLION = Decimal(10**9)
_LEVELS = ("total_assets", "treasuries", "mbs", "reserves", "on_rrp", "tga", "notes", "foreign_rrp")
UNIT = "USD billions"


def add(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Put the group on the command line."""
    group = add_group(commands, "runoff", "Simulate the run-off of the Federal Reserve's holdings.")
    run = add_command(group, "simulate", _simulate, "Every line month by month, and when reserves stop being ample.")
    run.add_argument("--from", dest="start", metavar="DATE", type=iso_date, help="an H.4.1 date (default: the newest)")
    run.add_argument("--months", metavar="N", type=int, default=18, help="the horizon (default: 18)")
    run.add_argument("--scenario", metavar="FILE.toml", type=Path, help="assumptions that differ from the defaults")
    run.add_argument("--as-of", metavar="DATE", type=iso_date, help="from what was known at the end of this day (UTC)")
    run.add_argument("--saved", metavar="NAME", help="a saved scenario instead of a file")
    test = add_command(group, "backtest", _backtest, "A past run-off with its real caps against what happened.")
    test.add_argument("episode", choices=tuple(EPISODES), help="2017-10 to 2019-09, or 2022-06 to 2025-11")
    add_command(group, "scenarios", _scenarios, "The saved scenarios.")
    save = add_command(group, "save", _save, "Save a scenario file under a name.")
    save.add_argument("file", metavar="FILE.toml", type=Path, help="the scenario")
    save.add_argument("--name", metavar="NAME", help="the name (default: the file's own)")
    show = add_command(group, "show", _show, "A saved scenario as TOML, for a file of your own.")
    show.add_argument("name", metavar="NAME", help="the saved scenario")
    drop = add_command(group, "remove", _remove, "Take a saved scenario away.")
    drop.add_argument("name", metavar="NAME", help="the saved scenario")
    side = add_command(group, "compare", _compare, "Saved scenarios side by side from the same start.")
    side.add_argument("names", metavar="NAME", nargs="+", help="two saved scenarios or more")
    side.add_argument("--from", dest="start", metavar="DATE", type=iso_date, help="an H.4.1 date (default: the newest)")
    side.add_argument("--months", metavar="N", type=int, default=18, help="the horizon (default: 18)")
    roll = add_command(group, "rollover", _rollover, "What a cap redeems of a month's maturities, and the add-ons.")
    roll.add_argument("--coupons", metavar="BN", type=decimal, required=True, help="maturing coupons, USD billions")
    roll.add_argument("--bills", metavar="BN", type=decimal, default=Decimal(0), help="maturing bills, USD billions")
    roll.add_argument("--cap", metavar="BN", type=decimal, required=True, help="the month's cap, USD billions")
    roll.add_argument(
        "--offers", metavar="A,B,…", type=_several, help="offering amounts that share what is rolled, USD billions"
    )


def _several(text: str) -> list[Decimal]:
    return [decimal(part) for part in text.split(",")]


def _scenario(program: Program, chosen: argparse.Namespace) -> Scenario:
    if chosen.saved:
        return program.simulating.scenario(chosen.saved)
    return _read(chosen.scenario) if chosen.scenario else Scenario()


def _read(file: Path) -> Scenario:
    try:
        text = file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise Misused("scenario.no_file", file=str(file)) from None
    return scenariofile.read(text)


def _simulate(program: Program, chosen: argparse.Namespace) -> Outcome:
    as_of = end_of_day(chosen.as_of)
    course = program.simulating.simulate(_scenario(program, chosen), chosen.months, chosen.start, as_of)
    proof = program.simulating.proof()
    data = _course_data(course) | {"proof": _proof_data(proof, chosen.months)}
    lines = _course_lines(course, proof)
    if as_of is None:
        return Outcome(data, lines)
    note = _(
        "The start, the holdings and the yardsticks are as known at the end of {day}, UTC; the schedule of caps and "
        "the back-tests are those of now."
    ).format(day=day(as_of.date()))
    return Outcome(data | {"as_of": as_of, "note": note}, (note, *lines))


def _course_data(course: Course) -> dict[str, Any]:
    shown = course.simulation
    crossed = shown.crossed
    return {
        "date": shown.start.on,
        "unit": UNIT,
        "scenario": scenariofile.write(shown.scenario),
        "finding": together(_answers(course)),
        "crossed": None if crossed is None else f"{crossed.month:%Y-%m}",
        "maturity_ladder": course.holdings_as_of if shown.has_ladder else "no maturity ladder",
        "agency_pay_down_percent": shown.pay_down.percent,
        "agency_pay_down_measured": shown.pay_down.measured,
        "closes": shown.closes,
        "sources": dict(shown.start.series),
        "start": {name: _bn(getattr(shown.start.position, name)) for name in _LEVELS},
        "ample_at_start": _bn(shown.ample),
        "months": [_month_data(month) for month in shown.months],
        "notes": [sentence(note) for note in shown.notes],
    }


def _month_data(month: Month) -> dict[str, Any]:
    moves = (
        "treasury_cap", "agency_cap", "coupons", "bills", "redeemed_coupons", "redeemed_bills", "rolled", "pay_down",
        "agency_run_off", "agency_into_treasuries", "purchases", "run_off",
    )  # fmt: skip
    return (
        {"month": f"{month.month:%Y-%m}"}
        | {name: _bn(getattr(month, name)) for name in moves}
        | {f"paid_by_{name}": _bn(getattr(month.paid, name)) for name in ("reserves", "on_rrp", "tga")}
        | {"overflow": _bn(month.paid.overflow)}
        | {name: _bn(getattr(month.position, name)) for name in _LEVELS}
        | {"ample": _bn(month.ample), "below": month.below, "closes": month.position.closes}
    )


def _proof_data(proof: Proof, months: int) -> dict[str, Any]:
    return {
        "finding": sentence(proof.finding),
        "backtests": [_errors(test) for test in proof.tests],
        "typical_error_percent_of_assets": [round(value, 4) for value in proof.fan.percent[: months + 1]],
        "starts": proof.fan.starts,
    }


def _errors(test: Backtest) -> dict[str, Any]:
    return {
        "episode": test.episode.id,
        "from": test.dates[0],
        "to": test.dates[-1],
        "unit": UNIT,
        "maturity_ladder": "holdings" if test.has_ladder else "no maturity ladder",
        "agency_pay_down_percent": test.pay_down.percent,
        "errors": {
            error.line: {
                "mean_absolute": round(error.mean_absolute, 3),
                "largest": round(error.largest, 3),
                "at_end": round(error.at_end, 3),
                "mean_percent": round(error.mean_percent, 3),
                "end_percent": round(error.end_percent, 3),
            }
            for error in test.errors
        },
    }


def _bn(dollars: int | None) -> Decimal | None:
    return None if dollars is None else Decimal(dollars) / _BILLION


def _answers(course: Course) -> list[str]:
    return [sentence(found) for found in (course.finding, course.second) if found is not None]


def _course_lines(course: Course, proof: Proof) -> tuple[str, ...]:
    heads = (_("Run-off"), line_name("total_assets"), line_name("reserves"), line_name("on_rrp"), line_name("tga"))
    lines = [together(_answers(course)), sentence(course.pace), ""]
    lines.append(f"{_('USD bn'):10}" + "".join(f"{head:>18}" for head in (*heads, _("Ample floor"))))
    first = course.simulation.start.position
    lines.append(_row(day(course.simulation.start.on), None, first, course.simulation.ample))
    lines += [_row(short_month(one.month), one.run_off, one.position, one.ample) for one in course.simulation.months]
    lines += ["", *(sentence(note) for note in course.simulation.notes), sentence(proof.finding)]
    return tuple(lines)


def _row(name: str, run_off: int | None, position: Any, ample: int | None) -> str:
    amounts = (run_off, *(getattr(position, line) for line in ("total_assets", "reserves", "on_rrp", "tga")), ample)
    cells = "".join(f"{'–' if (bn := _bn(amount)) is None else number(bn, 1):>18}" for amount in amounts)
    return f"{name:10}{cells}"


def _backtest(program: Program, chosen: argparse.Namespace) -> Outcome:
    test = program.simulating.backtest(chosen.episode)
    data = _errors(test) | {
        "path": [
            {"date": on}
            | {
                f"{line}_{kind}": round(levels[line][place], 3)
                for kind, levels in (("simulated", test.simulated), ("actual", test.actual))
                for line in levels
            }
            for place, on in enumerate(test.dates)
        ]
    }
    lines = [
        _("{episode}, {start} to {end}, USD bn: simulated less actual").format(
            episode=test.episode.id, start=day(test.dates[0]), end=day(test.dates[-1])
        ),
        f"{'':20}{_('Mean absolute'):>16}{_('Largest'):>12}{_('At the end'):>14}{_('Mean, % of level'):>20}",
    ]
    lines += [
        f"{line_name(error.line):20}{number(error.mean_absolute, 1):>16}{number(error.largest, 1, sign=True):>12}"
        f"{number(error.at_end, 1, sign=True):>14}{percent(error.mean_percent, 2):>20}"
        for error in test.errors
    ]
    if not test.has_ladder:
        lines.append(_("No maturity ladder: even maturities were taken. Lending in a crisis is not modelled."))
    return Outcome(data, tuple(lines))


def _scenarios(program: Program, _chosen: argparse.Namespace) -> Outcome:
    stored = program.simulating.scenarios()
    lines = [f"{one.scenario.name:40} {one.who:20} {dated_moment(one.at)}" for one in stored]
    return Outcome({"scenarios": [_stored(one) for one in stored]}, tuple(lines) or (_("No scenario is saved."),))


def _stored(one: StoredScenario) -> dict[str, Any]:
    return {"name": one.scenario.name, "who": one.who, "at": one.at, "toml": one.text}


def _save(program: Program, chosen: argparse.Namespace) -> Outcome:
    scenario = _read(chosen.file)
    saved = program.simulating.save(scenario, chosen.name or scenario.name)
    return Outcome({"name": saved.name}, (_("Saved as {name}.").format(name=saved.name),))


def _show(program: Program, chosen: argparse.Namespace) -> Outcome:
    text = scenariofile.write(program.simulating.scenario(chosen.name))
    return Outcome({"name": chosen.name, "toml": text}, tuple(text.splitlines()))


def _remove(program: Program, chosen: argparse.Namespace) -> Outcome:
    removed = program.simulating.remove(chosen.name)
    return Outcome({"name": removed.name}, (_("{name} is taken away.").format(name=removed.name),))


def _compare(program: Program, chosen: argparse.Namespace) -> Outcome:
    courses, finding = program.simulating.compare(chosen.names, chosen.months, chosen.start)
    lines = [sentence(finding)]
    lines += [f"{one.simulation.scenario.name:40} {together(_answers(one))}" for one in courses]
    rows = [{"name": one.simulation.scenario.name} | _course_data(one) for one in courses]
    return Outcome({"finding": lines[0], "scenarios": rows}, tuple(lines))


def _rollover(_program: Program, chosen: argparse.Namespace) -> Outcome:
    coupons, bills, cap = (int(amount * _BILLION) for amount in (chosen.coupons, chosen.bills, chosen.cap))
    found = redeem(coupons, bills, cap, bills_fill=True)
    data: dict[str, Any] = {
        "unit": UNIT,
        "redeemed_coupons": _bn(found.redeemed_coupons),
        "redeemed_bills": _bn(found.redeemed_bills),
        "rolled": _bn(found.rolled),
    }
    lines = [
        _("{redeemed} bn run off, {rolled} bn are rolled over.").format(
            redeemed=number(Decimal(found.redeemed) / _BILLION, 1), rolled=number(Decimal(found.rolled) / _BILLION, 1)
        )
    ]
    if chosen.offers:
        offers = [int(part * _BILLION) for part in chosen.offers]
        shares = add_ons(found.rolled, offers)
        data |= {"add_ons_usd": [Decimal(share) for share in shares], "add_on_unit_usd": ADD_ON_UNIT}
        lines.append(_("Add-ons, USD: {amounts}").format(amounts="  ".join(number(share) for share in shares)))
    return Outcome(data, tuple(lines))
