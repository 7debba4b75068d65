"""What an import found, as the store keeps it: in its order, whatever the texts, however many."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from sqlalchemy import select

from app.storage import drafts, evidence, schema
from app.storage.database import Database
from app.storage.tables.book import import_issue
from exposures.issues import Issue, Rule, Severity
from tests.app.storage.drafts import draft
from tests.exposures.lines import line


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(f"sqlite:///{tmp_path / 'tidewatch.sqlite'}")
    schema.prepare(opened)
    yield opened
    opened.close()


def test_more_issues_than_one_statement_takes_come_back_in_their_order(database: Database) -> None:
    """Ten columns and 900 values a statement: 90 rows each, and seven that are left."""
    found = tuple(
        Issue("Book", f"N{row}", Rule.MORE_DECIMALS, Severity.WARNING, f"{row}.5", "outstanding", "", {"row": row})
        for row in range(187)
    )
    with database.write() as connection:
        number = drafts.add(connection, draft(date(2026, 5, 22), line("A", "TR"), issues=found))
    with database.read() as connection:
        assert evidence.issues(connection, number) == found
        places = connection.scalars(select(import_issue.c.place).order_by(import_issue.c.place)).all()
    assert list(places) == list(range(187))


VALUES = some.dictionaries(
    some.sampled_from(["a", "}, {", '"']), some.one_of(some.sampled_from(["}, {", "", "元", '"}']), some.integers(0, 9))
)


@settings(max_examples=80)
@given(some.lists(VALUES, max_size=4))
def test_texts_written_in_one_go_are_those_written_one_by_one(found: list[dict[str, object]]) -> None:
    assert evidence._texts(found) == [json.dumps(values, ensure_ascii=False) for values in found]


def test_decimals_are_written_as_they_are() -> None:
    assert evidence._texts([{"amount": Decimal("1.50")}, {}]) == ['{"amount": "1.50"}', "{}"]
