import logging
import zlib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, select, update

from app.storage import books, columnar, drafts, evidence, schema, snapshots
from app.storage.columnar import Damaged
from app.storage.content import content_hashes
from app.storage.database import Database
from app.storage.tables.book import batch_lines, line_version
from exposures.exposure import FIELDS, Field, Kind
from exposures.held import FILE
from exposures.lines import DTYPES
from tests.app.storage.drafts import AT, draft
from tests.exposures.lines import frame, line

FIRST, SECOND = date(2026, 5, 8), date(2026, 5, 15)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(f"sqlite:///{tmp_path / 'tidewatch.sqlite'}")
    schema.prepare(opened)
    yield opened
    opened.close()


def store(database: Database, on: date, *rows: dict[str, Any], **fields: Any) -> int:
    """As an import does it: stored, then the snapshot beside it."""
    made = draft(on, *rows, **fields)
    with database.write() as connection:
        number = drafts.add(connection, made)
    with database.read() as connection:
        snapshots.keep(connection, number)
    return number


def opened(database: Database, number: int) -> pd.DataFrame:
    with database.read() as connection:
        return books.lines(connection, number)


def file_of(tmp_path: Path, number: int) -> Path:
    return tmp_path / "snapshots" / f"{number}.columns"


def test_a_book_is_put_together_from_what_each_batch_brought(database: Database, tmp_path: Path) -> None:
    """A stays and is read from the first batch's file; B changed, C went, D is new."""
    a = line("A", "TR", outstanding=1)
    first = store(database, FIRST, a, line("B", "TR", outstanding=2), line("C", "TR", outstanding=3))
    second = store(database, SECOND, a, line("B", "TR", outstanding=5), line("D", "NA", product="x"))
    kept = [columnar.read(file_of(tmp_path, number)).arrays for number in (first, second)]
    assert [len(arrays["versions"]) for arrays in kept] == [3, 2]
    assert kept[1]["ended"].tolist() == kept[0]["versions"][1:].tolist()
    assert opened(database, first)["line_id"].tolist() == ["A", "B", "C"]
    later = opened(database, second)
    assert later[["line_id", "country", "product"]].fillna("").to_numpy().tolist() == [
        ["A", "TR", ""], ["B", "TR", ""], ["D", "NA", "x"],
    ]  # fmt: skip
    assert later["outstanding"].tolist() == [100, 500, pd.NA]
    assert later.dtypes.astype(str).to_dict() == DTYPES


def test_with_a_snapshot_no_line_is_read_from_sql(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    number = store(database, FIRST, line("A", "TR"))
    monkeypatch.delattr(snapshots, "_from_sql")
    assert opened(database, number)["line_id"].tolist() == ["A"]


def test_a_missing_snapshot_is_made_again_and_told(
    database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    number = store(database, FIRST, line("A", "TR", outstanding=1, dependent_branch=True, maturity=SECOND))
    before, content = opened(database, number), file_of(tmp_path, number).read_bytes()
    file_of(tmp_path, number).unlink()
    with caplog.at_level(logging.INFO, "app.storage.snapshots"):
        pd.testing.assert_frame_equal(opened(database, number), before)
    assert "missing" in caplog.text
    assert file_of(tmp_path, number).read_bytes() == content


@pytest.mark.logs("is damaged and is made again")
@pytest.mark.parametrize("how", ["empty", "cut", "flipped", "foreign"])
def test_a_damaged_snapshot_is_made_again_and_told(
    database: Database, tmp_path: Path, how: str, caplog: pytest.LogCaptureFixture
) -> None:
    number = store(database, FIRST, line("A", "TR", outstanding=1))
    before, file = opened(database, number), file_of(tmp_path, number)
    content = file.read_bytes()
    flipped = bytearray(content)
    flipped[-9] ^= 1
    file.write_bytes({"empty": b"", "cut": content[:-8], "flipped": bytes(flipped), "foreign": b"PK" * 99}[how])
    pd.testing.assert_frame_equal(opened(database, number), before)
    assert "damaged" in caplog.text
    assert file.read_bytes() == content


def test_a_snapshot_of_another_database_does_not_count(tmp_path: Path) -> None:
    """A workspace was put in the place of another: the batch has the same number, its lines are others."""
    (tmp_path / "other").mkdir()
    for place, amount in ((tmp_path, 1), (tmp_path / "other", 2)):
        database = Database(f"sqlite:///{place / 'tidewatch.sqlite'}")
        schema.prepare(database)
        number = store(database, FIRST, line("A", "TR", outstanding=amount))
        database.close()
    file_of(tmp_path, number).write_bytes(file_of(tmp_path / "other", number).read_bytes())
    database = Database(f"sqlite:///{tmp_path / 'tidewatch.sqlite'}")
    assert opened(database, number)["outstanding"].tolist() == [100]
    database.close()


def test_what_may_still_be_rolled_back_is_written_nowhere(database: Database, tmp_path: Path) -> None:
    with database.write() as connection:
        number = drafts.add(connection, draft(FIRST, line("A", "TR")))
        assert books.lines(connection, number)["line_id"].tolist() == ["A"]
    assert not (tmp_path / "snapshots").exists()


def test_a_disk_that_takes_nothing_costs_time_only(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path, _content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(columnar, "write", full)
    number = store(database, FIRST, line("A", "TR", outstanding=1))
    assert opened(database, number)["outstanding"].tolist() == [100]


def test_a_write_cut_short_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "1.columns"
    columnar.write(file, b"before")

    def stop(_source: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(columnar.os, "replace", stop)
    with pytest.raises(OSError, match="No space"):
        columnar.write(file, b"after")
    assert file.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [file]


def test_a_server_has_no_snapshots(tmp_path: Path) -> None:
    class Elsewhere:
        class Url:
            database = "tidewatch"

            @staticmethod
            def get_backend_name() -> str:
                return "postgresql"

        url = Url()

    class Connected:
        engine: Engine = Elsewhere()  # type: ignore[assignment]

    assert snapshots.folder(Connected()) is None  # type: ignore[arg-type]


def test_undo_and_supersede_leave_the_snapshots_alone(database: Database, tmp_path: Path) -> None:
    first = store(database, FIRST, line("A", "TR", outstanding=1))
    content = file_of(tmp_path, first).read_bytes()
    second = store(database, FIRST, line("A", "TR", outstanding=2), supersedes=first, reason="corrected")
    with database.write() as connection:
        books.set_status(connection, second, books.Status.WITHDRAWN, AT + timedelta(days=1), "Chen Li", None)
        books.set_status(connection, first, books.Status.COMMITTED, AT + timedelta(days=1), "Chen Li", None)
    assert file_of(tmp_path, first).read_bytes() == content
    assert [opened(database, number)["outstanding"].tolist() for number in (first, second)] == [[100], [200]]


def _values(spec: Field) -> st.SearchStrategy[Any]:
    match spec.kind:
        case Kind.MONEY | Kind.INTEGER:
            return st.integers(-(2**62), 2**62)
        case Kind.NUMBER:
            return st.floats(allow_nan=False)
        case Kind.FLAG:
            return st.booleans()
        case Kind.DATE:
            return st.dates(date(1900, 1, 1), date(2200, 12, 31))
        case Kind.CODE:
            return st.sampled_from(spec.codes)
    return st.text(st.characters(codec="utf-8"), max_size=5)


_ROW = st.fixed_dictionaries({item.name: st.none() | _values(item) for item in FIELDS[::2]})


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_ROW, max_size=4))
def test_any_column_comes_back_as_it_was(rows: list[dict[str, Any]]) -> None:
    """Half of all fields, filled by chance; the other half is missing throughout."""
    given_frame = frame(*rows) if rows else frame({"line_id": "x"}).iloc[:0]
    found = columnar.unpacked(memoryview(columnar.packed({"a": 1}, {"n": np.arange(3)}, given_frame)))
    back = {name: columnar.joined(name, [(found.columns.get(name), len(rows))], len(rows)) for name in DTYPES}
    pd.testing.assert_frame_equal(
        pd.DataFrame(back, index=pd.RangeIndex(len(rows))), given_frame, check_index_type=False
    )
    assert found.head == {"a": 1}
    assert found.arrays["n"].tolist() == [0, 1, 2]


def test_bytes_of_something_else_are_no_columns() -> None:
    with pytest.raises(Damaged):
        columnar.unpacked(memoryview(b"TWCOL001"))


def test_the_snapshot_is_what_sql_has(database: Database, tmp_path: Path) -> None:
    """Byte by byte, and its versions are those whose rows say so: after a change, an addition and a removal."""
    first = store(database, FIRST, *(line(str(n), "TR", outstanding=n) for n in range(6)))
    second = store(database, SECOND, *(line(str(n), "TR", outstanding=n + (n == 3)) for n in range(2, 8)))
    with database.read() as connection:
        packed = dict(connection.execute(select(batch_lines.c.batch, batch_lines.c.content)).all())
        query = select(line_version.c.line_id, line_version.c.id, line_version.c.content)
        told = books.in_book(query, books.path(connection, second)).order_by(line_version.c.id)
        expected = [tuple(row) for row in connection.execute(told)]
    for number in (first, second):
        assert zlib.decompress(packed[number]) == file_of(tmp_path, number).read_bytes()
    found = opened(database, second)
    assert list(zip(found["line_id"], content_hashes(found), strict=True)) == [(one, said) for one, _, said in expected]
    assert found["outstanding"].tolist() == [200, 400, 500, 400, 600, 700]
    brought = columnar.read(file_of(tmp_path, second)).arrays["versions"].tolist()
    assert brought == [version for one, version, _ in expected if one in ("3", "6", "7")]


def test_a_batch_of_an_earlier_program_is_read_from_its_rows(database: Database, tmp_path: Path) -> None:
    """Before revision 0018 each line was a row of all its fields, and there was no row of columns."""
    rows = (line("A", "TR", outstanding=1, maturity=SECOND), line("B", None, dependent_branch=True, pd=0.25))
    number = store(database, FIRST, *rows)
    before = opened(database, number)
    with database.write() as connection:
        connection.execute(delete(batch_lines))
        for row, of in zip(before.astype(object).where(before.notna(), None).to_dict("records"), "AB", strict=True):
            said = {name: value.date() if isinstance(value, datetime) else value for name, value in row.items()}
            connection.execute(update(line_version).where(line_version.c.line_id == of).values(said))
    file_of(tmp_path, number).unlink()
    pd.testing.assert_frame_equal(opened(database, number), before)
    later = store(database, SECOND, rows[0], line("C", "CL", outstanding=3))
    assert opened(database, later)["line_id"].tolist() == ["A", "C"]
    with database.read() as connection:
        assert evidence.stored_sums(connection, later, ["outstanding"])["outstanding"] == {
            ("USD", "TR"): Decimal("1.00"), ("USD", "CL"): Decimal("3.00"),
        }  # fmt: skip


def test_what_a_program_with_other_fields_has_stored_is_packed_anew(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = store(database, FIRST, line("A", "TR", outstanding=1))
    before = opened(database, number)
    monkeypatch.setattr(snapshots, "_SHAPE", "another list of fields")
    pd.testing.assert_frame_equal(opened(database, number), before)
    with database.read() as connection:
        assert columnar.read(file_of(tmp_path, number)).head == snapshots._head(connection, number)


def test_the_labels_of_a_book_are_those_of_its_texts(database: Database) -> None:
    """Across two batches, with a value that only the first has and none in one line."""
    store(database, FIRST, line("A", "TR"), line("B", "AR"), line("C", "CL"))
    number = store(database, SECOND, line("A", "TR"), line("B", "EG"), line("D", None))
    with database.read() as connection:
        known = books.held(connection, number)
    for name in ("country", "line_id", "product"):
        labels = known.labels(name)
        assert list(labels.values) == sorted(labels.values)
        assert [labels.key(code) for code in labels.codes.tolist()] == [
            None if pd.isna(text) else text for text in known.frame[name]
        ]


def test_each_line_knows_the_file_that_brought_it_as_it_stands(database: Database) -> None:
    """A has not changed since the first file; its row is a row of that file."""
    a = line("A", "TR", outstanding=1, source_row=7)
    store(database, FIRST, a, line("B", "AR", outstanding=2), file_name="first.xlsx")
    number = store(database, SECOND, a, line("B", "AR", outstanding=3), file_name="second.xlsx")
    with database.read() as connection:
        held = books.held(connection, number)
    files = held.labels(FILE)
    told = dict(zip(held.frame["line_id"], (files.key(code) for code in files.codes.tolist()), strict=True))
    assert told == {"A": "first.xlsx", "B": "second.xlsx"}


def test_some_lines_of_a_book_are_a_frame_without_the_rest(database: Database) -> None:
    """Against all of them, over two batches, in ascending order and in any other."""
    store(database, FIRST, *(line(str(n), "TR", outstanding=n) for n in range(6)))
    number = store(database, SECOND, *(line(str(n), "TR", outstanding=n + (n == 3)) for n in range(1, 8)))
    with database.read() as connection:
        held = books.held(connection, number)
    whole = opened(database, number)
    for places in ([0, 3, 6], [], [5, 1]):
        pd.testing.assert_frame_equal(held.taken(np.array(places, int)).frame, whole.iloc[places])


def test_texts_that_stand_often_are_stored_in_order() -> None:
    """What is compared and sorted at every opening; a number of its own for each line is left as it came."""
    lines = frame(*(line(str(9 - n), ("TR", "AR")[n % 2]) for n in range(9)), line("x", None))
    found = columnar.unpacked(memoryview(columnar.packed({}, {}, lines))).columns
    country, numbers = found["country"], found["line_id"]
    assert isinstance(country, columnar.Texts)
    assert isinstance(numbers, columnar.Texts)
    assert country.texts == ["AR", "TR"]
    assert country.codes.tolist() == [1, 0] * 4 + [1, -1]
    assert numbers.texts == [*map(str, range(9, 0, -1)), "x"]


def test_what_was_read_back_while_storing_is_what_is_kept(database: Database, tmp_path: Path) -> None:
    with database.write() as connection:
        number = drafts.add(connection, draft(FIRST, line("A", "TR", outstanding=1)))
        made = snapshots.made(connection, number)
        found = evidence.stored_sums(connection, number, ["outstanding"], made)
    assert found == {"outstanding": {("USD", "TR"): Decimal(1)}}
    with database.read() as connection:
        snapshots.keep(connection, number, made)
        written = file_of(tmp_path, number).read_bytes()
        snapshots.keep(connection, number)
    assert written == made.content == file_of(tmp_path, number).read_bytes()
    assert opened(database, number)["line_id"].tolist() == ["A"]
