"""`report`: the day's report as PDF or workbook, in English or Chinese."""

import argparse
from pathlib import Path

from app import i18n
from app.bootstrap import Program
from app.cli.command import Commands, Outcome, add_command, iso_date
from app.wording import reporting as words


def add(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Put the command on the command line."""
    parser = add_command(commands, "report", run, "write the day's report: answers, check, alerts, limits, lists")
    parser.add_argument("file", metavar="FILE.pdf|FILE.xlsx", type=Path, help="the file to write")
    parser.add_argument("--date", type=iso_date, metavar="DATE", help="the business day it is for (default: today)")
    parser.add_argument("--language", choices=i18n.LANGUAGES, help="the report's language (default: yours)")


def run(program: Program, arguments: argparse.Namespace) -> Outcome:
    """Write the report."""
    done = program.reporting.write(arguments.file, arguments.date, arguments.language)
    data = {
        "file": str(done.path),
        "date": done.day,
        "language": done.language,
        "made": done.made,
        "pages": done.pages,
        "sample": program.sample,
    }
    return Outcome(data, (words.written(str(done.path), done.pages),))
