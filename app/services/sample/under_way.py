"""What the invented bank's people have done with their lists: items on every stage of their way, and risk notices."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.services.deciding import Deciding
from app.services.noticing import Noticing
from app.services.reviewing import Reviewing
from app.storage.database import Database
from app.storage.notices import Step
from exposures.reviews.item import ReviewItem

#: Who works there, as `telling` writes them down: an officer and two who approve.
OFFICER, APPROVER, OTHER = "chen li", "wu fang", "zhao min"
#: Everything in the sample says that it is one.
_MARK = "SAMPLE: "


@dataclass(frozen=True)
class Desk:
    """The services as one person has them."""

    database: Database
    reviewing: Reviewing
    deciding: Deciding
    noticing: Noticing


class UnderWay:
    """`desks` are the services by account; `user` is who opened the sample: some of the work is theirs."""

    def __init__(self, desks: Mapping[str, Desk], user: str) -> None:
        self._desks, self._user = desks, user
        self._officer, self._approver, self._other = (desks[who] for who in (OFFICER, APPROVER, OTHER))

    def begin(self, now: datetime) -> bool:
        """Take every step once; whether this was the first time. The lists have to be made."""
        lists = {made.id: made.items for made in self._officer.reviewing.lists()}
        if any(item.decision is not None or item.asked is not None for items in lists.values() for item in items):
            return False
        for who in (APPROVER, OTHER):  # nobody knows their passwords: in a sample they need none
            self._desks[who].database.session.open(who, now)
        self._items(lists["L1"], lists["L3"], lists["L4"])
        self._notices(lists["L6"], lists["L7"])
        return True

    def _items(
        self, screening: tuple[ReviewItem, ...], cuts: tuple[ReviewItem, ...], lending: tuple[ReviewItem, ...]
    ) -> None:
        """On L1: overdue in work, two with the checker, one returned, one done, one drafted; one each of L3 and L4."""
        ranked = sorted(screening, key=lambda item: item.proposal.rank)
        late, sent, returned, done, drafted, own = ranked[:6]
        today = self._officer.reviewing.today()
        self._send(late, "the guarantor was asked to pay")
        self._approver.deciding.approve(late.id)
        self._officer.reviewing.assign(late.id, self._user, today - timedelta(days=2))
        self._send(sent, "agreed with the relationship manager")
        self._send(returned, "the limit comes down at the next renewal")
        self._other.deciding.send_back(returned.id, f"{_MARK}by how much, and until when?")
        self._officer.reviewing.assign(returned.id, self._user, today + timedelta(days=3))
        self._send(done, "no renewal of what falls due")
        self._approver.deciding.approve(done.id)
        self._officer.deciding.finish(done.id, f"{_MARK}repaid on 25 May; the confirmation lies in the file")
        self._decide(drafted, "to be talked over with the branch")
        self._officer.reviewing.assign(own.id, self._user, today)
        for items in (cuts, lending):
            first = min(items, key=lambda item: item.proposal.rank)
            self._send(first, "the branch agrees")

    def _notices(self, institutions: tuple[ReviewItem, ...], clients: tuple[ReviewItem, ...]) -> None:
        """Two wait for a checker, one is to be handed over, one was acknowledged."""
        branches = sorted(institutions, key=lambda item: item.proposal.rank)
        letters = sorted(clients, key=lambda item: item.proposal.rank)
        waiting, approved, answered = branches[0], branches[1], branches[2]
        self._officer.noticing.draft(waiting.id)
        made = self._officer.noticing.draft(approved.id)
        self._approver.noticing.approve(made.id, f"{_MARK}by courier")
        known = self._officer.noticing.draft(answered.id)
        self._approver.noticing.approve(known.id)
        self._officer.noticing.note(known.id, Step.HANDED, f"{_MARK}to the branch's manager")
        self._officer.noticing.note(known.id, Step.ACKNOWLEDGED, f"{_MARK}by telephone")
        self._officer.noticing.draft(letters[0].id, "en")

    def _decide(self, item: ReviewItem, comment: str) -> None:
        proposal = item.proposal
        self._officer.reviewing.decide(item.id, proposal.action, proposal.amount, f"{_MARK}{comment}")

    def _send(self, item: ReviewItem, comment: str) -> None:
        self._decide(item, comment)
        self._officer.deciding.send(item.id)
