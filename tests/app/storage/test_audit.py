from datetime import date
from decimal import Decimal

import pytest

from app.bootstrap import Program
from app.storage import audit


def write(program: Program, **values: object) -> None:
    with program.database.write() as connection:
        audit.record(connection, at=program.clock(), who="lin", action="limit.set", **values)  # type: ignore[arg-type]


def test_a_row_keeps_what_stood_before_and_after(program: Program) -> None:
    write(program, subject="limit TR", before={"amount": Decimal("1800.00")}, after={"from": date(2022, 5, 26)})
    with program.database.read() as connection:
        (row,) = audit.trail(connection)
    assert (row["who"], row["before"], row["after"]) == ("lin", '{"amount": "1800.00"}', '{"from": "2022-05-26"}')
    assert row["at"] == program.clock()


def test_texts_are_kept_as_they_are_and_nothing_stays_nothing(program: Program) -> None:
    write(program, subject="limit TR", after="限额 2000", reason="委员会")
    with program.database.read() as connection:
        (row,) = audit.trail(connection)
    assert (row["before"], row["after"], row["reason"]) == (None, "限额 2000", "委员会")


def test_a_failed_unit_of_work_leaves_no_row(program: Program) -> None:
    def fail() -> None:
        with program.database.write() as connection:
            audit.record(connection, at=program.clock(), who="lin", action="limit.set", subject="limit TR")
            raise ValueError("later step")

    with pytest.raises(ValueError, match="later step"):
        fail()
    with program.database.read() as connection:
        assert audit.trail(connection) == []


def test_the_trail_of_one_subject_is_in_the_order_of_writing(program: Program) -> None:
    for subject in ("limit TR", "limit AR", "limit TR"):
        write(program, subject=subject)
    with program.database.read() as connection:
        ids = [row["id"] for row in audit.trail(connection, subject="limit TR")]
    assert ids == sorted(ids)
    assert len(ids) == 2


def test_a_value_without_a_plain_form_is_refused(program: Program) -> None:
    with pytest.raises(TypeError, match="cannot hold"):
        write(program, subject="limit TR", after={"x": object()})
