"""The content of a line: the same for the same fields, another for any other, and known to be an earlier program's."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import update

from app.storage import books, drafts, schema
from app.storage.content import MARK, content_hashes
from app.storage.database import Database
from app.storage.tables.book import line_version
from exposures.lines import DTYPES, typed
from tests.app.storage.drafts import draft
from tests.exposures.lines import line

LINE = {
    "line_id": "HT1", "country": "TR", "currency": "USD", "outstanding": 125_050, "maturity": date(2027, 1, 31),
    "guarantee_percent": 95.0, "revolving": False, "ifrs_stage": 1, "remark": "抵押",
}  # fmt: skip


def content(**changes: object) -> str:
    return content_hashes(typed(pd.DataFrame([{**LINE, **changes}], dtype=object)))[0]


def test_the_content_of_a_line_is_what_it_was_when_it_was_stored() -> None:
    """Stored workspaces hold it: a library that hashes otherwise would make every line look changed."""
    assert content() == "wc9fa1f75edcc20dc598c6d2fd34b072"


@pytest.mark.parametrize(
    "change",
    [
        {"line_id": "HT2"}, {"outstanding": 125_051}, {"outstanding": None}, {"outstanding": 0}, {"remark": None},
        {"maturity": date(2027, 2, 1)}, {"guarantee_percent": 95.1}, {"revolving": True}, {"revolving": None},
        {"country": None, "risk_country": "TR"}, {"ifrs_stage": 2}, {"undrawn": 0},
    ],
)  # fmt: skip
def test_any_other_field_makes_another_content(change: dict[str, object]) -> None:
    assert content(**change) != content()


def test_neither_the_place_in_the_file_nor_the_sign_of_zero_counts() -> None:
    assert content(source_sheet="Other", source_row=9) == content()
    assert content(guarantee_percent=-0.0) == content(guarantee_percent=0.0)


def test_a_field_that_says_nothing_adds_nothing() -> None:
    lines = typed(pd.DataFrame([LINE, {**LINE, "line_id": "HT2", "lei": "529900T8BM49AURSDO55"}], dtype=object))
    assert content_hashes(lines)[0] == content()
    assert set(lines.columns) == set(DTYPES)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(f"sqlite:///{tmp_path / 'tidewatch.sqlite'}")
    schema.prepare(opened)
    yield opened
    opened.close()


def test_a_book_of_an_earlier_program_is_compared_by_its_lines(database: Database) -> None:
    rows = (line("A", "TR", outstanding=1), line("B", "TR", outstanding=2))
    with database.write() as connection:
        first = drafts.add(connection, draft(date(2026, 5, 15), *rows))
        connection.execute(update(line_version).values(content="0123456789abcdef0123456789abcdef"))
        other = (rows[0], line("B", "TR", outstanding=3))
        assert drafts.compare(connection, draft(date(2026, 5, 22), *other)) == (first, 0, 1, 0)
        second = drafts.add(connection, draft(date(2026, 5, 22), *other))
        stored = next(item for item in books.batches(connection) if item.id == second)
        assert (stored.new_versions, stored.ended_versions) == (1, 1)
        contents = connection.scalars(line_version.select().with_only_columns(line_version.c.content)).all()
    assert [text.startswith(MARK) for text in contents] == [False, False, True]
