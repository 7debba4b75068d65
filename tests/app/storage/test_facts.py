from datetime import UTC, datetime
from pathlib import Path

from app import bootstrap
from app.storage import facts

THEN = datetime(2022, 5, 26, 0, 31, tzinfo=UTC)


def test_a_marked_workspace_opens_as_a_sample_with_its_own_day(tmp_path: Path) -> None:
    with bootstrap.open_program(tmp_path) as program:
        assert not program.sample
        with program.database.write() as connection:
            facts.mark_sample(connection, THEN)
            facts.mark_sample(connection, datetime(2030, 1, 1, tzinfo=UTC))  # the first mark stays
    with bootstrap.open_program(tmp_path) as program:
        assert program.sample
        assert program.clock() == THEN


def test_a_workspace_of_real_data_lives_today(tmp_path: Path) -> None:
    before = datetime.now(UTC)
    with bootstrap.open_program(tmp_path) as program:
        assert before <= program.clock() <= datetime.now(UTC)
