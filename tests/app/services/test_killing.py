"""`kill -9` at any moment of an import: the workspace opens and holds all of it or none, and the next run completes."""

import shutil
from datetime import date
from pathlib import Path

from app.bootstrap import open_program
from app.services.outcome import Ending
from tests.app.services.killing import KILLING, held, kills
from tests.app.services.workbooks import write_csv

ON = date(2026, 5, 15)
LINES = 2000
MOMENTS = 20

pytestmark = KILLING


def test_all_or_nothing_at_random_moments(tmp_path: Path) -> None:
    file = write_csv(tmp_path / "b.csv", *(f"{n},Ege {n},TR,loan,USD,{n}.25,1" for n in range(LINES)))
    root = tmp_path / "workspace"

    def prepare() -> tuple[str, ...]:
        shutil.rmtree(root, ignore_errors=True)
        return "book", "import", str(file), "--reporting-date", ON.isoformat(), "--workspace", str(root)

    for _killed in kills(MOMENTS, prepare, 20260515):
        found = held(root)
        assert (len(found["batch"]), len(found["line_version"])) in ((0, 0), (1, LINES))
        with open_program(root) as program:
            again = program.importing.commit(file, ON)
            assert again.ending is (Ending.ALREADY if found["batch"] else Ending.IMPORTED)
            assert program.surveying.book().total() == sum(range(LINES)) + LINES * 5 / 4
            assert len(program.importing.history()) == 1
