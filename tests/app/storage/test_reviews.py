from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as run
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.storage import review_steps, reviews, schema
from app.storage.database import Database
from app.storage.reviews import Run
from app.storage.tables.reviews import review_item, review_line_decision, review_step, review_version
from exposures.flags import Tide
from exposures.reason import Reason
from exposures.reviews.item import (
    SETTLED,
    Action,
    Amounts,
    Decision,
    ItemKey,
    ItemLine,
    Priority,
    Proposal,
    Status,
)
from exposures.reviews.workflow import Move

AT = datetime(2026, 5, 26, 0, 31, tzinfo=UTC)
DAY = date(2026, 5, 26)


def proposal(subject="X", country="TR", episode=1, amount=10, **changes):
    amounts = Amounts(Decimal(amount), Decimal(0), Decimal(amount), Decimal(amount), Decimal(0), Decimal(0), None)
    made = Proposal(
        ItemKey("L1", subject, country, episode),
        f"{subject} A.Ş.",
        "both",
        "B",
        ("Istanbul",),
        None,
        (Reason("policy_list", "country", None, None, "code", DAY, "policy list"),
         Reason("limit_group", "limit", Decimal("92"), Decimal(90), "percent", DAY, "v31", 2, {"subject": "G"})),
        2,
        Priority.LOW,
        1,
        Action.WATCH,
        None,
        None,
        amounts,
        (ItemLine("L-1", "", "loan", "USD", amounts, DAY, "pass", None, 0, Action.WATCH, "Loans!7"),),
        ("rating",),
        None,
        DAY,
    )  # fmt: skip
    return replace(made, **changes)


@pytest.fixture
def database(tmp_path: Path):
    made = Database(f"sqlite:///{tmp_path / 'test.sqlite'}")
    schema.prepare(made)
    yield made
    made.close()


def make(connection, *proposals, at=AT):
    run_id = reviews.add_run(connection, Run(0, at, "chen", "v31", "b.xlsx", DAY, "USD", (), Tide(on=False), ()))
    return reviews.remake(connection, run_id, "L1", proposals, at, "chen")


def step(connection, item, event="assigned", move=Move.REMAIN, who="chen", at=AT, **changes):
    return review_steps.take(connection, item, move, at, who, event, {}, **changes)


def into_work(connection, item, decision=None):
    """Drafted by one, confirmed by another."""
    decision = decision or Decision(Action.REDUCE, Decimal(5), "", "chen", AT)
    number = item.proposal.key.subject
    for event, move, who, changes in (
        ("decided", Move.DRAFT, "chen", {"decision": decision}),
        ("sent", Move.SEND, "chen", {}),
        ("approved", Move.APPROVE, "wu", {}),
    ):
        step(connection, by_subject(connection)[number], event, move, who, **changes)
    return by_subject(connection)[number]


def settle(connection, item, status, at=AT):
    """Closed as "keep", or not taken up; confirmed by another person."""
    number = item.proposal.key.subject
    if status is Status.CLOSED:
        kept = Decision(Action.KEEP, None, "hedged", "chen", at)
        step(connection, item, "decided", Move.DRAFT, decision=kept, at=at)
        step(connection, by_subject(connection)[number], "sent", Move.SEND, at=at)
        move = Move.APPROVE_KEEP
    else:
        step(connection, item, "sent", Move.REJECT, at=at)
        move = Move.APPROVE_REJECTION
    step(connection, by_subject(connection)[number], "approved", move, who="wu", at=at)


def by_subject(connection):
    return {item.proposal.key.subject: item for item in reviews.items(connection)}


def only(connection):
    (item,) = reviews.items(connection)
    return item


def test_an_item_comes_back_as_it_was_made(database):
    with database.write() as connection:
        assert make(connection, proposal()).new == 1
        item = only(connection)
    assert item.id == "L1-0001"
    assert item.proposal == proposal()
    assert (item.status, item.owner, item.due, item.decision) == (Status.PROPOSED, None, DAY, None)


def test_making_again_updates_the_proposal_and_keeps_what_people_set(database):
    decision = Decision(Action.REDUCE, Decimal("50.4"), "by September", "chen", AT)
    with database.write() as connection:
        make(connection, proposal())
        step(connection, only(connection), owner="Zhao Qi", due=date(2026, 6, 1))
        step(connection, only(connection), "decided", Move.DRAFT, decision=decision)
        review_steps.add_line_decision(connection, only(connection), "L-1", decision)
        changed = make(connection, proposal(amount=99, due=date(2026, 7, 1), owner="Somebody Else"))
        item = only(connection)
    assert (changed.new, changed.changed) == (0, 1)
    assert item.proposal.amounts.drawn == 99
    assert (item.owner, item.due, item.decision) == ("Zhao Qi", date(2026, 6, 1), decision)
    assert item.line_decisions == {"L-1": decision}


def test_an_unchanged_proposal_adds_no_version(database):
    with database.write() as connection:
        make(connection, proposal())
        assert make(connection, proposal()).changed == 0
        assert connection.execute(select(func.count()).select_from(review_version)).scalar_one() == 1


def test_what_no_longer_qualifies_is_proposed_for_release_and_comes_back_to_where_it_was(database):
    with database.write() as connection:
        make(connection, proposal())
        into_work(connection, only(connection))
        assert make(connection).released == 1
        assert only(connection).status is Status.RELEASE_PROPOSED
        assert make(connection).released == 0
        assert make(connection, proposal()).returned == 1
        assert (only(connection).status, only(connection).checker) == (Status.IN_WORK, "wu")
        found = reviews.item(connection, "L1-0001")
    assert [one.event for one in found.history] == [
        *("listed", "decided", "sent", "approved", "release_proposed", "qualifies_again"),
    ]


@pytest.mark.parametrize("status", sorted(SETTLED))
def test_what_was_decided_is_never_proposed_again_in_its_episode(database, status):
    with database.write() as connection:
        make(connection, proposal())
        settle(connection, only(connection), status)
        make(connection, proposal(amount=5))
        make(connection)
        assert only(connection).status is status
        assert make(connection, proposal(episode=2)).new == 1
        assert [item.status for item in reviews.items(connection)] == [status, Status.PROPOSED]


def test_an_unknown_item_is_none(database):
    with database.read() as connection:
        assert reviews.item(connection, "L1-0001") is None
        assert reviews.item(connection, "nonsense") is None


steps = st.one_of(
    st.tuples(st.just("make"), st.sets(st.integers(0, 3)), st.integers(1, 9)),
    st.tuples(st.just("assign"), st.integers(0, 3), st.sampled_from(["Zhao Qi", "Sun Yi", None])),
    st.tuples(st.just("decide"), st.integers(0, 3), st.sampled_from(list(Action))),
    st.tuples(st.just("decide_line"), st.integers(0, 3), st.sampled_from(list(Action))),
    st.tuples(st.just("settle"), st.integers(0, 3), st.sampled_from(sorted(SETTLED))),
)


@run(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(steps, max_size=14))
def test_making_any_number_of_times_loses_and_doubles_nothing(tmp_path_factory, history):
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('any') / 'test.sqlite'}")
    schema.prepare(database)
    owners, decisions, lines, settled, known = {}, {}, {}, {}, set()
    tables = (review_item, review_version, review_step, review_line_decision)
    counts = (0, 0, 0, 0)
    with database.write() as connection:
        for number, (what, which, value) in enumerate(history):
            at = AT + timedelta(minutes=number)
            if what == "make":
                make(connection, *(proposal(f"S{one}", amount=value) for one in sorted(which)), at=at)
                known |= which
            elif which in known and which not in settled:
                (item,) = [one for one in reviews.items(connection) if one.proposal.key.subject == f"S{which}"]
                decision = Decision(Action.KEEP, None, f"because {number}", "chen", at)
                if what == "assign":
                    step(connection, item, owner=value, at=at)
                    owners[which] = value
                elif what == "decide_line":
                    lines[which] = replace(decision, action=value)
                    review_steps.add_line_decision(connection, item, "L-1", lines[which])
                elif item.status is Status.RELEASE_PROPOSED:
                    continue  # it is released, or it qualifies again
                elif what == "decide":
                    decisions[which] = replace(decision, action=value)
                    step(connection, item, "decided", Move.DRAFT, decision=decisions[which], at=at)
                else:
                    settle(connection, item, value, at=at)
                    settled[which] = value
                    if value is Status.CLOSED:
                        decisions[which] = Decision(Action.KEEP, None, "hedged", "chen", at)
            now = tuple(connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables)
            assert all(new >= old for new, old in zip(now, counts, strict=True))  # history only grows
            counts = now
        items = {item.proposal.key.subject: item for item in reviews.items(connection)}
    database.close()
    assert sorted(items) == sorted(f"S{one}" for one in known)  # nothing lost, nothing doubled
    assert len({item.id for item in items.values()}) == len(known)
    for which in known:
        item = items[f"S{which}"]
        assert item.owner == owners.get(which)
        assert item.decision == decisions.get(which)
        assert item.line_decisions == ({"L-1": lines[which]} if which in lines else {})
        assert which not in settled or item.status is settled[which]
