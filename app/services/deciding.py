"""An item's way from draft to closing: sent to a checker, confirmed or returned, carried out, shown by a later book."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from app.events import Events
from app.refusals import Refused
from app.services.stepping import Step, Stepping, find, unsettled
from app.services.surveying import Surveying
from app.storage import persons, reviews
from app.storage.books import Batch
from app.storage.database import Database
from app.storage.persons import person_id
from exposures.reviews import workflow
from exposures.reviews.achieved import achieved
from exposures.reviews.closing import Achieved, Closing, lacking
from exposures.reviews.item import Action, Decision, Priority, ReviewItem
from exposures.reviews.review_list import ReviewBook
from exposures.reviews.workflow import Move

#: An item can take one of them: which, depends on what it asks.
_RETURNING = (Move.RETURN, Move.RETURN_RELEASE, Move.RETURN_CLOSING)


@dataclass(frozen=True, slots=True)
class Bulk:
    """What is to be changed of several items at once; None: it stays. An action is a decision, for Minor items only."""

    owner: str | None = None
    due: date | None = None
    action: Action | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What a bulk edit would do to one item: its fields before and after, or the code why it cannot (`refused`)."""

    item: ReviewItem
    fields: tuple[tuple[str, str, str], ...]
    refused: str = ""


class Deciding:
    """Every step is the workflow's, in its own unit of work; the store refuses a checker who made what is checked."""

    def __init__(
        self, database: Database, surveying: Surveying, events: Events, clock: Callable[[], datetime], user: str
    ) -> None:
        self._database, self._surveying = database, surveying
        self._clock, self._user = clock, user
        self._steps = Stepping(database, events, clock, user)

    def send(self, *item_ids: str) -> tuple[ReviewItem, ...]:
        """Send drafted decisions to a checker; a proposed release too. Refused "reviews.step_not_allowed"."""

        def step(item: ReviewItem) -> Step:
            move = Move.SEND if Move.SEND in workflow.moves(unsettled(item)) else Move.SEND_RELEASE
            return Step(move, "sent", {"asked": workflow.ASKING[move].value})

        return self._steps.take(item_ids, step)

    def reject(self, item_id: str, reason: str) -> ReviewItem:
        """Ask the checker to agree that the proposal is not taken up; Refused "reviews.reason_missing"."""
        if not reason.strip():
            raise Refused("reviews.reason_missing", item=item_id)
        values = {"asked": "rejection", "reason": reason.strip()}
        return self._steps.take([item_id], lambda _item: Step(Move.REJECT, "sent", values, reason=reason.strip()))[0]

    def approve(self, *item_ids: str, comment: str = "") -> tuple[ReviewItem, ...]:
        """Confirm as the second person what items ask.

        Refused "persons.same_person", "reviews.nothing_asked"; "persons.role_needed" and "password.asked" as every
        approval.
        """

        def step(item: ReviewItem) -> Step:
            move = workflow.approving(item)
            if move is None or item.asked is None:
                raise Refused("reviews.nothing_asked", item=item.id, status=item.status.value)
            if len(item_ids) > 1 and item.proposal.priority is not Priority.MINOR:
                raise Refused("reviews.bulk_minor_only", item=item.id)
            return Step(move, "approved", {"asked": item.asked.value, "comment": comment.strip()})

        return self._steps.take(item_ids, step)

    def send_back(self, item_id: str, reason: str) -> ReviewItem:
        """Return to the maker what an item asks; Refused "reviews.reason_missing", "persons.same_person"."""
        if not reason.strip():
            raise Refused("reviews.reason_missing", item=item_id)

        def step(item: ReviewItem) -> Step:
            if workflow.approving(item) is None or item.asked is None:
                raise Refused("reviews.nothing_asked", item=item.id, status=item.status.value)
            move = next(one for one in _RETURNING if one in workflow.moves(item))
            values = {"asked": item.asked.value, "reason": reason.strip()}
            return Step(move, "returned", values, reason=reason.strip())

        return self._steps.take([item_id], step)[0]

    def finish(self, item_id: str, reason: str = "") -> ReviewItem:
        """Say that an item is done, by what a later book shows or by a reason; the checker confirms the closing.

        Refused "reviews.no_evidence", "reviews.short_of_target", "reviews.step_not_allowed".
        """
        shown = self.evidence(item_id)
        now = self._clock()

        def step(item: ReviewItem) -> Step:
            closing = Closing(shown, reason.strip(), self._user, now)
            target = None if item.decision is None else item.decision.target
            if Move.FINISH in workflow.moves(unsettled(item)):
                match lacking(closing, target):
                    case "evidence":
                        raise Refused("reviews.no_evidence", item=item.id)
                    case "short":
                        amount = Decimal(0) if shown is None else shown.amount
                        raise Refused("reviews.short_of_target", item=item.id, achieved=amount, target=target)
            values = {"reason": reason.strip()}
            if shown is not None:
                values |= {"achieved": format(shown.amount, "f"), "book": shown.book}
            return Step(Move.FINISH, "finished", values, {"closing": closing}, reason=reason.strip())

        return self._steps.take([item_id], step)[0]

    def evidence(self, item_id: str) -> Achieved | None:
        """What came down since the decision was confirmed, by a later book; None where there is no later book."""
        with self._database.read() as connection:
            item = find(connection, item_id)
            confirmed = [one for one in item.history if one.event == "approved" and one.values["asked"] == "decision"]
            run = reviews.last_run(connection, confirmed[-1].at) if confirmed else None
        if run is None:
            return None
        batches = self._surveying.batches()
        later = next((one for one in reversed(batches) if one.reporting_date > run.reporting_date), None)
        if later is None:
            return None
        then = self._surveying.book(int(run.book_version.removeprefix("v")))
        return achieved(item.proposal, ReviewBook(then, run.book_version, run.book_source), self._book(later))

    def undo(self, *item_ids: str) -> tuple[ReviewItem, ...]:
        """Take back one's own last step on each; Refused "reviews.nothing_to_undo" where something is built on it."""
        return self._steps.undo(item_ids)

    def preview(self, item_ids: Sequence[str], bulk: Bulk) -> tuple[Change, ...]:
        """What a bulk edit would do, item by item; nothing is stored."""
        with self._database.read() as connection:
            return tuple(_change(find(connection, item_id), bulk) for item_id in item_ids)

    def apply(self, item_ids: Sequence[str], bulk: Bulk) -> tuple[ReviewItem, ...]:
        """Change several items in one unit of work, or none; Refused with the first item's code."""
        now = self._clock()

        def step(item: ReviewItem) -> Step:
            change = _change(item, bulk)
            if change.refused:
                raise Refused(change.refused, item=item.id, status=item.status.value)
            changes: dict[str, object] = {}
            if bulk.owner is not None:
                changes["owner"] = bulk.owner.strip() or None
            if bulk.due is not None:
                changes["due"] = bulk.due
            values = {name: after for name, _before, after in change.fields}
            if bulk.action is None:
                owner, due = changes.get("owner", item.owner), changes.get("due", item.due)
                values = {"owner": str(owner or ""), "due": due.isoformat() if isinstance(due, date) else ""}
                return Step(Move.REMAIN, "assigned", values, changes)
            text, grade = bulk.comment.strip(), item.proposal.grade
            proposed = item.proposal.amount
            target = None if proposed is None else round(proposed, 2)
            decision = Decision(bulk.action, target, text, self._user, now, grade)
            values |= {"action": bulk.action.value, "comment": text}
            return Step(Move.DRAFT, "decided", values, changes | {"decision": decision}, reason=text)

        return self._steps.take(item_ids, step)

    def own(self, item: ReviewItem) -> bool:
        """Whether the acting person made what the item asks, and so cannot check it."""
        return person_id(self._user) in {persons.person_id(maker) for maker in workflow.makers(item)}

    def _book(self, batch: Batch) -> ReviewBook:
        return ReviewBook(self._surveying.book(batch.id), f"v{batch.id}", batch.file_name)


def _change(item: ReviewItem, bulk: Bulk) -> Change:
    fields = []
    if bulk.owner is not None and (bulk.owner.strip() or None) != item.owner:
        fields.append(("owner", item.owner or "", bulk.owner.strip()))
    if bulk.due is not None and bulk.due != item.due:
        fields.append(("due", item.due.isoformat() if item.due else "", bulk.due.isoformat()))
    if bulk.action is not None:
        before = item.decision.action.value if item.decision else ""
        fields.append(("action", before, bulk.action.value))
    return Change(item, tuple(fields), _refused(item, bulk))


def _refused(item: ReviewItem, bulk: Bulk) -> str:
    if not workflow.moves(item) - {Move.REMAIN} and bulk != Bulk():
        return "reviews.settled"
    if bulk.action is None:
        return ""
    if item.proposal.priority is not Priority.MINOR:
        return "reviews.bulk_minor_only"
    if Move.DRAFT not in workflow.moves(item):
        return "reviews.step_not_allowed"
    return "reviews.keep_needs_reason" if bulk.action is Action.KEEP and not bulk.comment.strip() else ""
