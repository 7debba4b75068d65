"""`doctor`: what a person who helps would ask first."""

import argparse
from typing import TYPE_CHECKING

from app.bootstrap import Program
from app.cli.command import DONE, REFUSED, Outcome, add_command
from app.services.inspecting import Condition
from app.wording import formats
from app.wording import inspecting as words

if TYPE_CHECKING:
    from app.cli.command import Commands


def add(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Put the command on the command line."""
    add_command(commands, "doctor", run, "Versions, places, the database's state, and each source's last success.")


def run(program: Program, _chosen: argparse.Namespace) -> Outcome:
    """Exit 1 where the database has a problem."""
    condition = program.inspecting.inspect()
    database = condition.database
    data = {
        "versions": condition.versions,
        "python": condition.python,
        "system": condition.system,
        "folders": {name: str(folder) for name, folder in condition.folders.items()},
        "sample": condition.sample,
        "translated": condition.translated,
        "database": {
            "dialect": database.dialect,
            "url": database.url,
            "schema_version": database.schema_version,
            "size": database.size,
            "rows": database.rows,
            "problems": list(database.problems),
        },
        "sources": condition.last_success,
    }
    return Outcome(data, tuple(_lines(condition)), REFUSED if database.problems else DONE)


def _fact(code: str, value: str) -> str:
    return words.fact(words.label(code), value)


def _lines(condition: Condition) -> list[str]:
    database = condition.database
    lines = [words.verdict(not database.problems), *(f"  {words.problem(code)}" for code in database.problems)]
    if condition.sample:
        lines.append(words.sample_line())
    if not condition.translated:
        lines.append(words.untranslated())
    lines += ["", _fact("python", condition.python), _fact("system", condition.system)]
    lines += ["", words.label("versions")]
    lines += [f"  {name} {number or words.absent()}" for name, number in condition.versions.items()]
    lines += ["", words.label("folders")]
    lines += ["  " + _fact(name, str(folder)) for name, folder in condition.folders.items()]
    lines += ["", _fact("database", f"{database.dialect}, {database.url}")]
    lines += ["  " + _fact("schema_version", str(database.schema_version))]
    if database.size is not None:
        lines.append("  " + _fact("size", formats.number(database.size)))
    lines += [f"  {name}: {formats.number(rows)}" for name, rows in database.rows.items() if rows]
    lines += ["", words.label("sources")]
    lines += [f"  {name}: {formats.moment(at) if at else words.never()}" for name, at in condition.last_success.items()]
    return lines
