"""A schedule over a real workspace's ledger, whose duties only write down that they were called."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from app.events import Events
from app.jobs import Job
from app.series.releases import NONE
from app.services.scheduling import Duty, Scheduling
from app.storage import schema
from app.storage.database import Database
from app.timetable.periods import Timetable
from app.timetable.run import JobName, Result, Run, Status
from exposures.calendar import BankCalendar

#: A bank in New York, which keeps Columbus Day, Veterans Day and Thanksgiving.
US = Timetable(
    ("effr", "h41", "sofr"),
    NONE,
    BankCalendar(frozenset({date(2026, 10, 12), date(2026, 11, 11), date(2026, 11, 26)})),
    ZoneInfo("America/New_York"),
)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@dataclass
class Recorder:
    """Every call of a duty: the job and its periods; `answer` may fail them."""

    calls: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    answer: Callable[[Run], Result] = lambda run: Result(Status.DONE, "done")

    def duty(self, job: JobName) -> Duty:
        def do(runs: Sequence[Run], _job: Job) -> list[Result]:
            self.calls.append((job.value, tuple(run.period.key for run in runs)))
            return [self.answer(run) for run in runs]

        return do

    def duties(self) -> dict[JobName, Duty]:
        return {job: self.duty(job) for job in JobName}


@dataclass
class Clocks:
    """A wall clock and a monotonic one, which stands still while the machine sleeps."""

    now: datetime
    counted: float = 0.0

    def __call__(self) -> datetime:
        return self.now

    def monotonic(self) -> float:
        return self.counted

    def run_to(self, moment: datetime) -> None:
        self.counted += (moment - self.now).total_seconds()
        self.now = moment

    def sleep_to(self, moment: datetime) -> None:
        self.now = moment


def open_database(folder: Path) -> Database:
    folder.mkdir(parents=True, exist_ok=True)
    database = Database(f"sqlite:///{folder / 'tidewatch.sqlite'}")
    schema.prepare(database)
    return database


def scheduling(database: Database, clocks: Clocks, recorder: Recorder, table: Timetable = US) -> Scheduling:
    return Scheduling(
        database, Events(), clocks, lambda _now: table, recorder.duties(), sample=False, monotonic=clocks.monotonic
    )
