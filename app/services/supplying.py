"""What the bank supplies beside its book: imported whole or not at all, every version kept; sectors as reviewed."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from app import i18n
from app.events import Events, ReviewsChanged
from app.i18n import gettext as _
from app.i18n import pgettext
from app.jobs import Job
from app.refusals import Misused, Refused
from app.services.surveying import Surveying
from app.spreadsheets import child
from app.spreadsheets.reading import read_workbook
from app.spreadsheets.template import TemplateColumn, write_sheets
from app.storage import audit, supplied
from app.storage.database import Database
from app.storage.supplied import SuppliedVersion
from app.wording import supplied as words
from exposures.cells import Workbook
from exposures.exposure import SECTORS
from exposures.reviews import control
from exposures.reviews.measuring import measure
from exposures.reviews.review_list import ReviewBook
from exposures.reviews.sectors import Borrower, borrowers
from exposures.supplied import LINK_KINDS, SectorReview, Supplied
from exposures.supplied_tables import TABLES, Row, SuppliedFault, rows_of

KINDS = tuple(table.id for table in TABLES)
_FORMS = {"date": "date", "amount": "money", "number": "percent", "percent": "percent", "text": "text"}
_LONGEST = 500


class Supplying:
    """Claims between others, capital, soundness and sectors; nothing of it is ever estimated."""

    def __init__(
        self, database: Database, surveying: Surveying, events: Events, clock: Callable[[], datetime], user: str
    ) -> None:
        self._database, self._surveying, self._events = database, surveying, events
        self._clock, self._user = clock, user

    def write_template(self, path: Path, language: str | None = None) -> None:
        """Write an empty workbook of every kind of sheet; Refused "book.template_exists", OSError."""
        if path.exists():
            raise Refused("book.template_exists", file=path.name)
        with i18n.speaking(language or i18n.language()):
            sheets = {
                words.table(table.id): [
                    TemplateColumn(
                        words.heading(column),
                        words.meaning(table.id, column),
                        column.needed,
                        _FORMS.get(column.form, ""),
                        tuple(map(words.link_kind, LINK_KINDS)) if column.form == "kind" else (),
                    )
                    for column in table.columns
                ]
                for table in TABLES
            }
            heads = (_("Column"), _("Meaning"), _("Needed"), _("Words"))
            named = pgettext("sheet", "Explanations"), pgettext("sheet", "Lists")
            write_sheets(path, sheets, *named, heads, _("yes"))

    def import_file(self, path: Path, job: Job | None = None) -> tuple[SuppliedVersion, ...]:
        """Take every known sheet of a workbook or CSV file; each replaces what was supplied of its kind.

        Refused "supplied.bad_file" with every fault and its cell, "supplied.no_table", "supplied.no_rows" (its sheets
        are known and empty); Misused "importing.no_file".
        """
        book: Workbook = child.run(read_workbook, path, job=job or Job())
        today = self._clock().date()
        found: dict[str, list[Row]] = {}
        faults: list[SuppliedFault] = []
        empty: list[str] = []
        for sheet in book.sheets:
            kind, rows, wrong = rows_of(sheet, today)
            faults += wrong
            if kind is not None and not rows:
                empty.append(sheet.name)
            if kind is not None and rows:
                found.setdefault(kind, []).extend(rows)
        if faults:
            raise Refused("supplied.bad_file", file=path.name, faults=tuple(faults))
        if not found and empty:
            raise Refused("supplied.no_rows", file=path.name, sheets=tuple(empty))
        if not found:
            raise Refused("supplied.no_table", file=path.name)
        now = self._clock()
        with self._database.write() as connection:
            for kind, rows in sorted(found.items()):
                before = supplied.versions(connection, kind)
                supplied.add(connection, kind, rows, path.name, self._user, now)
                self._record(connection, "supplied.import", kind, before, len(rows), path.name, now)
            made = tuple(supplied.versions(connection, kind)[0] for kind in sorted(found))
        self._events.publish(ReviewsChanged())
        return made

    def undo(self, kind: str) -> SuppliedVersion:
        """Put what was supplied before in its place again, nothing where there was nothing; the history stays.

        Misused "supplied.nothing_to_undo".
        """
        now = self._clock()
        with self._database.write() as connection:
            before = supplied.versions(connection, kind)
            if not before or not (before[0].rows or len(before) > 1):
                raise Misused("supplied.nothing_to_undo", kind=kind)
            earlier = before[1] if len(before) > 1 else None
            rows, file = (earlier.rows, earlier.file) if earlier else ((), "")
            supplied.add(connection, kind, rows, file, self._user, now)
            self._record(connection, "supplied.undo", kind, before, len(rows), file, now)
            made = supplied.versions(connection, kind)[0]
        self._events.publish(ReviewsChanged())
        return made

    def in_force(self) -> Supplied:
        """Everything that counts now."""
        with self._database.read() as connection:
            return supplied.in_force(connection)

    def versions(self) -> tuple[SuppliedVersion, ...]:
        """The newest version of every kind that was supplied."""
        with self._database.read() as connection:
            found = [supplied.versions(connection, kind)[:1] for kind in KINDS]
        return tuple(version for newest in found for version in newest)

    def borrowers(self, country: str | None = None) -> tuple[Borrower, ...]:
        """Everybody who owes in the newest book (whose head office is in `country`) with the sector that counts.

        Refused "reviews.no_book".
        """
        batches = self._surveying.batches()
        if not batches:
            raise Refused("reviews.no_book")
        batch = batches[-1]
        claims = measure(ReviewBook(self._surveying.book(batch.id), f"v{batch.id}", batch.file_name))
        with self._database.read() as connection:
            reviewed = supplied.sectors(connection)
        found = borrowers(control.counted(claims), reviewed)
        return tuple(one for one in found if country is None or one.country == country)

    def review_sectors(self, subjects: Sequence[str], sector: str, origin: str) -> tuple[SectorReview, ...]:
        """Say which sector borrowers belong to, all or none; it counts from the lists' next making.

        Misused "sectors.unknown_sector", "sectors.no_such_borrower"; Refused "sectors.no_source", "reviews.no_book".
        """
        if sector not in SECTORS:
            raise Misused("sectors.unknown_sector", sector=sector, known=SECTORS)
        if not origin.strip() or len(origin) > _LONGEST:
            raise Refused("sectors.no_source")
        known = {one.key for one in self.borrowers()}
        for subject in subjects:
            if subject not in known:
                raise Misused("sectors.no_such_borrower", subject=subject)
        self._review(subjects, sector, origin.strip())
        standing = self.in_force().sectors
        return tuple(standing[subject] for subject in subjects)

    def withdraw_sector(self, subject: str, reason: str) -> None:
        """Take a review back; the book's own sector counts again. Misused "sectors.not_reviewed"."""
        if subject not in self.in_force().sectors:
            raise Misused("sectors.not_reviewed", subject=subject)
        if not reason.strip():
            raise Refused("sectors.no_source")
        self._review([subject], None, reason.strip())

    def _review(self, subjects: Sequence[str], sector: str | None, origin: str) -> None:
        now = self._clock()
        with self._database.write() as connection:
            standing = supplied.sectors(connection)
            for subject in subjects:
                before = standing.get(subject)
                supplied.review(connection, subject, sector, origin, self._user, now)
                audit.record(
                    connection,
                    at=now,
                    who=self._user,
                    action="sector.review",
                    subject=subject,
                    before=None if before is None else {"sector": before.sector, "source": before.origin},
                    after={"sector": sector, "source": origin},
                )
        self._events.publish(ReviewsChanged())

    def _record(
        self,
        connection: Any,
        action: str,
        kind: str,
        before: tuple[SuppliedVersion, ...],
        rows: int,
        file: str,
        now: datetime,
    ) -> None:
        audit.record(
            connection,
            at=now,
            who=self._user,
            action=action,
            subject=kind,
            before={"rows": len(before[0].rows), "file": before[0].file} if before else None,
            after={"rows": rows, "file": file},
        )
