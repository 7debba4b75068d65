"""Somebody who may only look: what changes something is grey on every page, and says why."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app import bootstrap
from app.bootstrap import Program
from tests.ui.cuts import cuts
from ui.pictures import settle

#: Pages with something to change, and how many buttons or fields of each stand under a right.
PAGES = {
    "alerts": 2, "rules": 2, "limits": 4, "countries": 7, "import": 2, "notices": 4, "notifications": 7, "sources": 3,
    "persons": 9,
}  # fmt: skip


@pytest.fixture
def viewer(sample_root: Path) -> Iterator[Program]:
    """Sun Yi, who looks at the sample bank's work."""
    with bootstrap.open_program(sample_root, user="sun yi") as opened:
        yield opened


def test_nothing_that_changes_something_can_be_pressed(open_window, viewer: Program) -> None:
    window = open_window(1366, 768, page="limits", over=viewer)
    assert (window.top._user.text(), window.top._role.text()) == ("Sun Yi", "viewer")
    for page_id, least in PAGES.items():
        window.open(page_id)
        settle(window)
        page = window.pages[page_id]
        parts = [guard.parent() for guard in page.findChildren(QObject, "guard")]
        assert len(parts) >= least, page_id
        for part in parts:
            assert isinstance(part, QWidget)
            assert not part.isEnabled(), f"{page_id}: {part.accessibleName() or part.toolTip()}"
            assert part.toolTip().startswith("A viewer may not "), page_id
            assert part.accessibleDescription() == part.toolTip()
        assert cuts(window) == [], page_id
    history = window.pages["import"].history
    assert history.note.text() == "A viewer may not undo an import; it takes a role of officer."
    assert "Undo" not in [history.table.rows.text(0, column) for column in history.table.rows.columns]


def test_an_administrator_finds_nothing_barred(open_window, sample: Program) -> None:
    window = open_window(page="limits", over=sample)
    for page_id in ("limits", "import"):
        window.open(page_id)
        settle(window)
        for guard in window.pages[page_id].findChildren(QObject, "guard"):
            part = guard.parent()
            assert isinstance(part, QWidget)
            assert "may not" not in part.toolTip()
    assert window.pages["limits"].set_button.isEnabled()
    assert window.pages["import"].history.approval.isEnabled()
