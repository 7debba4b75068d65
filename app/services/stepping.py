"""Taking steps with review items: one unit of work for all of them, each in its history and in the audit trail."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from app.events import Events, ReviewsChanged
from app.refusals import Misused, Refused
from app.storage import audit, review_steps, reviews
from app.storage.database import Database
from app.storage.encoding import encode
from exposures.reviews.item import SETTLED, Decision, ReviewItem
from exposures.reviews.workflow import Move


@dataclass(frozen=True, slots=True)
class Step:
    """What is done with an item: the move, the event of its history with its values, and what changes.

    `line` is a decision on one line beneath it.
    """

    move: Move
    event: str
    values: Mapping[str, str]
    changes: Mapping[str, Any] = field(default_factory=dict)
    line: tuple[str, Decision] | None = None
    reason: str = ""


class Stepping:
    """Items are read again in the unit of work that changes them: nobody's step is lost between."""

    def __init__(self, database: Database, events: Events, clock: Callable[[], datetime], user: str) -> None:
        self._database, self._events, self._clock, self._user = database, events, clock, user

    def take(self, item_ids: Sequence[str], step: Callable[[ReviewItem], Step]) -> tuple[ReviewItem, ...]:
        """Take a step with every item, or with none where one is refused; Misused "reviews.no_such_item"."""
        now = self._clock()
        with self._database.write() as connection:
            for item_id in item_ids:
                item = find(connection, item_id)
                one = step(item)
                if one.line is not None:
                    review_steps.add_line_decision(connection, item, *one.line)
                number = review_steps.take(
                    connection, item, one.move, now, self._user, one.event, one.values, **one.changes
                )
                before = {name: _plain(getattr(item, name)) for name in ("status", *one.changes)}
                self._record(connection, now, item, one.event, before, one.values, one.reason, number)
            changed = tuple(find(connection, item_id) for item_id in item_ids)
        self._events.publish(ReviewsChanged())
        return changed

    def undo(self, item_ids: Sequence[str]) -> tuple[ReviewItem, ...]:
        """Take back the last own step of every item, of one that is named twice its last two.

        Refused "reviews.nothing_to_undo".
        """
        now, steps = self._clock(), Counter(item_ids)
        with self._database.write() as connection:
            for item_id, count in steps.items():
                item = find(connection, item_id)
                number = review_steps.undo(connection, item, now, self._user, count)
                after = find(connection, item_id)
                before = {name: _plain(getattr(item, name)) for name in review_steps.STATE}
                values = {name: _plain(getattr(after, name)) for name in review_steps.STATE}
                self._record(connection, now, item, review_steps.UNDONE, before, values, "", number)
            changed = tuple(find(connection, item_id) for item_id in steps)
        self._events.publish(ReviewsChanged())
        return changed

    def _record(
        self,
        connection: Connection,
        now: datetime,
        item: ReviewItem,
        event: str,
        before: Mapping[str, str],
        after: Mapping[str, str],
        reason: str,
        number: int,
    ) -> None:
        run = reviews.last_run(connection)
        audit.record(
            connection,
            at=now,
            who=self._user,
            action=f"reviews.{event}",
            subject=item.id,
            before=dict(before),
            after=dict(after),
            reason=reason or None,
            data=review_steps.proof(connection, number) | {"book": run.book_version if run else ""},
        )


def find(connection: Connection, item_id: str) -> ReviewItem:
    """One item with its history; Misused "reviews.no_such_item"."""
    found = reviews.item(connection, item_id)
    if found is None:
        raise Misused("reviews.no_such_item", item=item_id)
    return found


def unsettled(item: ReviewItem) -> ReviewItem:
    """The item, where something can still be done about it; Refused "reviews.settled"."""
    if item.status in SETTLED:
        raise Refused("reviews.settled", item=item.id, status=item.status.value)
    return item


def _plain(value: Any) -> str:
    """A value as the trail keeps it: text, or nothing."""
    return "" if value is None else value if isinstance(value, str) else encode(value)
