"""What the page asks the services for, in a worker."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from alerts.finding import Finding
from app.bootstrap import Program
from app.jobs import Job
from app.liquidity import scenariofile
from app.liquidity.maturities import Profile
from app.liquidity.scenario import Scenario
from app.refusals import Misused, Refused
from app.services.simulating import Course, Proof
from app.spreadsheets.workbook import SheetContent
from app.storage.scenarios import StoredScenario
from ui.tables.exporting import write


@dataclass(frozen=True)
class Shown:
    """A course with the dates to choose from (oldest first); `course` None: there is no date to begin from."""

    days: tuple[date, ...]
    course: Course | None


@dataclass(frozen=True)
class Compared:
    """The saved scenarios, each with its course from the same start, and which reaches its floor first."""

    stored: tuple[StoredScenario, ...]
    courses: tuple[Course, ...]
    finding: Finding


def simulate(program: Program, scenario: Scenario, months: int, on: date | None, _job: Job) -> Shown:
    """The course from a date, or from the newest one where the date is none of those to choose from."""
    days = tuple(reversed(program.simulating.starts()))
    if not days:
        return Shown((), None)
    return Shown(days, program.simulating.simulate(scenario, months, on if on in days else days[-1]))


def proof(program: Program, _job: Job) -> Proof:
    """Both back-tests and the fan."""
    return program.simulating.proof()


@dataclass(frozen=True)
class Held:
    """The Wednesdays with holdings, oldest first, the profile of one of them, and since when its list is known."""

    days: tuple[date, ...]
    profile: Profile | None
    known_from: datetime | None


def maturities(program: Program, on: date | None, _job: Job) -> Held:
    """The holdings of a Wednesday (None: of the newest)."""
    profile = program.simulating.maturities(on)
    known = None if profile is None else program.simulating.holdings_known_from(profile.as_of)
    return Held(tuple(reversed(program.simulating.holdings_dates())), profile, known)


def compare(program: Program, months: int, on: date | None, _job: Job) -> Compared:
    """Every saved scenario from the same start."""
    stored = program.simulating.scenarios()
    try:
        courses, finding = program.simulating.compare([one.scenario.name for one in stored], months, on)
    except Refused:
        courses, finding = (), Finding("compare.one")
    return Compared(stored, courses, finding)


def save(program: Program, scenario: Scenario, name: str, _job: Job) -> Scenario:
    """Save under a name."""
    return program.simulating.save(scenario, name)


def read_file(file: Path, _job: Job) -> Scenario:
    """A scenario from a TOML file; Misused "scenario.…" where it cannot be used."""
    try:
        text = file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise Misused("scenario.no_file", file=str(file)) from None
    return scenariofile.read(text)


def write_file(file: Path, scenario: Scenario, _job: Job) -> None:
    """Write a scenario into a TOML file."""
    file.write_text(scenariofile.write(scenario), "utf-8")


def remove(program: Program, name: str, _job: Job) -> Scenario:
    """Take a saved scenario away."""
    return program.simulating.remove(name)


def export(place: Path, sheets: tuple[SheetContent, ...], sample: bool, _job: Job) -> tuple[str, ...]:
    """Write the sheets into a workbook."""
    return write(place, sheets, sample=sample)
