"""One source at a time: its questions, their answers, and each answer stored in a unit of work of its own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from app.jobs import Job
from app.refusals import Refused
from app.series.catalogue import carried_by
from app.series.series import Batch
from app.settings import SourceSettings
from app.sources import nyfed, treasury
from app.sources.http import Http
from app.sources.source import (
    SOMA_HOLDINGS,
    TREASURY_FLOWS,
    Answered,
    FlowsTable,
    HoldingsTable,
    Request,
    Source,
    Span,
)
from app.storage import fetches, holdings, observations, treasury_flows
from app.storage.database import Database
from app.storage.observations import Fetch

#: A source that cannot be reached so often in a row is left alone for this time: asking on would take minutes.
_SILENCES = 3
#: So long an answer about the whole history is good; then everything is asked again, for revisions far back.
_WHOLE_AGAIN = timedelta(days=31)
#: An answer may lead to so many more questions (pages); more of them is a source that does not end.
_MOST_PAGES = 100
#: Refusals that are about the way to the source, not about what it said.
UNANSWERED = ("source.unreachable", "source.status")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one request, file or series of it; `error` says why where nothing of it was stored."""

    source: str
    resource: str  # a series id, a package, or a file's name
    added: int  # observations, revisions included
    error: Refused | None = None
    skipped: bool = False  # not a file of ours, or a source that is switched off or not needed; no failure


class Asking:
    """The questions to one source, asked one after the other over one connection."""

    def __init__(
        self,
        source: Source,
        settings: SourceSettings,
        database: Database,
        clock: Callable[[], datetime],
        job: Job,
        key: str | None = None,
    ) -> None:
        self._source, self._settings, self._key = source, settings, key
        self._database, self._clock, self._job = database, clock, job

    def questions(self, since: date | None) -> tuple[Request, ...]:
        """What to ask now: what is new since the last time, or everything where that was long ago or never."""
        now = self._clock()
        until = now.date()
        if since is not None:
            return self._source.requests(Span(until, since))
        with self._database.read() as connection:
            own = [series.id for series in carried_by(self._source.id).values()]
            newest = dict(fetches.given_by(connection, self._source.id, own)) | _beside(connection, self._source.id)
            before = fetches.asked(connection, self._source.id)
        if not newest:
            return self._source.requests(Span(until))
        parts = self._source.requests(Span(until, None, newest))
        whole = {request.resource: request for request in self._source.requests(Span(until))}
        chosen: dict[str, Request] = {}
        for part in parts:
            resource = part.whole or part.resource
            if part.since is not None and resource in whole and _ask_whole(before.get(resource), now):
                chosen[resource] = whole[resource]
            else:
                chosen[part.resource] = part
        covered = {part.whole or part.resource for part in parts}
        for resource, request in whole.items():  # a part of the past that was not to be had at the first time
            last = before.get(resource)
            if resource not in covered and last is not None and not last.good and last.at.date() < until:
                chosen[resource] = request
        return tuple(chosen.values())

    def ask(self, requests: Sequence[Request], progress: Callable[[], None]) -> list[Outcome]:
        """Every question with what its answer leads to; what fails stops nothing but itself."""
        outcomes: list[Outcome] = []
        silent: list[Refused] = []
        with Http(self._source, self._settings, now=self._clock, sleep=self._job.wait, key=self._key) as http:
            for request in requests:
                progress()
                if len(silent) == _SILENCES:
                    outcomes.append(Outcome(self._source.id, request.resource, 0, silent[-1]))
                    continue
                answers = self._answer(http, request)
                outcomes += answers
                error = answers[-1].error if answers else None
                silent = [*silent, error] if error and error.code == "source.unreachable" else []
                if error and error.code == "credentials.refused":
                    silent = [error] * _SILENCES  # every other question would be refused as well
        return outcomes

    def _answer(self, http: Http, request: Request) -> list[Outcome]:
        """A question, its following pages, and where it fails the questions instead of it."""
        waiting, outcomes = [request], list[Outcome]()
        for _page in range(_MOST_PAGES):
            if not waiting:
                break
            self._job.check()
            asked = waiting.pop(0)
            answers, more = self._fetch(http, asked)
            outcomes += answers
            waiting = [*more, *waiting]
        if request.otherwise and outcomes and all(one.error is not None for one in outcomes):
            return [one for other in request.otherwise for one in self._answer(http, other)]
        return outcomes

    def _fetch(self, http: Http, request: Request) -> tuple[list[Outcome], tuple[Request, ...]]:
        """One question, and its answer stored in one unit of work; with it what is to be asked next."""
        source, resource = self._source, request.logged
        with self._database.read() as connection:
            etag, last_modified = observations.last_answer(connection, source.id, resource)
        now = self._clock()
        try:
            answer = http.ask(request, etag, last_modified)
            body = answer.body
            found = source.parse(body, request.resource) if body is not None else ()
            more = source.more(request, body) if body is not None else ()
        except Refused as error:
            outcome = "failed" if error.code in UNANSWERED else "refused"
            with self._database.write() as connection:
                observations.log(connection, Fetch(source.id, resource, now, outcome, error.code, detail(error)))
            return [Outcome(source.id, request.resource, 0, error)], ()
        if request.unit is not None:
            found = [replace(one, unit=one.unit or request.unit) if isinstance(one, Batch) else one for one in found]
        with self._database.write() as connection:
            if body is None and not answer.nothing:
                unchanged = Fetch(source.id, resource, now, "unchanged", etag=etag, last_modified=last_modified)
                observations.log(connection, unchanged)
                return [Outcome(source.id, request.resource, 0)], ()
            stored = store(connection, source.id, found, now, resource, answer.etag, answer.last_modified)
        return stored or [Outcome(source.id, request.resource, 0)], more


def _ask_whole(last: fetches.Attempt | None, now: datetime) -> bool:
    """Whether the whole history is asked instead of a part: never had, long ago, or the same question again today."""
    if last is None or now - last.at > _WHOLE_AGAIN:
        return True
    return last.conditional and last.at.date() == now.date()


def _beside(connection: Connection, source: str) -> dict[str, date]:
    """The newest dates of what a source gives that is no series."""
    newest = {}
    if source == nyfed.ID and (days := holdings.dates(connection)):
        newest[SOMA_HOLDINGS] = days[0]
    if source == treasury.ID and (day := treasury_flows.last_day(connection)) is not None:
        newest[TREASURY_FLOWS] = day
    return newest


def store(
    connection: Connection,
    source: str,
    answers: Sequence[Answered],
    now: datetime,
    resource: str,
    etag: str | None = None,
    last_modified: str | None = None,
) -> list[Outcome]:
    """Store what one answer or file holds; a refused series is its own outcome and does not stop the others."""
    fetch_id = observations.log(
        connection, Fetch(source, resource, now, "stored", etag=etag, last_modified=last_modified)
    )
    outcomes = []
    for one in answers:
        try:
            outcomes.append(Outcome(source, _names(one), _keep(connection, one, now, fetch_id)))
        except Refused as error:
            outcomes.append(Outcome(source, _names(one), 0, error))
    refused = [outcome.error for outcome in outcomes if outcome.error is not None]
    observations.conclude(
        connection,
        fetch_id,
        added=sum(outcome.added for outcome in outcomes),
        outcome="refused" if refused else "stored",
        code=refused[0].code if refused else None,
        message=detail(refused[0]) if refused else None,
    )
    return outcomes


def _keep(connection: Connection, one: Answered, now: datetime, fetch_id: int) -> int:
    match one:
        case Batch():
            return observations.store(connection, one, now, fetch_id)
        case HoldingsTable():
            return holdings.store(connection, one.rows, now, fetch_id)
        case FlowsTable():
            return treasury_flows.store(connection, one.rows, now, fetch_id)


def _names(one: Answered) -> str:
    match one:
        case Batch():
            return one.series_id
        case HoldingsTable():
            return SOMA_HOLDINGS
        case FlowsTable():
            return TREASURY_FLOWS


def detail(error: Refused) -> str:
    """What the fetch log keeps of a refusal's values."""
    return ", ".join(f"{key}={value}" for key, value in error.values.items())


def unanswered(outcomes: Sequence[Outcome], carried: Mapping[str, str]) -> frozenset[str]:
    """Of the series a source carries (its name → catalogue id), those that it did not give, by catalogue id.

    A question about a series begins with its name ("WALCL units").
    """
    failed = {one.resource for one in outcomes if one.error is not None or one.skipped}
    failed |= {resource.split(" ")[0] for resource in failed}
    return frozenset(id for name, id in carried.items() if failed & {name, id})
