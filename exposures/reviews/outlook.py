"""A review list at a glance: how pressing its items are, when they are due, and whether the whole book is in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from alerts.finding import Finding
from exposures.reviews.item import SETTLED, Priority, ReviewItem
from exposures.reviews.reduced import filled, left
from exposures.reviews.review_list import ControlTotal

#: How far ahead "soon" looks, in days.
SOON = timedelta(days=7)


class Due(StrEnum):
    """When an open item is due."""

    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"
    UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Share:
    """How many open items there are of a kind, and their X in the reporting currency (major units)."""

    items: int = 0
    amount: Decimal = Decimal(0)

    def __add__(self, other: "Share") -> "Share":
        return Share(self.items + other.items, self.amount + other.amount)


@dataclass(frozen=True, slots=True)
class Outlook:
    """The open items of a list by priority and by due date; every kind is there, also with nothing in it."""

    priorities: dict[Priority, Share]
    due: dict[Due, Share]
    finding: Finding


def due_of(item: ReviewItem, today: date) -> Due:
    """When an item is due, seen from today."""
    if item.due is None:
        return Due.UNDATED
    if item.overdue(today):
        return Due.OVERDUE
    return Due.SOON if item.due <= today + SOON else Due.LATER


def outlook(items: Sequence[ReviewItem], today: date) -> Outlook:
    """The open items at a glance; the finding names who is missing first, then what is due first."""
    standing = [item for item in items if item.status not in SETTLED]
    priorities = {priority: Share() for priority in Priority}
    due = {kind: Share() for kind in Due}
    for item in standing:
        share = Share(1, item.proposal.size)
        priorities[item.proposal.priority] += share
        due[due_of(item, today)] += share
    return Outlook(priorities, due, _finding(standing, priorities[Priority.HIGH].items))


def _finding(standing: Sequence[ReviewItem], high: int) -> Finding:
    if not standing:
        return Finding("reviews.none_open")
    if unassigned := sum(item.owner is None for item in standing):
        return Finding("reviews.unassigned", {"unassigned": unassigned, "items": len(standing)})
    days = [item.due for item in standing if item.due is not None]
    if not days:
        return Finding("reviews.none_dated", {"items": len(standing)})
    return Finding("reviews.high_first_due" if high else "reviews.first_due", {"high": high, "first": min(days)})


def accounted(control: ControlTotal) -> Finding:
    """Whether every line of the book stands in one part of the list's control total, and how many are left out."""
    if not control.ties:
        return Finding("reviews.not_accounted")
    listed = sum(part.lines for part in control.parts if part.case == "items")
    return Finding("reviews.accounted", {"left": control.book_lines - listed, "lines": control.book_lines})


def weight(item: ReviewItem, currency: str) -> Finding:
    """How many reasons speak against an item, and what they weigh together; or how far it must come down."""
    proposal = item.proposal
    if proposal.reduction is not None:
        return left(proposal.reduction, currency)
    values = {
        "reasons": len(proposal.reasons),
        "points": proposal.points,
        "priority": proposal.priority.value,
    }
    # A list without points says how many reasons there are, and no more.
    return Finding("reviews.weight" if proposal.points or not proposal.facts else "reviews.weight_plain", values)


def beneath(item: ReviewItem, currency: str) -> Finding:
    """The lines beneath an item: how many, their X, and what of it falls due within 90 days; that those of a banking
    system stand beneath its banks; or whether they fill the gap.
    """
    if item.proposal.reduction is not None:
        return filled(item.proposal.reduction, currency)
    amounts = item.proposal.amounts
    values = {
        "lines": len(item.proposal.lines),
        "amount": item.proposal.size,
        "due": amounts.due_90,
        "currency": currency,
    }
    if not item.proposal.lines and item.proposal.size > 0:
        return Finding("reviews.lines_of_banks", values)  # a banking system: its banks are items of their own
    return Finding("reviews.lines_due" if amounts.due_90 else "reviews.lines", values)
