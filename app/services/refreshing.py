"""Fetching what was released, or taking in files that someone downloaded."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection

from app.events import Events, SeriesChanged
from app.jobs import Job
from app.paths import Workspace
from app.refusals import Misused, Refused
from app.series import releases
from app.series.catalogue import CURRENCIES, SERIES
from app.series.releases import Overrides
from app.series.series import Batch
from app.settings import source_settings
from app.sources import SOURCES, folder
from app.sources.http import Http
from app.sources.source import Request, Source
from app.storage import audit, observations
from app.storage.database import Database
from app.storage.observations import Fetch
from app.timetable import table


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one request, file or series of it; `error` says why where nothing of it was stored."""

    source: str
    resource: str  # a series id, a package, or a file's name
    added: int  # observations, revisions included
    error: Refused | None = None
    skipped: bool = False  # not a file of ours, or a source that is switched off; no failure


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

#: A source that cannot be reached so often in a row is left alone for this time: asking on would take minutes.
_SILENCES = 3


class Refreshing:
    """Writes observations; a batch is stored whole or not at all."""

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
        """Ask every source (or those named); a source that fails leaves the old data and does not stop the others.

        Misused "source.unknown" for an id that is no source.
        """
        known = {source.id: source for source in SOURCES}
        for id in source_ids:
            if id not in known:
                raise Misused("source.unknown", source=id, known=tuple(known))
        job = job or Job()
        chosen = [known[id] for id in source_ids] or list(SOURCES)
        asked = [(source, source.requests(since, self._clock().date())) for source in chosen]
        total = sum(len(requests) for _, requests in asked)
        outcomes: list[Outcome] = []
        done = 0
        for source, requests in asked:
            try:
                settings = source_settings(self._workspace.sources, source.id)
                if not settings.enabled:
                    outcomes.append(Outcome(source.id, source.id, 0, skipped=True))
                    done += len(requests)
                    continue
                with Http(source, settings, now=self._clock) as http:
                    silent: list[Refused] = []
                    for request in requests:
                        job.report("fetching", done, total)
                        if len(silent) == _SILENCES:
                            outcomes.append(Outcome(source.id, request.resource, 0, silent[-1]))
                        else:
                            outcomes += (answers := self._fetch(source, http, request, since))
                            error = answers[-1].error if answers else None
                            silent = [*silent, error] if error and error.code == "source.unreachable" else []
                        done += 1
            except Refused as error:  # settings that cannot be used stop this source only
                outcomes.append(Outcome(source.id, source.id, 0, error))
        return self._finish(outcomes)

    def _fetch(self, source: Source, http: Http, request: Request, since: date | None) -> list[Outcome]:
        """One question, and its answer stored in one unit of work."""
        # An answer about a part of the history must not stand for the whole at the next conditional request.
        resource = request.resource if since is None else f"{request.resource} from {since.isoformat()}"
        with self._database.read() as connection:
            etag, last_modified = observations.last_answer(connection, source.id, resource)
        now = self._clock()
        try:
            answer = http.ask(request, etag, last_modified)
            batches = () if answer.body is None else source.parse(answer.body, request.resource)
        except Refused as error:
            outcome = "failed" if error.code in ("source.unreachable", "source.status") else "refused"
            with self._database.write() as connection:
                observations.log(connection, Fetch(source.id, resource, now, outcome, error.code, _detail(error)))
            return [Outcome(source.id, request.resource, 0, error)]
        with self._database.write() as connection:
            if answer.body is None:
                unchanged = Fetch(source.id, resource, now, "unchanged", etag=etag, last_modified=last_modified)
                observations.log(connection, unchanged)
                return [Outcome(source.id, request.resource, 0)]
            return _store(connection, source.id, batches, now, resource, answer.etag, answer.last_modified)

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

        Refused "calendar.…" where the bank's table of release days cannot be used.
        """
        now, overrides = self._clock(), table.read(self._workspace.calendar)
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
            entry = Fetch(source, found.name, now, "refused", found.error.code, _detail(found.error))
            observations.log(connection, entry)
        return [Outcome(source, found.name, 0, found.error, skipped)]
    return _store(connection, source, found.batches, now, f"file {found.name}")


def _store(
    connection: Connection,
    source: str,
    batches: Sequence[Batch],
    now: datetime,
    resource: str,
    etag: str | None = None,
    last_modified: str | None = None,
) -> list[Outcome]:
    """Store the batches of one answer or file; a refused one is its own outcome and does not stop the others."""
    fetch_id = observations.log(
        connection, Fetch(source, resource, now, "stored", etag=etag, last_modified=last_modified)
    )
    outcomes = []
    for batch in batches:
        try:
            outcomes.append(Outcome(source, batch.series_id, observations.store(connection, batch, now, fetch_id)))
        except Refused as error:
            outcomes.append(Outcome(source, batch.series_id, 0, error))
    refused = [outcome.error for outcome in outcomes if outcome.error is not None]
    observations.conclude(
        connection,
        fetch_id,
        added=sum(outcome.added for outcome in outcomes),
        outcome="refused" if refused else "stored",
        code=refused[0].code if refused else None,
        message=_detail(refused[0]) if refused else None,
    )
    return outcomes


def _detail(error: Refused) -> str:
    return ", ".join(f"{key}={value}" for key, value in error.values.items())


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
