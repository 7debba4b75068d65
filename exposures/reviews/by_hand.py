"""What people flag or list by hand: until its last day it is a cause of a flag, or an item with its own reason."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from exposures.classification import is_non_performing
from exposures.flags import Cause, Tier
from exposures.reason import Reason
from exposures.reviews.client_notices import BY_CALL
from exposures.reviews.hand_reduction import reduction_of
from exposures.reviews.hand_subjects import KINDS, is_wide, lines_of
from exposures.reviews.item import ACTIONS, Action, Amounts, ItemKey, Priority, Proposal
from exposures.reviews.measuring import measure
from exposures.reviews.review_list import Grounds, ListResult, ReviewBook
from exposures.reviews.screen import Place, Screen, first, role_of, total
from exposures.supplied import Supplied

#: Lists to which an item can be added by hand: every one.
LISTS = tuple(KINDS)
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
    decided: datetime | None = None

    def holds(self, today: date) -> bool:
        """Whether it counts: a second person confirmed it, and its last day has not passed."""
        return self.approved is True and today <= self.until

    def as_reason(self) -> Reason:
        """Why, in the words of whom it came from."""
        labels = {"text": self.reason, "who": self.who, "checker": self.approver or "", "until": self.until.isoformat()}
        return Reason("by_hand", "hand", self.reason, None, "text", self.at.date(), self.source, 0, labels)


@dataclass(frozen=True, slots=True)
class Listed:
    """An item as the store has it: when it was settled (None: open), and when what it proposes changed."""

    key: ItemKey
    settled: datetime | None
    versions: tuple[datetime, ...]

    def answers(self, entry: HandEntry) -> bool:
        """Whether it was settled after the entry had become part of it."""
        since = entry.decided or entry.at
        return self.settled is not None and any(since <= at <= self.settled for at in self.versions)


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


def lines(
    entries: Iterable[HandEntry], book: ReviewBook, supplied: Supplied, today: date
) -> Mapping[str, frozenset[int]]:
    """By list, where the lines that people added to it stand in `Claims.lines`: a part of its control total."""
    found: dict[str, frozenset[int]] = {}
    for entry in entries:
        list_id = _list_of(entry)
        if list_id is not None and entry.holds(today):
            mine = lines_of(list_id, entry.subject, entry.country, measure(book), supplied)
            found[list_id] = found.get(list_id, frozenset()) | frozenset(mine)
    return found


def add(
    result: ListResult, entries: Iterable[HandEntry], grounds: Grounds, listed: Sequence[Listed] = ()
) -> ListResult:
    """The list with what was added to it by hand; a subject that it proposes already gains a reason.

    `listed` are the items that the store has of it. What was settled before somebody added its subject again is a
    new item; what was settled with the entry stays settled, whatever became of the country's flag since. The control
    total is the list's own, in which `Grounds.hand_lines` stand apart.
    """
    mine = [entry for entry in entries if entry.holds(grounds.today) and _list_of(entry) == result.list_id]
    if not mine:
        return result
    items = list(result.items)
    known = {one.key: one for one in listed}
    screen = Screen(grounds)
    for entry in mine:
        place = next((at for at, item in enumerate(items) if _joins(item.key, entry, known)), None)
        if place is not None:
            items[place] = replace(items[place], reasons=(*items[place].reasons, entry.as_reason()))
            continue
        key = _key(result.list_id, entry, grounds, listed, {item.key for item in items})
        items.append(_proposal(key, entry, screen, len(items) + 1))
    return replace(result, items=tuple(items), empty=None)


def _list_of(entry: HandEntry) -> str | None:
    return {"counterparty": _OF_COUNTERPARTIES, "item": entry.list_id}.get(entry.kind)


def _is_about(key: ItemKey, entry: HandEntry) -> bool:
    same = key.country == entry.country or is_wide(key.list_id, key.subject)
    return same and key.subject == entry.subject


def _joins(key: ItemKey, entry: HandEntry, known: Mapping[ItemKey, Listed]) -> bool:
    """Whether the entry is one more reason of an item: of its subject, and not settled before the entry was made."""
    if not _is_about(key, entry):
        return False
    stored = known.get(key)
    return stored is None or stored.settled is None or stored.answers(entry)


def _key(
    list_id: str, entry: HandEntry, grounds: Grounds, listed: Iterable[Listed], taken: Collection[ItemKey]
) -> ItemKey:
    """The key of an item that only the entry proposes; one of its own, by the entry's number, where the country's
    episode is settled already.
    """
    mine = [one for one in listed if _is_about(one.key, entry) and one.key not in taken]
    for one in reversed(mine):
        if one.settled is None or one.answers(entry):
            return one.key
    flag = next((flag for flag in grounds.flags if flag.country == entry.country and flag.causes), None)
    key = ItemKey(list_id, entry.subject, entry.country, flag.episode if flag else 0)
    free = key not in taken and all(one.key != key for one in mine)
    return key if free else replace(key, episode=-entry.id)


def _proposal(key: ItemKey, entry: HandEntry, screen: Screen, rank: int) -> Proposal:
    claims, grounds = screen.claims, screen.grounds
    found = lines_of(key.list_id, entry.subject, entry.country, claims, grounds.supplied)
    there = claims.places[claims.places["country"] == entry.country]
    held = there[there["line"].isin(found)]
    places = tuple(map(Place, held["line"].tolist(), held["immediate"].tolist(), held["guarantor"].tolist()))
    ending = {place.line: place.guarantor for place in places}
    by_line = screen.amounts((line, int(ending.get(line, 0))) for line in found)
    flag = screen.flags.get(entry.country)
    action = _action(key, found, screen)
    reduction, run_off, debts = (
        reduction_of(grounds, entry.subject, entry.country) if key.list_id == "L3" else (None, dict[int, Decimal](), ())
    )
    beneath = (
        replace(screen.line(line, amounts, _of_line(action)), run_off=run_off.get(line))
        for line, amounts in by_line.items()
    )
    return Proposal(
        key,
        _name(key, found, screen),
        role_of(places) if places else "immediate",
        flag.tier.value if flag else "",
        screen.entities(found),
        first(screen.cell(line, "group_id") for line in found),
        (entry.as_reason(),),
        0,
        Priority.LOW,
        rank,
        action,
        None,
        None,
        total(by_line.values()) if by_line else Amounts(),
        (*sorted(beneath, key=lambda line: -line.amounts.immediate), *debts),
        (),
        owner=screen.owner(found),
        due=screen.due(Priority.LOW),
        reduction=reduction,
    )


def _name(key: ItemKey, found: Sequence[int], screen: Screen) -> str:
    kind, _, name = key.subject.partition(":")
    if kind in ("group", "currency", "system"):
        return name
    if kind == "guarantor":
        named = first(screen.cell(line, "guarantor_name") for line in found)
        return named or name
    if key.subject == key.country or key.list_id in ("L2", "L6"):
        return key.subject
    own = [line for line in found if key.list_id == "L5" or screen.cell(line, "subject") == key.subject]
    return first(screen.cell(line, "counterparty_name") for line in own) or key.subject


#: What is proposed until somebody decides: the mildest that the list offers and that is no decision to do nothing.
_MILDEST: Mapping[str, Action] = {"L4": Action.NO_INCREASE, "L5": Action.HIGHER_TIER, "L9": Action.HEDGE}


def _action(key: ItemKey, found: Sequence[int], screen: Screen) -> Action:
    offered = ACTIONS[key.list_id]
    if key.list_id == "L7" and _gets_no_letter(key.subject, found, screen):
        return Action.CALL_REPORT
    if key.list_id == "L9" and key.subject.startswith("group:"):
        return Action.CAP_GROUP
    return _MILDEST.get(key.list_id, Action.WATCH if Action.WATCH in offered else offered[0])


def _of_line(action: Action) -> Action:
    return Action.WATCH if action in (Action.NOTIFY, Action.CALL_REPORT) else action


def _gets_no_letter(client: str, found: Sequence[int], screen: Screen) -> bool:
    """Whom L7 excludes: in recovery, on hold, a sovereign or central bank; nobody puts them on it to get a letter."""
    classes = (screen.cell(line, "loan_class") for line in found)
    sectors = {screen.cell(line, "sector") for line in found}
    return client in screen.settings.holds or bool(sectors & BY_CALL) or any(map(is_non_performing, classes))
