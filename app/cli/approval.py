"""`book-approval on|off`, `book-approval list|approve|return`: a second person's look at a book before it counts."""

import argparse

from app.bootstrap import Program
from app.cli.command import Commands, Outcome, add_command, add_group
from app.i18n import gettext as _
from app.storage.books import Batch
from app.wording.formats import day, moment, number


def add(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add the group."""
    group = add_group(commands, "book-approval", "have a second person approve every book before it counts")
    add_command(group, "on", _on, "from now on every book waits for a second person")
    add_command(group, "off", _off, "books count as soon as they are imported")
    add_command(group, "list", _list, "the books that wait")
    yes = add_command(group, "approve", _approve, "let a waiting book count")
    yes.add_argument("batch", metavar="BATCH", type=int)
    no = add_command(group, "return", _return, "return a waiting book: it never counts")
    no.add_argument("batch", metavar="BATCH", type=int)
    no.add_argument("--reason", metavar="REASON", required=True, help="what is to be mended")


def _on(program: Program, _arguments: argparse.Namespace) -> Outcome:
    program.approving.switch(True)
    return Outcome({"approval": True}, (_("Every book now waits for a second person."),))


def _off(program: Program, _arguments: argparse.Namespace) -> Outcome:
    program.approving.switch(False)
    return Outcome({"approval": False}, (_("Books count as soon as they are imported."),))


def _list(program: Program, _arguments: argparse.Namespace) -> Outcome:
    waiting = program.approving.waiting()
    lines = [
        f"{item.id:>5}  {day(item.reporting_date):<12}  {number(item.imported):>9}  {moment(item.at)}  {item.user}  "
        f"{item.file_name}"
        for item in waiting
    ]
    data = {"approval": program.approving.is_on(), "waiting": [_plain(item) for item in waiting]}
    return Outcome(data, tuple(lines) or (_("No book waits."),))


def _approve(program: Program, arguments: argparse.Namespace) -> Outcome:
    batch = program.approving.decide(arguments.batch, True)
    text = _("Batch {batch} is the book of {date}.").format(batch=batch.id, date=day(batch.reporting_date))
    return Outcome(_plain(batch), (text,))


def _return(program: Program, arguments: argparse.Namespace) -> Outcome:
    batch = program.approving.decide(arguments.batch, False, arguments.reason)
    text = _("Batch {batch} is returned; it never counted.").format(batch=batch.id)
    return Outcome(_plain(batch), (text,))


def _plain(item: Batch) -> dict[str, object]:
    return {"batch": item.id, "reporting_date": item.reporting_date, "file": item.file_name, "user": item.user}
