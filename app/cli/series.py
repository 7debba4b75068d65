"""`series list`, `series show`, `series accept-unit`."""

import argparse
from datetime import UTC, date, datetime, time
from typing import Any

from app.bootstrap import Program
from app.cli import entering, marked_days
from app.cli.command import Commands, Outcome, add_command, add_group, canonical, iso_date
from app.i18n import gettext as _
from app.series.derived import DERIVED
from app.services.watching import Answered
from app.wording.formats import number
from app.wording.liquidity import series_name, series_title, unit_label
from app.wording.sourcing import definition


def add(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Put the commands on the command line."""
    group = add_group(commands, "series", "Look at the stored series.")
    add_command(group, "list", _list, "Every series and derived figure, and what is stored of it.")
    show = add_command(group, "show", _show, "A series' or derived figure's observations.")
    show.add_argument("id", metavar="ID", help="a series, a derived figure, or change(ID,n)")
    show.add_argument("--from", dest="start", metavar="DATE", type=iso_date, help="from this date on")
    show.add_argument("--to", dest="end", metavar="DATE", type=iso_date, help="up to this date")
    show.add_argument("--as-of", metavar="DATE", type=iso_date, help="as it was known at the end of this day (UTC)")
    accept = add_command(
        group, "accept-unit", _accept_unit, "Accept that a series' source changed its unit: convert what is stored."
    )
    accept.add_argument("id", metavar="ID", help="the series")
    accept.add_argument("--unit", metavar="U", required=True, help='the new unit, such as "USD billions"')
    accept.add_argument("--reason", metavar="TEXT", help="why, for the audit trail")
    entering.add(group)
    marked_days.add(group)


def end_of_day(day: date | None) -> datetime | None:
    """The last instant of a day in UTC, None for None."""
    return datetime.combine(day, time.max, UTC) if day is not None else None


def _list(program: Program, _chosen: argparse.Namespace) -> Outcome:
    entries = program.watching.catalogue()
    data = {
        "series": [
            {
                "id": entry.series.id,
                "title": entry.series.title,
                "unit": entry.unit,
                "frequency": entry.series.frequency,
                "first": entry.first,
                "last": entry.last,
                "observations": entry.count,
                "sources": dict(entry.series.sources),
            }
            for entry in entries
        ],
        "derived": [
            {"id": figure.id, "title": figure.title, "unit": figure.unit, "inputs": figure.inputs} for figure in DERIVED
        ],
    }
    lines = [
        f"{entry.series.id:18} {entry.unit:14} {entry.count:>6}  {canonical(entry.first) or '-':10}  "
        f"{canonical(entry.last) or '-':10}  {series_name(entry.series)}"
        for entry in entries
    ]
    lines += [f"{figure.id:18} {figure.unit:14} {'':30}  {series_title(figure.title)}" for figure in DERIVED]
    return Outcome(data, tuple(lines))


def _show(program: Program, chosen: argparse.Namespace) -> Outcome:
    excerpt = program.watching.series(chosen.id, chosen.start, chosen.end, end_of_day(chosen.as_of))
    several = len(excerpt.answered) > 1
    data: dict[str, Any] = {
        "id": excerpt.id,
        "unit": excerpt.unit,
        "source": excerpt.source,
        "observations": [
            {
                "date": row.date,
                "value": row.value,
                "known_from": row.known_from,
                "known_from_basis": row.basis,
            }
            | ({"source": row.source} if several else {})
            for row in excerpt.observations
        ],
    }
    if several:
        data["answered"] = [
            {
                "source": one.source,
                "first": one.first,
                "last": one.last,
                "dates": one.dates,
                "definition": one.definition,
            }
            for one in excerpt.answered
        ]
    heading = _("{id}, {unit}, from {source}").format(
        id=excerpt.id, unit=unit_label(excerpt.unit), source=excerpt.source or "-"
    )
    rows = [
        f"{row.date}  {canonical(row.value):>14}" + (f"  {row.source}" if several else "")
        for row in excerpt.observations
    ]
    answered = [_answered_line(one) for one in excerpt.answered] if several else []
    return Outcome(data, (heading, *answered, *rows) if rows else (heading, _("No observations.")))


def _answered_line(one: Answered) -> str:
    """Which dates one source gave, and what it measures where that is not what the first one does."""
    text = _("{source} gave {count} dates, {first} to {last}").format(
        source=one.source, count=number(one.dates), first=one.first, last=one.last
    )
    said = definition(one.definition)
    return f"{text} ({said})" if said else text


def _accept_unit(program: Program, chosen: argparse.Namespace) -> Outcome:
    converted = program.refreshing.accept_unit(chosen.id, chosen.unit, chosen.reason)
    line = _("{id} is now in {unit}; {count} observations converted.").format(
        id=chosen.id, unit=unit_label(chosen.unit), count=number(converted)
    )
    return Outcome({"id": chosen.id, "unit": chosen.unit, "converted": converted}, (line,))
