"""Which periods are due: a pure function of the calendars, the ledger and the instant."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.refusals import Refused
from app.series import releases
from app.series.releases import Overrides
from app.timetable.run import JobName, Period, Run, Status
from exposures.calendar import BankCalendar

_DAY = timedelta(days=1)
#: Public sites show a release some minutes after its hour.
FETCH_AFTER = timedelta(minutes=15)
Ledger = Mapping[tuple[str, str], Run]


@dataclass(frozen=True)
class Timetable:
    """What a workspace's schedule is made from; clock times are the bank's, in `zone`, and none is before 03:00, where
    daylight saving may skip or repeat them.
    """

    releases: tuple[str, ...]  # those with a live source
    overrides: Overrides
    bank: BankCalendar
    zone: ZoneInfo
    check_at: time = time(8, 30)
    cut_off: time = time(8, 0)
    backup_at: time = time(7, 30)
    fault: Refused | None = None  # why nothing can be fetched: a file of the bank's that cannot be used

    def local(self, day: date, at: time) -> datetime:
        """The instant of a clock time of the bank's day, in UTC."""
        return datetime.combine(day, at, self.zone).astimezone(UTC)

    def day_begins(self, now: datetime) -> datetime:
        """When the bank's day began, in UTC."""
        return self.local(self.today(now), time())

    def today(self, now: datetime) -> date:
        """The bank's day."""
        return now.astimezone(self.zone).date()


@dataclass(frozen=True, slots=True)
class Task:
    """Work for one call: all missed refreshes together, all missed backups, and one period of anything else."""

    job: JobName
    periods: tuple[Period, ...]  # oldest first


def periods(table: Timetable, since: datetime, until: datetime) -> list[Period]:
    """Every period that falls due after `since`, up to and with `until`; by instant.

    A workspace that begins to keep a schedule also lacks what was released last: of each release, the value that was
    newest at `since` belongs to it too.
    """
    found: list[Period] = []
    for release in table.releases:
        for day, published in releases.released(release, until, table.overrides):
            due = published + FETCH_AFTER
            if due <= until:
                found.append(Period(due, JobName.REFRESH.value, f"{release} {day.isoformat()}"))
                if due <= since:
                    break
    for day in _days(table.today(since), table.today(until)):
        if table.bank.is_business_day(day):
            due, as_of = table.local(day, table.check_at), table.local(day, table.cut_off)
            found += [Period(due, job.value, day.isoformat(), as_of) for job in (JobName.CHECK, JobName.LISTS)]
        found.append(Period(table.local(day, table.backup_at), JobName.BACKUP.value, day.isoformat()))
    return sorted(p for p in found if p.due <= until and (p.due > since or p.job == JobName.REFRESH.value))


def next_due(table: Timetable, job: JobName, now: datetime) -> Period | None:
    """The job's next period after `now`; None where nothing is due within a fortnight (no release has a source)."""
    if job is JobName.REFRESH:
        coming = []
        for release in table.releases:
            day, published = releases.next_after(release, now - FETCH_AFTER, table.overrides)
            coming.append(Period(published + FETCH_AFTER, job.value, f"{release} {day.isoformat()}"))
        return min(coming, default=None)
    later = periods(replace(table, releases=()), now, now + 14 * _DAY)
    return min((period for period in later if period.job == job.value), default=None)


def due(table: Timetable, since: datetime, now: datetime, ledger: Ledger) -> list[Task]:
    """What can be done now, in order: one refresh for everything missed, one backup, each check and its lists.

    A check waits while somebody fetches, and a day's lists wait for its check.
    """
    everything = periods(table, since, now)
    fetching = any(run.period.job == JobName.REFRESH.value and run.is_held(now) for run in ledger.values())
    open_ = [period for period in everything if _is_open(ledger.get((period.job, period.key)), now)]
    tasks = []
    for job in (JobName.REFRESH, JobName.BACKUP):
        if any(period.job == job.value for period in open_):
            # What failed before needs no further wait where the work is done anyway.
            unsettled = (p for p in everything if p.job == job.value and _is_unsettled(ledger.get((p.job, p.key)), now))
            tasks.append(Task(job, tuple(unsettled)))
    for period in open_:
        if period.job == JobName.CHECK.value and not fetching:
            tasks.append(Task(JobName.CHECK, (period,)))
        elif period.job == JobName.LISTS.value:
            check = ledger.get((JobName.CHECK.value, period.key))
            if check is not None and check.status is Status.DONE:
                tasks.append(Task(JobName.LISTS, (period,)))
    return tasks


def _is_open(run: Run | None, now: datetime) -> bool:
    return run is None or run.may_be_tried(now)


def _is_unsettled(run: Run | None, now: datetime) -> bool:
    return run is None or (run.status is not Status.DONE and not run.is_held(now))


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += _DAY
