"""A line of calendar.toml cannot be used: the officer reads which one and what to do, and everything else goes on."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from app import bootstrap
from app.bootstrap import Program
from tests.ui.cuts import cuts
from ui.pictures import settle
from ui.widgets.notice import ErrorNotice


@pytest.fixture
def broken(sample_root: Path, tmp_path: Path) -> Iterator[Program]:
    """A sample workspace of the test's own, whose table of release days breaks off in its second line."""
    shutil.copytree(sample_root, tmp_path / "sample")
    (tmp_path / "sample" / "calendar.toml").write_text("[XFED]\nshut = [2026-12-24\nopen = 3\n", encoding="utf-8")
    with bootstrap.open_program(tmp_path / "sample") as opened:
        yield opened


def _said(widget) -> str:
    shown = [*widget.findChildren(QLabel), *widget.findChildren(QPushButton)]
    shown.sort(key=lambda one: one.mapTo(widget, one.rect().topLeft()).y())
    return "\n".join(one.text() for one in shown if one.isVisible())


def test_both_pages_name_the_line_and_show_everything_else(open_window, broken):
    window = open_window(1366, 768, page="overview", over=broken)
    page = window.pages["overview"]
    said = _said(page.todo)
    assert said.index("Correct the table of release days") < said.index("Acknowledge"), "it comes before the alerts"
    assert "calendar.toml, line 3 cannot be read" in said
    assert page.tide.tiles[0].figure.text() == "8,945.9"  # total assets of 18 May 2022, USD billions
    assert "Next releases" in said
    assert (cuts(page), page.verticalScrollBar().maximum()) == ([], 0)
    window.open("sources")
    settle(window)
    page = window.pages["sources"]
    notice = page.providers.findChild(ErrorNotice)
    assert "calendar.toml, line 3 cannot be read" in _said(notice)
    assert "Until then the public calendars count, and nothing is fetched by itself." in _said(notice)
    assert page.providers.table.rows.rowCount() > 5
    assert page.carried.table.rows.rowCount() > 0
    assert (cuts(page), page.verticalScrollBar().maximum()) == ([], 0)
    assert window.messages.isHidden(), "it is said where it matters, not on every page"
    broken.workspace.calendar.unlink()
    page.refresh()
    settle(window)
    assert notice.isHidden()
