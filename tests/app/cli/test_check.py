import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from app import bootstrap
from app.bootstrap import Program
from app.cli.main import main
from tests.app.services.test_checking import LIRA, STEPS, TUESDAY, decide_all, store
from tests.app.services.workbooks import write_csv
from tests.conftest import Clock

FRIDAY = date(2026, 5, 22)
Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(program: Program, clock: Clock, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    """Run a command on the program's workspace, at the clock's time."""
    opened = bootstrap.open_program

    def open_there(root: Path, **more: Any) -> Program:
        return opened(root, **(more | {"clock": clock}))

    monkeypatch.setattr(bootstrap, "open_program", open_there)

    def run(*words: str) -> tuple[int, str, str]:
        code = main([*words, "--workspace", str(program.workspace.root)])
        told = capsys.readouterr()
        return code, told.out, told.err

    return run


def test_todays_check_is_made_and_printed(program: Program, call: Call, clock: Clock, tmp_path: Path) -> None:
    store(program, LIRA)
    clock.advance(days=-1)
    program.importing.commit(write_csv(tmp_path / "book.csv", "A1,Anadolu Enerji,TR,loan,USD,370000000,"), FRIDAY)
    clock.advance(days=1)
    code, out, err = call("check", "--json")
    assert (code, err) == (0, "")
    data = json.loads(out)
    assert (data["business_date"], data["as_of"], data["stored"]) == ("2026-05-26", "2026-05-26T00:00:00Z", True)
    assert (data["run_at"], data["late"], data["status"]) == ("2026-05-26T00:31:00.123457Z", False, "open")
    assert (data["program_verdict"], data["verdict"], data["maker"]) == ("act", None, None)
    assert [step["id"] for step in data["steps"]] == list(STEPS)
    currencies = data["steps"][3]
    assert (currencies["verdict"], currencies["decision"]) == ("act", None)
    row = currencies["evidence"][0]
    assert {name: row[name] for name in ("code", "state", "calls_for", "unit", "date", "warning", "critical")} == {
        "code": "rule",
        "state": "critical",
        "calls_for": "act",
        "unit": "percent",
        "date": "2026-05-22",
        "warning": "-3",
        "critical": "-5",
    }
    assert row["value"].startswith("-6.11")
    assert row["labels"]["country"] == "TR"
    assert data["steps"][5]["missing"][-2:] == ["reserve_gap", "net_capital"]
    assert [check.business_date for check in program.checking.checks()] == [TUESDAY]
    code, again, _ = call("check", "--json")
    assert json.loads(again) == data


def test_people_read_each_step_with_verdict_and_evidence(
    program: Program, call: Call, clock: Clock, tmp_path: Path
) -> None:
    store(program, LIRA)
    clock.advance(days=-1)
    program.importing.commit(write_csv(tmp_path / "book.csv", "A1,Anadolu Enerji,TR,loan,USD,370000000,"), FRIDAY)
    clock.advance(days=1)
    code, out, _ = call("check")
    lines = out.splitlines()
    assert code == 0
    assert lines[0] == "Daily check of 26 May 2026"
    assert "4  Emerging-market currencies  |  Act  |  1 finding calls for an act." in lines
    assert any(
        line.strip().startswith("Critical  Turkish Lira, 5-observation change  −6.1 %  −3 % / −5 %") for line in lines
    )
    assert "     not assessed: reserve gap (needs levels and ratios)" in lines


def test_a_day_without_a_check_is_only_looked_at(program: Program, call: Call) -> None:
    store(program, LIRA)
    code, out, _ = call("check", "--as-of", "2026-05-25", "--json")
    data = json.loads(out)
    assert (code, data["stored"], data["as_of"]) == (0, False, "2026-05-25T00:00:00Z")
    assert "run_at" not in data
    assert program.checking.checks() == []
    code, out, _ = call("check", "--as-of", "2026-05-25")
    assert "nothing was stored" in out


def test_before_the_run_begins_and_on_a_sunday_it_looks(program: Program, call: Call, clock: Clock) -> None:
    clock.now = datetime(2026, 5, 26, 0, 10, tzinfo=UTC)
    assert not json.loads(call("check", "--json")[1])["stored"]
    clock.now = datetime(2026, 5, 24, 3, 0, tzinfo=UTC)
    assert not json.loads(call("check", "--json")[1])["stored"]
    assert program.checking.checks() == []


def test_a_day_to_come_is_wrong_usage(call: Call) -> None:
    code, out, err = call("check", "--as-of", "2026-05-27")
    assert (code, out) == (2, "")
    assert "has not come yet" in err


def test_deciding_and_signing(program: Program, call: Call) -> None:
    store(program, LIRA)
    assert call("check", "decide", "currencies", "watch")[0] == 2  # nothing was made yet
    call("check")
    code, _, err = call("check", "decide", "currencies", "watch")
    assert code == 1
    assert "milder" in err
    code, out, _ = call("check", "decide", "currencies", "act", "--list", "L1", "--owner", "Chen Li", "--json")
    decided = json.loads(out)["steps"][3]["decision"]
    assert (code, decided["decision"], decided["lists"], decided["owner"]) == (0, "act", ["L1"], "Chen Li")
    code, _, err = call("check", "sign")
    assert code == 1
    assert "Rate corridor" in err
    assert call("check", "decide", "currencies", "act", "--list", "L1", "--owner", "Chen Li")[1].splitlines() == [
        "Decided for 26 May 2026: Emerging-market currencies, Act; the program's verdict is Act.",
        "Act so far, because of step 4; 6 steps are to be decided.",
        "Every step with its evidence: tidewatch check --as-of 2026-05-26.",
    ]
    decide_all(program, program.checking.check(TUESDAY))
    code, out, _ = call("check", "sign", "--date", "2026-05-26", "--json")
    data = json.loads(out)
    assert (code, data["status"], data["verdict"], data["maker"]["who"]) == (0, "signed", "act", program.user)
    code, _, err = call("check", "countersign")
    assert code == 1
    assert program.checking.check(date(2026, 5, 26)).checker is None


def test_the_workspace_counts_before_the_word_too(program: Program, call: Call, clock: Clock, tmp_path: Path) -> None:
    call("check")
    root = str(program.workspace.root)
    assert main(["check", "--workspace", root, "decide", "corridor", "watch", "--comment", "seen"]) == 0
    assert program.checking.check(TUESDAY).decision("corridor") is not None
