"""The parts of a page: dates, choices, notices, tiles and marks say what they show."""

from datetime import date

import numpy as np
import pytest
from PySide6.QtCore import QDate, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QPushButton

from app.refusals import Refused
from ui import marks, theme
from ui.tables.column import SEVERITIES
from ui.widgets import icons
from ui.widgets.badge import Badge, Mark
from ui.widgets.card import Card
from ui.widgets.choice import Segments
from ui.widgets.datefield import DateField
from ui.widgets.freshness import Freshness
from ui.widgets.messages import Messages
from ui.widgets.tile import Tile

DAYS = (date(2022, 5, 4), date(2022, 5, 11), date(2022, 5, 18))


@pytest.fixture
def shown(qtbot):
    def show(widget):
        qtbot.addWidget(widget)
        widget.show()
        return widget

    return show


def test_a_date_field_gives_only_days_with_data(shown):
    field, told = shown(DateField()), []
    field.picked.connect(told.append)
    field.allow(DAYS)
    field.choose(DAYS[2])
    field._picked_in_calendar(QDate(2022, 5, 13))  # a Friday: the Wednesday before it
    assert told == [DAYS[1]]
    assert field.text() == "11 May 2022"
    field._picked_in_calendar(QDate(2001, 1, 1))  # before the first: the first
    assert told == [DAYS[1], DAYS[0]]


def test_arrow_keys_stop_at_the_ends(shown, qtbot):
    field, told = shown(DateField()), []
    field.picked.connect(told.append)
    field.allow(DAYS)
    field.choose(DAYS[1])
    for _ in range(3):
        qtbot.keyClick(field, Qt.Key.Key_Up)
    assert told == [DAYS[2]]


def test_without_data_there_is_nothing_to_pick(shown):
    field = shown(DateField())
    field.allow(())
    assert not field.isEnabled()
    assert field.text() == "–"


def test_segments_tell_what_the_person_chose_and_not_what_the_program_did(shown, qtbot):
    choice, told = shown(Segments(["a", "b", "c"])), []
    choice.chosen.connect(told.append)
    choice.fill(["One", "Two", "Three"])
    choice.choose("c")
    assert (choice.current, told) == ("c", [])
    qtbot.mouseClick(choice.findChild(QPushButton, "b"), Qt.MouseButton.LeftButton)
    assert (choice.current, told) == ("b", ["b"])
    assert [b.property("seg") for b in choice.findChildren(QPushButton)] == ["l", "m", "r"]


@pytest.mark.parametrize("name", theme.NAMES)
@pytest.mark.parametrize("state", SEVERITIES)
def test_every_severity_has_a_shape_of_its_own_and_a_word(shown, state, name):
    theme.apply(name)
    pictures = {}
    for each in SEVERITIES:
        image = QImage(26, 26, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        # in one colour, so that only the shape can tell them apart
        marks.paint_mark(
            painter, QRectF(1, 1, 24, 24), each, theme.current().colour("text"), theme.current().colour("surface")
        )
        painter.end()
        pictures[each] = image.constBits().tobytes()
    same = [each for each in SEVERITIES if each != state and pictures[each] == pictures[state]]
    # "pending" and "stale" are both clocks: colour and word tell them apart
    assert same in ([], ["stale"], ["pending"])
    assert shown(Mark(state)).accessibleName() == marks.severity_word(state) != ""
    assert shown(Badge(state)).accessibleName() == marks.severity_word(state)


def test_a_missing_figure_is_a_dash_and_its_reason_never_a_zero(shown):
    tile = shown(Tile())
    tile.fill("Fed assets", None, "USD bn", "No data for WALCL")
    assert (tile.figure.text(), tile.unit.text(), tile.change.text()) == ("–", "", "No data for WALCL")
    tile.fill("Fed assets", "6,713.6", "USD bn", "+6.2  4 weeks", np.array([1.0, np.nan, 3.0]))
    assert (tile.figure.text(), tile.unit.text()) == ("6,713.6", "USD bn")


def test_a_late_date_says_why(shown):
    fresh = shown(Freshness())
    fresh.show_date("20 May")
    assert not fresh._mark.isVisible()
    fresh.show_date("8 May", "1 release missed")
    assert fresh._text.text() == "8 May, 1 release missed"
    assert fresh._mark.isVisible()


def test_a_card_keeps_its_evidence_beneath_an_error_and_gives_a_remedy(shown, qtbot):
    card, tried = shown(Card()), []
    card.show_content()
    card.show_error(Refused("book.none"), ("Try again", lambda: tried.append(True)))
    assert card.content.isVisible()
    again = next(b for b in card.findChildren(QPushButton) if b.text() == "Try again")
    qtbot.mouseClick(again, Qt.MouseButton.LeftButton)
    assert tried == [True]
    card.clear_error()
    assert not again.isVisible()


def test_an_empty_card_says_what_belongs_there_and_hides_the_answer(shown):
    card = shown(Card())
    card.say("An answer.")
    card.show_empty("import", "No book yet", "Import a workbook.", ("Import a workbook", card.hide))
    assert not card.content.isVisible()
    assert not card.answer.isVisible()


def test_a_fault_of_the_program_is_said_without_its_insides(shown):
    strip = shown(Messages())
    strip.refuse(ZeroDivisionError("secret"))
    assert "secret" not in strip._error._title.text() + strip._error._text.text()
    assert strip.isVisible()


def test_work_can_be_cancelled_and_does_not_block(shown, qtbot):
    strip, stopped = shown(Messages()), []
    strip.begin("Fetching", lambda: stopped.append(True))
    strip.advance("rows", 640, 1212)
    assert strip._work._count.text() == "640 of 1,212"
    qtbot.mouseClick(strip._work._cancel, Qt.MouseButton.LeftButton)
    assert stopped == [True]
    strip.end()
    assert strip.isHidden()


@pytest.mark.parametrize("name", icons.NAMES)
def test_every_icon_draws_something_in_the_colour_asked(qapp, name):
    image = icons.pixmap(name, "accent", 16).toImage()
    drawn = {
        image.pixelColor(x, y).name() for x in range(16) for y in range(16) if image.pixelColor(x, y).alpha() > 100
    }
    assert drawn
