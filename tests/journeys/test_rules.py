"""A rule is looked at, its line moved over the past, saved with a reason, restored, and tested from a file."""

import shutil

import pytest
from PySide6.QtCore import Qt

from alerts.rulefile import read
from app import bootstrap
from tests.ui.cuts import cuts, every_look, wordless
from ui.pages.rules.page import RulesPage
from ui.pictures import settle


@pytest.fixture
def own_sample(sample_root, tmp_path):
    """A sample workspace that a test may change."""
    shutil.copytree(sample_root, tmp_path / "sample")
    with bootstrap.open_program(tmp_path / "sample") as program:
        yield program


def _page(window) -> RulesPage:
    return window.pages["rules"]


def test_without_figures_every_rule_says_what_it_lacks(open_window):
    window = open_window(page="rules")
    page = _page(window)
    assert "not evaluable" in page.header.scope.text()
    window.open("rules", rule="L2")
    settle(window)
    assert page.editor.form.rule == page._detail.rule
    assert not page.past.content.isVisible()  # it says what is lacking instead


def test_the_line_moves_over_the_past_and_a_version_is_saved(open_window, own_sample, qtbot, tmp_path):
    window = open_window(page="rules", over=own_sample)
    page = _page(window)
    window.open("rules", rule="E9")
    settle(window)
    assert "5-observation change" in page.editor._title.text()
    before, count = page.past.answer.text(), page.past.table.rows.rowCount()
    assert "would have fired" in before
    assert count == sum(len(past.test.episodes) for past in page._detail.tried.pasts)
    # A stricter line fires less often: the answer changes while the slider moves, nothing is stored.
    page.past.slider.setValue(page.past.slider.value() - 20)
    settle(window)
    assert page.past.answer.text() != before
    edited = page.editor.form.rule
    assert edited.warning.threshold < -3
    assert edited.warning.recovery == pytest.approx(edited.warning.threshold + 1)
    assert own_sample.ruling.rule("E9").version == 1
    # Without a reason nothing can be saved.
    assert not page.editor.save.isEnabled()
    page.editor.form.set_value("warning.threshold", -3.5)
    page.editor.form.set_value("warning.recovery", -2.5)
    qtbot.keyClicks(page.editor.reason, "Fewer, graver")
    qtbot.keyClick(page.editor.reason, Qt.Key.Key_Return)
    settle(window)
    saved = own_sample.ruling.rule("E9")
    assert (saved.version, saved.warning.threshold, saved.warning.recovery) == (2, -3.5, -2.5)
    assert page.editor.versions.rows.rowCount() == 2
    page.editor.versions.select("1")
    qtbot.keyClicks(page.editor.reason, "As shipped")
    page.editor.restore.click()
    settle(window)
    restored = own_sample.ruling.rule("E9")
    assert (restored.version, restored.warning.threshold) == (3, -3)
    page.export_to(tmp_path / "rules.toml")
    settle(window)
    assert len(read((tmp_path / "rules.toml").read_text("utf-8"))) == len(own_sample.ruling.rules())


def test_the_form_is_drawn_from_the_condition(open_window, sample):
    window = open_window(page="rules", over=sample)
    page = _page(window)
    window.open("rules", rule="E2")
    settle(window)
    form = page.editor.form
    assert {"window", "measure", "over"} <= set(form.fields)
    form.kind.setCurrentIndex(form.kind.findData("count"))
    form.kind.activated.emit(form.kind.currentIndex())
    settle(window)
    assert {"over", "comparison", "line"} <= set(form.fields)
    assert form.rule.condition.kind == "count"
    form.set_value("critical.threshold", 1)
    form.set_value("warning.threshold", 5)
    assert form.rule is None
    assert "do not fit" in page.editor._why.text()
    window.open("rules", rule="L8-GATE")
    settle(window)
    assert form.rule == sample.ruling.rule("L8-GATE")


def test_a_file_of_rule_tests(open_window, sample, tmp_path):
    window = open_window(page="rules", over=sample)
    page = _page(window)
    place = tmp_path / "mine.toml"
    text = """
[[rule]]
id = "T"
metric = "x"
unit = "unit"
family = "data"
warning = { comparison = ">", threshold = 1 }
[[series]]
metric = "x"
start = 2024-01-05
values = "0 2"
[[expect]]
timeline = "NF"
"""
    place.write_text(text, "utf-8")
    page.test(place)
    settle(window)
    assert page.past.answer.text() == "mine.toml: every expectation holds."
    place.write_text(text.replace("NF", "NN"), "utf-8")
    page.test(place)
    settle(window)
    assert "expected NN\nfound    NF" in page.past.answer.text()


def test_nothing_is_cut(open_window, sample):
    window = open_window(page="rules", over=sample)
    for look in every_look(window):
        assert cuts(window) == [], look
        assert wordless(window) == [], look
        assert _page(window).verticalScrollBar().maximum() == 0
        assert _page(window).horizontalScrollBar().maximum() == 0
