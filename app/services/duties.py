"""What the schedule does: each job's work by the service whose work it is, and the timetable it is done by."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta

from app.jobs import Job
from app.paths import Workspace
from app.refusals import Refused
from app.series.catalogue import CATALOGUE, SERIES, carried_by
from app.series.releases import NONE
from app.series.series import Series
from app.services.checking import Checking
from app.services.refreshing import Refreshing, RefreshReport
from app.services.reviewing import Reviewing
from app.services.scheduling import Duty
from app.services.watching import Watching
from app.settings import source_settings
from app.sources import SOURCES
from app.timetable import table
from app.timetable.periods import Timetable
from app.timetable.run import Result, Run, Status

#: So long a value that did not come out in time is asked for again; after that it comes with the next release.
PATIENCE = timedelta(hours=24)


def timetable(workspace: Workspace, checking: Checking, now: datetime) -> Timetable:
    """The workspace's timetable as it is now: the bank's days and hours, and the releases that some source has.

    Where the bank's own files cannot be used nothing is fetched, and the timetable says why; checks are made all the
    same.
    """
    policy, zone = checking.policy, checking.zone()
    bank = checking.calendar(now.astimezone(zone).date())
    try:
        live, overrides, fault = _live(workspace), table.read(workspace.calendar), None
    except Refused as refused:
        live, overrides, fault = (), NONE, refused
    return Timetable(live, overrides, bank, zone, policy.start, policy.cut_off, fault=fault)


def _live(workspace: Workspace) -> tuple[str, ...]:
    """The releases of every series that goes on and that a source has."""
    live = {
        series.release
        for source in SOURCES
        if source_settings(workspace.sources, source.id).enabled
        for series in carried_by(source.id).values()
        if series.last is None
    }
    return tuple(sorted(live))


def refresh(refreshing: Refreshing, watching: Watching, clock: Callable[[], datetime]) -> Duty:
    """Fetch once for every missed release; each is done when its value has arrived."""

    def do(runs: Sequence[Run], job: Job) -> list[Result]:
        report = refreshing.refresh(job=job)
        last = {entry.series.id: entry.last for entry in watching.catalogue()}
        now = clock()
        return [_arrived(run, report, last, now) for run in runs]

    return do


def check(checking: Checking) -> Duty:
    """Make the check of a bank business day, as known at its cut-off."""

    def do(runs: Sequence[Run], job: Job) -> list[Result]:
        results = []
        for run in runs:
            job.check()
            checking.run(date.fromisoformat(run.period.key))
            results.append(Result(Status.DONE, "check.made"))
        return results

    return do


def lists(reviewing: Reviewing) -> Duty:
    """Make the review lists after a day's check; without a book there is nothing to make."""

    def do(runs: Sequence[Run], job: Job) -> list[Result]:
        return [_make_lists(reviewing, run, job) for run in runs]

    return do


def backup(keep_daily: Callable[[], object]) -> Duty:
    """Keep a copy of the workspace; one copy serves for every day that was missed."""

    def do(runs: Sequence[Run], job: Job) -> list[Result]:
        job.check()
        keep_daily()
        return [Result(Status.DONE, "backup.kept")] * len(runs)

    return do


def _make_lists(reviewing: Reviewing, run: Run, job: Job) -> Result:
    if run.attempt > 1:  # the program may have died after it made them
        making = reviewing.lists()[0].making
        if making is not None and making.at >= run.began:
            return Result(Status.DONE, "lists.made")
    try:
        reviewing.generate(job)
    except Refused as error:
        if error.code == "reviews.no_book":
            return Result(Status.DONE, error.code)
        raise
    return Result(Status.DONE, "lists.made")


def _arrived(run: Run, report: RefreshReport, last: Mapping[str, date | None], now: datetime) -> Result:
    release, _, key = run.period.key.partition(" ")
    day = date.fromisoformat(key)
    switched_off = {outcome.source for outcome in report.outcomes if outcome.skipped}
    members = [
        series
        for series in CATALOGUE
        if series.release == release and series.last is None and {id for id, _ in series.sources} - switched_off
    ]
    if any((newest := last[series.id]) is not None and newest >= day for series in members):
        return Result(Status.DONE, "refresh.arrived", {"added": report.added})
    faults = [_fault(series, report) for series in members]
    fault = faults[0] if faults else None
    if fault is not None and None not in faults:
        return Result(Status.FAILED, fault.code, {name: str(value) for name, value in fault.values.items()})
    if now < run.period.due + PATIENCE:
        return Result(Status.FAILED, "refresh.not_out")
    return Result(Status.DONE, "refresh.never_out")


def _fault(series: Series, report: RefreshReport) -> Refused | None:
    """Why no source has the series; None where one answered."""
    first = None
    for source, name in series.sources:
        if any(outcome.skipped for outcome in report.outcomes if outcome.source == source):
            continue
        own = [one for one in report.outcomes if one.source == source and one.resource in (name, series.id)]
        if own and all(one.error is None for one in own):
            return None
        # What is no series (a package, the source itself) stands for everything of its source.
        stands_for = (
            outcome.error
            for outcome in report.failed
            if outcome.source == source and (outcome.resource in (name, series.id) or outcome.resource not in SERIES)
        )
        fault = next(stands_for, None)
        if fault is None:
            return None
        first = first or fault
    return first
