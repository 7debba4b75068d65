"""`supplied …` and `sectors …`: what the bank gives beside its book, and who of its borrowers is a bank."""

import argparse
from pathlib import Path

from app import i18n
from app.bootstrap import Program
from app.cli.command import Commands, Outcome, add_command, add_group
from app.i18n import gettext as _
from app.i18n import ngettext
from app.services.supplying import KINDS
from app.storage.supplied import SuppliedVersion
from app.wording import supplied as words
from app.wording.formats import dated_moment, number
from exposures.exposure import SECTORS
from exposures.reviews.sectors import Borrower


def add(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add the group of what is supplied."""
    group = add_group(commands, "supplied", "supply claims between others, capital and the soundness of banks")
    parser = add_command(group, "template", template, "write an empty workbook of every sheet that can be supplied")
    parser.add_argument("file", metavar="FILE.xlsx", type=Path, help="the workbook to write")
    parser.add_argument("--language", choices=i18n.LANGUAGES, help="its language (default: yours)")
    parser = add_command(group, "import", take, "take every known sheet of a workbook or CSV file, whole or not at all")
    parser.add_argument("file", metavar="FILE", type=Path, help="workbook or CSV file")
    add_command(group, "show", show, "show what is supplied, from which file, by whom and when")
    parser = add_command(group, "undo", undo, "put what was supplied before in its place again")
    parser.add_argument("kind", choices=KINDS, help="which of them")


def add_sectors(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add the group of the sectors."""
    group = add_group(commands, "sectors", "review which sector a borrower belongs to")
    parser = add_command(group, "list", list_sectors, "list borrowers with their sector, who reviewed it and when")
    parser.add_argument("--country", metavar="CODE", help="only those whose head office is there")
    parser = add_command(group, "set", set_sector, "say which sector borrowers belong to, and where that is from")
    parser.add_argument("sector", choices=SECTORS, help="the sector")
    parser.add_argument("subjects", metavar="BORROWER", nargs="+", help="the borrower's number or name as in the book")
    parser.add_argument("--source", required=True, metavar="TEXT", help="where it is from, such as a licence register")
    parser = add_command(group, "withdraw", withdraw, "take a review back; the book's own sector counts again")
    parser.add_argument("subject", metavar="BORROWER", help="the borrower")
    parser.add_argument("--reason", required=True, metavar="TEXT", help="why")


def template(program: Program, arguments: argparse.Namespace) -> Outcome:
    """Write the template."""
    program.supplying.write_template(arguments.file, arguments.language)
    return Outcome({"file": str(arguments.file)}, (_("Written to {file}.").format(file=arguments.file),))


def take(program: Program, arguments: argparse.Namespace) -> Outcome:
    """Import a file."""
    made = program.supplying.import_file(arguments.file)
    return Outcome({"taken": [_plain(one) for one in made]}, tuple(_told(one) for one in made))


def show(program: Program, _arguments: argparse.Namespace) -> Outcome:
    """What counts now."""
    found = program.supplying.versions()
    lines = tuple(_told(one) for one in found) or (_("Nothing is supplied beside the book."),)
    return Outcome({"supplied": [_plain(one) for one in found]}, lines)


def undo(program: Program, arguments: argparse.Namespace) -> Outcome:
    """Go back by one version."""
    made = program.supplying.undo(arguments.kind)
    return Outcome(_plain(made), (_told(made),))


def list_sectors(program: Program, arguments: argparse.Namespace) -> Outcome:
    """List the borrowers."""
    found = program.supplying.borrowers(arguments.country)
    lines = tuple(f"{one.key}  {one.name}  {words.sector(one.sector)}  {words.standing(one)}" for one in found)
    return Outcome({"borrowers": [_borrower(one) for one in found]}, lines)


def set_sector(program: Program, arguments: argparse.Namespace) -> Outcome:
    """Review the sector of one borrower or several, all or none."""
    made = program.supplying.review_sectors(arguments.subjects, arguments.sector, arguments.source)
    text = ngettext(
        "{n} borrower is now: {sector}. Make the lists again: reviews generate.",
        "{n} borrowers are now: {sector}. Make the lists again: reviews generate.",
        len(made),
    ).format(n=number(len(made)), sector=words.sector(arguments.sector))
    data = [{"borrower": one.subject, "sector": one.sector, "who": one.who, "at": one.at} for one in made]
    return Outcome({"reviewed": data}, (text,))


def withdraw(program: Program, arguments: argparse.Namespace) -> Outcome:
    """Take a review back."""
    program.supplying.withdraw_sector(arguments.subject, arguments.reason)
    return Outcome({"borrower": arguments.subject}, (_("The review is withdrawn."),))


def _plain(one: SuppliedVersion) -> dict[str, object]:
    return {"kind": one.kind, "rows": len(one.rows), "file": one.file, "who": one.who, "at": one.at}


def _told(one: SuppliedVersion) -> str:
    rows = ngettext("{n} row", "{n} rows", len(one.rows)).format(n=number(len(one.rows)))
    return _("{table}: {rows} from {file}, {who}, {when}.").format(
        table=words.table(one.kind), rows=rows, file=one.file or "\N{EN DASH}", who=one.who, when=dated_moment(one.at)
    )


def _borrower(one: Borrower) -> dict[str, object]:
    review = one.reviewed
    return {
        "borrower": one.key,
        "name": one.name,
        "country": one.country,
        "sector": one.sector,
        "reviewed_by": None if review is None else review.who,
        "reviewed_at": None if review is None else review.at,
        "source": None if review is None else review.origin,
    }
