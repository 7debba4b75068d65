"""Every step that needs a second person, as the repository's own function: the store itself refuses the maker."""

import ast
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select

from app import storage
from app.refusals import Refused
from app.storage import books, checks, drafts, entries, hand, levels, limits, notices, schema
from app.storage.books import Status
from app.storage.database import Database
from app.storage.tables import METADATA
from exposures.check import PAGE, Role
from exposures.limits import Scope
from exposures.reviews.by_hand import HandEntry
from exposures.reviews.item import Action, Decision
from exposures.reviews.workflow import Move
from tests.app.storage.drafts import draft
from tests.app.storage.test_checks import AT, SNAPSHOT, STEP, decided
from tests.app.storage.test_reviews import make, only, proposal, step

DAY = date(2026, 5, 26)
LATER = datetime(2026, 5, 26, 2, 0, tzinfo=UTC)
Second = Callable[[str], object]


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    database = Database(f"sqlite:///{tmp_path / 'tidewatch.sqlite'}")
    schema.prepare(database)
    with database.write() as opened:
        yield opened
    database.close()


def _page(connection: Connection) -> Second:
    checks.add(connection, business_date=DAY, cut_off=AT, run_at=AT, late=False, who="wu", snapshot=SNAPSHOT)
    check = checks.find(connection, DAY)
    assert check is not None
    checks.sign(connection, check, PAGE, Role.MAKER, "Li", AT)
    return lambda who: checks.sign(connection, check, PAGE, Role.CHECKER, who, LATER)


def _addendum(connection: Connection) -> Second:
    _page(connection)("zhao")
    check = checks.find(connection, DAY)
    assert check is not None
    number = checks.add_addendum(connection, check, STEP, AT)
    check = checks.find(connection, DAY)
    assert check is not None
    checks.decide(connection, check, decided("currencies", "Li", addendum=number))
    checks.sign(connection, check, number, Role.MAKER, "Li", AT)
    return lambda who: checks.sign(connection, check, number, Role.CHECKER, who, LATER)


def _level(connection: Connection) -> Second:
    proposed = levels.propose(connection, "TR", "high", "reserves fell", "Li", AT)
    return lambda who: levels.decide(connection, proposed.id, True, who, LATER, "")


def _level_returned(connection: Connection) -> Second:
    proposed = levels.propose(connection, "TR", "high", "reserves fell", "Li", AT)
    return lambda who: levels.decide(connection, proposed.id, False, who, LATER, "no")


def _entry(connection: Connection) -> Second:
    figure = entries.Draft("FX_TRY", date(2026, 5, 25), 45.0, "central bank")
    numbers = entries.add(connection, [figure], "Li", AT)
    return lambda who: entries.decide(connection, numbers, True, who, LATER, "")


def _book(connection: Connection) -> Second:
    number = drafts.add(connection, draft(DAY, {"line_id": "A"}, user="Li"))
    books.set_status(connection, number, Status.WAITING, AT, "Li", None)
    return lambda who: books.set_status(connection, number, Status.COMMITTED, LATER, who, None)


def _item(asked: str) -> Callable[[Connection], Second]:
    """A draft of Li's that somebody else sent, or Li's word that the item is done."""

    def made(connection: Connection) -> Second:
        make(connection, proposal())
        drafted = Decision(Action.REDUCE, Decimal(5), "", "Li", AT)
        step(connection, only(connection), "decided", Move.DRAFT, who="Li", decision=drafted)
        step(connection, only(connection), "sent", Move.SEND, who="zhao" if asked == "decision" else "Li")
        move = Move.APPROVE
        if asked == "returned":
            move = Move.RETURN
        if asked == "closing":
            step(connection, only(connection), "approved", Move.APPROVE, who="wang")
            step(connection, only(connection), "finished", Move.FINISH, who="Li")
            move = Move.APPROVE_CLOSING
        return lambda who: step(connection, only(connection), "approved", move, who=who)

    return made


def _by_hand(connection: Connection) -> Second:
    wanted = HandEntry(0, "country", None, "", "ZA", "A", "strike", "Reuters", DAY, "Li", AT)
    number = hand.propose(connection, wanted).id
    return lambda who: hand.decide_entry(connection, number, True, who, LATER, "")


def _excess(connection: Connection) -> Second:
    about = (Scope.COUNTRY, "TR", "")
    asked = limits.ask_excess(connection, about, Decimal(5), "USD", DAY, "syndication closes", "Li", AT)
    return lambda who: limits.decide_excess(connection, asked.id, True, who, LATER, "")


def _notice(step_of: notices.Step) -> Callable[[Connection], Second]:
    def made(connection: Connection) -> Second:
        draft_of = notices.Notice(
            "L7-0001", "L7", "A", "TR", 1, "A", Decimal(5), "USD", "A", "", "en", "s", "b", "Li", AT, None, DAY
        )
        stored = notices.add(connection, draft_of)
        return lambda who: notices.take_step(connection, stored, notices.Taken(step_of, who, LATER, ""))

    return made


STEPS = {
    "take_step": (_notice(notices.Step.APPROVED), _notice(notices.Step.RETURNED)),
    "decide_excess": (_excess,),
    "decide_entry": (_by_hand,),
    "take": (_item("decision"), _item("returned"), _item("closing")),
    "sign": (_page, _addendum),
    "decide": (_level, _level_returned, _entry),
    "set_status": (_book,),
}


@pytest.mark.parametrize("step", [step for found in STEPS.values() for step in found])
def test_the_store_refuses_the_maker_however_the_account_is_written(
    connection: Connection, step: Callable[[Connection], Second]
) -> None:
    second = step(connection)
    before = _rows(connection)
    for who in ("Li", "li", " LI "):
        with pytest.raises(Refused) as refused:
            second(who)
        assert refused.value.code == "persons.same_person"
    assert _rows(connection) == before, "nothing was written"
    with pytest.raises(Refused) as refused:
        second("  ")
    assert refused.value.code == "persons.nobody"
    second("wang")
    assert _rows(connection) > before


def test_no_step_of_a_second_person_is_missing_here() -> None:
    """Every function of the store that asks for another person has its cases above; a new one fails this test."""
    asking = set()
    for path in Path(storage.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and "persons.refuse_same_person(" in ast.unparse(node):
                asking.add(node.name)
    assert asking == set(STEPS)


def _rows(connection: Connection) -> int:
    tables = METADATA.sorted_tables
    return sum(connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables)
