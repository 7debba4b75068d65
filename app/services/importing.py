"""Bringing a workbook into the book, looking back at what was brought in, and undoing it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from app.events import BookChanged, Events
from app.jobs import Job
from app.paths import Workspace
from app.refusals import Misused, Refused
from app.services import layouts
from app.services.backing_up import BackingUp, Reason
from app.services.committing import Task, digest, refuse_taken, same, subject, work
from app.services.outcome import Ending, Outcome
from app.spreadsheets import child
from app.spreadsheets.marking import Mark, mark_faults
from app.storage import audit, books, evidence
from app.storage.books import Batch, Status
from app.storage.database import Database
from app.storage.evidence import Reconciled
from app.wording import importing as words
from exposures.issues import Issue, Severity
from exposures.mapping import Mapping as Layout
from exposures.reconciliation import Control


class Importing:
    """Imports, their history and their undo."""

    def __init__(
        self,
        database: Database,
        workspace: Workspace,
        events: Events,
        clock: Callable[[], datetime],
        user: str,
        backing_up: BackingUp,
    ) -> None:
        self._database = database
        self._workspace = workspace
        self._events = events
        self._clock = clock
        self._user = user
        self._backing_up = backing_up

    def preview(
        self,
        file: Path,
        reporting_date: date,
        *,
        mapping: Layout | str | None = None,
        sheet: str | None = None,
        rates: Path | None = None,
        password: str | None = None,
        controls: Sequence[Control] = (),
        whole: bool = False,
        job: Job | None = None,
    ) -> Outcome:
        """Everything an import would find; nothing is stored. Errors as `commit`, but a taken date is only told."""
        task = self._task(file, reporting_date, mapping, sheet, rates, supersede=None, store=False, password=password)
        task = replace(task, controls=tuple(controls), whole=whole)
        outcome: Outcome = child.run(work, task, job=job, limits=child.Limits.of(file.stat().st_size), ahead=file)
        return outcome

    def commit(
        self,
        file: Path,
        reporting_date: date,
        *,
        mapping: Layout | str | None = None,
        sheet: str | None = None,
        rates: Path | None = None,
        supersede: str | None = None,
        password: str | None = None,
        controls: Sequence[Control] = (),
        whole: bool = False,
        job: Job | None = None,
    ) -> Outcome:
        """Import a book: all of it or nothing; rows with an error are set aside.

        `password` opens a protected workbook and is kept nowhere; `controls` are totals to compare the file with;
        `whole` stores nothing where a row would be set aside or a control total differs.
        `mapping` is a mapping, the name of a saved or shipped one, or the path of a TOML file; without one it is
        recognised by the headers, or proposed from them. The same file for the same date ends ALREADY. Raises Misused
        book.file_missing, book.mapping_missing, book.future_date; Refused book.date_taken, book.mapping_wrong,
        book.sheet_missing, and what the guard and the child refuse.
        """
        task = self._task(
            file, reporting_date, mapping, sheet, rates, supersede=supersede, store=True, password=password
        )
        task = replace(task, controls=tuple(controls), whole=whole)
        with self._database.read() as connection:
            if (twin := same(books.visible(connection), task) or same(books.waiting(connection), task)) is not None:
                return Outcome(Ending.ALREADY, twin.id, reporting_date, file.name, taken_by=twin.id)
            if supersede is None:
                refuse_taken(books.visible(connection), task)
        outcome: Outcome = child.run(work, task, job=job, limits=child.Limits.of(file.stat().st_size), ahead=file)
        if outcome.ending in (Ending.IMPORTED, Ending.WAITING):
            if task.given is not None and outcome.mapping is not None:
                layouts.save(self._workspace.mappings, outcome.mapping)
            self._events.publish(BookChanged())
        return outcome

    def mark(
        self, found: Outcome, file: Path, target: Path, password: str | None = None, job: Job | None = None
    ) -> int:
        """Write what was read with its faulty cells marked, to be sent back; how many cells are marked.

        `found` is what `preview` or `commit` said of `file`. Refused as reading is; Misused book.same_file.
        """
        marks: dict[str, dict[str, list[Mark]]] = {}
        for issue in found.issues:
            if issue.cell and issue.severity is not Severity.INFO:
                of_sheet = marks.setdefault(issue.sheet, {})
                of_sheet.setdefault(issue.cell, []).append(Mark(issue.severity.value, words.message(issue)))
        heads = words.marked_heads()
        marked: int = child.run(mark_faults, file, target, found.sheet, marks, heads, password, job=job)
        return marked

    def history(self) -> list[Batch]:
        """Every import, newest first, with what became of it."""
        with self._database.read() as connection:
            return books.batches(connection)

    def issues(self, batch: int) -> tuple[Issue, ...]:
        """What an import found; Misused book.unknown_batch."""
        with self._database.read() as connection:
            known_batch(books.batches(connection), batch)
            return evidence.issues(connection, batch)

    def reconciliation(self, batch: int) -> tuple[Reconciled, ...]:
        """The file's sums against the stored ones; Misused book.unknown_batch."""
        with self._database.read() as connection:
            known_batch(books.batches(connection), batch)
            return evidence.reconciliation_of(connection, batch)

    def undo(self, reason: str | None = None) -> Batch:
        """Withdraw the last visible batch; the one it superseded is visible again. The workspace is backed up first.

        Refused book.nothing_to_undo, and what a backup refuses.
        """
        now = self._clock()
        if any(item.visible for item in self.history()):
            self._backing_up.keep(Reason.UNDO)
        with self._database.write() as connection:
            known = books.batches(connection)
            last = next((item for item in known if item.visible), None)
            if last is None:
                raise Refused("book.nothing_to_undo")
            books.set_status(connection, last.id, Status.WITHDRAWN, now, self._user, reason)
            if last.supersedes is not None:
                books.set_status(connection, last.supersedes, Status.COMMITTED, now, self._user, reason)
            audit.record(
                connection,
                at=now,
                who=self._user,
                action="book.undo",
                subject=subject(last.reporting_date),
                before={"batch": last.id},
                after={"batch": last.supersedes},
                reason=reason,
                data={"batch": last.id},
            )
        self._events.publish(BookChanged())
        return replace(last, status=Status.WITHDRAWN)

    def mappings(self) -> Mapping[str, Layout]:
        """Every layout the program knows: shipped with it, and saved in this workspace, by name."""
        return layouts.known(self._workspace.mappings)

    def _task(
        self,
        file: Path,
        reporting_date: date,
        given: Layout | str | None,
        sheet: str | None,
        rates_file: Path | None,
        *,
        supersede: str | None,
        store: bool,
        password: str | None,
    ) -> Task:
        now = self._clock()
        # A day of grace: the reporting date is local, the clock is UTC.
        if reporting_date > now.date() + timedelta(days=1):
            raise Misused("book.future_date", date=reporting_date)
        known = layouts.known(self._workspace.mappings)
        return Task(
            file,
            reporting_date,
            layouts.find(known, given) if isinstance(given, str) else given,
            known,
            sheet,
            rates_file,
            supersede,
            store,
            self._database.url,
            digest(file),
            "" if rates_file is None else digest(rates_file),
            self._user,
            now,
            password,
        )


def known_batch(known: Sequence[Batch], number: int) -> Batch:
    """The batch of that number; Misused book.unknown_batch."""
    for item in known:
        if item.id == number:
            return item
    raise Misused("book.unknown_batch", batch=number)
