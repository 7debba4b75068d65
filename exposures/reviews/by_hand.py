"""What people flag or list by hand: until its last day it is a cause of a flag, or an item with its own reason."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from exposures.flags import Cause, Tier
from exposures.reason import Reason
from exposures.reviews.claims import measure
from exposures.reviews.item import ACTIONS, Action, Amounts, ItemKey, Priority, Proposal
from exposures.reviews.review_list import Grounds, ListResult

#: Lists to which an item can be added by hand: those whose items are one borrower in one country.
LISTS = ("L1", "L4", "L5", "L10")
#: A counterparty that is flagged by hand stands here.
_OF_COUNTERPARTIES = "L1"


@dataclass(frozen=True, slots=True)
class HandEntry:
    """A country ("country"), a counterparty, or an item of a list, with reason and source, until a day.

    `subject` is the counterparty as the book calls it ("" of a country); `approver` is who confirmed it.
    """

    id: int
    kind: str
    list_id: str | None
    subject: str
    country: str
    tier: str | None
    reason: str
    source: str
    until: date
    who: str
    at: datetime
    approved: bool | None = None
    approver: str | None = None

    def holds(self, today: date) -> bool:
        """Whether it counts: a second person confirmed it, and its last day has not passed."""
        return self.approved is True and today <= self.until

    def as_reason(self) -> Reason:
        """Why, in the words of whom it came from."""
        labels = {"text": self.reason, "who": self.who, "checker": self.approver or "", "until": self.until.isoformat()}
        return Reason("by_hand", "hand", self.reason, None, "text", self.at.date(), self.source, 0, labels)


def causes(
    entries: Iterable[HandEntry], live: Mapping[str, tuple[Cause, ...]], today: date
) -> dict[str, tuple[Cause, ...]]:
    """The causes that hold today, with those of countries that are flagged by hand."""
    found = dict(live)
    for entry in entries:
        if entry.kind == "country" and entry.holds(today):
            cause = Cause(f"hand:{entry.id}", Tier(entry.tier or "B"), entry.as_reason(), today)
            found[entry.country] = (*found.get(entry.country, ()), cause)
    return found


def add(result: ListResult, entries: Iterable[HandEntry], grounds: Grounds) -> ListResult:
    """The list with what was added to it by hand; a subject that it proposes already gains a reason.

    The control total stays the list's own: its lines stand in their parts whether somebody added them or not.
    """
    mine = [entry for entry in entries if entry.holds(grounds.today) and _list_of(entry) == result.list_id]
    if not mine:
        return result
    items = list(result.items)
    for entry in mine:
        place = next((at for at, item in enumerate(items) if _is_about(item, entry)), None)
        if place is not None:
            items[place] = replace(items[place], reasons=(*items[place].reasons, entry.as_reason()))
        else:
            items.append(_proposal(result.list_id, entry, grounds, len(items) + 1))
    return replace(result, items=tuple(items), empty=None)


def _list_of(entry: HandEntry) -> str | None:
    return {"counterparty": _OF_COUNTERPARTIES, "item": entry.list_id}.get(entry.kind)


def _is_about(item: Proposal, entry: HandEntry) -> bool:
    return (item.key.subject, item.key.country) == (entry.subject, entry.country)


def _proposal(list_id: str, entry: HandEntry, grounds: Grounds, rank: int) -> Proposal:
    claims = measure(grounds.book)
    lines = claims.lines
    here = lines[
        ((lines["subject"] == entry.subject) & (lines["country"] == entry.country) & lines["live"] & lines["converted"])
        .fillna(False)
        .to_numpy(dtype=bool)
    ]
    amounts = sum((claims.amounts(int(at), int(here.at[at, "x"])) for at in here.index), Amounts(cover=Decimal(0)))
    name = str(here.iloc[0]["counterparty_name"]) if len(here) else entry.subject
    entities = tuple(sorted({str(one) for one in here["booking_entity"].dropna()}))
    flag = next((flag for flag in grounds.flags if flag.country == entry.country and flag.causes), None)
    settings = grounds.settings
    offered = ACTIONS[list_id]
    return Proposal(
        ItemKey(list_id, entry.subject, entry.country, flag.episode if flag else 0),
        name,
        "immediate",
        flag.tier.value if flag else "",
        entities,
        None,
        (entry.as_reason(),),
        0,
        Priority.LOW,
        rank,
        Action.WATCH if Action.WATCH in offered else offered[0],
        None,
        None,
        amounts,
        (),
        owner=next((settings.owners[one] for one in entities if one in settings.owners), None),
        due=settings.calendar.add(grounds.today, settings.due_days[Priority.LOW]),
    )
