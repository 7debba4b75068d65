"""The alerts' commands, through the command line."""

import json
from pathlib import Path

import pytest

from app.bootstrap import open_program
from app.cli.main import main

pytestmark = pytest.mark.shared


@pytest.fixture
def workspace(tmp_path: Path, shared_data: Path) -> Path:
    """SOFR alone, as a bank would download it."""
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "SOFR.csv").write_bytes((shared_data / "fred" / "SOFR.csv").read_bytes())
    with open_program(tmp_path / "workspace") as program:
        program.refreshing.take_in(folder)
    return tmp_path / "workspace"


def _run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(arguments)
    said = capsys.readouterr()
    return code, said.out, said.err


def test_look_back_list_and_acknowledge(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = ("--workspace", str(workspace))
    code, out, _ = _run(capsys, "alerts", "evaluate", "--as-of", "2019-09-18", *place, "--json")
    then = json.loads(out)
    assert (code, then["stored"], then["as_of"]) == (0, False, "2019-09-18T23:59:59.999999Z")
    (jump,) = [alert for alert in then["alerts"] if alert["state"] == "firing"]
    # SOFR of the 17th, 5.25 after 2.43, came out on the 18th.
    assert (jump["rule"], jump["value"], jump["threshold"], jump["severity"]) == ("L2", "282", "20", "critical")
    assert (jump["date"], jump["since"], jump["labels"]) == ("2019-09-17", "2019-09-16", {})
    assert {"rule": "L1", "metric": "SOFR_IORB", "lacks": "alerts.lack.readings"}.items() <= (
        next(one for one in then["not_evaluable"] if one["rule"] == "L1").items()
    )

    code, out, _ = _run(capsys, "alerts", "list", "--all", *place, "--json")
    alerts = json.loads(out)["alerts"]
    (then_and_now,) = [alert for alert in alerts if alert["episode"] == "2019-09-16"]
    assert (then_and_now["state"], then_and_now["resolved"]) == ("normal", "2019-09-18")
    assert then_and_now["id"] == jump["id"]

    code, _, err = _run(capsys, "alerts", "acknowledge", jump["id"], "--reason", "late", *place)
    assert (code, "is not firing" in err) == (1, True)
    code, _, err = _run(capsys, "alerts", "acknowledge", "A-9999", "--reason", "x", *place)
    assert (code, "There is no alert A-9999." in err) == (2, True)


def test_for_people(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = _run(capsys, "alerts", "evaluate", "--workspace", str(workspace))
    assert code == 0
    assert "E9: No figure is stored for Currencies against the dollar yet." in out
    code, out, _ = _run(capsys, "alerts", "list", "--all", "--workspace", str(workspace))
    assert "SOFR, move in a day  |  Resolved after 2 days" in out


def test_a_reason_is_required(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as error:
        main(["alerts", "acknowledge", "A-0001", "--workspace", str(tmp_path)])
    assert error.value.code == 2
    assert "--reason" in capsys.readouterr().err
