"""`country show`, `country list`, `country level …`, `country release`, `country settings`, and `tide`."""

import argparse
from typing import Any

from app.bootstrap import Program
from app.cli import country_data as data_of
from app.cli import country_settings
from app.cli.command import Commands, Outcome, add_command, add_group, iso_date
from app.countries.score import Part, Score
from app.i18n import gettext as _
from app.i18n import ngettext
from app.services.profiles import Country, Indicator, Row
from app.wording import countries as words
from app.wording import terms
from app.wording.formats import day, number, percent
from app.wording.sentences import sentence
from exposures.flags import Tide


def add(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Put the commands on the command line."""
    group = add_group(commands, "country", "Look at countries and regions: figures, score, flags, level.")
    show = add_command(group, "show", _show, "Everything known of a country or region.")
    show.add_argument("country", metavar="COUNTRY", help="ISO code, English or Chinese name")
    show.add_argument("--as-of", metavar="DATE", type=iso_date, help="as known at the end of the bank's day")
    add_command(group, "list", _list, "Every country or region of the emerging-market set, the weakest first.")
    country_settings.add(group)


def add_tide(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Put `tide` on the command line."""
    add_command(commands, "tide", _tide, "Whether the dollar tide is on, and what raises it.")


# ------------------------------------------------------------------ one country


def _show(program: Program, chosen: argparse.Namespace) -> Outcome:
    as_of = None if chosen.as_of is None else program.profiling.end_of(chosen.as_of)
    seen = program.profiling.country(chosen.country, as_of)
    data = {
        "country": seen.code,
        "name": terms.country(seen.code),
        "as_of": seen.as_of,
        "today": seen.today,
        "in_emerging_market_set": seen.in_set,
        "policy_list": seen.policy,
        "fx": data_of.indicator(seen.rate) | data_of.moves(seen.moves),
        "indicators": [data_of.indicator(one) for one in seen.indicators],
        "score": data_of.score(seen.score),
        "change": data_of.change(seen.change),
        "flag": data_of.flag(seen.flag),
        "level": data_of.level(seen.level),
        "level_proposals": [data_of.level(one) for one in seen.proposals],
        "at_stake": data_of.stake(seen),
        "alerts": [
            {"id": one.id, "rule": one.rule.id, "severity": one.severity, "value": one.value} for one in seen.alerts
        ],
        "findings": {
            "currency": sentence(seen.fx),
            "score": sentence(seen.scored),
            "indicators": sentence(seen.known),
            "flag": sentence(seen.flagged),
            "at_stake": sentence(seen.staked),
        },
    }
    lines = _country_lines(seen)
    if chosen.as_of is not None:
        data["note"] = _as_known(seen)
        lines.insert(1, _as_known(seen))
    return Outcome(data, tuple(lines))


def _as_known(seen: Country) -> str:
    """What a view of the past holds, and what has no history."""
    return _(
        "As known at the end of {day}: figures, score, flags, alerts, level and book. Without a history, so as "
        "they are now: the emerging-market set and the score's formula; what persons did about alerts is left out."
    ).format(day=day(seen.today))


def _country_lines(seen: Country) -> list[str]:
    lines = [_("{country}, {day}").format(country=terms.country(seen.code), day=day(seen.today))]
    lines += [sentence(seen.fx)]
    if seen.moves is not None:
        for over, value in seen.moves.value.items():
            rise = seen.moves.rise[over]
            if value is None or rise is None:
                continue
            lines.append(
                _("  over {count} observations: value {value}, dollar {rise}").format(
                    count=over, value=percent(value, 2, sign=True), rise=percent(rise, 2, sign=True)
                )
            )
    lines += ["", sentence(seen.known)]
    lines += [_indicator_line(one) for one in (seen.rate, *seen.indicators)]
    lines += ["", _score_line(seen.score), sentence(seen.scored)]
    lines += [_part_line(part) for part in seen.score.parts]
    if seen.change is not None:
        lines.append(_("Since {day}, points:").format(day=day(seen.change.before.on)))
        lines += [
            f"  {words.input_name(move.input):<32} {number(move.points, 1, sign=True):>7}" for move in seen.change.moves
        ]
    lines += ["", sentence(seen.flagged)]
    if seen.level is not None:
        lines.append(
            _("Country-risk level: {level}, approved by {who}: {rationale}").format(
                level=words.level(seen.level.level), who=seen.level.approver, rationale=seen.level.rationale
            )
        )
    return [*lines, sentence(seen.staked)]


def _indicator_line(one: Indicator) -> str:
    what = words.concept(one.concept)
    if one.value is None:
        why = _("no free source: enter or import") if one.absence else _("no data")
        return f"  {what:<32} {'–':>12}  {why}"
    value = f"{words.figure(one.value, one.unit)} {words.unit(one.unit, one.value)}".strip()
    text = ngettext("{age} day, {status}, from {source}", "{age} days, {status}, from {source}", one.age or 0)
    age = text.format(age=one.age, status=words.status(one.status.value)[1], source=one.source)
    return f"  {what:<32} {value:>12}  {one.on}  {age}"


def _score_line(score: Score) -> str:
    if score.value is None:
        return _("No score: coverage {coverage}.").format(coverage=percent(score.coverage, 0))
    text = _("Score {value}, {state}, coverage {coverage}, range {low}–{high}").format(
        value=number(score.value, 1),
        state=words.score_state(score.state.value)[1],
        coverage=percent(score.coverage, 0),
        low=number(score.low, 1),
        high=number(score.high, 1),
    )
    return _("{text}, provisional").format(text=text) if score.provisional else text


def _part_line(part: Part) -> str:
    value = words.input_value(part.input.id, None if part.figure is None else float(part.figure.value))
    strain = "–" if part.strain is None else number(part.strain, 1)
    share = "" if part.share is None else number(part.share, 1)
    status = "" if part.status.value == "fresh" else words.status(part.status.value)[1]
    name = words.input_name(part.input.id)
    return f"  {name:<32} {value:>12}  {strain:>6} × {number(part.input.weight):>3} {share:>6}  {status}".rstrip()


# ------------------------------------------------------------------ all of them


def _list(program: Program, _chosen: argparse.Namespace) -> Outcome:
    seen = program.profiling.comparison()
    data = {"today": seen.today, "currency": seen.currency, "countries": [_row(row) for row in seen.rows]}
    lines = [sentence(seen.finding)]
    for row in seen.rows:
        value = "–" if row.score.value is None else number(row.score.value, 1)
        flag = "" if row.flag is None else words.tier(row.flag.tier.value)
        state = words.score_state(row.score.state.value)[1]
        coverage = percent(row.score.coverage, 0)
        lines.append(
            f"{row.code}  {terms.country(row.code):<24} {value:>6}  {coverage:>6}  {state:<10} {flag}".rstrip()
        )
    return Outcome(data, tuple(lines))


def _row(row: Row) -> dict[str, Any]:
    return {
        "country": row.code,
        "score": row.score.value,
        "state": row.score.state,
        "coverage": row.score.coverage,
        "range": [row.score.low, row.score.high],
        "provisional": row.score.provisional,
        "change_in_a_month": row.change,
        "figures": dict(row.values),
        "tier": None if row.flag is None else row.flag.tier,
        "level": None if row.level is None else row.level.level,
        "exposure_guarantor": row.exposure,
    }


# ------------------------------------------------------------------ the dollar tide


def _tide(program: Program, _chosen: argparse.Namespace) -> Outcome:
    now = program.flagging.now()
    data = _tide_data(now.tide) | {
        "families": [
            {
                "family": one.family,
                "severity": one.severity,
                "alerts": [
                    {
                        "rule": alert.rule_id,
                        "metric": alert.metric,
                        "value": alert.value,
                        "threshold": alert.threshold,
                        "unit": alert.unit,
                        "date": alert.date,
                        "severity": alert.severity,
                        "alert": alert.source,
                    }
                    for alert in one.alerts
                ],
            }
            for one in now.families
        ],
        "finding": sentence(now.finding),
    }
    lines = [sentence(now.finding)]
    for one in now.families:
        state = _("quiet") if one.severity is None else words.severity(one.severity)
        lines.append(f"  {words.family(one.family):<32} {state}")
        lines += [f"    {words.alert(alert)}" for alert in one.alerts]
    return Outcome(data, tuple(lines))


def _tide_data(tide: Tide) -> dict[str, Any]:
    return {
        "on": tide.on,
        "since": tide.since,
        "ended": tide.ended,
        "release_proposed": tide.release_proposed,
        "reasons": [data_of.reason(one) for one in tide.reasons],
    }
