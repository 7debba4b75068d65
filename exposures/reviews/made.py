"""A review list as it stands: its last making, its items, and the sentence that answers "what is to be done?"."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from alerts.finding import Finding
from exposures.flags import CountryFlag, Tide
from exposures.reviews.item import SETTLED, ReviewItem, Status
from exposures.reviews.projects import before_draw
from exposures.reviews.reduced import headline
from exposures.reviews.review_list import ListResult

#: One person's items of all lists: to work on, to check.
OWN = ("mine", "approvals")


@dataclass(frozen=True, slots=True)
class Making:
    """When, by whom and on which book the lists were made, with the flags that stood then."""

    at: datetime
    who: str
    book_version: str
    book_source: str
    reporting_date: date
    currency: str
    flags: tuple[CountryFlag, ...]
    tide: Tide


@dataclass(frozen=True, slots=True)
class MadeList:
    """One list: `making` and `result` are None until it is made; open items first, the unassigned before the rest."""

    id: str
    making: Making | None
    result: ListResult | None
    items: tuple[ReviewItem, ...]
    finding: Finding

    @property
    def is_own(self) -> bool:
        """Whether it is one person's work gathered from all lists, and no list of its own."""
        return self.id in OWN

    @property
    def open_items(self) -> tuple[ReviewItem, ...]:
        """What is still to be done."""
        return tuple(item for item in self.items if item.status not in SETTLED)


def in_order(items: Sequence[ReviewItem]) -> tuple[ReviewItem, ...]:
    """Open before proposed for release before settled; then the unassigned, then by rank."""

    def place(item: ReviewItem) -> tuple[int, bool, int, str]:
        group = 2 if item.status in SETTLED else int(item.status is Status.RELEASE_PROPOSED)
        return group, item.owner is not None, item.proposal.rank, item.id

    return tuple(sorted(items, key=place))


def whole(items: Sequence[ReviewItem]) -> Decimal:
    """What items are about in money; a line that stands in two items of L8 or L9 counts once."""
    if not items or items[0].proposal.key.list_id not in ("L8", "L9"):
        return sum((item.proposal.size for item in items), Decimal(0))
    lines = {line.line_id: line.amounts.immediate for item in items for line in item.proposal.lines}
    return sum(lines.values(), Decimal(0))


def of_mine(name: str, making: Making | None, items: Sequence[ReviewItem], today: date) -> MadeList:
    """Items of several lists that are one person's: "mine" to work on, "approvals" to check."""
    overdue = sum(item.overdue(today) for item in items)
    first = min((item.due for item in items if item.due is not None), default=None)
    case = f"reviews.{name}" if items else f"reviews.{name}_none"
    finding = Finding(case, {"items": len(items), "overdue": overdue, "first": first})
    return MadeList(name, making, None, tuple(items), finding)


def answer(making: Making | None, result: ListResult | None, items: Sequence[ReviewItem], today: date) -> Finding:
    """The list in one finding: never made, nothing qualifies, so many need a decision, or all is decided."""
    if making is None or result is None:
        return Finding("reviews.never_made")
    standing = [item for item in items if item.status not in SETTLED]
    if not standing:
        return result.empty or Finding("reviews.all_settled", {"items": len(items)})
    waiting = [item for item in standing if item.needs_decision]
    first = min(standing, key=lambda item: item.proposal.rank)
    if first.proposal.reduction is not None and first.proposal.reduction.required:
        return headline(first.proposal, making.currency, len(waiting), len(standing))
    if first.proposal.key.list_id == "L5":
        return before_draw(standing, len(waiting), making.currency)
    overdue = sum(item.overdue(today) for item in standing)
    values = {
        "waiting": len(waiting),
        "items": len(standing),
        "amount": whole(waiting),
        "currency": making.currency,
        "overdue": overdue,
    }
    case = "reviews.need_decision" if waiting else "reviews.all_decided"
    return Finding(case if not overdue else f"{case}_overdue", values)
