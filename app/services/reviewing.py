"""Making the review lists, and what people set on their items."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from app import i18n
from app.events import Events, ReviewsChanged
from app.jobs import Job
from app.paths import Workspace
from app.refusals import Misused, Refused
from app.services import filling, review_inputs
from app.services.monitoring import Monitoring
from app.services.stepping import Step, Stepping, find, unsettled
from app.services.surveying import Surveying
from app.settings import REVIEW_SETTINGS
from app.spreadsheets import fill_sheet, review_workbook
from app.spreadsheets.fill_sheet import Origin
from app.storage import audit, facts, hand, levels, reviews
from app.storage import settings as stored_settings
from app.storage.database import Database
from app.storage.reviews import Remade, Run
from exposures.flags import CountryFlag, Tide, live_causes, update_flags
from exposures.reviews import REVIEW_LISTS, by_hand
from exposures.reviews.collecting import put_off
from exposures.reviews.item import Action, Decision, ReviewItem, Status
from exposures.reviews.made import MadeList, Making, answer, in_order
from exposures.reviews.review_list import Grounds
from exposures.reviews.workflow import Move
from exposures.tide import update_tide


@dataclass(frozen=True, slots=True)
class Generated:
    """What a making of the lists changed, by list."""

    run: int
    at: datetime
    book_version: str
    lists: Mapping[str, Remade]
    made: tuple[MadeList, ...]


@dataclass(frozen=True, slots=True)
class Exported:
    """Where the workbook lies, and the cells whose text lost control characters."""

    path: Path
    notes: tuple[str, ...]


class Reviewing:
    """The review lists: made from the book, the limits and the alerts; kept by key; exported to a workbook."""

    def __init__(
        self,
        database: Database,
        workspace: Workspace,
        surveying: Surveying,
        monitoring: Monitoring,
        events: Events,
        clock: Callable[[], datetime],
        user: str,
    ) -> None:
        self._database, self._workspace = database, workspace
        self._surveying, self._monitoring = surveying, monitoring
        self._events, self._clock, self._user = events, clock, user
        self._steps = Stepping(database, events, clock, user)

    def generate(self, job: Job | None = None) -> Generated:
        """Make every list again on the latest book; Refused "reviews.no_book" where there is none.

        Owners, due dates, statuses, comments and decisions stay; nothing is doubled.
        """
        job = job or Job()
        now = self._clock()
        while True:
            with self._database.read() as connection:
                before = reviews.last_run(connection)
            run = self._run(before, now, job)
            with self._database.write() as connection:
                latest = reviews.last_run(connection)
                # Somebody else made the lists meanwhile: their flags are the ones to go on from.
                if (latest and latest.id) != (before and before.id):
                    continue
                run_id = reviews.add_run(connection, run)
                changes = {
                    result.list_id: reviews.remake(connection, run_id, result.list_id, result.items, now, self._user)
                    for result in run.results
                }
                after = {name: f"{change.new} new, {change.changed} changed" for name, change in changes.items()}
                subject = f"run {run_id}, {run.book_version}"
                audit.record(
                    connection, at=now, who=self._user, action="reviews.generate", subject=subject, after=after
                )
            break
        self._events.publish(ReviewsChanged())
        return Generated(run_id, now, run.book_version, changes, self.lists())

    def lists(self, as_of: datetime | None = None) -> tuple[MadeList, ...]:
        """Every list with its items as they stand now, or as they stood at `as_of`."""
        with self._database.read() as connection:
            run = reviews.last_run(connection, as_of)
            stored = reviews.items(connection, as_of=as_of)
        today = self._today(as_of or self._clock())
        making = None if run is None else _making(run)
        made = []
        for review_list in REVIEW_LISTS:
            result = None if run is None else run.result(review_list.id)
            items = in_order([item for item in stored if item.proposal.key.list_id == review_list.id])
            finding = answer(making, result, items, today)
            made.append(MadeList(review_list.id, making, result, items, finding))
        return tuple(made)

    def item(self, item_id: str) -> ReviewItem:
        """One item with its history; Misused "reviews.no_such_item"."""
        with self._database.read() as connection:
            return find(connection, item_id)

    def today(self) -> date:
        """The bank's day."""
        return self._today(self._clock())

    def owners(self) -> tuple[str, ...]:
        """Everybody who owns an item or stands in the owner table, by name."""
        with self._database.read() as connection:
            table = stored_settings.read(connection, "reviews", REVIEW_SETTINGS)["owners"]
            owning = {item.owner for item in reviews.items(connection) if item.owner}
        return tuple(sorted(owning | set(table.values())))

    def assign(self, item_id: str, owner: str | None, due: date | None) -> ReviewItem:
        """Set an item's owner and due date (None: not set)."""
        owner = (owner or "").strip() or None
        values = {"owner": owner or "", "due": due.isoformat() if due else ""}

        def step(item: ReviewItem) -> Step:
            unsettled(item)
            return Step(Move.REMAIN, "assigned", values, {"owner": owner, "due": due})

        return self._steps.take([item_id], step)[0]

    def decide(
        self, item_id: str, action: Action, target: Decimal | None, comment: str, new_grade: str | None = None
    ) -> ReviewItem:
        """Draft a decision on an item; what was returned, or confirmed before, is a draft again.

        Refused "reviews.keep_needs_reason", "reviews.settled", "reviews.step_not_allowed".
        """
        decision = self._decision(action, target, comment)
        values = {"action": action.value, "target": "" if target is None else format(target, "f"), "comment": comment}

        def step(item: ReviewItem) -> Step:
            grades = replace(decision, prior_grade=unsettled(item).proposal.grade, new_grade=new_grade)
            told = values | ({"prior_grade": grades.prior_grade or "", "new_grade": new_grade} if new_grade else {})
            return Step(Move.DRAFT, "decided", told, {"decision": grades}, reason=decision.comment)

        return self._steps.take([item_id], step)[0]

    def decide_line(
        self, item_id: str, line_id: str, action: Action, target: Decimal | None, comment: str
    ) -> ReviewItem:
        """Draft a decision for one line beneath an item; Misused "reviews.no_such_line"."""
        decision = self._decision(action, target, comment)
        amount = "" if target is None else format(target, "f")
        values = {"line": line_id, "action": action.value, "target": amount, "comment": comment}

        def step(item: ReviewItem) -> Step:
            if line_id not in {line.line_id for line in unsettled(item).proposal.lines}:
                raise Misused("reviews.no_such_line", item=item_id, line=line_id)
            return Step(Move.DRAFT, "line_decided", values, line=(line_id, decision), reason=decision.comment)

        return self._steps.take([item_id], step)[0]

    def comment(self, item_id: str, text: str) -> ReviewItem:
        """Add a remark to an item's history; Refused "reviews.comment_missing"."""
        if not text.strip():
            raise Refused("reviews.comment_missing")
        values = {"comment": text.strip()}
        return self._steps.take([item_id], lambda _item: Step(Move.REMAIN, "commented", values))[0]

    def export(self, path: Path, language: str | None = None) -> Exported:
        """Write every list into a workbook; Refused "reviews.never_made", "reviews.cannot_write"."""
        made = self.lists()
        if made[0].making is None:
            raise Refused("reviews.never_made")
        with self._database.read() as connection:
            sample = facts.is_sample(connection)
            run = reviews.last_run(connection)
        with self._database.write() as connection:
            workspace, key = facts.identify(connection)
        origin = Origin(workspace, 0 if run is None else run.id, key)
        try:
            with i18n.speaking(language or i18n.language()):
                fill = partial(
                    fill_sheet.add,
                    words=filling.words(),
                    rows=filling.rows(made),
                    owners=self.owners(),
                    origin=origin,
                )
                notes = review_workbook.write(path, made, self._clock(), self.today(), sample=sample, fill=fill)
        except OSError as error:
            raise Refused("reviews.cannot_write", file=str(path), detail=error.strerror or str(error)) from error
        return Exported(path, notes)

    def _run(self, before: Run | None, now: datetime, job: Job) -> Run:
        today = self._today(now)
        job.report("reading", 0, len(REVIEW_LISTS) + 1)
        read = review_inputs.read(
            self._database, self._surveying, self._monitoring, self._workspace, today, self._clock
        )
        settings, policy = read.settings, read.policy_list
        standing, was = self._standing(before)
        tide = update_tide(was, read.alerts, today, settings.calendar)
        causes = live_causes(settings.em_set, policy, read.alerts, read.limits, read.readings, tide, today)
        with self._database.read() as connection:
            entries = [one for one in hand.entries(connection) if one.holds(today)]
            listed = hand.listed(connection) if entries else {}
        causes = by_hand.causes(entries, causes, today)
        flags = update_flags(standing, causes, today, settings.calendar)
        approved = self._approved_lines()
        added = by_hand.lines(entries, read.book, read.supplied, today)
        grounds = Grounds(
            read.book, flags, read.alerts, read.limits, settings, today, read.year_ago, tide, read.supplied, approved,
            added,
        )  # fmt: skip
        results = []
        with put_off():
            for done, review_list in enumerate(REVIEW_LISTS, start=1):
                job.report("making", done, len(REVIEW_LISTS) + 1)
                made = review_list.build(grounds)
                results.append(by_hand.add(made, entries, grounds, listed.get(review_list.id, ())))
        book = read.book.book
        return Run(
            0,
            now,
            self._user,
            read.book.version,
            read.book.source,
            book.reporting_date,
            book.currency,
            flags,
            tide,
            tuple(results),
        )

    def _approved_lines(self) -> frozenset[str]:
        """Lines about which L4 or L5 has a measure that a second person confirmed."""
        with self._database.read() as connection:
            items = reviews.items(connection)
        confirmed = (Status.IN_WORK, Status.DONE, Status.CLOSED)
        return frozenset(
            line.line_id
            for item in items
            if item.proposal.key.list_id in ("L4", "L5") and item.status in confirmed
            if item.decision is not None and item.decision.action is not Action.KEEP
            for line in item.proposal.lines
        )

    def _standing(self, before: Run | None) -> tuple[tuple[CountryFlag, ...], Tide]:
        """Flags and tide of the run before, less what a person released since."""
        if before is None:
            return (), Tide(on=False)
        with self._database.read() as connection:
            return levels.standing(connection, before.flags), levels.standing_tide(connection, before.tide)

    def _today(self, now: datetime) -> date:
        with self._database.read() as connection:
            zone = stored_settings.read(connection, "reviews", REVIEW_SETTINGS)["time_zone"]
        return now.astimezone(ZoneInfo(zone)).date()

    def _decision(self, action: Action, target: Decimal | None, comment: str) -> Decision:
        if action is Action.KEEP and not comment.strip():
            raise Refused("reviews.keep_needs_reason")
        if target is not None and target < 0:
            raise Refused("reviews.negative_target", target=target)
        return Decision(action, target, comment.strip(), self._user, self._clock())


def _making(run: Run) -> Making:
    return Making(
        run.at, run.who, run.book_version, run.book_source, run.reporting_date, run.currency, run.flags, run.tide
    )
