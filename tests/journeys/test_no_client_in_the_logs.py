"""A client's name goes through every way of failing, and stands in no log and in no report of a fault."""

import logging
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from app import logs
from app.bootstrap import Program
from app.refusals import Refused
from app.sources import SOURCES
from app.spreadsheets import child
from app.storage.tables.persons import person
from tests.app.services.workbooks import write_csv
from tests.app.spreadsheets import work
from tests.conftest import Clock
from ui.dialogs.fault import report
from ui.pictures import settle
from ui.tasks import Lane

CLIENT = "Zyxwell Holdings"
#: As it stands in a cell, and in pieces, as a parser or a query would quote it.
PIECES = (CLIENT, CLIENT.upper(), CLIENT.lower(), "Zyxwell", "zyxwell", "ZYXWELL")
DAY = date(2026, 5, 26)


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime(2026, 5, 26, 1, 0, tzinfo=UTC))  # 09:00 in Shanghai: the day's check is due


@pytest.fixture
def logged(program: Program) -> Iterator[Path]:
    """The workspace's own log, which rotates all the time."""
    end = logs.keep(program.workspace.logs)
    handler = next(one for one in logging.getLogger().handlers if getattr(one, "maxBytes", 0) == logs.LARGEST)
    handler.maxBytes, handler.backupCount = 20_000, 50  # type: ignore[attr-defined]
    yield program.workspace.logs
    end()


def _fail(*_given: Any, **_more: Any) -> Any:
    raise ValueError(f"{CLIENT}: no such counterparty")


def _every_word(folder: Path) -> str:
    return "\n".join(path.read_text("utf-8") for path in sorted(folder.glob("*")))


@pytest.mark.logs("failed")
def test_no_way_of_failing_writes_a_clients_name(
    open_window: Any, program: Program, logged: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    switched_off = "\n".join(f"[{source.id}]\nenabled = false" for source in SOURCES)
    program.workspace.sources.write_text(switched_off, "utf-8")  # the schedule must not go to the network
    lines = f"1,{CLIENT},TR,loan,USD,100.25,20", f"2,{CLIENT},??,loan,USD,x,{CLIENT}"
    book = write_csv(tmp_path / f"{CLIENT}.csv", *lines)
    program.importing.commit(book, date(2026, 5, 22))
    window = open_window(page="import")
    failures: list[Exception] = []
    run = partial(window.tasks.run, window, on_success=lambda _found: None, on_failure=failures.append)

    def tried(step: Any, lane: Lane = Lane.WRITE) -> None:
        run(lambda _job: step(), lane=lane)
        settle(window)

    # The import: refused, met by a fault in the child that reads the workbook, and in our own process.
    tried(lambda: program.importing.commit(tmp_path / f"no {CLIENT}.csv", date(2026, 5, 22)))
    with pytest.raises(Refused):
        child.run(work.fail_on, CLIENT)
    with monkeypatch.context() as broken:
        broken.setattr("app.services.importing.audit.record", _fail)
        tried(lambda: program.importing.undo(f"wrong {CLIENT}"))
    # The review lists, by the person and by the schedule; the check, by both as well.
    with monkeypatch.context() as broken:
        broken.setattr(type(program.reviewing), "_run", _fail)
        broken.setattr(type(program.checking), "_make", _fail)
        tried(program.reviewing.generate)
        tried(lambda: program.checking.run(DAY))
        program.scheduling.tick()
    # A listener, the database's own words, a report, a fault nobody caught.
    end = program.events.subscribe(_fail)
    program.limiting.set("TR", Decimal(5_000_000), "USD")
    end()
    tried(lambda: _store_nonsense(program))
    with monkeypatch.context() as broken:
        broken.setattr(type(program.attending), "countries", _fail)
        tried(lambda: program.reporting.write(tmp_path / f"{CLIENT}.pdf"))
    settle(window)
    assert len(failures) == 6
    assert any(CLIENT in str(one) for one in failures), "the errors did hold the name"
    text = _every_word(logged)
    assert text.count("Traceback") >= 5
    assert [piece for piece in PIECES if piece in text] == []
    told = "\n".join(report(program, one) for one in failures)
    assert [piece for piece in PIECES if piece in told.replace(str(program.workspace.root), "")] == []


def _store_nonsense(program: Program) -> None:
    """A row that the database refuses, whose error quotes every value of the row."""
    with program.database.write() as connection:
        for _twice in range(2):
            connection.execute(person.insert().values(id=CLIENT.lower(), name=CLIENT, role="viewer"))
