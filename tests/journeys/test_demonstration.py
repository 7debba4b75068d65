"""A newcomer runs the demonstration: the main job from end to end, through the program's own ways."""

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from app import bootstrap
from app.cli.main import main as command_line
from app.services.sample.building import LEDGER_NAME
from app.services.sample.ledger import FAULTS
from exposures.book import Basis
from ui.main import main as tidewatch


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the demonstration has run once."""
    folder = tmp_path_factory.mktemp("demonstration")
    arguments = ["demo", "--workspace", str(folder / "workspace"), "--output", str(folder / "output"), "--no-window"]
    assert tidewatch(arguments) == 0
    return folder


def test_it_leaves_a_workbook_and_a_picture(shown: Path) -> None:
    output = shown / "output"
    assert {path.name for path in output.iterdir()} == {LEDGER_NAME, "review_lists_SAMPLE.xlsx", "window.png"}
    assert (output / "window.png").read_bytes().startswith(b"\x89PNG")
    assert (output / "window.png").stat().st_size > 50_000  # a page with figures, not an empty window
    text = _text_of(output / "review_lists_SAMPLE.xlsx")
    assert "SAMPLE" in text
    assert "Anadolu Enerji A.Ş." in text


def test_every_planted_fault_is_set_aside_and_the_rest_is_the_book(shown: Path) -> None:
    with bootstrap.open_program(shown / "workspace") as program:
        batch, earlier = program.importing.history()  # last week's book lies beneath
        assert earlier.quarantined == 0
        issues = program.importing.issues(batch.id)
        book = program.surveying.book()
        assert program.sample
    assert (batch.rows_read, batch.quarantined, batch.not_counted) == (506, len(FAULTS), 1)
    assert batch.imported == 506 - len(FAULTS) - 1
    rules = Counter(issue.rule.value for issue in issues if issue.severity.value == "error")
    assert len(rules) >= 12
    assert rules["error_cell"] == 2  # #REF! and #N/A
    immediate, guarantor = (
        next(row for row in book.by_country(basis) if row.key == "TR").amount() / 10**6 for basis in Basis
    )
    # Covered by a Swiss bank: 27.6 out; a London branch of a Turkish bank: 27.6 in.
    assert (round(immediate, 1), round(guarantor, 1)) == (Decimal("1842.0"), Decimal("1842.0"))


def test_the_planted_alerts_fire_and_reach_the_list(shown: Path) -> None:
    with bootstrap.open_program(shown / "workspace") as program:
        firing = [alert for alert in program.monitoring.alerts() if alert.phase.value == "firing"]
        (screening, *_) = program.reviewing.lists()
    seen = {(alert.rule.metric, alert.labels.get("country")): alert for alert in firing if alert.severity == "critical"}
    lira = seen["FX", "TR"]
    assert lira.value is not None
    assert round(lira.value, 1) == -6.1  # 15.40 / 16.40 - 1
    assert ("country_utilisation_used", "NG") in seen  # 208 of 200
    assert ("country_utilisation", "TR") in seen  # 1,842 and 60 pending of 2,000
    assert len(screening.items) > 20


def test_its_people_have_begun_so_that_no_page_of_the_follow_up_is_empty(shown: Path) -> None:
    with bootstrap.open_program(shown / "workspace") as program:
        stages = [standing.stage.value for standing in program.noticing.notices()]
        mine, approvals = program.working.mine(), program.working.approvals()
        today = program.reviewing.today()
        assert {item.status.value for made in program.reviewing.lists() for item in made.items} == {
            "proposed", "with_checker", "returned", "in_work", "done",
        }  # fmt: skip
    assert sorted(stages) == ["acknowledged", "approved", "drafted", "drafted"]
    assert sorted(item.status.value for item in mine) == ["in_work", "proposed", "returned"]
    assert sum(item.overdue(today) for item in mine) == 1
    assert sorted((one.item.proposal.key.list_id, one.why) for one in approvals) == [
        ("L1", ""), ("L1", ""), ("L3", ""), ("L4", ""),
    ]  # fmt: skip
    texts = [item.decision.comment for item in (*mine, *(one.item for one in approvals)) if item.decision]
    assert texts
    assert all(text.startswith("SAMPLE: ") for text in texts)


def test_running_it_again_is_safe(shown: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["demo", "--workspace", str(shown / "workspace"), "--output", str(shown / "output"), "--json"]
    assert command_line(arguments) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["observations"], said["batch"]) == (0, 2)  # the first is last week's
    with bootstrap.open_program(shown / "workspace") as program:
        assert len(program.noticing.notices()) == 4


def test_a_workspace_with_other_data_is_refused_and_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with bootstrap.open_program(tmp_path) as program:
        program.limiting.set("TR", Decimal(5), "USD")
    assert command_line(["demo", "--workspace", str(tmp_path)]) == 1
    said = capsys.readouterr()
    assert "other data" in said.err
    assert said.out == ""
    with bootstrap.open_program(tmp_path) as program:
        assert not program.sample
        assert program.importing.history() == []


def _text_of(path: Path) -> str:
    workbook = openpyxl.load_workbook(path, read_only=True)
    values = [str(value) for sheet in workbook for row in sheet.iter_rows(values_only=True) for value in row if value]
    workbook.close()
    return "\n".join(values)
