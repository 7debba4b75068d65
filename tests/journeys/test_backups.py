"""An officer looks at the copies, writes one to another disk, restores one beside the workspace and in its place."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton

from app import bootstrap
from app.bootstrap import Program
from app.cli.main import main as headless
from app.services.backing_up import Reason
from app.storage.persons import Role
from tests.ui.cuts import cuts, every_look, wordless
from ui import main as script
from ui.dialogs.replacing import ReplacingDialog
from ui.instance import Instance, command_for
from ui.pages.backups.page import BackupsPage
from ui.pages.backups.restoring import RestoreDialog
from ui.pictures import settle
from ui.window import Window


def _page(window: Window) -> BackupsPage:
    return window.pages["backups"]


def _dialog(window: Window) -> RestoreDialog:
    found = window.findChildren(RestoreDialog)
    assert len(found) == 1
    return found[0]


@pytest.fixture
def own(sample_root: Path, tmp_path: Path) -> Iterator[Program]:
    """A sample workspace that a test may change."""
    shutil.copytree(sample_root, tmp_path / "sample")
    with bootstrap.open_program(tmp_path / "sample") as program:
        yield program


def test_without_a_copy_the_page_says_why_and_offers_to_make_one(open_window, program, tmp_path, monkeypatch):
    window = open_window(page="backups")
    page = _page(window)
    assert page.copies.content.isHidden()
    assert "every bank working day" in page.copies._empty._text.text()
    assert not page.copy.restore.isEnabled()
    place = tmp_path / "elsewhere.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(place), ""))
    page.make.click()
    assert not page.make.isEnabled(), "one at a time"
    settle(window)
    assert place.is_file()
    assert page.make.isEnabled()
    assert "Backup written: elsewhere.zip" in window.messages._done._text.text()


def test_copies_stand_newest_first_and_a_damaged_one_cannot_be_restored(open_window, own, clock):
    kept = own.backing_up.keep(Reason.UNDO)
    page = _page(window := open_window(page="backups", over=own))
    rows = page.copies.table.rows
    assert rows.rowCount() == 2
    assert page.copies.answer.text().startswith("Everything up to 26 May 2022")
    data = bytearray(kept.file.read_bytes())
    data[1000] ^= 1
    kept.file.write_bytes(data)
    page.refresh(None)
    settle(window)
    assert page.copies.answer.text().startswith("1 of 2 copies cannot be restored")
    page.copies.table.select(kept.file.name)
    settle(window)
    assert rows.value(rows.row_of(kept.file.name), "word") == "Damaged"
    assert "no whole backup" in page.copy.answer.text()
    assert not page.copy.restore.isEnabled()


def test_a_copy_is_restored_into_a_folder_of_its_own(open_window, own, tmp_path, capsys):
    window = open_window(page="backups", over=own)
    page = _page(window)
    page.copy.restore.click()
    settle(window)
    dialog = _dialog(window)
    assert dialog.windowTitle().startswith("Restore the copy of 26 May 2022")
    assert dialog.act.text() == "Restore into the folder"
    dialog.place.setText("somewhere")
    assert not dialog.act.isEnabled(), "not a whole path"
    dialog.place.setText(str(tmp_path / "sample"))
    assert not dialog.act.isEnabled(), "not empty"
    dialog.place.setText(str(tmp_path / "again"))
    dialog.act.click()
    settle(window)
    assert page.copy.open.isVisible()
    assert command_for(tmp_path / "again")[-2:] == ["--workspace", str(tmp_path / "again")]
    capsys.readouterr()
    assert headless(["book", "history", "--workspace", str(tmp_path / "again"), "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["batches"]) == len(own.importing.history())
    assert window.replacement is None


def test_escape_changes_nothing_and_replacing_is_said_before(open_window, own, qtbot):
    window = open_window(page="backups", over=own)
    page = _page(window)
    page.copy.restore.click()
    settle(window)
    dialog = _dialog(window)
    dialog.here.setChecked(True)
    assert dialog.act.text() == "Replace this workspace"
    assert "kept among its copies" in dialog.what.text()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    settle(window)
    assert window.replacement is None
    assert window.isVisible()


def test_everything_leaves_into_a_folder_of_its_own(open_window, own, tmp_path, monkeypatch):
    window = open_window(page="backups", over=own)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_given: str(tmp_path))
    window.commands.run("backups.export")
    settle(window)
    assert (tmp_path / "tidewatch-2022-05-26" / "tidewatch.xlsx").is_file()


def test_cancel_writes_nothing(open_window, own, tmp_path, monkeypatch):
    window = open_window(page="backups", over=own)
    place = tmp_path / "elsewhere.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(place), ""))
    _page(window).make.click()
    _page(window).copies.work.cancelled.emit()
    settle(window)
    assert not place.exists()
    assert window.messages._done._text.text() == "Cancelled: nothing was written"


def test_a_copy_takes_the_workspaces_place_and_the_window_opens_again(sample_root, tmp_path, qapp, monkeypatch):
    """The program's own loop: what was imported since is gone, what was replaced is kept, and the window says both."""
    root = tmp_path / "workspace"
    shutil.copytree(sample_root, root)
    with bootstrap.open_program(root) as program:
        file = program.backing_up.kept()[0].file
        program.staffing.add("late", "Came After", Role.VIEWER)
    seen: list[tuple[str, str, int]] = []

    def stay(window: Window, _instance: Instance) -> int:
        window.show()
        settle(window)
        seen.append((window.messages._done._text.text(), window.windowTitle(), len(window.program.staffing.persons())))
        if len(seen) == 1:
            window.replace(file)
        window.close()
        return 0

    monkeypatch.setattr(script, "_stay", stay)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    assert script.main(["--workspace", str(root), "--language", "en"]) == 0
    (said_before, _title, before), (said, _again, after) = seen
    assert said_before == ""
    assert "is as it was on 26 May 2022" in said
    assert "is kept in" in said
    assert after == before - 1
    assert any(path.name.startswith("restore-") for path in (root / "backups").iterdir())


def test_nothing_is_cut(open_window, own):
    own.backing_up.keep(Reason.MIGRATION)
    window = open_window(page="backups", over=own)
    for look in every_look(window):
        assert cuts(window) == [], look
        assert wordless(window) == [], look


def test_the_dialog_that_replaces_says_what_it_does(sample_root, tmp_path, qtbot):
    root = tmp_path / "workspace"
    shutil.copytree(sample_root, root)
    (file,) = (root / "backups").glob("*.zip")
    dialog = ReplacingDialog(root, file)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.windowTitle() == f"Restoring {file.name}"
    dialog.reject()
    qtbot.waitUntil(lambda: not dialog.tasks.busy())
    dialog.tasks.close()
    assert dialog.text == "Cancelled: the workspace is as it was" or "is as it was on" in dialog.text
    assert [one.text() for one in dialog.findChildren(QPushButton)] == ["Cancel"]
