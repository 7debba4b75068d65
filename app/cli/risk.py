"""`risk …`: the newest book by maturity and by currency, and what its countries require in reserves."""

import argparse
from decimal import Decimal

from app.bootstrap import Program
from app.cli import risk_g51
from app.cli.command import Commands, Outcome, add_command, add_group
from app.i18n import gettext as _
from app.wording import terms
from app.wording.countries import level
from app.wording.formats import currency, number, percent
from app.wording.maturity import gap_notes, ladder_notes, tenor
from app.wording.sentences import sentence
from app.wording.stress import missing_setting
from exposures import country_risk, currency_gap, maturity
from exposures.currency_gap import OpenPosition


def add(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add the group."""
    group = add_group(commands, "risk", "maturity ladder, open currency positions, country-risk reserves")
    rungs = add_command(group, "ladder", ladder, "both sides of the book by days to contractual payment")
    rungs.add_argument("--country", metavar="CODE", help="only what is owed by or to a country or region")
    rungs.add_argument("--currency", metavar="CODE", help="only one currency")
    add_command(group, "currencies", currencies, "net open positions by currency and country")
    add_command(group, "reserves", reserves, "country-risk reserves and major exposures")
    risk_g51.add(group)


def ladder(program: Program, chosen: argparse.Namespace) -> Outcome:
    """The maturity ladder."""
    made = program.stressing.ladder(country=chosen.country, currency=chosen.currency)
    found = sentence(maturity.finding(made))
    data = {
        "reporting_date": made.reporting_date,
        "currency": made.currency,
        "finding": found,
        "rows": [
            {
                "bucket": rung.bucket,
                "assets": rung.assets,
                "liabilities": rung.liabilities,
                "gap": rung.gap,
                "cumulative": rung.cumulative,
            }
            for rung in made.rungs
        ],
        "bullet_assumed": made.bullet,
        "on_demand": made.on_demand,
        "not_converted": made.not_converted,
        "set_off": made.set_off,
        "gross_netting_sets": list(made.gross_sets),
    }
    lines = [found]
    for rung in made.rungs:
        figures = (rung.assets, rung.liabilities, rung.gap, rung.cumulative)
        lines.append(f"{tenor(rung.bucket):<20}" + "".join(f"{_figure(value):>20}" for value in figures))
    return Outcome(data, (*lines, *ladder_notes(made)))


def currencies(program: Program, _chosen: argparse.Namespace) -> Outcome:
    """The open positions."""
    gap = program.stressing.currency_gap()
    found = sentence(currency_gap.finding(gap))
    data = {
        "currency": gap.currency,
        "finding": found,
        "positions": [_position(one) for one in gap.positions],
        "by_country": [{"country": one.country, **_position(one)} for one in gap.by_country],
        "longs": gap.longs,
        "shorts": gap.shorts,
        "total": gap.total,
        "lines_with_forwards": gap.forwards,
        "set_off": dict(gap.set_off),
    }
    lines = [found]
    for one in gap.positions:
        figures = (one.assets, one.liabilities, one.net, one.net_converted)
        lines.append(f"{one.currency:<8}" + "".join(f"{_figure(value):>22}" for value in figures))
    return Outcome(data, (*lines, *gap_notes(gap)))


def reserves(program: Program, _chosen: argparse.Namespace) -> Outcome:
    """Country-risk reserves."""
    risks = program.stressing.country_risks()
    found = sentence(country_risk.finding(risks))
    data = {
        "currency": risks.currency,
        "finding": found,
        "total_gap": risks.total_gap,
        "known_gap": risks.known_gap,
        "net_capital": risks.net_capital,
        "rows": [
            {
                "country": row.country,
                "exposure": row.base,
                "level": row.level,
                "required": row.required,
                "held": row.held,
                "gap": row.gap,
                "surplus": row.surplus,
                "capital_share_percent": row.capital_share,
                "major": row.major,
                "lacks": row.lacks,
            }
            for row in risks.rows
        ],
    }
    lines = [found]
    for row in risks.rows:
        said = [terms.country(row.country), f"{currency(risks.currency)} {number(row.base)}"]
        said.append(level(row.level) if row.level else _("no level"))
        if row.gap is not None:
            said.append(_("gap {amount}").format(amount=number(row.gap)))
        else:
            said.append(_("set {missing}").format(missing=_(", ").join(map(missing_setting, row.lacks))))
        if row.major:
            said.append(_("major: {share} of net capital").format(share=percent(row.capital_share or Decimal(0))))
        lines.append("  ".join(said))
    return Outcome(data, tuple(lines))


def _figure(value: Decimal | None) -> str:
    return "–" if value is None else number(value)


def _position(one: OpenPosition) -> dict[str, object]:
    return {
        "currency": one.currency,
        "assets": one.assets,
        "liabilities": one.liabilities,
        "forward": one.forward,
        "net": one.net,
        "net_converted": one.net_converted,
    }
