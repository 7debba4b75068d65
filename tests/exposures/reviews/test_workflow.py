"""Every status and step against the table in words, and what a closing needs."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from exposures.reviews import workflow
from exposures.reviews.achieved import achieved
from exposures.reviews.closing import Achieved, Closing, lacking, says_something
from exposures.reviews.item import (
    SETTLED,
    Action,
    Amounts,
    Asked,
    Decision,
    ItemKey,
    ItemLine,
    Priority,
    Proposal,
    ReviewItem,
    Status,
)
from exposures.reviews.workflow import TRANSITIONS, Move
from tests.exposures.reviews.books import book, line

AT = datetime(2026, 5, 26, tzinfo=UTC)
#: From -> to, as the bank's notes read: proposed, with the checker, returned, in work, done, closed, rejected.
WAY = """
proposed draft proposed; proposed send with_checker; proposed reject with_checker;
proposed propose_release release_proposed;
returned draft proposed; returned send with_checker; returned reject with_checker;
returned propose_release release_proposed;
with_checker draft proposed; with_checker approve in_work; with_checker approve_keep closed;
with_checker approve_rejection rejected;
with_checker approve_release closed; with_checker return_release proposed; with_checker return returned;
with_checker propose_release release_proposed;
in_work draft proposed; in_work finish done; in_work propose_release release_proposed;
done approve_closing closed; done return_closing in_work;
release_proposed send_release with_checker; release_proposed finish done
"""


def item(status: Status = Status.PROPOSED, **changes: object) -> ReviewItem:
    amounts = Amounts(Decimal(9), Decimal(0), Decimal(9), Decimal(9))
    proposal = Proposal(
        ItemKey("L1", "A", "TR", 1), "A", "immediate", "B", (), None, (), 2, Priority.LOW, 1, Action.WATCH, None, None,
        amounts, (),
    )  # fmt: skip
    return replace(ReviewItem("L1-0001", proposal, status, None, None, None, {}, AT, AT), **changes)


def test_the_table_is_the_one_in_words() -> None:
    said = {tuple(part.split()) for part in WAY.replace("\n", " ").split(";")}
    told = {
        (status.value, move.value, to.value) for (status, move), to in TRANSITIONS.items() if move is not Move.REMAIN
    }
    assert told == said
    assert {status for status, move in TRANSITIONS if move is Move.REMAIN} == set(Status)


def test_what_is_settled_goes_nowhere() -> None:
    for status in SETTLED:
        assert workflow.moves(item(status)) == {Move.REMAIN}


def test_every_status_is_reached_and_a_checker_confirms_decision_and_closing() -> None:
    reached, grown = {Status.PROPOSED}, True
    while grown:
        new = {to for (status, _move), to in TRANSITIONS.items() if status in reached} - reached
        reached, grown = reached | new, bool(new)
    assert reached == set(Status)
    into = {move for (_status, move), to in TRANSITIONS.items() if to in (Status.IN_WORK, *SETTLED)} - {Move.REMAIN}
    assert into <= workflow.CHECKING
    assert set(workflow.APPROVING) == set(Asked)


def test_what_can_be_done_depends_on_what_is_drafted_and_asked() -> None:
    decision = Decision(Action.REDUCE, None, "", "li", AT)
    assert Move.SEND not in workflow.moves(item())
    assert Move.SEND in workflow.moves(item(decision=decision))
    asking = item(Status.WITH_CHECKER, decision=decision, asked=Asked.DECISION, maker="zhao")
    assert workflow.approving(asking) is Move.APPROVE
    assert workflow.makers(asking) == {"zhao", "li"}  # who sent it, and who drafted it
    assert Move.APPROVE_REJECTION not in workflow.moves(asking)
    kept = replace(asking, decision=replace(decision, action=Action.KEEP))
    assert workflow.approving(kept) is Move.APPROVE_KEEP
    assert Move.APPROVE not in workflow.moves(kept)
    lined = replace(asking, line_decisions={"L-1": replace(decision, maker="sun")})
    assert workflow.makers(lined) == {"zhao", "li", "sun"}
    done = item(Status.DONE, asked=Asked.CLOSING, maker="zhao", decision=decision)
    assert workflow.makers(done) == {"zhao"}
    released = item(Status.RELEASE_PROPOSED)
    assert Move.FINISH not in workflow.moves(released)
    assert Move.FINISH in workflow.moves(replace(released, checker="wu"))


@pytest.mark.parametrize("text", ["", "done", "Done.", "OK", "\u5df2\u5b8c\u6210", "\u5b8c\u6210\u3002", "ok ok"])
def test_typing_done_says_nothing(text: str) -> None:
    assert not says_something(text)


def test_what_a_closing_lacks() -> None:
    by_book = Achieved(Decimal(100), Decimal(60), "v32", date(2026, 5, 29))
    closing = Closing(by_book, "", "zhao", AT)
    assert lacking(closing, Decimal(40)) is None
    assert lacking(closing, Decimal(41)) == "short"
    assert lacking(replace(closing, reason="the rest is covered by cash"), Decimal(41)) is None
    assert lacking(replace(closing, achieved=None), Decimal(1)) == "evidence"
    assert lacking(replace(closing, achieved=None, reason="done"), Decimal(1)) == "evidence"
    assert lacking(replace(closing, achieved=replace(by_book, after=Decimal(100))), None) == "short"  # nothing fell


def test_exchange_rates_alone_achieve_nothing() -> None:
    """EUR 100 at 1.10 then, EUR 90 at 1.00 now: the fall is EUR 10 at today's rate, 10, and not 110 - 90 = 20."""
    then = book(line("A", "ege", "TR", 100, currency="EUR"), rates={"EUR": Decimal("1.10")})
    now = book(line("A", "ege", "TR", 90, currency="EUR"), rates={"EUR": Decimal("1.00")})
    found = achieved(_proposal("ege", "A"), then, now)
    assert found is not None
    assert (found.before, found.after, found.amount) == (100_000_000, 90_000_000, 10_000_000)


def test_a_loan_repaid_by_another_achieves_nothing() -> None:
    then = book(line("A", "ege", "TR", 100))
    now = book(line("B", "ege", "TR", 100), line("C", "other", "TR", 5))
    found = achieved(_proposal("ege", "A"), then, now)
    assert found is not None
    assert found.amount == 0
    gone = achieved(_proposal("ege", "A"), then, book(line("C", "other", "TR", 5)))
    assert gone is not None
    assert (gone.after, gone.amount) == (0, 100_000_000)
    assert achieved(_proposal("nobody"), then, now) is None


def _proposal(subject: str, *lines: str) -> Proposal:
    made = item().proposal
    beneath = tuple(
        ItemLine(name, "", "loan", "USD", made.amounts, None, None, None, None, Action.WATCH) for name in lines
    )
    return replace(made, key=ItemKey("L1", subject, "TR", 1), lines=beneath)
