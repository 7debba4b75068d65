"""An officer drafts a notice, reads it word for word, saves it as PDF; somebody else approves and notes the reply."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from app import bootstrap
from tests.ui.cuts import cuts
from ui.pages.notices.page import NoticesPage
from ui.pictures import settle
from ui.window import Window


def _page(window: Window) -> NoticesPage:
    return window.pages["notices"]


def test_without_a_list_there_is_nothing_to_tell(open_window):
    window = open_window(page="notices")
    page = _page(window)
    assert page.list.answer.text() == "No notice was drafted yet."
    assert "Choose a notice" in page.preview._why.text()
    assert page.preview.draft.isHidden()


def test_from_the_draft_to_the_reply(open_window, sample_root: Path, tmp_path: Path, monkeypatch):
    shutil.copytree(sample_root, tmp_path / "sample")
    with bootstrap.open_program(tmp_path / "sample", user="li") as li:
        window = open_window(page="notices", over=li)
        page = _page(window)
        item = next(one.id for one in li.noticing.waiting() if one.proposal.key.list_id == "L7")
        window.open("notices", item=item)
        settle(window)
        assert "Nobody was told yet" in page.preview._why.text()
        page.preview.draft.click()
        settle(window)
        assert page.list.table.current == "N-0001"
        assert page.preview.text.toPlainText().startswith("Turkey: market conditions")
        assert not page.preview.approve.isEnabled()
        assert "another person" in page.preview._why.text()
        file = tmp_path / "notice.pdf"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(file), ""))
        page.preview.paper.click()
        settle(window)
        assert file.read_bytes().startswith(b"%PDF")
        for size in ((1366, 768), (1440, 900)):
            for language in ("zh_CN", "en"):
                window.resize(*size)
                window.speak(language)
                settle(window)
                assert cuts(window) == []
    with bootstrap.open_program(tmp_path / "sample", user="wang") as wang:
        wang.noticing.approve(1)
        window = open_window(page="notices", over=wang)
        page = _page(window)
        window.open("notices", notice="N-0001")
        settle(window)
        page.preview.answer.setCurrentIndex(2)
        page.preview.comment.setText("hedged by forwards")
        page.preview.note.click()
        settle(window)
        assert "hedged by forwards" in page.preview._steps.text()
        assert page.list.answer.text() == "1 notice; nothing waits."


def test_a_text_is_changed_over_a_real_item_and_released_by_another(open_window, sample_root: Path, tmp_path: Path):
    shutil.copytree(sample_root, tmp_path / "sample")
    with bootstrap.open_program(tmp_path / "sample", user="li") as li:
        window = open_window(1366, 768, page="notices", over=li)
        page = _page(window)
        page.list.texts.click()
        settle(window)
        form = page.texts.form
        form.list.select("client")
        settle(window)
        assert form.item.currentText().startswith("L7-")
        assert form.previews["en"].toPlainText().startswith("Turkey: market conditions")
        assert not form.propose_button.isEnabled()
        assert form.propose_button.toolTip() == "Both texts are those that count."
        form.reason.setText("Legal, 20 May")
        before = form.editors["en"].toPlainText()
        form.editors["en"].setPlainText(before.replace("{{ contact }}", "{{ tier }}"))
        settle(window)
        assert form.faults.text().splitlines()[0] == "English: Line 26: the reader must not be told tier."
        assert not form.propose_button.isEnabled()
        assert cuts(form) == []
        form.editors["en"].setPlainText(before.replace("Dear ", "To "))
        settle(window)
        assert "\nTo " in form.previews["en"].toPlainText()
        assert cuts(form) == []
        form.propose_button.click()
        settle(window)
        assert [one.maker for one in li.phrasing.template("client").versions] == ["li"]
        page.list.texts.click()
        settle(window)
        page.texts.form.list.select("client")
        settle(window)
        assert not page.texts.form.approve_button.isEnabled()
        page.texts.form.reject()
    with bootstrap.open_program(tmp_path / "sample", user="wang") as wang:
        window = open_window(1366, 768, page="notices", over=wang)
        window.speak("zh_CN")
        page = _page(window)
        page.list.texts.click()
        settle(window)
        form = page.texts.form
        form.list.select("client")
        settle(window)
        assert cuts(form) == []
        form.past.select(1)
        settle(window)
        assert "To {{ addressee }}" in form.editors["en"].toPlainText()
        form.approve_button.click()
        settle(window)
        assert wang.phrasing.template("client").origin == "version"


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_no_text_of_the_items_is_cut(open_window, sample, language):
    window = open_window(1366, 768, page="notices", over=sample)
    window.speak(language)
    settle(window)
    assert cuts(window) == []
