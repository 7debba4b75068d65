"""The daily check: run on what was known at its cut-off, decided by a person step by step, signed and never changed."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from importlib.resources import files
from zoneinfo import ZoneInfo

from app.events import CheckChanged, Event, Events, SeriesChanged
from app.paths import Workspace
from app.refusals import Refused
from app.services import check_evidence, check_steps
from app.services.assessing import Assessing
from app.services.bank_days import BankDays
from app.services.check_steps import Look as Look
from app.services.check_steps import Missed as Missed
from app.services.metering import Metered
from app.services.surveying import Surveying
from app.storage import audit, checks, observations
from app.storage.database import Database
from exposures.calendar import BankCalendar
from exposures.check import Check, Role, Snapshot
from exposures.check_policy import CheckPolicy, read_policy
from exposures.checking import Decided, Verdict, lacking, reopened


class Checking:
    """Checks are added, decided and signed; nothing of them is ever changed or back-dated."""

    def __init__(
        self,
        database: Database,
        workspace: Workspace,
        surveying: Surveying,
        sources: Sequence[Metered],
        assessing: Assessing,
        events: Events,
        clock: Callable[[], datetime],
        user: str,
    ) -> None:
        self._database, self._workspace, self._days = database, workspace, BankDays(database)
        self._surveying, self._sources, self._assessing = surveying, sources, assessing
        self._events, self._clock, self._user = events, clock, user
        self._policy: CheckPolicy | None = None

    @property
    def policy(self) -> CheckPolicy:
        """Hours, marks and steps, as the shipped file says."""
        if self._policy is None:
            text = files("exposures").joinpath("daily_check.toml").read_text("utf-8")
            self._policy = read_policy(text)
        return self._policy

    def follow(self, event: Event) -> None:
        """Look for late data when figures changed; subscribed where the program is built."""
        if isinstance(event, SeriesChanged):
            self.reexamine()

    def run(self, business_date: date, now: datetime | None = None) -> Check:
        """Make the check of a bank business day, once; again it gives what there is.

        Its evidence is what was known at its cut-off, however late it is made. Late data about the days before are
        looked for too. Refused "check.not_business_day", "check.too_early".
        """
        now = now or self._clock()
        if not self.calendar(business_date).is_business_day(business_date):
            raise Refused("check.not_business_day", date=business_date)
        start = self.instant(business_date, self.policy.start)
        if now < start:
            raise Refused("check.too_early", date=business_date, start=start)
        with self._database.read() as connection:
            there = checks.find(connection, business_date)
        if there is None:
            there = self._make(business_date, now)
        self.reexamine(now)
        return self.check(there.business_date)

    def look(self, business_date: date) -> Look:
        """Evaluate a day without storing anything."""
        as_of = min(self.instant(business_date, self.policy.cut_off), self._clock())
        return Look(business_date, as_of, self._snapshot(business_date, as_of, self._last_signed(business_date)))

    def today(self) -> Check | None:
        """The check of the bank's day; None where it has not been run, or the bank is shut."""
        with self._database.read() as connection:
            return checks.find(connection, self.business_date())

    def business_date(self) -> date:
        """The bank's day."""
        return self._days.of(self._clock())

    def check(self, business_date: date) -> Check:
        """The check of a day; Misused "check.unknown"."""
        with self._database.read() as connection:
            return check_steps.find(connection, business_date)

    def checks(self, since: date | None = None) -> list[Check]:
        """Every check, newest day first."""
        with self._database.read() as connection:
            return checks.checks(connection, since)

    def decide(
        self,
        business_date: date,
        step: str,
        decision: Verdict,
        comment: str = "",
        lists: Sequence[str] = (),
        owner: str = "",
    ) -> Check:
        """Decide a step; on a signed page, the late evidence about that step.

        Misused "check.unknown", "check.unknown_step"; Refused "check.needs_comment" (milder than the verdict),
        "check.needs_lists" (an act that names neither lists and owner nor a reason), "check.signed".
        """
        now = self._clock()
        with self._database.write() as connection:
            check = check_steps.find(connection, business_date)
            addendum = check.waiting(step)
            verdict = check_steps.verdict_of(check, step, addendum)
            match lacking(verdict, decision, comment, lists, owner):
                case "comment":
                    raise Refused("check.needs_comment", step=step, verdict=verdict.value)
                case "lists":
                    raise Refused("check.needs_lists", step=step)
            number = None if addendum is None else addendum.id
            decided = Decided(
                step, verdict, decision, comment.strip(), self._user, now, tuple(lists), owner.strip(), number
            )
            before = check.decision(step) if addendum is None else addendum.decision
            checks.decide(connection, check, decided)
            audit.record(
                connection,
                at=now,
                who=self._user,
                action="check.decide",
                subject=f"check {business_date}",
                before=None if before is None else check_steps.plain(before),
                after=check_steps.plain(decided),
                reason=decided.comment or None,
                data=check_steps.data_of(check.cut_off, check.snapshot.book),
            )
        return self._changed(business_date)

    def sign(self, business_date: date) -> Check:
        """Sign the page, which freezes it; on a signed page, every addendum that is decided.

        Refused "check.undecided" (with `steps`), "check.signed" (nothing is left to sign).
        """
        now, key = self._clock(), check_steps.signing_key(self._database)
        with self._database.write() as connection:
            check = check_steps.find(connection, business_date)
            check_steps.sign(connection, check, check_steps.for_maker(check), Role.MAKER, self._user, now, key)
        return self._changed(business_date)

    def countersign(self, business_date: date) -> Check:
        """Sign as the second person what its maker has signed.

        Refused "check.not_signed", "check.same_person", "check.signed" (nothing is left to sign).
        """
        now, key = self._clock(), check_steps.signing_key(self._database)
        with self._database.write() as connection:
            check = check_steps.find(connection, business_date)
            check_steps.sign(connection, check, check_steps.for_checker(check), Role.CHECKER, self._user, now, key)
        return self._changed(business_date)

    def due(self, now: datetime | None = None) -> tuple[date, ...]:
        """The business days whose run has started by now and that have no check, oldest first.

        Counted from the first check there is; before it, only today.
        """
        now = now or self._clock()
        with self._database.read() as connection:
            there = {check.business_date for check in checks.checks(connection)}
        today = self._days.of(now)
        days = self._days.between(min(there, default=today), today)
        return tuple(day for day in days if day not in there and self.instant(day, self.policy.start) <= now)

    def missed(self, now: datetime | None = None) -> tuple[Missed, ...]:
        """The business days before today without a signed check, oldest first, from the first check there is."""
        now = now or self._clock()
        with self._database.read() as connection:
            there = {check.business_date: check for check in checks.checks(connection)}
        today = self._days.of(now)
        days = set(self._days.between(min(there, default=today), today)) | set(there)
        return check_steps.unsigned(there, (day for day in sorted(days) if day < today))

    def reexamine(self, now: datetime | None = None) -> tuple[date, ...]:
        """Look again, as of their cut-offs, at the checks of the last days, and add what came late as addenda.

        Returns the days that got one. A page, signed or not, stays as it was.
        """
        now = now or self._clock()
        since = self._days.before(self._days.of(now), self.policy.late_days)
        with self._database.read() as connection:
            recent = [
                check
                for check in checks.checks(connection, since)
                if observations.arrived(connection, check.snapshot.fetched, check.cut_off)
            ]
        found = []
        for check in recent:
            base = check.snapshot.covers_from
            with self._database.read() as connection:
                before = None if base is None else checks.find(connection, base)
            seen = self._snapshot(check.business_date, check.cut_off, before)
            if self._add_late(check.business_date, seen, now):
                found.append(check.business_date)
        for day in found:
            self._events.publish(CheckChanged(day))
        return tuple(found)

    def instant(self, business_date: date, hour: time) -> datetime:
        """An hour of the bank's day, in UTC."""
        return self._days.instant(business_date, hour)

    def zone(self) -> ZoneInfo:
        """Where the bank's day begins and ends."""
        return self._days.zone()

    def calendar(self, day: date) -> BankCalendar:
        """The bank's business days around `day`."""
        return self._days.calendar(day)

    def _make(self, business_date: date, now: datetime) -> Check:
        cut_off = self.instant(business_date, self.policy.cut_off)
        snapshot = self._snapshot(business_date, cut_off, self._last_signed(business_date))
        late = now >= self.instant(business_date, self.policy.decide_by)
        with self._database.write() as connection:
            there = checks.find(connection, business_date)
            if there is not None:  # another program was quicker
                return there
            checks.add(
                connection,
                business_date=business_date,
                cut_off=cut_off,
                run_at=now,
                late=late,
                who=self._user,
                snapshot=snapshot,
            )
            after = {step.step: step.verdict.value for step in snapshot.steps}
            audit.record(
                connection,
                at=now,
                who=self._user,
                action="check.run",
                subject=f"check {business_date}",
                after=after | {"late": late},
                data=check_steps.data_of(cut_off, snapshot.book),
            )
        return self._changed(business_date)

    def _add_late(self, business_date: date, seen: Snapshot, now: datetime) -> bool:
        steps = [step.id for step in self.policy.steps if step.reopens]
        with self._database.read() as connection:
            if not reopened(check_steps.find(connection, business_date).latest, seen.steps, steps):
                return False
        with self._database.write() as connection:
            check = check_steps.find(connection, business_date)
            news = reopened(check.latest, seen.steps, steps)
            for step in news:
                checks.add_addendum(connection, check, step, now)
            if news:
                audit.record(
                    connection,
                    at=now,
                    who=self._user,
                    action="check.addendum",
                    subject=f"check {business_date}",
                    after={step.step: step.verdict.value for step in news},
                    data=check_steps.data_of(check.cut_off, seen.book),
                )
        return bool(news)

    def _last_signed(self, before: date) -> Check | None:
        with self._database.read() as connection:
            return checks.last_signed(connection, before)

    def _snapshot(self, business_date: date, as_of: datetime, before: Check | None) -> Snapshot:
        seen = check_evidence.look(
            self._database,
            self._workspace,
            self._surveying,
            self._sources,
            self._assessing,
            self.policy,
            business_date,
            as_of,
            before,
        )
        return replace(seen, covers_from=None if before is None else before.business_date)

    def _changed(self, business_date: date) -> Check:
        self._events.publish(CheckChanged(business_date))
        return self.check(business_date)
