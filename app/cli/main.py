"""The command line without a window: `python -m app COMMAND`, and what `tidewatch COMMAND` hands over to."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from app import bootstrap, i18n, paths
from app.bootstrap import Program
from app.cli import (
    alerts,
    approval,
    audit,
    backup,
    balance_sheet,
    book,
    by_hand,
    check,
    country,
    demo,
    doctor,
    fed,
    limits,
    notice_templates,
    notices,
    notifications,
    pack,
    passwords,
    persons,
    refresh,
    report,
    reviews,
    risk,
    rules,
    runoff,
    schedule,
    series,
    settings,
    soma,
    sources,
    stress,
    supplied,
    t_account,
)
from app.cli.command import DONE, Commands, Outcome, canonical
from app.refusals import Refused
from app.wording.formats import together
from app.wording.sentences import refusal

#: Every group of commands, in the order of --help; a new one is a file and a line here.
GROUPS: tuple[Callable[["Commands[argparse.ArgumentParser]"], None], ...] = (
    demo.add,
    refresh.add,
    series.add,
    sources.add,
    country.add,
    country.add_tide,
    balance_sheet.add,
    fed.add,
    t_account.add,
    runoff.add,
    soma.add,
    book.add,
    approval.add,
    limits.add,
    risk.add,
    stress.add,
    alerts.add,
    rules.add,
    supplied.add,
    supplied.add_sectors,
    reviews.add,
    by_hand.add,
    by_hand.add_notes,
    by_hand.add_attachments,
    notices.add,
    notice_templates.add,
    notifications.add,
    check.add,
    report.add,
    pack.add,
    schedule.add,
    persons.add,
    audit.add,
    backup.add,
    settings.add,
    doctor.add,
)


def parser(program: str = "tidewatch") -> argparse.ArgumentParser:
    """The whole command line."""
    whole = argparse.ArgumentParser(
        prog=program, description="Watch dollar liquidity, the exposure book, alerts and review lists."
    )
    commands = whole.add_subparsers(metavar="COMMAND", required=True)
    for add in GROUPS:
        add(commands)
    return whole


def main(arguments: Sequence[str] | None = None, program: str = "tidewatch") -> int:
    """Run one command; 0 done, 1 refused or failed, 2 wrong usage or a missing file."""
    i18n.set_language(i18n.detect_language())
    chosen = parser(program).parse_args(arguments)
    workspace = Path(chosen.workspace) if chosen.workspace else paths.default_workspace()
    try:
        if chosen.run_on_closed is not None:
            outcome = chosen.run_on_closed(workspace, chosen)
        else:
            with bootstrap.open_program(workspace) as opened:
                outcome = _run(opened, chosen)
    except Refused as error:
        print(together(refusal(error)), file=sys.stderr)
        return error.exit_code
    try:
        _print(outcome, as_json=chosen.json)
    except BrokenPipeError:  # the reader had seen enough (`| head`); what was asked for is done all the same
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return outcome.exit_code or DONE


def _run(program: Program, chosen: argparse.Namespace) -> Outcome:
    """Run a command; an approval that asks for the password is taken again once it was said."""
    try:
        done: Outcome = chosen.run(program, chosen)
    except Refused as error:
        if error.code != "password.asked" or not passwords.can_ask():
            raise
        passwords.unlock(program)
        done = chosen.run(program, chosen)
    return done


def _print(outcome: Outcome, *, as_json: bool) -> None:
    for warning in outcome.warnings:
        print(warning, file=sys.stderr)
    if as_json:
        print(json.dumps(canonical(outcome.data), ensure_ascii=False, indent=2))
    else:
        print("\n".join(outcome.lines))
    sys.stdout.flush()
