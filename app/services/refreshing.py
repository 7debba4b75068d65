"""Fetching what was released, or taking in files that someone downloaded."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from app.events import Events
from app.jobs import Job
from app.paths import Workspace
from app.refusals import Refused
from app.storage.database import Database


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one request or file; `error` says why where nothing was stored."""

    source: str
    resource: str  # a series id, a package, or a file's name
    added: int  # observations, revisions included
    error: Refused | None = None
    skipped: bool = False  # not a file of ours; no failure


@dataclass(frozen=True, slots=True)
class RefreshReport:
    """All outcomes of one refresh."""

    outcomes: tuple[Outcome, ...]

    @property
    def added(self) -> int:
        """How many observations are new or revised."""
        return sum(outcome.added for outcome in self.outcomes)

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """The outcomes with an error."""
        return tuple(outcome for outcome in self.outcomes if outcome.error is not None)


@dataclass(frozen=True, slots=True)
class Freshness:
    """How current one group of data is, for the status bar."""

    id: str  # h41, rates, on_rrp, fx, ...: a code, worded by app.wording.liquidity.freshness_label
    data_date: date | None
    expected: date | None  # the latest date that should be there by now
    missed: int  # releases missed
    state: str  # fresh, late, stale or empty
    fetched_at: datetime | None
    outcome: str | None  # of the last fetch: stored, unchanged, refused or failed


class Refreshing:
    """Writes observations; one refresh at a time."""

    def __init__(
        self, workspace: Workspace, database: Database, events: Events, clock: Callable[[], datetime], user: str
    ) -> None:
        self._workspace = workspace
        self._database = database
        self._events = events
        self._clock = clock
        self._user = user

    def refresh(
        self, source_ids: Sequence[str] = (), since: date | None = None, job: Job | None = None
    ) -> RefreshReport:
        """Ask every source (or those named); a source that fails leaves the old data and does not stop the others."""
        raise NotImplementedError

    def take_in(self, folder: Path, job: Job | None = None) -> RefreshReport:
        """Store what a folder of downloaded files holds, all of it in one unit of work; Misused if it is missing."""
        raise NotImplementedError

    def accept_unit(self, series_id: str, unit: str, reason: str | None = None) -> int:
        """Convert what is stored of a series to `unit`, audited; returns how many observations."""
        raise NotImplementedError

    def freshness(self) -> list[Freshness]:
        """How current each group of data is."""
        raise NotImplementedError
