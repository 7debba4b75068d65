"""`book import`, `book show`, `book history`, `book undo`: bringing the exposure book in and looking at it."""

import argparse
import getpass
import sys
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from pathlib import Path

from app.bootstrap import Program
from app.cli import book_changes, book_names
from app.cli.command import DONE, REFUSED, Commands, Outcome, add_command, add_group, iso_date
from app.i18n import gettext as _
from app.refusals import Refused
from app.services import outcome, templating
from app.services.outcome import Ending
from app.storage.books import Batch
from app.storage.evidence import Reconciled
from app.wording import importing as words
from app.wording import terms
from app.wording.book import ending, status
from app.wording.formats import currency, day, moment, number
from app.wording.sentences import sentence
from exposures import survey
from exposures.book import Basis, Book, Dimension, Position
from exposures.currencies import CODES, minor_units
from exposures.exposure import MONEY_FIELDS
from exposures.issues import Issue, Rule
from exposures.reconciliation import Control

_SHOWN = 20
_LANGUAGES = {"en": "en", "zh": "zh_CN"}
_BY = {item.value: item for item in (Dimension.COUNTRY, Dimension.COUNTERPARTY, Dimension.ENTITY)}


def add(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add the group."""
    group = add_group(commands, "book", "import the exposure book, look at it, undo an import")
    take = add_command(group, "import", import_book, "import a workbook or CSV file as the book of a date")
    take.add_argument("file", metavar="FILE", type=Path, help=".xlsx, .xlsm, .xlsb, .xls, .ods or .csv")
    take.add_argument("--reporting-date", metavar="DATE", type=iso_date, required=True, help="2022-05-18")
    take.add_argument("--mapping", metavar="NAME|FILE", help="a saved layout, or a TOML file (default: by the headers)")
    take.add_argument("--sheet", metavar="NAME", help="the sheet with the lines (default: found)")
    take.add_argument("--rates", metavar="FILE", type=Path, help="exchange rates: currency, per USD, date")
    take.add_argument("--supersede", metavar="REASON", help="put this file in the place of the date's book")
    take.add_argument("--password-stdin", action="store_true", help="read the workbook's password from standard input")
    take.add_argument(
        "--control", metavar="FIELD:CURRENCY=AMOUNT", action="append", type=_control, default=[],
        help="a total given beside the file, for example outstanding:USD=1250000.00",
    )  # fmt: skip
    take.add_argument("--whole", action="store_true", help="store nothing where a row or a control total is wrong")
    take.add_argument("--marked", metavar="FILE.xlsx", type=Path, help="write the sheet with its faulty cells marked")
    take.add_argument("--dry-run", action="store_true", help="read and check, store nothing")
    empty = add_command(group, "template", template, "write an empty book to be filled in, with words to choose from")
    empty.add_argument("file", metavar="FILE.xlsx", type=Path)
    empty.add_argument("--lang", choices=tuple(_LANGUAGES), default="en", help="of headers and words (default: en)")
    out = add_command(group, "export", export, "write the newest book so that it can be imported again")
    out.add_argument("file", metavar="FILE.xlsx", type=Path)
    out.add_argument("--lang", choices=tuple(_LANGUAGES), default="en", help="of headers and words (default: en)")
    look = add_command(group, "show", show, "show the newest book, as the file has it (immediate counterparty)")
    look.add_argument("--by", choices=tuple(_BY), default="country", help="rows (default: country)")
    book_changes.add(group)
    book_names.add(group)
    add_command(group, "history", history, "list every import and what became of it")
    back = add_command(group, "undo", undo, "withdraw the last import; the one it superseded is the book again")
    back.add_argument("--reason", metavar="REASON", help="why, for the audit trail")


def import_book(program: Program, arguments: argparse.Namespace) -> Outcome:
    """Import, or with --dry-run only check."""
    password = sys.stdin.readline().rstrip("\r\n") if arguments.password_stdin else None
    try:
        found = _read(program, arguments, password)
    except Refused as error:
        if error.code != "importing.encrypted" or not sys.stdin.isatty():
            raise
        password = getpass.getpass(_("Password of {file}: ").format(file=arguments.file.name))
        found = _read(program, arguments, password)
    marked = None
    if arguments.marked is not None and found.ending is not Ending.ALREADY:
        marked = program.importing.mark(found, arguments.file, arguments.marked, password)
    data: dict[str, object] = {
        "batch": found.batch,
        "rows_read": found.rows_read,
        "imported": found.imported,
        "quarantined": found.quarantined,
        "issues": [
            {
                "sheet": issue.sheet,
                "cell": issue.cell,
                "rule": issue.rule.value,
                "severity": issue.severity.value,
                "value": issue.value,
                "message": words.message(issue),
            }
            for issue in found.issues
        ],
        "reconciliation": [_reconciled(row) for row in found.reconciliation],
        "columns": [
            {"column": part.letters, "header": part.header, "field": part.field, "suggested": part.suggested}
            for part in found.columns
        ],
    }
    lines = _import_lines(found)
    if marked is not None:
        data["marked"] = marked
        text = _("{cells} cells are marked in {file}.").format(cells=number(marked), file=arguments.marked)
        lines = (*lines, text)
    failed = found.ending in (Ending.BLOCKED, Ending.REJECTED) or found.quarantined > 0
    return Outcome(data, lines, REFUSED if failed else DONE)


def _control(text: str) -> Control:
    name, _colon, rest = text.partition(":")
    currency, _equals, amount = rest.partition("=")
    try:
        if name not in MONEY_FIELDS or currency not in CODES:
            raise InvalidOperation
        return Control(name, currency, Decimal(amount))
    except InvalidOperation:
        raise argparse.ArgumentTypeError(f"not of the form outstanding:USD=1250000.00: {text!r}") from None


def template(_program: Program, arguments: argparse.Namespace) -> Outcome:
    """Write the empty book."""
    templating.write(arguments.file, _LANGUAGES[arguments.lang])
    text = _("Empty book written to {file}; write over its two example lines.").format(file=arguments.file)
    return Outcome({"file": str(arguments.file)}, (text,))


def export(program: Program, arguments: argparse.Namespace) -> Outcome:
    """Write the newest book."""
    lines = templating.write_book(arguments.file, program.surveying.book(), _LANGUAGES[arguments.lang])
    text = _("{lines} lines written to {file}.").format(lines=number(lines), file=arguments.file)
    return Outcome({"file": str(arguments.file), "lines": lines}, (text,))


def _read(program: Program, arguments: argparse.Namespace, password: str | None) -> outcome.Outcome:
    given = {"mapping": arguments.mapping, "sheet": arguments.sheet, "rates": arguments.rates, "password": password}
    given |= {"controls": arguments.control, "whole": arguments.whole}
    if arguments.dry_run:
        return program.importing.preview(arguments.file, arguments.reporting_date, **given)
    return program.importing.commit(arguments.file, arguments.reporting_date, supersede=arguments.supersede, **given)


def show(program: Program, arguments: argparse.Namespace) -> Outcome:
    """The newest book by country, counterparty or entity."""
    book = program.surveying.book()
    dimension = _BY[arguments.by]
    rows = book.split(dimension)
    data = {
        "reporting_date": book.reporting_date,
        "currency": book.currency,
        "rows": [
            {
                dimension.value: row.key,
                "lines": row.lines,
                "outstanding": _rounded(row, row.outstanding, book),
                "undrawn": _rounded(row, row.undrawn, book),
                "pending": _rounded(row, row.pending, book),
                "exposure": _rounded(row, row.amount(), book),
            }
            for row in rows
        ],
    }
    lines = [
        _("Book of {date}, batch {batch}, {currency}").format(
            date=day(book.reporting_date), batch=book.batch, currency=currency(book.currency)
        )
    ]
    heads = (_("Lines"), _("Outstanding"), _("Undrawn"), _("Pending"), _("Exposure"))
    lines.append(f"{'':<40} {heads[0]:>8} {heads[1]:>24} {heads[2]:>24} {heads[3]:>20} {heads[4]:>24}")
    lines += [
        f"{_name(dimension, row):<40} {number(row.lines):>8} "
        f"{number(row.outstanding, 2):>24} {number(row.undrawn, 2):>24} {number(row.pending, 2):>20} "
        f"{number(row.amount(), 2):>24}"
        for row in rows
    ]
    lines += [sentence(finding) for finding in survey.notices(book, Basis.IMMEDIATE)]
    return Outcome(data, tuple(lines))


def history(program: Program, _arguments: argparse.Namespace) -> Outcome:
    """Every import, newest first."""
    known = program.importing.history()
    data = {"batches": [_batch(item) for item in known]}
    lines = [
        f"{item.id:>5}  {day(item.reporting_date):<12}  {status(item.status.value):<12}  {number(item.imported):>9}  "
        f"{moment(item.at)}  {item.user}  {item.file_name}  {item.reason or ''}".rstrip()
        for item in known
    ]
    return Outcome(data, tuple(lines) or (_("Nothing was imported yet."),))


def undo(program: Program, arguments: argparse.Namespace) -> Outcome:
    """Withdraw the last import."""
    undone = program.importing.undo(arguments.reason)
    text = _("Withdrew batch {batch}, the book of {date}.").format(batch=undone.id, date=day(undone.reporting_date))
    if undone.supersedes is not None:
        text = _("Withdrew batch {batch}; batch {earlier} is the book of {date} again.").format(
            batch=undone.id, earlier=undone.supersedes, date=day(undone.reporting_date)
        )
    data = {"withdrawn": undone.id, "visible": undone.supersedes, "reporting_date": undone.reporting_date}
    return Outcome(data, (text,))


def _import_lines(found: outcome.Outcome) -> tuple[str, ...]:
    lines = [ending(found.ending.value, found.batch)]
    if found.ending is Ending.ALREADY:
        return tuple(lines)
    lines.append(
        _("{read} rows read, {imported} imported, {quarantined} set aside.").format(
            read=number(found.rows_read), imported=number(found.imported), quarantined=number(found.quarantined)
        )
    )
    shown = sorted(found.issues, key=_place)
    lines += [f"{issue.sheet}!{issue.cell}  {words.message(issue)}" for issue in shown[:_SHOWN]]
    if len(shown) > _SHOWN:
        lines.append(_("… and {more} more; --json lists all.").format(more=number(len(shown) - _SHOWN)))
    return tuple(lines)


def _place(issue: Issue) -> tuple[int, int]:
    """What was asked for comes first: control totals that differ, those that agree; then the issues by severity."""
    asked = (Rule.CONTROL_DIFFERS, Rule.CONTROL_AGREES)
    place = asked.index(issue.rule) if issue.rule in asked else len(asked)
    return place, ("error", "warning", "info").index(issue.severity.value)


def _reconciled(row: Reconciled) -> dict[str, object]:
    return {
        "field": row.field,
        "currency": row.currency,
        "country": row.country,
        "rows": row.rows,
        "in_file": row.in_file,
        "stored": row.stored,
        "quarantined": row.quarantined,
        "difference": row.difference,
        "unreadable": row.unreadable,
    }


def _batch(item: Batch) -> dict[str, object]:
    return {
        "batch": item.id,
        "reporting_date": item.reporting_date,
        "status": item.status.value,
        "file": item.file_name,
        "sha256": item.sha256,
        "mapping": item.mapping_name,
        "imported_at": item.at,
        "user": item.user,
        "rows_read": item.rows_read,
        "imported": item.imported,
        "quarantined": item.quarantined,
        "supersedes": item.supersedes,
        "reason": item.reason,
    }


def _rounded(row: Position, amount: Decimal, book: Book) -> Decimal | None:
    """In the book's minor unit; null where not one of the lines could be converted."""
    if row.lines == row.not_converted:
        return None
    return amount.quantize(Decimal(1).scaleb(-minor_units(book.currency)), rounding=ROUND_HALF_EVEN)


def _name(dimension: Dimension, row: Position) -> str:
    if dimension is Dimension.COUNTRY:
        return terms.country(row.key)
    return row.name or _("not given")
