"""The looks come from the tokens alone."""

import re

import pytest
from PySide6.QtWidgets import QApplication

from ui import theme


@pytest.mark.parametrize("name", theme.NAMES)
def test_the_stylesheet_has_no_place_left_unfilled_and_no_colour_of_its_own(name):
    sheet = theme.stylesheet(theme.theme(name))
    assert "@" not in sheet
    written = set(re.findall(r"#[0-9A-Fa-f]{6}", sheet))
    known = {value.lower() for value in theme.theme(name).roles.values()}
    known |= {
        colour.name()
        for tone in theme.theme(name).tones.values()
        for colour in (tone.text, tone.fill, tone.soft, tone.line)
    }
    known |= {value.lower() for value in theme.theme(name).ground.values()}
    assert {colour.lower() for colour in written} <= known
    template = (theme._HERE / "theme.qss").read_text("utf-8")
    assert not re.findall(r"#[0-9A-Fa-f]{3,6}\b", template)


def test_applying_changes_palette_font_and_sheet(qapp):
    theme.apply("dark")
    assert theme.current().name == "dark"
    assert qapp.palette().window().color().name() == theme.theme("dark").colour("canvas").name()
    assert QApplication.font().families()[0] == "Inter"
    assert QApplication.font().featureValue(QApplication.font().Tag("tnum")) == 1


def test_compact_rows_are_lower_and_margins_narrower():
    full, compact = theme.theme("light"), theme.theme("light", compact=True)
    assert (full.row("normal"), compact.row("normal")) == (26, 22)  # 26 × 0.86 = 22.36
    assert (full.margin, compact.margin) == (24, 16)
    assert (full.sidebar, compact.sidebar) == (200, 176)


def test_an_unknown_theme_is_a_fault():
    with pytest.raises(ValueError, match="pink"):
        theme.theme("pink")
