"""What the page shows, asked for in one go."""

from dataclasses import dataclass
from datetime import date

from app.bootstrap import Program
from app.jobs import Job
from app.services.staffing import Member, Staff
from app.services.unlocking import Approvals
from app.storage import roles
from app.storage.absences import Absence
from app.storage.persons import Person


@dataclass(frozen=True, slots=True)
class Seen:
    """Everybody, the absences that hold or will (the first to begin first), and how approvals ask the acting person."""

    staff: Staff
    absences: tuple[Absence, ...]
    approvals: Approvals
    today: date

    @property
    def acting(self) -> Person:
        """Who is at work."""
        return self.staff.acting

    @property
    def administers(self) -> bool:
        """Whether the acting person may speak for others."""
        return roles.may(self.acting.role, "person.role")

    @property
    def written(self) -> tuple[Member, ...]:
        """Those who are written down and have not left."""
        return tuple(one for one in self.staff.members if one.person.since is not None and one.person.left is None)

    def member(self, id: str | None) -> Member | None:
        """One person by account."""
        return next((one for one in self.staff.members if one.person.id == id), None)


def fetch(program: Program, _job: Job) -> Seen:
    """Ask for all of it."""
    absences = sorted(program.working.absences(), key=lambda one: (one.first, one.id))
    today = program.checking.business_date()
    return Seen(program.staffing.staff(), tuple(absences), program.unlocking.state(), today)
