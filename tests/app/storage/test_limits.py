"""Limits in the store: the old table moves over, versions and days of validity, and two persons of an excess."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.refusals import Refused
from app.storage import limits, schema
from app.storage.database import Database
from app.storage.tables.limits import limit_excess_decision
from exposures.limits import Limit, Scope, effective

D = Decimal
NOW = datetime(2026, 5, 22, 8, tzinfo=UTC)
TURKEY = (Scope.COUNTRY, "TR", "")


@pytest.fixture
def database(tmp_path: Path) -> Any:
    made = Database(f"sqlite:///{tmp_path / 'tidewatch.sqlite'}")
    yield made
    made.close()


@pytest.fixture
def ready(database: Database) -> Database:
    schema.prepare(database)
    return database


def limit(amount: object, key: str = "TR", **fields: Any) -> Limit:
    return Limit(key, D(str(amount)), "USD", **fields)


def test_country_limits_of_an_older_workspace_move_over_with_their_history(database: Database) -> None:
    config = schema.configuration()
    with database.write() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0012")
        connection.execute(
            text(
                "INSERT INTO country_limit (country, amount, currency, basis, measure, user, at) VALUES "
                "('TR', 10000, 'USD', 'guarantor', 'drawn_undrawn', 'li', '2026-01-02 08:00:00'), "
                "('TR', 20000, 'USD', 'guarantor', 'drawn_undrawn', 'li', '2026-02-02 08:00:00'), "
                "('CL', 500, 'CLP', 'immediate', 'drawn', 'wang', '2026-02-03 08:00:00')"
            )
        )
    schema.prepare(database)
    with database.read() as connection:
        then = limits.in_force(connection, datetime(2026, 1, 31, tzinfo=UTC))
        now = limits.in_force(connection)
    assert [(one.limit.key, one.limit.amount, one.user) for one in then] == [("TR", 100, "li")]
    assert [(one.limit.key, one.limit.amount) for one in now] == [("CL", 500), ("TR", 200)]
    assert now[0].at == datetime(2026, 2, 3, 8, tzinfo=UTC)


def test_a_limit_from_a_later_day_waits_beside_the_one_it_replaces(ready: Database) -> None:
    with ready.write() as connection:
        limits.add(connection, limit(100), "li", NOW)
        limits.add(connection, limit(80, valid_from=date(2026, 6, 1)), "li", NOW)
        standing = [one.limit for one in limits.in_force(connection)]
    assert [one.amount for one in standing] == [100, 80]
    assert [one.amount for one in effective(standing, date(2026, 5, 31))] == [100]
    assert [one.amount for one in effective(standing, date(2026, 6, 1))] == [80]


def test_a_withdrawn_limit_is_gone_and_was_there_before(ready: Database) -> None:
    with ready.write() as connection:
        limits.add(connection, limit(100), "li", NOW)
        limits.add(connection, limit(100), "li", NOW + timedelta(hours=1), withdrawn=True)
        assert limits.in_force(connection) == ()
        assert len(limits.in_force(connection, NOW)) == 1


def test_an_excess_counts_once_a_second_person_approved_it(ready: Database) -> None:
    with ready.write() as connection:
        limits.add(connection, limit(100), "li", NOW)
        asked = limits.ask_excess(connection, TURKEY, D(30), "USD", date(2026, 6, 30), "Bridge", "li", NOW)
        assert limits.in_force(connection)[0].limit.excesses == ()
        with pytest.raises(Refused) as same:
            limits.decide_excess(connection, asked.id, True, " LI", NOW, "")
        assert same.value.code == "persons.same_person"
        later = NOW + timedelta(hours=1)
        limits.decide_excess(connection, asked.id, True, "wang", later, "")
        (granted,) = limits.in_force(connection)[0].limit.excesses
        assert limits.in_force(connection, NOW)[0].limit.excesses == ()
        assert limits.excesses(connection, NOW)[0].approved is None
        with pytest.raises(Refused) as twice:
            limits.decide_excess(connection, asked.id, False, "zhao", later, "")
    assert (granted.amount, granted.requester, granted.approver) == (30, "li", "wang")
    assert twice.value.code == "limits.excess_decided"


def test_the_store_itself_refuses_one_person_twice(ready: Database) -> None:
    with ready.write() as connection:
        asked = limits.ask_excess(connection, TURKEY, D(30), "USD", date(2026, 6, 30), "Bridge", "li", NOW)
        row = {"excess_id": asked.id, "approved": True, "maker": "li", "who": "li", "at": NOW, "reason": ""}
        with pytest.raises(IntegrityError):
            connection.execute(limit_excess_decision.insert().values(row))
