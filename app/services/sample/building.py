"""Building the sample workspace through the program's own ways: series, book, limits."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, func, select

from app.events import Events, SeriesChanged
from app.jobs import Job
from app.refusals import Refused
from app.series.catalogue import SERIES
from app.series.series import Batch as SeriesBatch
from app.services.importing import Importing
from app.services.limiting import Limiting
from app.services.sample.book import REPORTING_DATE, book
from app.services.sample.history import NOW, history
from app.services.sample.ledger import ledger
from app.spreadsheets.ledger import write_ledger
from app.storage import audit, facts, observations
from app.storage.books import Batch
from app.storage.database import Database
from app.storage.observations import Fetch
from app.storage.tables import METADATA

#: The source under which the sample's observations are stored.
SOURCE = "sample"
#: The file that the sample's book is read from.
LEDGER_NAME = "exposure_20220520_SAMPLE.xlsx"
#: Tables that every workspace has rows in, whatever it holds.
_OWN = frozenset({"fact", "alembic_version"})


@dataclass(frozen=True, slots=True)
class Built:
    """What stands afterwards: observations added now, the file of the book, its import, and limits set now."""

    observations: int
    ledger: Path
    book: Batch
    limits: int


def claim(database: Database) -> None:
    """Make this workspace a sample, or find that it is one; Refused "sample.other_data" where it holds other data."""
    with database.write() as connection:
        if facts.is_sample(connection):
            return
        if _holds_data(connection):
            raise Refused("sample.other_data")
        facts.mark_sample(connection, NOW)
        audit.record(connection, at=NOW, who="sample", action="sample.claim", subject="workspace")


def _holds_data(connection: Connection) -> bool:
    return any(
        connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in METADATA.sorted_tables
        if table.name not in _OWN
    )


class Building:
    """Fills a claimed sample workspace; every step may be done again and then changes nothing."""

    def __init__(
        self,
        database: Database,
        importing: Importing,
        limiting: Limiting,
        events: Events,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._importing = importing
        self._limiting = limiting
        self._events = events
        self._clock = clock

    def build(self, folder: Path, job: Job | None = None) -> Built:
        """Store the history, write the book's workbook into `folder` and import it, set the limits."""
        job = job or Job()
        job.report("sample.history", 0, 3)
        added = self._store_history()
        job.report("sample.book", 1, 3)
        folder.mkdir(parents=True, exist_ok=True)
        made = book()
        path = folder / LEDGER_NAME
        if not path.exists():
            write_ledger(path, ledger(made))
        if self._imported() is None:
            self._importing.commit(path, REPORTING_DATE, job=job)
        job.report("sample.limits", 2, 3)
        there = {stored.limit.country for stored in self._limiting.in_force()}
        missing = {country: amount for country, amount in made.limits.items() if country not in there}
        for country, amount in missing.items():
            self._limiting.set(country, amount, "USD")
        imported = self._imported()
        if imported is None:
            raise Refused("sample.not_imported", file=str(path))
        return Built(added, path, imported, len(missing))

    def _imported(self) -> Batch | None:
        return next((batch for batch in self._importing.history() if batch.visible), None)

    def _store_history(self) -> int:
        now = self._clock()
        whole = history()
        added = 0
        with self._database.write() as connection:
            key = observations.log(connection, Fetch(SOURCE, "history", now, "stored"))
            for name, values in whole.items():
                batch = SeriesBatch(name, SOURCE, tuple(sorted(values.items())), SERIES[name].unit)
                added += observations.store(connection, batch, now, key)
            observations.conclude(
                connection, key, added=added, outcome="stored" if added else "unchanged", code=None, message=None
            )
        if added:
            self._events.publish(SeriesChanged(frozenset(whole)))
        return added
