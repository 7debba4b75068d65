"""What an officer gives for an item, and what of the item the form shows."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from exposures.reviews.item import Action, ReviewItem, Status

#: How far ahead a due date can be set.
_AHEAD = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Given:
    """What the officer set: owner and due date, and the decision drafted (action None: none)."""

    owner: str | None
    due: date | None
    action: Action | None
    target: Decimal | None
    comment: str


def drafting(item: ReviewItem) -> bool:
    """Whether the reason written belongs to a draft, and not to a step."""
    return item.status in (Status.PROPOSED, Status.RETURNED)


def state(item: ReviewItem) -> tuple[object, ...]:
    """What the form shows of an item."""
    return item.id, item.status, item.owner, item.due, item.decision, item.proposal.amount


def days(today: date, due: date | None) -> tuple[date, ...]:
    """The working days that can be chosen, and the date that is set now."""
    span = (today + timedelta(days=ahead) for ahead in range(_AHEAD.days))
    days = {day for day in span if day.weekday() < 5}
    return tuple(sorted(days | ({due} if due else set())))
