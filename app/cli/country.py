"""`country show`, `country list`, `country level …`, `country release`, `country settings`, and `tide`."""

import argparse
from importlib.resources import files
from typing import Any

from app.bootstrap import Program
from app.cli.command import Commands, Outcome, add_command, add_group, canonical, iso_date
from app.cli.series import end_of_day
from app.countries.change import Change
from app.countries.findings import Moves
from app.countries.formula import Input
from app.countries.score import Part, Score
from app.i18n import gettext as _
from app.refusals import Refused
from app.services.profiling import Country, Indicator, Row
from app.storage.levels import Level
from app.wording import countries as words
from app.wording import terms
from app.wording.formats import day, number, percent
from app.wording.sentences import sentence
from exposures.country_risk import LEVELS
from exposures.flags import CountryFlag, Tide
from exposures.reason import Reason


def add(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Put the commands on the command line."""
    group = add_group(commands, "country", "Look at countries and regions: figures, score, flags, level.")
    show = add_command(group, "show", _show, "Everything known of a country or region.")
    show.add_argument("country", metavar="COUNTRY", help="ISO code, English or Chinese name")
    show.add_argument("--as-of", metavar="DATE", type=iso_date, help="as it was known at the end of this day (UTC)")
    add_command(group, "list", _list, "Every country or region of the emerging-market set, the weakest first.")
    level = add_group(group, "level", "Country-risk levels: proposed by one person, approved by another.")
    new = add_command(level, "set", _propose, "Propose a level.")
    new.add_argument("country", metavar="COUNTRY")
    new.add_argument("level", choices=LEVELS)
    new.add_argument("--rationale", metavar="TEXT", required=True)
    for name, run, text in (
        ("approve", _approve, "Approve a level that another person proposed."),
        ("return", _return, "Return a proposal."),
    ):
        decide = add_command(level, name, run, text)
        decide.add_argument("number", metavar="NUMBER", type=int, help="as country level list shows it")
        decide.add_argument("--reason", metavar="TEXT", default="")
    add_command(level, "list", _levels, "Every proposal, newest first.")
    release = add_command(group, "release", _release, "Release a country whose flag is proposed for release.")
    release.add_argument("country", metavar="COUNTRY", help="or TIDE for the dollar tide")
    release.add_argument("--reason", metavar="TEXT", required=True)
    settings = add_command(group, "settings", _settings, "The score's formula and the emerging-market set in force.")
    settings.add_argument("--copy", action="store_true", help="put the shipped files into the workspace to be edited")


def add_tide(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Put `tide` on the command line."""
    add_command(commands, "tide", _tide, "Whether the dollar tide is on, and what raises it.")


# ------------------------------------------------------------------ one country


def _show(program: Program, chosen: argparse.Namespace) -> Outcome:
    seen = program.profiling.country(chosen.country, end_of_day(chosen.as_of))
    data = {
        "country": seen.code,
        "name": terms.country(seen.code),
        "as_of": seen.as_of,
        "today": seen.today,
        "in_emerging_market_set": seen.in_set,
        "policy_list": seen.policy,
        "fx": _indicator(seen.rate) | _moves(seen.moves),
        "indicators": [_indicator(one) for one in seen.indicators],
        "score": _score(seen.score),
        "change": _change(seen.change),
        "flag": _flag(seen.flag),
        "level": _level(seen.level),
        "level_proposals": [_level(one) for one in seen.proposals],
        "at_stake": _stake(seen),
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
    return Outcome(data, tuple(_country_lines(seen)))


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
    age = _("{age} days, {status}, from {source}").format(
        age=one.age, status=words.status(one.status.value)[1], source=one.source
    )
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


# ------------------------------------------------------------------ levels, releases, settings


def _propose(program: Program, chosen: argparse.Namespace) -> Outcome:
    made = program.levelling.propose(chosen.country, chosen.level, chosen.rationale)
    hint = _("In force once another person approves it: country level approve {number}.").format(number=made.id)
    return Outcome(_level(made), (_level_line(made), hint))


def _approve(program: Program, chosen: argparse.Namespace) -> Outcome:
    made = program.levelling.decide(chosen.number, True, chosen.reason)
    return Outcome(_level(made), (_level_line(made),))


def _return(program: Program, chosen: argparse.Namespace) -> Outcome:
    made = program.levelling.decide(chosen.number, False, chosen.reason)
    return Outcome(_level(made), (_level_line(made),))


def _levels(program: Program, _chosen: argparse.Namespace) -> Outcome:
    found = program.levelling.proposals()
    lines = tuple(_level_line(one) for one in found) or (_("No country-risk level was proposed."),)
    return Outcome({"levels": [_level(one) for one in found]}, lines)


def _level_line(one: Level) -> str:
    said = {None: _("waits for a second person"), True: _("approved"), False: _("returned")}[one.approved]
    if one.approver is not None:
        said = _("{said} by {who}").format(said=said, who=one.approver)
    return _("{number}  {country}: {level}; proposed by {who}, {said}").format(
        number=one.id, country=terms.country(one.country), level=words.level(one.level), who=one.who, said=said
    )


def _release(program: Program, chosen: argparse.Namespace) -> Outcome:
    program.flagging.release(chosen.country, chosen.reason)
    line = _("Released. The next making of the review lists goes on without it.")
    return Outcome({"released": chosen.country}, (line,))


def _settings(program: Program, chosen: argparse.Namespace) -> Outcome:
    workspace = program.workspace
    shipped = (
        (workspace.score_formula, files("app.countries").joinpath("score.toml")),
        (workspace.em_set, files("exposures").joinpath("em_set.toml")),
    )
    if chosen.copy:
        for path, _text in shipped:
            if path.exists():
                raise Refused("country.file_there", file=path.name)
        for path, text in shipped:
            path.write_text(text.read_text("utf-8"), "utf-8")
    formula, markets = program.assessing.formula(), program.flagging.now().em_set
    data: dict[str, dict[str, Any]] = {
        "formula": {
            "file": str(workspace.score_formula) if workspace.score_formula.exists() else None,
            "dated": formula.dated,
            "source": formula.source,
            "minimum_coverage": formula.minimum_coverage,
            "states": [formula.watch, formula.warning, formula.critical],
            "inputs": [
                {
                    "id": one.id,
                    "calm": one.calm,
                    "stress": one.stress,
                    "weight": one.weight,
                    "max_age": one.max_age,
                    "mark": one.mark,
                    "source": one.source,
                }
                for one in formula.inputs
            ],
        },
        "emerging_markets": {
            "file": str(workspace.em_set) if workspace.em_set.exists() else None,
            "dated": markets.dated,
            "source": markets.source,
            "home": markets.home,
            "policy_list": markets.policy,
            "excluded": sorted(markets.excluded),
        },
    }
    lines = [
        _("Formula of {day} ({source}): {file}").format(
            day=day(formula.dated), source=formula.source, file=data["formula"]["file"] or _("as shipped")
        ),
        *(_input_line(one) for one in formula.inputs),
        _("Emerging markets of {day} ({source}): {file}").format(
            day=day(markets.dated), source=markets.source, file=data["emerging_markets"]["file"] or _("as shipped")
        ),
        _("  policy list: {countries}").format(countries=_(", ").join(terms.country(code) for code in markets.policy)),
    ]
    return Outcome(data, tuple(lines))


def _input_line(one: Input) -> str:
    anchors = f"{canonical(one.calm):>5} – {canonical(one.stress):<5}"
    return f"  {words.input_name(one.id):<32} {anchors} × {canonical(one.weight):>3}  {one.max_age:>4} d  [{one.mark}]"


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
        "reasons": [_reason(one) for one in tide.reasons],
    }


# ------------------------------------------------------------------ data


def _indicator(one: Indicator) -> dict[str, Any]:
    return {
        "figure": one.concept,
        "series": one.series,
        "value": one.value,
        "unit": one.unit,
        "date": one.on,
        "age_days": one.age,
        "max_age_days": one.max_age,
        "releases_missed": one.missed,
        "status": one.status,
        "source": one.source,
        "entered_by": None if one.entry is None else one.entry.who,
        "checked_by": None if one.entry is None else one.entry.checked_by,
        "entered_from": None if one.entry is None else one.entry.draft.source,
        "absence": one.absence if one.value is None else None,
    }


def _moves(moves: Moves | None) -> dict[str, Any]:
    if moves is None:
        return {"value_change_percent": None, "dollar_rise_percent": None, "crash": None}
    return {
        "value_change_percent": {str(over): value for over, value in moves.value.items()},
        "dollar_rise_percent": {str(over): value for over, value in moves.rise.items()},
        "crash": moves.crash,
    }


def _score(score: Score) -> dict[str, Any]:
    return {
        "value": score.value,
        "state": score.state,
        "coverage_percent": score.coverage,
        "range": [score.low, score.high],
        "provisional": score.provisional,
        "oldest_input": score.oldest,
        "inputs": [
            {
                "input": part.input.id,
                "value": None if part.figure is None else part.figure.value,
                "date": None if part.figure is None else part.figure.date,
                "age_days": part.age,
                "max_age_days": part.input.max_age,
                "status": part.status,
                "source": None if part.figure is None else part.figure.source,
                "strain": part.strain,
                "weight": part.input.weight,
                "share": part.share,
            }
            for part in score.parts
        ],
    }


def _change(change: Change | None) -> dict[str, Any] | None:
    if change is None:
        return None
    return {
        "since": change.before.on,
        "before": change.before.value,
        "points": change.points,
        "moves": [{"input": move.input, "points": move.points} for move in change.moves],
        "appeared_or_vanished": change.came_or_went,
    }


def _flag(flag: CountryFlag | None) -> dict[str, Any] | None:
    if flag is None:
        return None
    return {
        "tier": flag.tier,
        "episode": flag.episode,
        "since": flag.since,
        "release_proposed": flag.release_proposed,
        "causes": [
            {"key": cause.key, "tier": cause.tier, "since": cause.since, "ended": cause.ended} | _reason(cause.reason)
            for cause in flag.causes
        ],
    }


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "metric": reason.metric,
        "value": reason.value,
        "threshold": reason.threshold,
        "unit": reason.unit,
        "date": reason.date,
        "source": reason.source,
    }


def _level(one: Level | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {
        "number": one.id,
        "country": one.country,
        "level": one.level,
        "rationale": one.rationale,
        "proposed_by": one.who,
        "proposed_at": one.at,
        "approved": one.approved,
        "approver": one.approver,
        "decided_at": one.decided_at,
        "reason": one.reason,
    }


def _stake(seen: Country) -> dict[str, Any] | None:
    stake = seen.stake
    if stake is None:
        return None
    return {
        "reporting_date": stake.reporting_date,
        "currency": stake.currency,
        "immediate": stake.immediate,
        "guarantor": stake.guarantor,
        "drawn": stake.drawn,
        "undrawn": stake.undrawn,
        "pending": stake.pending,
        "due_in_a_year": stake.due_in_a_year,
        "counterparties": stake.counterparties,
        "limit": stake.limit,
        "used_percent_with_pending": stake.used_percent,
        "limit_state": stake.limit_state,
    }
