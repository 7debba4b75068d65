"""Fetching what was released, or taking in files that someone downloaded."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from threading import Lock

from sqlalchemy import Connection

from app.credentials import Keys
from app.events import Events, SeriesChanged
from app.jobs import Job
from app.paths import Workspace
from app.refusals import Misused, Refused
from app.series import releases
from app.series.catalogue import CURRENCIES, SERIES, carried_by
from app.series.releases import Overrides
from app.services.asking import Asking, Outcome, detail, store, unanswered
from app.settings import source_settings
from app.sources import SOURCES, folder
from app.sources.source import Source
from app.storage import audit, observations
from app.storage.database import Database
from app.storage.observations import Fetch
from app.timetable import table


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
        """The outcomes with an error, files of other kinds left out."""
        return tuple(outcome for outcome in self.outcomes if outcome.error is not None and not outcome.skipped)


@dataclass(frozen=True, slots=True)
class Freshness:
    """How current one group of data is, for the status bar."""

    id: str  # h41, rates, on_rrp, fx, ...: a code, worded by app.wording.liquidity.freshness_label
    data_date: date | None
    expected: date | None  # the latest date that should be there by now
    missed: int  # releases missed
    state: str  # fresh, late (one release missed), stale (more), or empty
    fetched_at: datetime | None
    outcome: str | None  # of the last fetch: stored, unchanged, refused or failed


#: What the status bar speaks of, and the series that stand for it.
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("h41", ("WALCL",)),
    ("rates", ("SOFR", "EFFR")),
    ("on_rrp", ("RRPONTSYD",)),
    ("yields", ("DGS10",)),
    ("dollar", ("DTWEXBGS",)),
    ("banks", ("TOTBKCR", "TOTLL")),
    ("money", ("M2SL", "BOGMBASE")),
    ("gdp", ("GDP",)),
    ("fx", tuple(series.id for series in CURRENCIES)),
)

#: So many sources are asked at the same time.
_AT_ONCE = 6


class Refreshing:
    """Writes observations; a batch is stored whole or not at all."""

    def __init__(
        self,
        workspace: Workspace,
        database: Database,
        events: Events,
        clock: Callable[[], datetime],
        user: str,
        keys: Keys,
    ) -> None:
        self._keys = keys
        self._workspace = workspace
        self._database = database
        self._events = events
        self._clock = clock
        self._user = user

    def refresh(
        self, source_ids: Sequence[str] = (), since: date | None = None, job: Job | None = None
    ) -> RefreshReport:
        """Ask every source (or those named), each in a thread of its own; a source that fails leaves the old data and
        neither stops nor delays the others. A source that stands in for another waits for it.

        Misused "source.unknown" for an id that is no source.
        """
        known = {source.id: source for source in SOURCES}
        for id in source_ids:
            if id not in known:
                raise Misused("source.unknown", source=id, known=tuple(known))
        chosen = tuple(known[id] for id in source_ids) or SOURCES
        progress = _Progress(job or Job())
        with ThreadPoolExecutor(_AT_ONCE, "source") as pool:
            lanes = [pool.submit(self._lane, lane, since, progress) for lane in _lanes(chosen)]
            try:
                # As they were listed, so that the report reads the same every time.
                outcomes = [outcome for lane in lanes for outcome in lane.result()]
            except BaseException:
                progress.job.cancel()
                raise
        return self._finish(outcomes)

    def _lane(self, lane: Sequence[Source], since: date | None, progress: "_Progress") -> list[Outcome]:
        """A source, and after it the one that stands in for what it did not give."""
        outcomes: list[Outcome] = []
        given: dict[str, frozenset[str]] = {}
        for source in lane:
            answers = self._ask(source, since, progress, given.get(source.stands_in or ""))
            carried = carried_by(source.id)
            missing = unanswered(answers, {name: series.id for name, series in carried.items()})
            everything = any(one.resource == source.id for one in answers)  # off, without its key, or unusable
            given[source.id] = frozenset() if everything else frozenset(s.id for s in carried.values()) - missing
            outcomes += answers
        return outcomes

    def _ask(
        self, source: Source, since: date | None, progress: "_Progress", given: frozenset[str] | None
    ) -> list[Outcome]:
        """Everything of one source but what was `given` by the one it stands in for."""
        try:
            settings = source_settings(self._workspace.sources, source.id)
            key = self._keys.find(source.id) if source.key is not None and settings.enabled else None
            if not settings.enabled or (source.key is not None and source.key.needed and key is None):
                return [Outcome(source.id, source.id, 0, skipped=True)]
            asking = Asking(source, settings, self._database, self._clock, progress.job, key)
            own = carried_by(source.id)
            requests = [
                request
                for request in asking.questions(since)
                if not given or request.resource not in own or own[request.resource].id not in given
            ]
            progress.add(len(requests))
            return asking.ask(requests, progress.step)
        except Refused as error:  # settings that cannot be used stop this source only
            return [Outcome(source.id, source.id, 0, error)]

    def take_in(self, path: Path, job: Job | None = None) -> RefreshReport:
        """Store what a folder of downloaded files holds, all of it in one unit of work: after a crash the workspace
        has the whole folder or nothing of it. A file that is no data of ours is reported, never fatal.

        Misused "folder.missing" where there is no such folder.
        """
        if not path.is_dir():
            raise Misused("folder.missing", folder=str(path))
        job = job or Job()
        paths = folder.files(path)
        found = []
        for done, file in enumerate(paths):
            job.report("reading", done, len(paths))
            found.append(folder.look(file))
        outcomes: list[Outcome] = []
        now = self._clock()
        with self._database.write() as connection:
            for done, file_found in enumerate(found):
                job.report("storing", done, len(found))
                outcomes += _take(connection, file_found, now)
            job.check()
        return self._finish(outcomes)

    def accept_unit(self, series_id: str, unit: str, reason: str | None = None) -> int:
        """Convert what is stored of a series to `unit`, audited; returns how many observations.

        Misused "series.unknown"; Refused "series.unit" for a unit that is not a power of ten away.
        """
        if series_id not in SERIES:
            raise Misused("series.unknown", series=series_id)
        series, now = SERIES[series_id], self._clock()
        with self._database.write() as connection:
            before = observations.accepted_unit(connection, series)
            converted = observations.accept_unit(connection, series, unit, now, self._user)
            audit.record(
                connection,
                at=now,
                who=self._user,
                action="series.accept_unit",
                subject=series_id,
                before={"unit": before},
                after={"unit": unit, "converted": converted},
                reason=reason,
            )
        self._events.publish(SeriesChanged(frozenset({series_id})))
        return converted

    def freshness(self) -> list[Freshness]:
        """How current each group of data is, from the release calendars (as the bank corrects them) and the fetch log.

        Where the bank's table of release days cannot be used the public calendars count; `Sourcing.standing` says why.
        """
        now, (overrides, _fault) = self._clock(), table.read_or_own(self._workspace.calendar)
        with self._database.read() as connection:
            spans = observations.spans(connection)
            fetches = observations.last_fetches(connection)
        return [_freshness(id, members, spans, fetches, now, overrides) for id, members in GROUPS]

    def _finish(self, outcomes: Iterable[Outcome]) -> RefreshReport:
        report = RefreshReport(tuple(outcomes))
        changed = frozenset(outcome.resource for outcome in report.outcomes if outcome.added)
        if changed:
            self._events.publish(SeriesChanged(changed))
        return report


def _take(connection: Connection, found: folder.Found, now: datetime) -> list[Outcome]:
    source = found.source or "folder"
    if found.error is not None:
        # A note or a picture beside the data is no fault; a CSV that cannot be read, or looks like ours and is not, is.
        skipped = found.source is None and not found.name.lower().endswith(".csv")
        skipped = skipped or found.error.code == "source.unknown_series"
        if not skipped:
            entry = Fetch(source, found.name, now, "refused", found.error.code, detail(found.error))
            observations.log(connection, entry)
        return [Outcome(source, found.name, 0, found.error, skipped)]
    return store(connection, source, found.batches, now, f"file {found.name}")


class _Progress:
    """How far all sources together are; told from several threads."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self._lock = Lock()
        self._done = self._total = 0

    def add(self, requests: int) -> None:
        with self._lock:
            self._total += requests

    def step(self) -> None:
        with self._lock:
            self.job.report("fetching", self._done, self._total)
            self._done += 1


def _lanes(sources: Sequence[Source]) -> list[list[Source]]:
    """The sources that are asked side by side; one that stands in for another comes after it in the same lane."""
    lanes: dict[str, list[Source]] = {}
    for source in sorted(sources, key=lambda one: one.stands_in is not None):
        lanes.setdefault(source.stands_in or source.id, []).append(source)
    return list(lanes.values())


def _freshness(
    id: str,
    members: Sequence[str],
    spans: dict[str, tuple[date, date, int]],
    fetches: dict[str, Fetch],
    now: datetime,
    overrides: Overrides,
) -> Freshness:
    present = [member for member in members if member in spans]
    names = {name for member in members for name, _ in SERIES[member].sources} | {"sample"}
    last = max((fetch for name, fetch in fetches.items() if name in names), key=lambda entry: entry.at, default=None)
    fetched_at, outcome = (last.at, last.outcome) if last else (None, None)
    release = SERIES[members[0]].release
    if not present:
        return Freshness(id, None, releases.expected(release, now, overrides), 0, "empty", fetched_at, outcome)
    oldest = min(present, key=lambda member: spans[member][1])
    missed = max(releases.missed(SERIES[member].release, spans[member][1], now, overrides) for member in present)
    state = "fresh" if missed == 0 else "late" if missed == 1 else "stale"
    expected = releases.expected(SERIES[oldest].release, now, overrides)
    return Freshness(id, spans[oldest][1], expected, missed, state, fetched_at, outcome)
