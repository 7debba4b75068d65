"""An item's way from proposal to closing: which step leads from which status to which, and what a checker confirms.

One person makes, another checks, twice: the decision, and that it was carried out. The table is the whole truth; the
store refuses every step that is not in it.
"""

from collections.abc import Mapping
from enum import StrEnum

from exposures.reviews.item import Action, Asked, ReviewItem, Status


class Move(StrEnum):
    """A step that can change where an item stands."""

    DRAFT = "draft"  # somebody drafts a decision, or another one
    SEND = "send"  # a drafted decision goes to the checker
    REJECT = "reject"  # the proposal is not to be taken up; the checker has to agree
    SEND_RELEASE = "send_release"  # the proposed release goes to the checker
    APPROVE = "approve"  # a decision
    APPROVE_KEEP = "approve_keep"  # the decision that nothing is to be done
    APPROVE_REJECTION = "approve_rejection"
    APPROVE_RELEASE = "approve_release"
    RETURN = "return"  # whatever was asked goes back with a reason
    RETURN_RELEASE = "return_release"  # it is not to be released: it goes on from where it stood
    FINISH = "finish"  # the owner says that it is done, by a later book or with a reason
    APPROVE_CLOSING = "approve_closing"
    RETURN_CLOSING = "return_closing"
    PROPOSE_RELEASE = "propose_release"  # the list no longer proposes it
    REMAIN = "remain"  # a remark, an owner, a date


#: (status, step) -> the status it leads to. Back from a proposed release an item goes to where it stood, as the store
#: knows: what was confirmed stays confirmed.
TRANSITIONS: Mapping[tuple[Status, Move], Status] = {
    (Status.PROPOSED, Move.DRAFT): Status.PROPOSED,
    (Status.PROPOSED, Move.SEND): Status.WITH_CHECKER,
    (Status.PROPOSED, Move.REJECT): Status.WITH_CHECKER,
    (Status.PROPOSED, Move.PROPOSE_RELEASE): Status.RELEASE_PROPOSED,
    (Status.RETURNED, Move.DRAFT): Status.PROPOSED,
    (Status.RETURNED, Move.SEND): Status.WITH_CHECKER,
    (Status.RETURNED, Move.REJECT): Status.WITH_CHECKER,
    (Status.RETURNED, Move.PROPOSE_RELEASE): Status.RELEASE_PROPOSED,
    # What is drafted anew while it lies with the checker has to be sent again.
    (Status.WITH_CHECKER, Move.DRAFT): Status.PROPOSED,
    (Status.WITH_CHECKER, Move.APPROVE): Status.IN_WORK,
    (Status.WITH_CHECKER, Move.APPROVE_KEEP): Status.CLOSED,
    (Status.WITH_CHECKER, Move.APPROVE_REJECTION): Status.REJECTED,
    (Status.WITH_CHECKER, Move.APPROVE_RELEASE): Status.CLOSED,
    (Status.WITH_CHECKER, Move.RETURN): Status.RETURNED,
    (Status.WITH_CHECKER, Move.RETURN_RELEASE): Status.PROPOSED,
    (Status.WITH_CHECKER, Move.PROPOSE_RELEASE): Status.RELEASE_PROPOSED,
    # A decision that is changed while it is carried out has to be confirmed again.
    (Status.IN_WORK, Move.DRAFT): Status.PROPOSED,
    (Status.IN_WORK, Move.FINISH): Status.DONE,
    (Status.IN_WORK, Move.PROPOSE_RELEASE): Status.RELEASE_PROPOSED,
    (Status.DONE, Move.APPROVE_CLOSING): Status.CLOSED,
    (Status.DONE, Move.RETURN_CLOSING): Status.IN_WORK,
    (Status.RELEASE_PROPOSED, Move.SEND_RELEASE): Status.WITH_CHECKER,
    (Status.RELEASE_PROPOSED, Move.FINISH): Status.DONE,  # what was decided is why it no longer qualifies
    **{(status, Move.REMAIN): status for status in Status},
}

#: What each kind of question becomes once it is approved.
APPROVING: Mapping[Asked, Move] = {
    Asked.DECISION: Move.APPROVE,
    Asked.REJECTION: Move.APPROVE_REJECTION,
    Asked.RELEASE: Move.APPROVE_RELEASE,
    Asked.CLOSING: Move.APPROVE_CLOSING,
}
#: What each step asks the checker.
ASKING: Mapping[Move, Asked] = {
    Move.SEND: Asked.DECISION,
    Move.REJECT: Asked.REJECTION,
    Move.SEND_RELEASE: Asked.RELEASE,
    Move.FINISH: Asked.CLOSING,
}
#: The steps that only a second person takes.
CHECKING = frozenset(
    {
        *(Move.APPROVE, Move.APPROVE_KEEP, Move.APPROVE_REJECTION, Move.APPROVE_RELEASE, Move.RETURN),
        *(Move.RETURN_RELEASE, Move.APPROVE_CLOSING, Move.RETURN_CLOSING),
    }
)


def allowed(status: Status, move: Move) -> bool:
    """Whether the step can be taken from there."""
    return (status, move) in TRANSITIONS


def moves(item: ReviewItem) -> frozenset[Move]:
    """The steps that can be taken with an item now, whoever takes them."""
    found = {move for status, move in TRANSITIONS if status is item.status}
    if item.decision is None:
        found -= {Move.SEND}
    if item.asked is not None:
        found -= {move for asked, move in APPROVING.items() if asked is not item.asked}
    found -= {Move.RETURN if item.asked is Asked.RELEASE else Move.RETURN_RELEASE}
    if approving(item) is Move.APPROVE_KEEP:
        found -= {Move.APPROVE}
    else:
        found -= {Move.APPROVE_KEEP}
    if item.status is Status.RELEASE_PROPOSED and item.checker is None:
        found -= {Move.FINISH}
    return frozenset(found)


def approving(item: ReviewItem) -> Move | None:
    """The step by which what an item asks its checker is approved; None where it asks nothing."""
    if item.asked is None or item.status not in (Status.WITH_CHECKER, Status.DONE):
        return None
    if item.asked is Asked.DECISION and item.decision is not None and item.decision.action is Action.KEEP:
        return Move.APPROVE_KEEP
    return APPROVING[item.asked]


def makers(item: ReviewItem) -> frozenset[str]:
    """Everybody whose work the checker would confirm: who asked, and who drafted what is asked about."""
    found = {item.maker or ""}
    if item.asked is Asked.DECISION:
        found |= {decision.maker for decision in item.line_decisions.values()}
        if item.decision is not None:
            found.add(item.decision.maker)
    return frozenset(found)
