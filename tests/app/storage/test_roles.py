"""The matrix of roles and actions, cell by cell, as the store asks it."""

import ast
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection

import app
from app.refusals import Refused
from app.storage import audit, persons, roles, schema, settings
from app.storage.database import Database
from app.storage.persons import Person, Role
from app.wording.persons import doing
from app.wording.sentences import refusal

AT = datetime(2026, 5, 26, tzinfo=UTC)
#: Role -> actions that the role is the first to have; each has those of the ones before it.
BY_ROLE = {
    Role.VIEWER: "check.run check.addendum reviews.generate workspace.restore sample.claim password.set password.wrong",
    Role.OFFICER: (
        "book.import book.undo series.accept_unit entry.enter entry.import level.propose scenario.save scenario.delete "
        "alert.acknowledge alert.outcome silence.start silence.end rule.set check.decide check.sign reviews.assigned "
        "reviews.decided reviews.line_decided reviews.commented reviews.sent reviews.finished reviews.undone "
        "hand.propose note.add note.withdraw attachment.add absence.set absence.end "
        "reader.set outbox.retry outbox.drop supplied.import supplied.undo sector.review limits.ask_excess "
        "template.propose notice.draft notice.handed notice.acknowledged notice.replied "
        "pack.write reviews.take_workbook reviews.undo_workbook reviews.filled_in"
    ),
    Role.APPROVER: (
        "book.approve book.return entry.accept entry.return level.approve level.return check.countersign flag.release "
        "reviews.approved reviews.returned hand.approve hand.return limits.set limits.withdraw "
        "limits.import limits.approve_excess limits.decline_excess notice.approved notice.returned "
        "template.approve template.return"
    ),
    Role.ADMINISTRATOR: (
        "person.add person.role person.left person.back password.reset setting.put setting.clear source.settings "
        "source.key_set source.key_removed secret.keep secret.remove"
    ),
}
CELLS = [
    (who, action, roles.ORDER.index(who) >= roles.ORDER.index(needed))
    for needed, actions in BY_ROLE.items()
    for action in actions.split()
    for who in Role
]


@pytest.fixture(scope="module")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One person of each role; approvals ask for no password here."""
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('roles') / 'tidewatch.sqlite'}")
    schema.prepare(database)
    with database.write() as connection:
        from app.services.unlocking import ASK, ROOM

        settings.put(connection, ROOM, ASK, False, at=AT, who="first")
        for role in Role:
            persons.add(connection, Person(role.value, role.value.title(), role), AT)
    yield database
    database.close()


@pytest.mark.parametrize(("who", "action", "allowed"), CELLS, ids=lambda value: getattr(value, "value", str(value)))
def test_a_cell_of_the_matrix(staffed: Database, who: Role, action: str, allowed: bool) -> None:
    assert roles.may(who, action) is allowed
    with staffed.engine.connect() as connection, connection.begin() as work:
        if allowed:
            _do(connection, who, action)
        else:
            with pytest.raises(Refused) as refused:
                _do(connection, who, action)
            assert refused.value.values["needed"] == roles.least(action).value
            assert doing(action) in refusal(refused.value)[0]
        work.rollback()


def _do(connection: Connection, who: Role, action: str) -> None:
    audit.record(connection, at=AT, who=who.value, action=action, subject="x")


def test_every_action_of_the_matrix_stands_above() -> None:
    assert {action for _who, action, _allowed in CELLS} >= set(roles.LEAST)


def test_every_action_that_the_program_records_is_in_the_matrix() -> None:
    """Texts given as `action=`; what a service hands through stands in the matrix by its own name."""
    found = set()
    for path in (Path(app.__file__).parent).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("audit.record"):
                for given in (keyword.value for keyword in node.keywords if keyword.arg == "action"):
                    found |= {part.value for part in ast.walk(given) if isinstance(part, ast.Constant)}
    assert {one for one in found if isinstance(one, str) and "." in one and not one.endswith(".")} <= set(roles.LEAST)


def test_a_desk_of_one_is_never_locked_out(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'tidewatch.sqlite'}")
    schema.prepare(database)
    with database.write() as connection:
        assert roles.acting(connection, "Chen").role is Role.ADMINISTRATOR
        for action in roles.LEAST:
            audit.record(connection, at=AT, who="Chen", action=action, subject="x")
        persons.add(connection, Person("wu", "Wu", Role.ADMINISTRATOR), AT)
        assert roles.acting(connection, "Chen").role is Role.OFFICER
    database.close()
