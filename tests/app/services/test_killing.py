"""`kill -9` at any moment of an import, of one that supersedes and of an undo: all or nothing, and the next completes.

TIDEWATCH_KILLS says how often each is killed; without it a few times, because the suite has little time:
`TIDEWATCH_KILLS=67 .venv/bin/pytest tests/app/services/test_killing.py -s` prints what was found after each kill.
"""

import os
import shutil
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app.bootstrap import Program, open_program
from app.services.outcome import Ending
from app.storage.books import Status
from tests.app.services.killing import KILLING, held, kills
from tests.app.services.workbooks import write_csv

ON = date(2026, 5, 15)
LINES = 2000
MOMENTS = int(os.environ.get("TIDEWATCH_KILLS", "7"))
FIRST, SECOND = 1, 2
#: What a book of LINES adds up to: 0 + 1 + … and on each line a quarter and one undrawn; the second has 2 undrawn.
TOTALS = {FIRST: sum(range(LINES)) + LINES * 5 / 4, SECOND: sum(range(LINES)) + LINES * 9 / 4}
STATES = {
    "nothing": [],
    "first": [(FIRST, Status.COMMITTED)],
    "second": [(SECOND, Status.COMMITTED), (FIRST, Status.SUPERSEDED)],
    "undone": [(SECOND, Status.WITHDRAWN), (FIRST, Status.COMMITTED)],
}

pytestmark = KILLING


@pytest.fixture
def files(tmp_path: Path) -> dict[int, Path]:
    return {
        book: write_csv(tmp_path / f"{book}.csv", *(f"{n},Ege {n},TR,loan,USD,{n}.25,{book}" for n in range(LINES)))
        for book in (FIRST, SECOND)
    }


@pytest.fixture
def ready(tmp_path: Path, files: dict[int, Path]) -> Path:
    """A workspace with the first book, and beside it one in which the second has taken its place."""
    root = tmp_path / "first"
    with open_program(root) as program:
        program.importing.commit(files[FIRST], ON)
    shutil.copytree(root, tmp_path / "second")
    with open_program(tmp_path / "second") as program:
        program.importing.commit(files[SECOND], ON, supersede="corrected")
    return tmp_path


def standing(root: Path) -> str:
    """Which of STATES a workspace is in; every row of every table belongs to it."""
    found = held(root)
    with open_program(root) as program:
        history = [(batch.id, batch.status) for batch in program.importing.history()]
        (state,) = (name for name, wanted in STATES.items() if history == wanted)
        books = len(history)
        assert len(found["line_version"]) == LINES * books
        assert len(found["batch_lines"]) == books
        assert len(found["line_end"]) == LINES * max(0, books - 1)
        assert len(found["book_totals"]) == books
        assert len(found["batch_status"]) == {"nothing": 0, "first": 1, "second": 3, "undone": 5}[state]
        done = [entry[3] for entry in found["audit"] if str(entry[3]).startswith("book.")]
        assert len(done) == books + (state == "undone")
        if state != "nothing":
            assert program.surveying.book().total() == TOTALS[SECOND if state == "second" else FIRST]
    return state


def killed(tmp_path: Path, prepare: Callable[[Path], tuple[str, ...]], seed: int) -> Counter[str]:
    """Kill a command MOMENTS times on a workspace of its own; how often it was found in which state."""
    root = tmp_path / "workspace"

    def fresh() -> tuple[str, ...]:
        shutil.rmtree(root, ignore_errors=True)
        return (*prepare(root), "--workspace", str(root))

    return Counter(standing(root) for died in kills(MOMENTS, fresh, seed) if died)


def goes_on(root: Path, work: Callable[[Program], object], state: str) -> None:
    """The same once more completes, whatever the kill left."""
    with open_program(root) as program:
        work(program)
    assert standing(root) == state


def test_an_import(tmp_path: Path, files: dict[int, Path]) -> None:
    command = ("book", "import", str(files[FIRST]), "--reporting-date", ON.isoformat())
    found = killed(tmp_path, lambda _root: command, 20260515)
    assert found.keys() <= {"nothing", "first"}
    print(f"\nimport, killed {found.total()} times: {dict(found)}")

    def again(program: Program) -> None:
        assert program.importing.commit(files[FIRST], ON).ending in (Ending.ALREADY, Ending.IMPORTED)

    goes_on(tmp_path / "workspace", again, "first")


def test_one_that_supersedes(ready: Path, files: dict[int, Path]) -> None:
    def prepare(root: Path) -> tuple[str, ...]:
        shutil.copytree(ready / "first", root)
        return "book", "import", str(files[SECOND]), "--reporting-date", ON.isoformat(), "--supersede", "corrected"

    found = killed(ready, prepare, 20260516)
    assert found.keys() <= {"first", "second"}
    print(f"\nsupersede, killed {found.total()} times: {dict(found)}")

    def again(program: Program) -> None:
        found = program.importing.commit(files[SECOND], ON, supersede="corrected")
        assert found.ending in (Ending.ALREADY, Ending.IMPORTED)

    goes_on(ready / "workspace", again, "second")


def test_an_undo(ready: Path) -> None:
    def prepare(root: Path) -> tuple[str, ...]:
        shutil.copytree(ready / "second", root)
        return "book", "undo"

    found = killed(ready, prepare, 20260517)
    assert found.keys() <= {"second", "undone"}
    print(f"\nundo, killed {found.total()} times: {dict(found)}")

    def again(program: Program) -> None:
        if standing(ready / "workspace") == "second":
            program.importing.undo()

    goes_on(ready / "workspace", again, "undone")
