"""What the window remembers, and what it does with a file somebody spoilt."""

import pytest
from PySide6.QtWidgets import QSplitter, QWidget

from ui.state import LAST_PAGE, THEME, State


def test_choices_survive_a_restart(tmp_path):
    first = State(tmp_path / "deep" / "window.ini")
    first.put(THEME, "dark")
    first.put(LAST_PAGE, "liquidity")
    first.save()
    again = State(tmp_path / "deep" / "window.ini")
    assert (again.get(THEME), again.get(LAST_PAGE)) == ("dark", "liquidity")


def test_a_choice_that_is_not_allowed_is_refused_and_a_spoilt_one_ignored(tmp_path):
    (tmp_path / "window.ini").write_text("[window]\ntheme=pink\n")
    state = State(tmp_path / "window.ini")
    assert state.get(THEME) == "light"
    with pytest.raises(ValueError, match="pink"):
        state.put(THEME, "pink")


def test_splitters_stand_where_they_were_left(qtbot, tmp_path):
    def splitter() -> QSplitter:
        made = QSplitter()
        qtbot.addWidget(made)
        for _ in range(2):
            made.addWidget(QWidget())
        made.resize(400, 100)
        made.show()
        return made

    left, state = splitter(), State(tmp_path / "window.ini")
    assert not state.restore("alerts", left)
    left.setSizes([100, 295])
    state.keep("alerts", left)
    again = splitter()
    assert state.restore("alerts", again)
    assert again.sizes() == left.sizes()
