"""`refresh`: fetch what was released, or take in files that someone downloaded."""

import argparse
from pathlib import Path

from app.bootstrap import Program
from app.cli.command import DONE, REFUSED, Commands, Outcome, add_command, iso_date
from app.i18n import gettext as _
from app.services.asking import Outcome as Answer
from app.services.refreshing import RefreshReport
from app.sources import SOURCES
from app.wording.formats import number, together
from app.wording.sentences import refusal


def add(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Put the command on the command line."""
    parser = add_command(
        commands,
        "refresh",
        _refresh,
        "Fetch new observations, or take in a folder of files that somebody downloaded from any of the sources "
        f"({', '.join(source.id for source in SOURCES)}); each is known by what is in it.",
    )
    parser.add_argument(
        "--source", metavar="ID", action="append", default=[], help="only this source (may be repeated)"
    )
    parser.add_argument("--since", metavar="DATE", type=iso_date, help="only observations from this date on")
    parser.add_argument(
        "--from-folder", metavar="DIR", type=Path, help="take in the files of a folder, without network"
    )


def _refresh(program: Program, chosen: argparse.Namespace) -> Outcome:
    if chosen.from_folder is not None:
        report = program.refreshing.take_in(chosen.from_folder)
    else:
        report = program.refreshing.refresh(chosen.source, chosen.since)
    data = {
        "added": report.added,
        "outcomes": [_plain(outcome) for outcome in report.outcomes],
    }
    return Outcome(data, _lines(report), REFUSED if report.failed else DONE, _warnings(report))


def _plain(outcome: Answer) -> dict[str, object]:
    error = outcome.error
    state = "skipped" if outcome.skipped else "refused" if error else "stored"
    return {
        "source": outcome.source,
        "resource": outcome.resource,
        "state": state,
        "added": outcome.added,
        "reason": refusal(error)[0] if error else None,
    }


def _lines(report: RefreshReport) -> tuple[str, ...]:
    by_source: dict[str, list[Answer]] = {}
    for outcome in report.outcomes:
        if outcome.error is None and not outcome.skipped:
            by_source.setdefault(outcome.source, []).append(outcome)
    lines = [
        _("{source}: {count} answers, {added} new or revised observations").format(
            source=source, count=len(outcomes), added=number(sum(outcome.added for outcome in outcomes))
        )
        for source, outcomes in by_source.items()
    ]
    return (*lines, _("Stored in all: {added}").format(added=number(report.added)))


def _warnings(report: RefreshReport) -> tuple[str, ...]:
    return tuple(together(refusal(outcome.error)) for outcome in report.outcomes if outcome.error is not None)
