"""Building the sample workspace through the program's own ways: series, book, limits."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from app.events import Events
from app.jobs import Job
from app.liquidity.scenario import Scenario, Split
from app.paths import Workspace
from app.refusals import Refused
from app.series.catalogue import SERIES
from app.series.series import Batch as SeriesBatch
from app.services.backing_up import BackingUp
from app.services.importing import Importing
from app.services.limiting import Limiting
from app.services.sample import banking, entering, limiting, supplied, telling
from app.services.sample.book import REPORTING_DATE, book
from app.services.sample.countries import countries
from app.services.sample.history import NOW, history
from app.services.sample.holdings import holdings
from app.services.sample.last_week import LAST_WEEK, last_week
from app.services.sample.ledger import ledger
from app.services.sample.treasury import flows, treasury
from app.spreadsheets.ledger import write_ledger
from app.storage import audit, contents, facts, observations, scenarios, treasury_flows
from app.storage import holdings as account
from app.storage.books import Batch
from app.storage.database import Database
from app.storage.observations import Fetch
from exposures.limits import Scope

#: The source under which the sample's observations are stored.
SOURCE = "sample"
#: The file that the sample's book is read from.
LEDGER_NAME = "exposure_20220520_SAMPLE.xlsx"
#: The file of the week before.
EARLIER_NAME = "exposure_20220513_SAMPLE.xlsx"
#: Saved scenarios of the simulator to begin with.
SCENARIOS = (
    Scenario(name="As announced in May 2022"),
    Scenario(name="Banks pay for everything", split=Split(Decimal(100), Decimal(0), Decimal(0))),
    Scenario(name="Half the caps", treasury_cap=Decimal(30), agency_cap=Decimal("17.5")),
)
#: Tables that the program itself fills: the rules it ships are nobody's data.
_OWN = frozenset({"fact", "rule_version", "alert_state", "audit", "audit_head", "audit_anchor"})


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
        if any(rows for table, rows in contents.row_counts(connection).items() if table not in _OWN):
            raise Refused("sample.other_data")
        facts.mark_sample(connection, NOW)
        audit.record(connection, at=NOW, who="sample", action="sample.claim", subject="workspace")


class Building:
    """Fills a claimed sample workspace; every step may be done again and then changes nothing."""

    def __init__(self, database: Database, workspace: Workspace, clock: Callable[[], datetime], user: str) -> None:
        self._database = database
        self._clock = clock
        self._user = user
        # Nobody listens: the rules are evaluated once, when everything is there, and not after every limit.
        events = Events()

        def before_the_cut_off() -> datetime:
            """The book came in an hour earlier, so that the morning's check knows it."""
            return clock() - timedelta(hours=1)

        self._importing = Importing(
            database, workspace, events, before_the_cut_off, user, BackingUp(database, workspace, clock)
        )
        self._limiting = Limiting(database, events, before_the_cut_off, user)

    def build(self, folder: Path, job: Job | None = None) -> Built:
        """Store the history, write the book's workbook into `folder` and import it, set the limits."""
        job = job or Job()
        job.report("sample.history", 0, 3)
        added = self._store_history()
        entering.enter(self._database, self._clock())
        banking.enter(self._database, self._clock, self._user)
        telling.enter(self._database, self._clock, self._user)
        supplied.enter(self._database, self._clock() - timedelta(hours=1), self._user)
        job.report("sample.book", 1, 3)
        folder.mkdir(parents=True, exist_ok=True)
        made = book()
        path = folder / LEDGER_NAME
        if not path.exists():
            write_ledger(path, ledger(made))
        if self._imported() is None:
            with TemporaryDirectory() as before:  # last week's book came by another way; only this week's file is kept
                earlier = Path(before) / EARLIER_NAME
                write_ledger(earlier, ledger(last_week(made), LAST_WEEK, ()))
                self._importing.commit(earlier, LAST_WEEK, job=job)
            self._importing.commit(path, REPORTING_DATE, job=job)
        job.report("sample.limits", 2, 3)
        there = {stored.limit.key for stored in self._limiting.in_force() if stored.limit.scope is Scope.COUNTRY}
        missing = {country: amount for country, amount in made.limits.items() if country not in there}
        for country, amount in missing.items():
            self._limiting.set(country, amount, "USD")
        limiting.enter(self._database, made.counterparties, self._clock() - timedelta(hours=1))
        imported = self._imported()
        if imported is None:
            raise Refused("sample.not_imported", file=str(path))
        return Built(added, path, imported, len(missing))

    def _imported(self) -> Batch | None:
        return next((batch for batch in self._importing.history() if batch.visible), None)

    def _store_history(self) -> int:
        now = self._clock()
        whole = history() | countries() | treasury()
        added = 0
        with self._database.write() as connection:
            key = observations.log(connection, Fetch(SOURCE, "history", now, "stored"))
            for name, values in whole.items():
                batch = SeriesBatch(name, SOURCE, tuple(sorted(values.items())), SERIES[name].unit)
                added += observations.store(connection, batch, now, key)
            account.store(connection, holdings(), now, key)
            treasury_flows.store(connection, flows(), now, key)
            if not scenarios.all_saved(connection):
                for scenario in SCENARIOS:
                    scenarios.save(connection, scenario, self._user, now)
            observations.conclude(
                connection, key, added=added, outcome="stored" if added else "unchanged", code=None, message=None
            )
        return added
