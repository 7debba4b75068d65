"""`country level …`, `country release`, `country settings`: what persons decide about countries."""

import argparse
from importlib.resources import files
from typing import Any

from app.bootstrap import Program
from app.cli import country_data as data_of
from app.cli.command import Commands, Outcome, add_command, add_group, canonical
from app.countries.formula import Input
from app.i18n import gettext as _
from app.refusals import Refused
from app.storage.levels import Level
from app.wording import countries as words
from app.wording import terms
from app.wording.formats import day
from exposures.country_risk import LEVELS


def add(group: "Commands[argparse.ArgumentParser]") -> None:
    """Put the commands into the group of the countries."""
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


def _propose(program: Program, chosen: argparse.Namespace) -> Outcome:
    made = program.levelling.propose(chosen.country, chosen.level, chosen.rationale)
    hint = _("In force once another person approves it: country level approve {number}.").format(number=made.id)
    return Outcome(data_of.level(made), (_level_line(made), hint))


def _approve(program: Program, chosen: argparse.Namespace) -> Outcome:
    made = program.levelling.decide(chosen.number, True, chosen.reason)
    return Outcome(data_of.level(made), (_level_line(made),))


def _return(program: Program, chosen: argparse.Namespace) -> Outcome:
    made = program.levelling.decide(chosen.number, False, chosen.reason)
    return Outcome(data_of.level(made), (_level_line(made),))


def _levels(program: Program, _chosen: argparse.Namespace) -> Outcome:
    found = program.levelling.proposals()
    lines = tuple(_level_line(one) for one in found) or (_("No country-risk level was proposed."),)
    return Outcome({"levels": [data_of.level(one) for one in found]}, lines)


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
