"""Two programs started on one workspace: each period runs once, and both show it."""

import json
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from app.bootstrap import open_program
from app.timetable.run import Status
from tests.app.services.fortnight import local, point_to, serve
from tests.app.services.schedules import Clocks
from tests.app.services.test_fortnight import make_bank

REPOSITORY = Path(__file__).resolve().parents[3]


def start(root: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.app.services.fortnight", str(root), "follow"]
    return subprocess.Popen(command, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def tell(running: subprocess.Popen[str], line: str) -> None:
    assert running.stdin is not None
    running.stdin.write(line + "\n")
    running.stdin.flush()


def hear(running: subprocess.Popen[str]) -> str:
    assert running.stdout is not None
    return running.stdout.readline().strip()


@pytest.mark.slow
def test_each_period_runs_once_and_both_show_it(tmp_path: Path) -> None:
    root = tmp_path / "workspace"
    make_bank(root, tmp_path / "book.csv")
    clocks = Clocks(local("2026-11-02T07:00"))
    server = serve(clocks)
    point_to(f"http://127.0.0.1:{server.server_address[1]}", root)
    both = [start(root), start(root)]
    did: Counter[int] = Counter()
    try:
        for one in both:
            tell(one, clocks.now.isoformat())
        assert [hear(one) for one in both] == ["open", "open"]
        while clocks.now < local("2026-11-03T17:00"):
            for one in both:
                tell(one, clocks.now.isoformat())
            for number, one in enumerate(both):
                did[number] += int(hear(one))
            clocks.run_to(clocks.now + timedelta(minutes=5))
        for one in both:
            tell(one, "show")
        (shown, ledger), again = (json.loads(hear(one)) for one in both)
        assert [shown, ledger] == again
        assert shown[0] == "2 programs keep the schedule."
        for one in both:
            tell(one, "end")
            assert one.wait(60) == 0
    finally:
        for one in both:
            one.kill()
            one.communicate()
        server.shutdown()
        server.server_close()
    assert did.total() == len(ledger)
    with open_program(root, clock=clocks) as program:
        runs = program.scheduling.history(10_000)
        assert {run.status for run in runs} == {Status.DONE}
        assert {run.attempt for run in runs} == {1}
        checks = [run.period.key for run in runs if run.period.job == "check"]
        assert sorted(checks) == ["2026-11-02", "2026-11-03"]
        assert len(program.checking.checks()) == 2
        with program.database.read() as connection:
            made = connection.exec_driver_sql("SELECT count(*) FROM review_run").scalar_one()
            asked = connection.exec_driver_sql(
                "SELECT count(*) FROM fetch WHERE resource = 'SOFR' OR resource LIKE 'SOFR from %'"
            ).scalar_one()
        assert made == 2
        assert asked == len([run for run in runs if run.period.job == "refresh" and run.settled_by is None])
