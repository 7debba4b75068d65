"""`by-hand`, `notes`, `attachments`: what people add to countries, counterparties and items."""

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from app.bootstrap import Program
from app.cli.command import REFUSED, Commands, Outcome, add_command, add_group, iso_date
from app.i18n import gettext as _
from app.services.noting import KINDS
from app.storage.attachments import Attachment
from app.storage.hand import Note
from app.wording import by_hand as words
from app.wording.formats import dated_moment, day, moment, number
from exposures.reviews.by_hand import LISTS, HandEntry


def add(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add the group `by-hand`."""
    group = add_group(commands, "by-hand", "flag countries and counterparties, and list items, by hand")
    country = add_command(group, "country", _country, "propose to flag a country or region")
    country.add_argument("country", metavar="COUNTRY", help="its code or name")
    country.add_argument("tier", choices=("A", "B"), help="A: act, B: watch")
    subject = add_command(group, "counterparty", _counterparty, "propose to put a counterparty on L1")
    subject.add_argument("subject", metavar="COUNTERPARTY", help="its number or name in the newest book")
    item = add_command(group, "item", _item, "propose to put something on a list")
    item.add_argument("list", choices=LISTS)
    item.add_argument("subject", metavar="SUBJECT", help="as the newest book has it; see: tidewatch by-hand subjects")
    item.add_argument("--country", metavar="COUNTRY", help="where the subject stands in several countries")
    for parser in (country, subject, item):
        parser.add_argument("--reason", required=True, metavar="TEXT")
        parser.add_argument("--source", required=True, metavar="TEXT", help="where it can be looked up")
        parser.add_argument("--until", required=True, type=iso_date, metavar="DATE", help="its last day")
    what = add_command(group, "subjects", _subjects, "what of the newest book can be put on a list")
    what.add_argument("list", choices=LISTS)
    listing = add_command(group, "list", _list, "the entries that hold, and those that wait for a second person")
    listing.add_argument("--all", action="store_true", help="every entry there was")
    yes = add_command(group, "approve", _approve, "confirm an entry as the second person")
    yes.add_argument("number", type=int, metavar="NUMBER")
    no = add_command(group, "return", _return, "return an entry to who proposed it")
    no.add_argument("number", type=int, metavar="NUMBER")
    no.add_argument("--reason", required=True, metavar="TEXT")


def add_notes(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add the group `notes`."""
    group = add_group(commands, "notes", "dated notes on countries and counterparties; marks on their charts")
    write = add_command(group, "add", _note, "write a note")
    listing = add_command(group, "list", _notes, "the notes on a country or a counterparty")
    for parser in (write, listing):
        parser.add_argument("kind", choices=KINDS)
        parser.add_argument("subject", metavar="WHAT", help="a country's code or name, a counterparty's number or name")
    back = add_command(group, "withdraw", _withdraw, "take a note back; it stays on record")
    back.add_argument("number", type=int, metavar="NUMBER")
    back.add_argument("--reason", required=True, metavar="TEXT")
    write.add_argument("day", type=iso_date, metavar="DATE", help="the day it is about")
    write.add_argument("text", metavar="TEXT")


def add_attachments(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add the group `attachments`."""
    group = add_group(commands, "attachments", "files attached to items, countries and counterparties")
    new = add_command(group, "add", _attach, "attach a file; it is never opened or run here")
    new.add_argument("subject", metavar="WHAT", help='L1-0417, "country TR", "counterparty C-77"')
    new.add_argument("file", metavar="FILE", type=Path)
    new.add_argument("--comment", default="", metavar="TEXT")
    listing = add_command(group, "list", _attached, "the attached files")
    listing.add_argument("subject", nargs="?", metavar="WHAT")
    save = add_command(group, "save", _save, "write an attached file to a place of yours")
    save.add_argument("number", type=int, metavar="NUMBER")
    save.add_argument("place", metavar="FILE", type=Path)
    add_command(group, "verify", _verify, "name every attached file whose content is gone or altered")


def _country(program: Program, chosen: argparse.Namespace) -> Outcome:
    made = program.noting.flag_country(chosen.country, chosen.tier, chosen.reason, chosen.source, chosen.until)
    return _entries([made])


def _counterparty(program: Program, chosen: argparse.Namespace) -> Outcome:
    return _entries([program.noting.flag_counterparty(chosen.subject, chosen.reason, chosen.source, chosen.until)])


def _item(program: Program, chosen: argparse.Namespace) -> Outcome:
    made = program.noting.add_item(
        chosen.list, chosen.subject, chosen.reason, chosen.source, chosen.until, chosen.country
    )
    return _entries([made])


def _subjects(program: Program, chosen: argparse.Namespace) -> Outcome:
    found = program.noting.subjects(chosen.list)
    data = [{"kind": one.kind, "key": one.key, "country": one.country, "name": one.name} for one in found]
    lines = tuple(f"{one.key}  {words.called(chosen.list, one)}" for one in found)
    return Outcome({"list": chosen.list, "subjects": data}, lines or (words.nothing(chosen.list),))


def _list(program: Program, chosen: argparse.Namespace) -> Outcome:
    holding = program.noting.entries(holding=True)
    found = [one for one in program.noting.entries() if chosen.all or one in holding or one.approved is None]
    return _entries(found)


def _approve(program: Program, chosen: argparse.Namespace) -> Outcome:
    return _entries([program.noting.decide(chosen.number, True)])


def _return(program: Program, chosen: argparse.Namespace) -> Outcome:
    return _entries([program.noting.decide(chosen.number, False, chosen.reason)])


def _note(program: Program, chosen: argparse.Namespace) -> Outcome:
    return _told([program.noting.note(chosen.kind, chosen.subject, chosen.day, chosen.text)])


def _withdraw(program: Program, chosen: argparse.Namespace) -> Outcome:
    gone, at = program.noting.withdraw(chosen.number, chosen.reason), program.clock()
    data = _plain_note(gone) | {"withdrawn_by": program.user, "withdrawn_at": at, "reason": chosen.reason.strip()}
    text = _("{note}: withdrawn by {who} on {at}; it stays on record.")
    return Outcome({"notes": [data]}, (text.format(note=_note_line(gone), who=program.user, at=dated_moment(at)),))


def _notes(program: Program, chosen: argparse.Namespace) -> Outcome:
    return _told(program.noting.notes_on(chosen.kind, chosen.subject))


def _attach(program: Program, chosen: argparse.Namespace) -> Outcome:
    return _files([program.attaching.add(chosen.subject, chosen.file, chosen.comment)])


def _attached(program: Program, chosen: argparse.Namespace) -> Outcome:
    return _files(program.attaching.attachments(chosen.subject))


def _save(program: Program, chosen: argparse.Namespace) -> Outcome:
    place = program.attaching.save_as(chosen.number, chosen.place)
    return Outcome({"file": str(place)}, (_("Written to {file}.").format(file=place),))


def _verify(program: Program, _chosen: argparse.Namespace) -> Outcome:
    damaged = program.attaching.verify()
    count = len(program.attaching.attachments())
    texts = {True: _("{line}: altered after it was attached."), False: _("{line}: its content is gone.")}
    lines = [texts[one.altered].format(line=_file(one.attachment)) for one in damaged]
    data = {"files": count, "damaged": [{"number": one.attachment.id, "altered": one.altered} for one in damaged]}
    whole = _("{files}: each as it was attached.").format(files=words.attached(count))
    return Outcome(data, tuple(lines) or (whole,), exit_code=REFUSED if damaged else 0)


def _entries(found: Iterable[HandEntry]) -> Outcome:
    kept = list(found)
    data: list[dict[str, Any]] = [
        {
            "number": one.id, "kind": one.kind, "list": one.list_id, "subject": one.subject, "country": one.country,
            "tier": one.tier, "reason": one.reason, "source": one.source, "until": one.until, "who": one.who,
            "approved": one.approved, "approver": one.approver,
        }
        for one in kept
    ]  # fmt: skip
    lines = tuple(f"{one.id:>4}  {words.entry(one)}" for one in kept)
    return Outcome({"entries": data}, lines or (_("Nothing was added by hand."),))


def _told(found: Iterable[Note]) -> Outcome:
    kept = list(found)
    return Outcome({"notes": list(map(_plain_note, kept))}, tuple(map(_note_line, kept)) or (_("There is no note."),))


def _plain_note(one: Note) -> dict[str, Any]:
    return {"number": one.id, "day": one.day, "text": one.text, "who": one.who, "at": one.at}


def _note_line(one: Note) -> str:
    return f"{one.id:>4}  {day(one.day)}  {one.who}  {one.text}"


def _files(found: Iterable[Attachment]) -> Outcome:
    kept = list(found)
    data = [
        {"number": one.id, "subject": one.subject, "name": one.name, "size": one.size, "sha256": one.sha256,
         "comment": one.comment, "who": one.who, "at": one.at}
        for one in kept
    ]  # fmt: skip
    return Outcome({"attachments": data}, tuple(map(_file, kept)) or (_("No file is attached."),))


def _file(one: Attachment) -> str:
    return f"{one.id:>4}  {one.subject}  {one.name}  {number(one.size)} B  {moment(one.at)}  {one.who}"
