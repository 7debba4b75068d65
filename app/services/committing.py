"""The work of an import in its child process: guard, read, map, validate and store one workbook."""

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from hashlib import file_digest
from pathlib import Path

from sqlalchemy import Connection

from app.jobs import Job
from app.refusals import Misused, Refused
from app.services import approving, haircuts, layouts, reconciling
from app.services.book_sheets import alone, excerpts, places, set_limits, with_others
from app.services.outcome import Changes, Column, Ending, Outcome
from app.spreadsheets import child, reading
from app.storage import audit, books, drafts, evidence, limits, snapshots
from app.storage import totals as kept_totals
from app.storage.books import Batch
from app.storage.database import Database
from app.storage.drafts import Draft
from exposures import countries, importing, last_book, preview, rates, sheets, suggesting
from exposures.allocation import Factors
from exposures.book import Book
from exposures.cells import Cells, Workbook, column_letters
from exposures.importing import Imported
from exposures.issues import Issue, Rule
from exposures.lines import typed
from exposures.mapping import Mapping as Layout
from exposures.mapping import to_toml
from exposures.rates import Rate, in_force
from exposures.reconciliation import Control, compare_controls
from exposures.sheets import Part
from exposures.totals import totals

#: Values that are shown of a column, and counterparties that a preview names as those that move most.
_SAMPLES, _MOVES = 3, 4


@dataclass(frozen=True)
class Task:
    """What the child needs; everything in it can be pickled."""

    file: Path
    reporting_date: date
    given: Layout | None
    known: Mapping[str, Layout]
    sheet: str | None
    rates: Path | None
    supersede: str | None
    store: bool
    database_url: str
    sha256: str
    rates_sha256: str
    user: str
    at: datetime
    password: str | None = field(default=None, repr=False)  # of the file; stored nowhere
    controls: tuple[Control, ...] = ()
    whole: bool = False  # all rows or none


def work(task: Task, job: Job) -> Outcome:
    """In the child: from the file to the store."""
    countries.learn()  # the reader is at work beside, while what takes time at first is made ready
    with closing(Database(task.database_url)) as database:
        return _import(task, database, job)


def _import(task: Task, database: Database, job: Job) -> Outcome:
    workbook = reading.read_workbook(task.file, job, task.password)
    cells, layout, origin = layouts.choose(workbook, task.known, task.given, task.sheet, task.file)
    child.allow_rows(cells.count)
    if origin == "proposed":
        layout = sheets.layout_of(cells, layout, with_places=True) or layout
    job.report("checking", 0, 1)
    given_rates, rate_issues = _rates(workbook, task, layout, job)
    by_itself = task.given is not None or task.sheet is not None
    known_places = dict if by_itself else places(workbook, cells.sheet)
    found = importing.read_lines(cells, layout, task.reporting_date, given_rates, known_places)
    main = Part(cells, layout, found)
    others = (task.known, task.reporting_date, given_rates, known_places)
    found = alone(main) if by_itself else with_others(workbook, main, *others)
    layout = replace(layout, fingerprint=found.fingerprint)
    columns = _columns(cells, layout)
    left_out = suggesting.not_read(cells, {one.header: one.suggested for one in columns if origin == "proposed"})
    controlled = compare_controls(task.controls, found.reconciliation, cells.sheet)
    beside = (*workbook.notes, *left_out, *controlled, *rate_issues, *_against_last(database, task, main))
    draft = _draft(task, cells, layout, found, given_rates, beside)
    outcome = Outcome(
        Ending.BLOCKED if found.blocked or found.lines.empty else Ending.PREVIEWED,
        None,
        task.reporting_date,
        task.file.name,
        sheet=cells.sheet,
        sheets=workbook.names,
        mapping=layout,
        mapping_origin=origin,
        columns=columns,
        rows_read=found.rows_read,
        imported=len(found.lines),
        quarantined=len(found.quarantined),
        not_counted=found.not_counted,
        issues=draft.issues,
        reconciliation=reconciling.file_side(found),
        quarantined_rows=found.quarantined,
        excerpts=() if task.store else excerpts(workbook, cells, draft.issues, by_itself=by_itself),
    )
    if outcome.ending is Ending.BLOCKED:
        return replace(outcome, imported=0)
    if task.whole and (outcome.quarantined or any(issue.rule is Rule.CONTROL_DIFFERS for issue in controlled)):
        return replace(outcome, ending=Ending.REJECTED, imported=0)
    if digest(task.file) != task.sha256:
        raise Refused("book.file_changed", file=task.file.name)
    return _store(database, task, draft, found, outcome, job) if task.store else _compare(database, draft, outcome)


def _against_last(database: Database, task: Task, main: Part) -> list[Issue]:
    """What looks odd beside the newest book of an earlier day."""
    with database.read() as connection:
        earlier = [item for item in books.visible(connection) if item.reporting_date < task.reporting_date]
        before = books.held(connection, earlier[-1].id) if earlier else None
    day = earlier[-1].reporting_date if earlier else task.reporting_date
    return [] if before is None else last_book.check(main.found, main.cells, main.layout, before, day)


def _store(database: Database, task: Task, draft: Draft, found: Imported, outcome: Outcome, job: Job) -> Outcome:
    job.report("storing", 0, 1)
    with database.read() as connection:
        cut = haircuts.factors(connection)
    added = totals(_book(draft, cut))
    with database.write() as connection:
        # Looked at again under the write lock: another process may have imported meanwhile.
        known = books.visible(connection)
        if (twin := same(known, task) or same(books.waiting(connection), task)) is not None:
            return Outcome(Ending.ALREADY, twin.id, task.reporting_date, task.file.name, taken_by=twin.id)
        taken = _taken(known, task.reporting_date)
        if taken is not None and task.supersede is None:
            refuse_taken(known, task)
        waits = approving.asked_for(connection)
        draft = replace(draft, supersedes=None if taken is None else taken.id, waits=waits)
        number = drafts.add(connection, draft)
        kept_totals.keep(connection, number, added, cut.securities_haircut)
        made = snapshots.made(connection, number)
        reconciled = reconciling.reconcile(
            found, evidence.stored_sums(connection, number, reconciling.fields(found), made)
        )
        evidence.keep_reconciliation(connection, number, reconciled)
        set_limits(
            connection, found.limits, batch=number, user=task.user, at=task.at, about=subject(task.reporting_date)
        )
        audit.record(
            connection,
            at=task.at,
            who=task.user,
            action="book.import",
            subject=subject(task.reporting_date),
            before=None if taken is None else {"batch": taken.id},
            after={"batch": number, "file": draft.file_name, "sha256": draft.sha256, "lines": len(draft.lines)},
            reason=task.supersede,
            data={"batch": number},
        )
        child.settle(job)
    with database.read() as connection:  # who is stopped here leaves it to the first reader
        snapshots.keep(connection, number, made)
    return replace(
        outcome,
        ending=Ending.WAITING if waits else Ending.IMPORTED,
        batch=number,
        reconciliation=reconciled,
        taken_by=None if taken is None else taken.id,
    )


def _compare(database: Database, draft: Draft, outcome: Outcome) -> Outcome:
    with database.read() as connection:
        taken = _taken(books.visible(connection), draft.reporting_date)
        number = None if taken is None else taken.id
        base, new, changed, gone = drafts.compare(connection, replace(draft, supersedes=number))
        before = None if base is None else _stored_book(connection, base)
        standing = [stored.limit for stored in limits.in_force(connection)]
        cut = haircuts.factors(connection)
    after = _book(draft, cut)
    if not after.rates and before is not None:  # as the window will show it until rates come
        after = replace(after, rates=before.rates)
    moves, exceeded = preview.moves(before, after, _MOVES), preview.exceeded(before, after, standing)
    changes = Changes(base, new, changed, gone, after.currency, moves, exceeded)
    return replace(outcome, changes=changes, taken_by=number)


def _book(draft: Draft, cut: Factors) -> Book:
    """The book that the draft would become."""
    rates_then = in_force(draft.rates, draft.reporting_date)
    return Book(draft.reporting_date, 0, draft.lines, rates_then, tolerance=draft.tolerance, factors=cut)


def _stored_book(connection: Connection, number: int) -> Book:
    batch = next(item for item in books.batches(connection) if item.id == number)
    rates_then = in_force(books.rates(connection, number), batch.reporting_date)
    lines, cut = books.lines(connection, number), haircuts.factors(connection)
    return Book(batch.reporting_date, number, lines, rates_then, tolerance=batch.tolerance, factors=cut)


def _rates(workbook: Workbook, task: Task, layout: Layout, job: Job) -> tuple[tuple[Rate, ...], tuple[Issue, ...]]:
    """The rates of the file that was given, or of the workbook's own sheet of rates."""
    source = workbook if task.rates is None else reading.read_workbook(task.rates, job)
    sheets = [sheet for sheet in source.sheets if rates.holds_rates(sheet)]
    if not sheets and task.rates is not None:
        sheets = list(source.sheets)  # a file of rates may call its sheet anything
    return rates.read_rates(sheets[0], layout.date_format) if sheets else ((), ())


def _draft(
    task: Task,
    cells: Cells,
    layout: Layout,
    found: Imported,
    given_rates: tuple[Rate, ...],
    other_issues: tuple[Issue, ...],
) -> Draft:
    return Draft(
        reporting_date=task.reporting_date,
        file_name=task.file.name,
        sha256=task.sha256,
        rates_sha256=task.rates_sha256,
        mapping_name=layout.name,
        mapping_text=to_toml(layout),
        fingerprint=found.fingerprint,
        sheet=cells.sheet,
        tolerance=layout.tolerance,
        user=task.user,
        at=task.at,
        rows_read=found.rows_read,
        not_counted=found.not_counted,
        lines=typed(found.lines),
        quarantined=found.quarantined,
        issues=(*found.issues, *other_issues),
        rates=given_rates,
        reason=task.supersede,
    )


def _columns(cells: Cells, layout: Layout) -> tuple[Column, ...]:
    fields = {header: name for name, header in (*layout.fallbacks.items(), *layout.columns.items())}
    left = [header for header in cells.headers if header and header not in fields]
    meant = suggesting.suggest(left, set(fields.values()))
    found = []
    for place, header in enumerate(cells.headers):
        values = [str(value) for value in cells.columns[place][:100] if value is not None][:_SAMPLES]
        field_name = fields.get(header)
        found.append(Column(column_letters(place), header, field_name, tuple(values), meant.get(header)))
    return tuple(found)


def _taken(known: Sequence[Batch], on: date) -> Batch | None:
    return next((item for item in known if item.reporting_date == on), None)


def refuse_taken(known: Sequence[Batch], task: Task) -> None:
    """Raise Refused book.date_taken where the date has a book."""
    taken = _taken(known, task.reporting_date)
    if taken is not None:
        raise Refused("book.date_taken", date=task.reporting_date, batch=taken.id, file=taken.file_name)


def same(known: Sequence[Batch], task: Task) -> Batch | None:
    """The visible batch that this very file, read the same way, has made."""
    taken = _taken(known, task.reporting_date)
    if taken is None or taken.sha256 != task.sha256:
        return None
    if task.rates is not None and taken.rates_sha256 != task.rates_sha256:
        return None
    if task.sheet is not None and task.sheet.strip().casefold() != taken.sheet.strip().casefold():
        return None
    given = None if task.given is None else replace(task.given, fingerprint=taken.fingerprint)
    return None if given is not None and to_toml(given) != taken.mapping_text else taken


def subject(reporting_date: date) -> str:
    """What the audit trail calls the book of a date."""
    return f"book {reporting_date.isoformat()}"


def digest(file: Path) -> str:
    """The SHA-256 of a file; Misused book.file_missing, Refused book.file_locked."""
    try:
        with file.open("rb") as stream:
            return file_digest(stream, "sha256").hexdigest()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        raise Misused("book.file_missing", file=str(file)) from None
    except PermissionError:  # on Windows Excel locks the workbook it shows
        raise Refused("book.file_locked", file=str(file)) from None
