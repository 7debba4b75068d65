"""`series enter`, `series import`, `series entries`, `series check`: figures that no free source has."""

import argparse
from pathlib import Path
from typing import Any

from app.bootstrap import Program
from app.cli.command import Commands, Outcome, add_command, canonical, iso_date
from app.i18n import gettext as _
from app.i18n import ngettext
from app.refusals import Misused
from app.storage.entries import Entry
from app.wording.formats import day


def add(group: "Commands[argparse.ArgumentParser]") -> None:
    """Put the commands into the group of the series."""
    enter = add_command(group, "enter", _enter, "Enter a figure; it counts once another person accepted it.")
    enter.add_argument("id", metavar="ID", help="the series, such as SPREAD_TR")
    enter.add_argument("date", metavar="DATE", type=iso_date)
    enter.add_argument("value", metavar="VALUE", help="in the series' unit")
    enter.add_argument("--source", metavar="TEXT", required=True, help="where the figure comes from")
    enter.add_argument("--note", metavar="TEXT", default="", help="what else is to be known about it")
    take = add_command(group, "import", _import, "Take figures from a workbook or CSV file, all or none.")
    take.add_argument("file", metavar="FILE", type=Path)
    take.add_argument("--source", metavar="TEXT", default="", help="where rows come from that do not say it")
    listing = add_command(group, "entries", _entries, "What was entered, by whom, and who checked it.")
    listing.add_argument("id", metavar="ID", nargs="?", help="only this series")
    listing.add_argument("--waiting", action="store_true", help="only what waits for a second person")
    check = add_command(group, "check", _check, "Accept figures that another person entered, or return them.")
    check.add_argument("numbers", metavar="NUMBER", type=int, nargs="+", help="as series entries shows them")
    check.add_argument("--return", dest="returned", action="store_true", help="return them instead")
    check.add_argument("--reason", metavar="TEXT", default="", help="why; needed to return")


def _enter(program: Program, chosen: argparse.Namespace) -> Outcome:
    try:
        value = float(chosen.value)
    except ValueError:
        raise Misused("entries.not_a_number", series=chosen.id) from None
    made = program.entering.enter(chosen.id, chosen.date, value, chosen.source, chosen.note)
    return Outcome(
        plain(made),
        (_line(made), _("It counts once another person accepts it: series check {number}.").format(number=made.id)),
    )


def _import(program: Program, chosen: argparse.Namespace) -> Outcome:
    made = program.entering.import_file(chosen.file, chosen.source)
    first, last = made.entries[0].id, made.entries[-1].id
    text = ngettext(
        "{count} figure taken from {file} (entry {first}); it counts once another person accepts it.",
        "{count} figures taken from {file} (entries {first} to {last}); they count once another person accepts them.",
        len(made.entries),
    )
    line = text.format(count=len(made.entries), file=made.file, first=first, last=last)
    return Outcome({"file": made.file, "entries": [plain(one) for one in made.entries]}, (line,))


def _entries(program: Program, chosen: argparse.Namespace) -> Outcome:
    found = program.entering.history(None if chosen.id is None else [chosen.id])
    shown = [one for one in found if one.accepted is None or not chosen.waiting]
    lines = tuple(_line(one) for one in shown) or (_("Nothing was entered."),)
    return Outcome({"entries": [plain(one) for one in shown]}, lines)


def _check(program: Program, chosen: argparse.Namespace) -> Outcome:
    done = program.entering.check(chosen.numbers, not chosen.returned, chosen.reason)
    return Outcome({"entries": [plain(one) for one in done]}, tuple(_line(one) for one in done))


def plain(one: Entry) -> dict[str, Any]:
    """An entry for --json."""
    return {
        "number": one.id,
        "series": one.draft.series_id,
        "date": one.draft.date,
        "value": one.draft.value,
        "source": one.draft.source,
        "note": one.draft.note,
        "file": one.draft.file,
        "cell": one.draft.cell,
        "entered_by": one.who,
        "entered_at": one.at,
        "accepted": one.accepted,
        "checked_by": one.checked_by,
        "checked_at": one.checked_at,
        "reason": one.reason,
    }


def _line(one: Entry) -> str:
    said = {None: _("waits for a second person"), True: _("accepted"), False: _("returned")}[one.accepted]
    if one.checked_by is not None:
        said = _("{said} by {who}").format(said=said, who=one.checked_by)
    return _("{number}  {series}  {day}  {value}  {source}; entered by {who}, {said}").format(
        number=one.id,
        series=one.draft.series_id,
        day=day(one.draft.date),
        value=canonical(one.draft.value),
        source=one.draft.source,
        who=one.who,
        said=said,
    )
