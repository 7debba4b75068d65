"""`pack`: the committee pack as one PDF or one workbook, in English or Chinese."""

import argparse
from pathlib import Path

from app import i18n
from app.bootstrap import Program
from app.cli.command import Commands, Outcome, add_command, iso_date
from app.services.packing import Chosen
from app.wording import reporting as words
from exposures.countries import resolve
from exposures.reviews import REVIEW_LISTS

_LISTS = [one.id for one in REVIEW_LISTS]


def add(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Put the command on the command line."""
    parser = add_command(commands, "pack", run, "write the committee pack: check, countries, stress, review lists")
    parser.add_argument("file", metavar="FILE.pdf|FILE.xlsx", type=Path, help="the file to write")
    parser.add_argument("--lists", nargs="*", metavar="LIST", default=_LISTS, help="such as L1 L3 (default: all)")
    parser.add_argument("--countries", nargs="*", metavar="COUNTRY", help="default: those that are flagged")
    parser.add_argument("--scenarios", nargs="*", metavar="NAME", default=[], help="of `stress list` (default: none)")
    parser.add_argument("--no-check", action="store_true", help="leave the daily check out")
    parser.add_argument("--files", action="store_true", help="write the attached files too, into a folder beside it")
    parser.add_argument("--date", type=iso_date, metavar="DATE", help="the business day it is for (default: today)")
    parser.add_argument("--language", choices=i18n.LANGUAGES, help="the pack's language (default: yours)")


def run(program: Program, arguments: argparse.Namespace) -> Outcome:
    """Write the pack."""
    named = program.packing.flagged() if arguments.countries is None else tuple(arguments.countries)
    countries = tuple(resolve(name) or name for name in named)
    chosen = Chosen(
        tuple(arguments.lists), countries, tuple(arguments.scenarios), not arguments.no_check, arguments.files
    )
    done = program.packing.write(arguments.file, chosen, arguments.date, arguments.language)
    data = {
        "file": str(done.path),
        "date": done.day,
        "language": done.language,
        "made": done.made,
        "pages": done.pages,
        "lists": chosen.lists,
        "countries": countries,
        "scenarios": chosen.scenarios,
        "check": chosen.check,
        "files": chosen.files,
        "sample": program.sample,
    }
    return Outcome(data, (words.written(str(done.path), done.pages),))
