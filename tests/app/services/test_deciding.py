"""From draft to closing by two persons, through the services and past them."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from app.bootstrap import Program, open_program
from app.refusals import Refused
from app.services.deciding import Bulk
from app.storage import audit
from app.storage.persons import Role
from exposures.reviews.item import Action, Status
from tests.app.services.workbooks import write_csv
from tests.conftest import Clock

FRIDAY, NEXT = date(2026, 5, 22), date(2026, 5, 29)
ITEM, OTHER = "L1-0001", "L1-0002"


@pytest.fixture
def two(tmp_path: Path, clock: Clock) -> Iterator[tuple[Program, Program]]:
    """Li drafts, Wu checks; two items on L1."""
    with (
        open_program(tmp_path / "w", clock=clock, user="li") as li,
        open_program(tmp_path / "w", clock=clock, user="Wu") as wu,
    ):
        take_in(li, tmp_path, 300)
        li.reviewing.generate()
        yield li, wu


def take_in(program: Program, tmp_path: Path, millions: int, on: date = FRIDAY) -> None:
    rows = (f"L1,Anadolu,TR,loan,USD,{millions}000000,0", "L3,Pampa,AR,loan,USD,5000000,0")
    program.importing.commit(write_csv(tmp_path / f"book-{on}.csv", *rows), on)


def confirmed(two: tuple[Program, Program], target: int = 100) -> None:
    li, wu = two
    li.reviewing.decide(ITEM, Action.REDUCE, Decimal(target) * 10**6, "before September", "special_mention")
    li.deciding.send(ITEM)
    wu.deciding.approve(ITEM)


def test_a_decision_is_drafted_sent_and_confirmed_by_another(two: tuple[Program, Program]) -> None:
    li, wu = two
    with pytest.raises(Refused, match=r"reviews\.step_not_allowed"):
        li.deciding.send(ITEM)  # nothing is drafted
    drafted = li.reviewing.decide(ITEM, Action.REDUCE, Decimal(10), "", "special_mention")
    assert drafted.decision is not None
    assert drafted.decision.new_grade == "special_mention"
    (sent,) = li.deciding.send(ITEM)
    assert (sent.status, sent.maker, sent.checker) == (Status.WITH_CHECKER, "li", None)
    with pytest.raises(Refused, match=r"persons\.same_person"):
        li.deciding.approve(ITEM)
    (done,) = wu.deciding.approve(ITEM, comment="agreed")
    assert (done.status, done.maker, done.checker) == (Status.IN_WORK, "li", "wu")
    assert [step.event for step in done.history] == ["listed", "decided", "sent", "approved"]
    with wu.database.read() as connection:
        last = audit.trail(connection, subject=ITEM)[-1]
    assert (last["action"], last["who"]) == ("reviews.approved", "Wu")
    assert '"digest"' in last["data"]


def test_who_drafted_cannot_check_what_another_sent(two: tuple[Program, Program]) -> None:
    li, wu = two
    wu.reviewing.decide(ITEM, Action.WATCH, None, "")
    li.deciding.send(ITEM)
    for program in two:
        with pytest.raises(Refused, match=r"persons\.same_person"):
            program.deciding.approve(ITEM)


def test_returned_with_a_reason_and_sent_again(two: tuple[Program, Program]) -> None:
    li, wu = two
    li.reviewing.decide(ITEM, Action.WATCH, None, "")
    li.deciding.send(ITEM)
    with pytest.raises(Refused, match=r"reviews\.reason_missing"):
        wu.deciding.send_back(ITEM, " ")
    returned = wu.deciding.send_back(ITEM, "how far?")
    assert (returned.status, returned.asked, returned.needs_decision) == (Status.RETURNED, None, False)
    again = li.reviewing.decide(ITEM, Action.REDUCE, Decimal(10), "")
    assert again.status is Status.PROPOSED


def test_keep_and_rejection_are_confirmed_too(two: tuple[Program, Program]) -> None:
    li, wu = two
    li.reviewing.decide(ITEM, Action.KEEP, None, "fully covered by cash")
    li.deciding.send(ITEM)
    assert wu.deciding.approve(ITEM)[0].status is Status.CLOSED
    li.deciding.reject(OTHER, "sold on Monday")
    assert wu.deciding.approve(OTHER)[0].status is Status.REJECTED
    made = li.reviewing.generate()
    assert (made.lists["L1"].new, made.lists["L1"].released) == (0, 0)
    assert li.reviewing.lists()[0].open_items == ()


def test_a_later_book_shows_what_was_achieved_and_closes_the_item(
    two: tuple[Program, Program], tmp_path: Path, clock: Clock
) -> None:
    li, wu = two
    confirmed(two)
    with pytest.raises(Refused, match=r"reviews\.no_evidence"):
        li.deciding.finish(ITEM, "done")
    clock.advance(days=7)
    take_in(li, tmp_path, 250, NEXT)
    with pytest.raises(Refused) as refused:
        li.deciding.finish(ITEM)  # 50 of 100
    assert (refused.value.code, refused.value.values["achieved"]) == ("reviews.short_of_target", 50_000_000)
    done = li.deciding.finish(ITEM, "the rest is sold with value 8 June")
    assert done.closing is not None
    assert done.closing.achieved is not None
    assert (done.status, done.closing.achieved.amount, done.closing.achieved.book) == (Status.DONE, 50_000_000, "v2")
    assert not done.overdue(date(2027, 1, 1))
    with pytest.raises(Refused, match=r"persons\.same_person"):
        li.deciding.approve(ITEM)
    back = wu.deciding.send_back(ITEM, "show the contract of sale")
    assert (back.status, back.checker) == (Status.IN_WORK, "wu")
    li.deciding.finish(ITEM, "the rest is sold with value 8 June")
    assert wu.deciding.approve(ITEM)[0].status is Status.CLOSED


def test_a_release_that_is_declined_leaves_the_decision_confirmed_and_is_not_proposed_again(
    two: tuple[Program, Program], tmp_path: Path, clock: Clock
) -> None:
    li, wu = two
    confirmed(two)
    li.reviewing.assign(ITEM, "Zhao Qi", None)
    statuses = []
    for millions in (0, 0, 300, 0):  # repaid, still repaid, drawn again, repaid again
        clock.advance(days=7)
        take_in(li, tmp_path, millions, clock().date())
        statuses.append(li.reviewing.generate().lists["L1"] and li.reviewing.item(ITEM).status)
        if len(statuses) == 1:
            wu.deciding.send(ITEM)  # who checked the decision may ask for the release
            back = li.deciding.send_back(ITEM, "show the repayment first")
            assert (back.status, back.maker, back.checker, back.owner) == (Status.IN_WORK, "li", "wu", "Zhao Qi")
            assert back.decision is not None
            assert li.attesting.verify().is_whole
    assert statuses == [Status.RELEASE_PROPOSED, Status.IN_WORK, Status.IN_WORK, Status.RELEASE_PROPOSED]


def test_one_s_own_last_step_is_undone_while_nothing_is_built_on_it(two: tuple[Program, Program]) -> None:
    li, wu = two
    li.reviewing.assign(ITEM, "Zhao Qi", None)
    li.reviewing.decide(ITEM, Action.WATCH, None, "")
    (undone,) = li.deciding.undo(ITEM)
    assert (undone.decision, undone.owner) == (None, "Zhao Qi")
    with pytest.raises(Refused, match=r"reviews\.nothing_to_undo"):
        li.deciding.undo(ITEM)  # an undo is not undone
    li.reviewing.decide(ITEM, Action.WATCH, None, "")
    wu.reviewing.comment(ITEM, "seen")
    with pytest.raises(Refused, match=r"reviews\.nothing_to_undo"):
        li.deciding.undo(ITEM)
    li.reviewing.decide_line(ITEM, "L1", Action.CALL, None, "")
    assert li.deciding.undo(ITEM)[0].line_decisions == {}


def test_a_bulk_edit_is_shown_before_it_is_done_and_is_undone_as_one(two: tuple[Program, Program]) -> None:
    li, _wu = two
    both, bulk = (ITEM, OTHER), Bulk(owner="Sun Yi", due=date(2026, 6, 5))
    changes = li.deciding.preview(both, bulk)
    assert [one.fields[0] for one in changes] == [("owner", "", "Sun Yi")] * 2
    assert all(item.owner is None for item in li.reviewing.lists()[0].items)
    assert {item.owner for item in li.deciding.apply(both, bulk)} == {"Sun Yi"}
    assert {item.owner for item in li.deciding.undo(*both)} == {None}
    decided = Bulk(action=Action.KEEP, comment="all covered")
    assert [one.refused for one in li.deciding.preview(both, decided)] == ["", ""]  # both are Minor
    li.limiting.set("TR", Decimal(320_000_000), "USD")  # used 93.75 %: a point, so the first is Low
    li.reviewing.generate()
    assert [one.refused for one in li.deciding.preview(both, decided)] == ["reviews.bulk_minor_only", ""]
    with pytest.raises(Refused, match=r"reviews\.bulk_minor_only"):
        li.deciding.apply(both, decided)
    assert all(item.decision is None for item in li.reviewing.lists()[0].items), "none where one is refused"
    with pytest.raises(Refused, match=r"reviews\.keep_needs_reason"):
        li.deciding.apply([OTHER], Bulk(action=Action.KEEP))
    assert li.deciding.apply([OTHER], decided)[0].decision is not None


def test_sql_past_the_program_fails_or_shows(two: tuple[Program, Program], tmp_path: Path) -> None:
    li, _wu = two
    confirmed(two)
    assert li.attesting.verify().is_whole
    file = tmp_path / "w" / "tidewatch.sqlite"
    copy = (
        "INSERT INTO review_step (item_id, at, who, event, changed, status, asked, maker, checker) "
        "SELECT item_id, at, 'li', 'approved', '{}', 'closed', 'closing', 'li', %s FROM review_step "
        "WHERE event = 'approved'"
    )
    with closing(sqlite3.connect(file)) as connection:
        for checker in ("'li'", "NULL"):
            with pytest.raises(sqlite3.IntegrityError, match="CHECK constraint"):
                connection.execute(copy % checker)
        connection.execute(copy % "'LI'")  # no constraint knows that this is the same person; the proof does
        connection.commit()
    faults = {(fault.case, fault.subject) for fault in li.attesting.verify().faults}
    assert ("same_person", ITEM) in faults
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("DELETE FROM review_step WHERE checker = 'LI'")
        connection.execute("UPDATE review_step SET decision = replace(decision, '100000000', '1') WHERE id > 0")
        connection.commit()
    assert {fault.case for fault in li.attesting.verify().faults} == {"altered"}


def test_sql_on_a_lines_decision_shows(two: tuple[Program, Program], tmp_path: Path) -> None:
    li, _wu = two
    li.reviewing.decide_line(ITEM, "L1", Action.REDUCE, Decimal(10_000_000), "by June")
    li.reviewing.decide_line(ITEM, "L1", Action.WATCH, None, "")
    li.deciding.undo(ITEM)
    assert li.attesting.verify().is_whole
    file = tmp_path / "w" / "tidewatch.sqlite"
    for attack in (
        "INSERT INTO review_line_decision (item_id, line_id, decision) VALUES (1, 'L1', 'null')",
        "UPDATE review_line_decision SET decision = replace(decision, '10000000', '1') WHERE id = 1",
        "DELETE FROM review_line_decision",
    ):
        with closing(sqlite3.connect(file)) as connection:
            connection.execute(attack)
            connection.commit()
        assert {(fault.case, fault.subject) for fault in li.attesting.verify().faults} == {("altered", ITEM)}, attack


def test_work_is_mine_by_account_name_or_as_a_deputy(tmp_path: Path, clock: Clock) -> None:
    with open_program(tmp_path / "w", clock=clock, user="li") as li:
        for account, name, role in (("wu", "Wu Fang", Role.APPROVER), ("sun", "Sun Yi", Role.OFFICER)):
            li.staffing.add(account, name, role)
        take_in(li, tmp_path, 300)
        li.reviewing.generate()
        li.reviewing.assign(ITEM, "Sun Yi", None)
        li.reviewing.decide(OTHER, Action.WATCH, None, "")
        li.deciding.send(OTHER)
        assert [one.why for one in li.working.approvals()] == ["own"]
        with open_program(tmp_path / "w", clock=clock, user="sun") as sun:
            assert [item.id for item in sun.working.mine()] == [ITEM]
            assert [one.why for one in sun.working.approvals()] == ["role"]
            with pytest.raises(Refused, match=r"persons\.role_needed"):
                sun.deciding.approve(OTHER)
            with pytest.raises(Refused, match=r"persons\.role_needed"):
                sun.working.set_absence("wu", "sun", FRIDAY, NEXT)  # somebody else's absence
            sun.working.set_absence("sun", "wu", FRIDAY, NEXT)
        with open_program(tmp_path / "w", clock=clock, user="wu") as wu:
            assert [item.id for item in wu.working.mine()] == [ITEM]
            assert [(one.item.id, one.why) for one in wu.working.approvals()] == [(OTHER, "")]
            (absence,) = wu.working.absences()
            clock.advance(days=4)  # the day after its last
            assert wu.working.mine() == ()
            li.working.end_absence(absence.id)
            assert li.working.absences() == ()
        for person, deputy, code in (("li", "li", "own_deputy"), ("li", "ghost", "unknown")):
            with pytest.raises(Refused, match=rf"persons\.{code}"):
                li.working.set_absence(person, deputy, NEXT, clock.now.date())


def test_what_waits_on_other_pages_is_told_to_who_can_check_it(two: tuple[Program, Program]) -> None:
    li, wu = two
    texts = {code: f"{text}\nP.S." for code, text in li.phrasing.template("client").texts.items()}
    li.phrasing.propose("client", texts, "more polite")
    li.limiting.set("TR", Decimal(320_000_000), "USD")
    wu.limiting.ask_excess("TR", Decimal(5), NEXT, "syndication closes")
    li.levelling.propose("TR", "high", "reserves fell")
    assert wu.working.elsewhere() == (("texts", 1), ("levels", 1))
    assert li.working.elsewhere() == (("excesses", 1),)
    wu.phrasing.decide(1, True)
    assert wu.working.elsewhere() == (("levels", 1),)
