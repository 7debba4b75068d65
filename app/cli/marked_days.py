"""`series events`: the days that charts mark, where they come from, and a copy for the bank to edit."""

import argparse
from datetime import date

from app.bootstrap import Program
from app.cli.command import Commands, Outcome, add_command, iso_date
from app.i18n import gettext as _
from app.liquidity.dated_events import Kind
from app.wording.formats import day
from app.wording.tracking import event_kind, event_label


def add(group: "Commands[argparse.ArgumentParser]") -> None:
    """Put the command into the group of the series."""
    made = add_command(group, "events", _events, "Days that charts mark: FOMC statements, run-off, tax dates, turns.")
    made.add_argument("--kind", choices=[kind.value for kind in Kind], help="only of this kind")
    made.add_argument("--from", dest="start", metavar="DATE", type=iso_date, help="from this date on")
    made.add_argument("--to", dest="end", metavar="DATE", type=iso_date, help="up to this date")
    made.add_argument("--copy", action="store_true", help="put the shipped list into the workspace, to be edited")


def _events(program: Program, chosen: argparse.Namespace) -> Outcome:
    if chosen.copy:
        program.marking.copy()
    events = program.marking.events()
    today = program.clock().date()
    start, end = chosen.start or date(2008, 1, 1), chosen.end or date(today.year, 12, 31)
    kinds = [Kind(chosen.kind)] if chosen.kind else [Kind.RUNOFF, Kind.FOMC, Kind.TAX]
    found = sorted((one for kind in kinds for one in events.listed(kind, start, end)), key=lambda one: one.on)
    file = str(program.workspace.events) if program.marking.own else None
    data = {
        "file": file,
        "dated": events.dated,
        "sources": {
            kind.value: {"source": events.origin(kind).source, "url": events.origin(kind).url} for kind in kinds
        },
        "events": [{"date": one.on, "kind": one.kind.value, "code": one.code} for one in found],
    }
    lines = [
        _("List of {day}: {file}").format(day=day(events.dated), file=file or _("as shipped")),
        *(
            _("{kind}: {source}, {url}").format(
                kind=event_kind(kind), source=events.origin(kind).source, url=events.origin(kind).url
            )
            for kind in kinds
            if events.origin(kind).source
        ),
        *(f"  {one.on}  {event_label(one.kind, one.code) or one.code or event_kind(one.kind)}" for one in found),
    ]
    return Outcome(data, tuple(lines))
