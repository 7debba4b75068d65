"""Entering figures that no free source has, by hand or from a file; they count once a second person accepted them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import isfinite
from pathlib import Path

from app.events import Events, SeriesChanged
from app.jobs import Job
from app.refusals import Misused, Refused
from app.series.catalogue import SERIES
from app.services.entry_tables import Fault, drafts_of
from app.spreadsheets import child
from app.spreadsheets.reading import read_workbook
from app.storage import audit, entries
from app.storage.database import Database
from app.storage.entries import Draft, Entry
from exposures.cells import Workbook

_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Imported:
    """A file's figures as they were kept: their numbers, all waiting for a second person."""

    file: str
    entries: tuple[Entry, ...]


class Entering:
    """What was entered is never changed: a correction is another entry, and the newest accepted one counts."""

    def __init__(self, database: Database, events: Events, clock: Callable[[], datetime], user: str) -> None:
        self._database, self._events, self._clock, self._user = database, events, clock, user

    def enter(self, series_id: str, day: date, value: float, source: str, note: str = "") -> Entry:
        """Enter one figure in the series' unit.

        Misused "series.unknown"; Refused "entries.source_missing", "entries.future", "entries.not_a_number",
        "series.unit_range", "series.unit_jump".
        """
        draft = Draft(series_id, day, value, source.strip(), note.strip())
        return self._keep([draft], "entry.enter")[0]

    def import_file(self, path: Path, source: str = "", job: Job | None = None) -> Imported:
        """Take the figures of a workbook or CSV file, all or none.

        Refused "entries.bad_file" with every fault and its cell, and as `enter`; Misused "importing.no_file".
        """
        book: Workbook = child.run(read_workbook, path, job=job or Job())
        found: list[Draft] = []
        faults: list[Fault] = []
        for sheet in book.sheets:
            drafts, wrong = drafts_of(sheet, path.name, source.strip())
            found += drafts
            faults += wrong
        today = self._clock().date()
        faults += [Fault(one.cell or "", "future", one.date.isoformat()) for one in found if one.date > today]
        if faults or not found:
            raise Refused("entries.bad_file", file=path.name, faults=tuple(faults), found=len(found))
        return Imported(path.name, self._keep(found, "entry.import"))

    def waiting(self) -> tuple[Entry, ...]:
        """What waits for a second person, newest first."""
        with self._database.read() as connection:
            return entries.entries(connection, waiting=True)

    def history(self, series_ids: Sequence[str] | None = None) -> tuple[Entry, ...]:
        """Every entry (of some series), newest first."""
        with self._database.read() as connection:
            return entries.entries(connection, series_ids=series_ids)

    def check(self, numbers: Sequence[int], accept: bool, reason: str = "") -> tuple[Entry, ...]:
        """Accept or return entries, all or none.

        Refused "entries.unknown", "entries.decided", "entries.reason_missing" (to return one), "persons.same_person".
        """
        if not accept and not reason.strip():
            raise Refused("entries.reason_missing")
        now = self._clock()
        with self._database.write() as connection:
            decided = entries.decide(connection, list(numbers), accept, self._user, now, reason.strip())
            for one in decided:
                audit.record(
                    connection,
                    at=now,
                    who=self._user,
                    action="entry.accept" if accept else "entry.return",
                    subject=f"entry {one.id}",
                    after={"series": one.draft.series_id, "date": one.draft.date, "value": repr(one.draft.value)},
                    reason=reason.strip() or None,
                )
        if accept:
            self._events.publish(SeriesChanged(frozenset(one.draft.series_id for one in decided)))
        return decided

    def _keep(self, drafts: Sequence[Draft], action: str) -> tuple[Entry, ...]:
        now = self._clock()
        for one in drafts:
            _check(one, now.date())
        with self._database.write() as connection:
            entries.refuse_range(connection, drafts)
            numbers = set(entries.add(connection, drafts, self._user, now))
            for number, one in zip(sorted(numbers), drafts, strict=True):
                audit.record(
                    connection,
                    at=now,
                    who=self._user,
                    action=action,
                    subject=f"entry {number}",
                    after={
                        "series": one.series_id,
                        "date": one.date,
                        "value": repr(one.value),
                        "source": one.source,
                        "file": one.file,
                        "cell": one.cell,
                    },
                )
            kept = [one for one in entries.entries(connection) if one.id in numbers]
        return tuple(sorted(kept, key=lambda one: one.id))


def _check(draft: Draft, today: date) -> None:
    if draft.series_id not in SERIES:
        raise Misused("series.unknown", series=draft.series_id)
    if not isfinite(draft.value):
        raise Refused("entries.not_a_number", series=draft.series_id)
    if not draft.source or len(draft.source) > _LONGEST or len(draft.note) > _LONGEST:
        raise Refused("entries.source_missing", series=draft.series_id, most=_LONGEST)
    if draft.date > today:
        raise Refused("entries.future", series=draft.series_id, date=draft.date)
