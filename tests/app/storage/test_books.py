import shutil
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import func, select

from app.events import Events
from app.paths import Workspace
from app.refusals import Refused
from app.services.backing_up import BackingUp
from app.services.importing import Importing
from app.storage import books, drafts, evidence, schema
from app.storage.books import Status
from app.storage.database import Database
from app.storage.evidence import Reconciled
from app.storage.tables.book import batch, line_end, line_version
from exposures.exposure import FIELDS, Kind
from exposures.issues import Issue, Rule, Severity
from exposures.lines import DTYPES
from exposures.rates import Rate
from tests.app.storage.drafts import AT, draft
from tests.exposures.lines import frame, line

FIRST, SECOND, THIRD = date(2026, 5, 8), date(2026, 5, 15), date(2026, 5, 22)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(f"sqlite:///{tmp_path / 'tidewatch.sqlite'}")
    schema.prepare(opened)
    yield opened
    opened.close()


def importing_in(folder: Path, database: Database) -> Importing:
    workspace = Workspace(folder)
    return Importing(database, workspace, Events(), lambda: AT, "Chen Li", BackingUp(database, workspace, lambda: AT))


def versions(database: Database) -> int:
    with database.read() as connection:
        return connection.execute(select(func.count()).select_from(line_version)).scalar_one()


def amounts(database: Database, number: int) -> dict[str, int]:
    with database.read() as connection:
        found = books.lines(connection, number)
    return dict(zip(found["line_id"], found["outstanding"], strict=True))


def test_every_field_comes_back_as_it_went_in(database: Database) -> None:
    given = {
        Kind.TEXT: "Ege Liman\x1f İşletmeleri",
        Kind.MONEY: 2**62,
        Kind.DATE: date(2026, 2, 28),
        Kind.COUNTRY: "NA",  # Namibia, not missing
        Kind.CURRENCY: "CLP",
        Kind.INTEGER: 3,
        Kind.NUMBER: 0.1,
        Kind.FLAG: False,
    }
    row = {item.name: item.codes[-1] if item.kind is Kind.CODE else given[item.kind] for item in FIELDS}
    full = row | {"line_id": "full", "source_sheet": "Lines", "source_row": 7}
    with database.write() as connection:
        number = drafts.add(connection, draft(FIRST, full, {"line_id": "empty"}))
        found = books.lines(connection, number)
    pd.testing.assert_frame_equal(found, frame(full, {"line_id": "empty"}))
    assert found.dtypes.astype(str).to_dict() == DTYPES
    assert found.iloc[1].drop("line_id").isna().all()


def test_an_unchanged_line_is_stored_once(database: Database) -> None:
    """Next week: A unchanged on another row of the file, B changed, C gone, D new."""
    a = line("A", "TR", outstanding=1)
    with database.write() as connection:
        first = drafts.add(connection, draft(FIRST, a, line("B", "TR", outstanding=2), line("C", "TR", outstanding=3)))
        rows = (a | {"source_row": 9}, line("B", "TR", outstanding=5), line("D", "TR", outstanding=4))
        second = drafts.add(connection, draft(SECOND, *rows))
    assert versions(database) == 3 + 2
    assert amounts(database, first) == {"A": 100, "B": 200, "C": 300}
    assert amounts(database, second) == {"A": 100, "B": 500, "D": 400}
    with database.read() as connection:
        newest, oldest = books.batches(connection)
    assert (newest.base_batch, newest.new_versions, newest.ended_versions) == (first, 2, 2)
    assert (oldest.base_batch, oldest.new_versions, oldest.ended_versions) == (None, 3, 0)


def test_fifty_equal_weeks_cost_one_book(database: Database) -> None:
    rows = [line(str(n), "TR", outstanding=n) for n in range(50)]
    with database.write() as connection:
        for week in range(50):
            drafts.add(connection, draft(FIRST + timedelta(weeks=week), *rows))
    assert versions(database) == 50


def test_an_earlier_date_brought_in_late_disturbs_no_later_book(database: Database) -> None:
    with database.write() as connection:
        late = drafts.add(connection, draft(SECOND, line("A", "TR", outstanding=2)))
        early = drafts.add(connection, draft(FIRST, line("A", "TR", outstanding=1)))
        next_one = drafts.add(connection, draft(THIRD, line("A", "TR", outstanding=2)))
        seen = [item.id for item in books.visible(connection)]
    assert seen == [early, late, next_one]
    assert [amounts(database, n)["A"] for n in seen] == [100, 200, 200]
    assert versions(database) == 2


def test_compare_tells_without_storing(database: Database) -> None:
    with database.write() as connection:
        first = drafts.add(connection, draft(FIRST, line("A", "TR", outstanding=1), line("B", "TR")))
        rows = (line("A", "TR", outstanding=2), line("C", "TR"), line("D", "TR"))
        assert drafts.compare(connection, draft(SECOND, *rows)) == (first, 2, 1, 1)
    assert versions(database) == 2


def test_stored_sums_are_the_databases_own(database: Database) -> None:
    rows = (
        line("1", "TR", outstanding="0.10"), line("2", "TR", outstanding="0.20"),
        line("3", "CL", "CLP", outstanding=7), line("4", None, None),
    )  # fmt: skip
    with database.write() as connection:
        number = drafts.add(connection, draft(FIRST, *rows))
        found = evidence.stored_sums(connection, number, ["outstanding"])["outstanding"]
    assert found == {("USD", "TR"): Decimal("0.30"), ("CLP", "CL"): Decimal(7), (None, None): Decimal(0)}


def test_rates_issues_and_reconciliation_stay_with_their_batch(database: Database) -> None:
    rates = (Rate("CLP", Decimal("941.370000000000000001"), FIRST), Rate("TRY", Decimal(45), FIRST))
    issues = (
        Issue("Lines", "J4", Rule.NEGATIVE_AMOUNT, Severity.ERROR, "-5", "outstanding", "5", {"tolerance": "0.50"}),
        Issue("Lines", "", Rule.HEADER_DUPLICATE, Severity.INFO),
    )
    aside = pd.DataFrame([{"source_sheet": "Lines", "source_row": 4, "rules": ("missing_id",), "cells": {"名称": "x"}}])
    kept = (Reconciled("outstanding", "USD", None, 3, Decimal("10.005"), Decimal(7), Decimal(3), 1),)
    with database.write() as connection:
        number = drafts.add(connection, draft(FIRST, rates=rates, issues=issues, quarantined=aside))
        evidence.keep_reconciliation(connection, number, kept)
        assert books.rates(connection, number) == rates
        assert evidence.issues(connection, number) == issues
        assert evidence.reconciliation_of(connection, number) == kept
        assert books.batches(connection)[0].quarantined == 1
    assert kept[0].difference == Decimal("0.005")


def test_what_was_visible_then(database: Database) -> None:
    later = AT + timedelta(days=1)
    with database.write() as connection:
        first = drafts.add(connection, draft(FIRST, line("A", "TR")))
        second = drafts.add(connection, draft(FIRST, line("B", "TR"), at=later, supersedes=first, reason="corrected"))
    with database.read() as connection:
        assert [item.id for item in books.visible(connection, AT)] == [first]
        assert [item.id for item in books.visible(connection, later)] == [second]
        assert books.visible(connection, AT - timedelta(days=1)) == []


def test_a_batch_that_fails_half_way_is_not_there(database: Database) -> None:
    def fail() -> None:
        with database.write() as connection:
            drafts.add(connection, draft(FIRST, line("A", "TR")))
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        fail()
    with database.read() as connection:
        assert books.batches(connection) == []
    assert versions(database) == 0


_book = st.dictionaries(st.sampled_from("ABCDE"), st.integers(0, 2), max_size=4)


class Sequences(RuleBasedStateMachine):
    """Any sequence of import, supersede and undo against plain dictionaries."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.database = Database(f"sqlite:///{self.folder / 'tidewatch.sqlite'}")
        schema.prepare(self.database)
        self.importing = importing_in(self.folder, self.database)
        self.stored: dict[int, dict[str, int]] = {}  # batch -> its book
        self.visible: dict[date, list[int]] = {}  # date -> batches that superseded each other, newest last

    @rule(week=st.integers(0, 2), book=_book)
    def take_in(self, week: int, book: dict[str, int]) -> None:
        on = FIRST + timedelta(weeks=week)
        chain = self.visible.setdefault(on, [])
        rows = [line(name, "TR", outstanding=amount) for name, amount in book.items()]
        with self.database.write() as connection:
            number = drafts.add(connection, draft(on, *rows, supersedes=chain[-1] if chain else None))
        self.stored[number] = {name: amount * 100 for name, amount in book.items()}
        chain.append(number)

    @rule()
    def undo(self) -> None:
        before = self.lines_and_ends()
        last = max((chain[-1] for chain in self.visible.values() if chain), default=None)
        if last is None:
            with pytest.raises(Refused):
                self.importing.undo()
        else:
            undone = self.importing.undo("wrong file")
            assert undone.id == last
            self.visible[undone.reporting_date].pop()
        assert self.lines_and_ends() == before  # undo touches no line

    @invariant()
    def same_books(self) -> None:
        with self.database.read() as connection:
            seen = {item.reporting_date: item.id for item in books.visible(connection)}
        assert seen == {on: chain[-1] for on, chain in self.visible.items() if chain}
        for number, book in self.stored.items():
            assert amounts(self.database, number) == book

    def lines_and_ends(self) -> list[tuple[object, ...]]:
        with self.database.read() as connection:
            tables = (line_version, line_end, batch)
            return [tuple(row) for table in tables for row in connection.execute(select(table))]

    def teardown(self) -> None:
        self.database.close()
        shutil.rmtree(self.folder)


TestSequences = Sequences.TestCase
TestSequences.settings = settings(max_examples=12, stateful_step_count=12, deadline=None)


def test_undo_then_import_again(database: Database, tmp_path: Path) -> None:
    """The story told in the tables' docstring."""
    importing = importing_in(tmp_path, database)
    with database.write() as connection:
        a = drafts.add(connection, draft(FIRST, line("1", "TR", outstanding=1)))
        b = drafts.add(connection, draft(SECOND, line("1", "TR", outstanding=2)))
    importing.undo("wrong file")
    with database.write() as connection:
        c = drafts.add(connection, draft(SECOND, line("1", "TR", outstanding=1)))
        statuses = {item.id: item.status for item in books.batches(connection)}
    assert [amounts(database, n)["1"] for n in (a, b, c)] == [100, 200, 100]
    assert statuses == {a: Status.COMMITTED, b: Status.WITHDRAWN, c: Status.COMMITTED}
    assert versions(database) == 2
