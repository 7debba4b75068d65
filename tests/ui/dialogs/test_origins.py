"""Ctrl+I tells where the figures of the page in sight come from."""

from PySide6.QtGui import QGuiApplication

from app.bootstrap import Program
from tests.ui.cuts import cuts
from ui.dialogs.origins import OriginsDialog


def test_the_page_in_sight_tells_its_tables_and_charts(open_window, sample: Program) -> None:
    window = open_window(1366, 768, page="structure", over=sample)
    window.commands.run("page.origins")
    (dialog,) = window.findChildren(OriginsDialog)
    assert [name for name, _text in dialog.told] == [
        "Maturity ladder",
        "Open positions, the widest first",
        "Country-risk reserves, the largest exposure first",
    ]
    for _name, text in dialog.told:
        assert [line.split(":")[0] for line in text.split("\n")] == ["Source", "Observed", "Known from", "Unit"]
    assert "exposure_20220520_SAMPLE.xlsx" in dialog.told[0][1]
    assert cuts(dialog) == []
    dialog.copy()
    assert QGuiApplication.clipboard().text().startswith("Maturity ladder\nSource: exposure_20220520_SAMPLE.xlsx")
    dialog.close()
