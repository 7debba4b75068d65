"""The shapes in which priorities and states of items are drawn."""

from datetime import date

from app.wording import reviews as words
from exposures.reviews.item import Priority, ReviewItem, Status

PRIORITY_MARKS = {
    Priority.HIGH: "critical",
    Priority.MEDIUM: "warning",
    Priority.LOW: "watch",
    Priority.MINOR: "ok",
}
STATUS_MARKS = {
    Status.PROPOSED: "todo",
    Status.WITH_CHECKER: "pending",
    Status.RETURNED: "warning",
    Status.IN_WORK: "now",
    Status.DONE: "done",
    Status.CLOSED: "done",
    Status.REJECTED: "nodata",
    Status.RELEASE_PROPOSED: "watch",
}


def status_of(item: ReviewItem, today: date) -> tuple[str, str]:
    """The mark and word of where an item stands; an open one past its date is overdue."""
    standing = words.standing(item, today)
    mark = {"overdue": "critical", "drafted": "now"}.get(standing) or STATUS_MARKS[item.status]
    return mark, words.status(standing)
