"""An officer reads back a filled-in workbook: sees both sides of a conflict, takes it over, and takes it back."""

from pathlib import Path

from app.bootstrap import Program
from tests.app.services.test_merging import fill
from tests.ui.cuts import cuts
from ui.pictures import settle


def test_a_workbook_is_previewed_taken_and_taken_back(open_window, sample: Program, tmp_path: Path):
    path = tmp_path / "lists.xlsx"
    sample.reviewing.export(path)
    item = sample.reviewing.item("L9-0003")
    fill(path, "L9-0003", owner="Chen Li", comment="Spoke to the guarantor")
    fill(path, "L9-0002", owner="Sun Yi")
    sample.reviewing.assign("L9-0003", "Wu Fang", item.due)
    window = open_window(width=1366, height=768, page="reviews", over=sample)
    page = window.pages["reviews"]
    page.read_back.read(path)
    settle(window)
    form = page.read_back.form
    assert [form.table.rows.value(row, "state") for row in range(3)] == [
        "Is taken", "Changed on both sides", "Is added",
    ]  # fmt: skip
    assert cuts(form) == []
    form.side.choose("workbook")
    form.take_button.click()
    settle(window)
    assert [sample.reviewing.item(f"L9-000{n}").owner for n in (2, 3)] == ["Sun Yi", "Chen Li"]
    page.read_back._undo()
    settle(window)
    assert sample.reviewing.item("L9-0003").owner == "Wu Fang"
    sample.reviewing.assign("L9-0003", item.owner, item.due)  # as the other tests know it
