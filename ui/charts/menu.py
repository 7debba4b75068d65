"""What can be done with a chart, in the reader's language: its context menu, also for the keyboard."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox

from app.i18n import gettext as _
from app.liquidity.dated_events import Kind
from app.wording.tracking import event_kind
from ui.charts import events
from ui.charts.modes import Mode, mode_word

if TYPE_CHECKING:
    from ui.charts.chart import Chart


class Exported(Protocol):
    """What can be copied and saved, whatever is drawn."""

    def stem(self) -> str: ...
    def copy_picture(self) -> None: ...
    def copy_data(self) -> None: ...
    def save_picture(self, place: Path) -> None: ...
    def save_svg(self, place: Path) -> None: ...
    def save_data(self, place: Path) -> None: ...
    def save_workbook(self, place: Path) -> None: ...


def basic(drawn: Exported) -> QMenu:
    """Copy and save."""
    made = QMenu(drawn)  # type: ignore[arg-type]
    made.addAction(_("Copy picture"), drawn.copy_picture)
    made.addAction(_("Copy data"), drawn.copy_data)
    made.addSeparator()
    made.addAction(_("Save picture…"), partial(_save_picture, drawn))
    made.addAction(_("Save data…"), partial(_save_data, drawn))
    return made


def build(chart: "Chart") -> QMenu:
    """Copy, save, ways to read, marks, range."""
    made = basic(chart)
    made.addSeparator()
    ways = made.addMenu(_("Show as"))
    for mode in Mode:
        action = _ticked(ways, mode_word(mode), mode is chart.mode)
        action.setEnabled(chart.can_show(mode))
        action.triggered.connect(partial(_choose_mode, chart, mode))
    stacked = any(pane.stacked for pane in chart.panes)
    words = _("First prints beside the latest, as lines") if stacked else _("First prints beside the latest")
    first = _ticked(made, words, chart.shows_first_prints)
    first.setEnabled(chart.has_first_prints)
    if not chart.has_first_prints:
        first.setText(_without_first(chart))
    first.triggered.connect(chart.show_first_prints)
    if chart.kinds:
        marks = made.addMenu(_("Mark"))
        marks.setToolTipsVisible(True)
        for kind in chart.kinds:
            action = _ticked(marks, event_kind(kind), kind in chart.marked)
            action.setToolTip(events.told(Kind(kind)))
            action.triggered.connect(partial(chart.mark, kind))
    made.addSeparator()
    made.addAction(_("Zoom in"), partial(chart.zoom, 0.5))
    made.addAction(_("Zoom out"), partial(chart.zoom, 2.0))
    made.addAction(_("Show everything"), partial(chart.choose, "all"))
    return made


def _without_first(chart: "Chart") -> str:
    """Why there are no first prints to draw beside the latest."""
    return {
        "simulated": _("First prints: a simulated path has none"),
        "computed": _("First prints: a figure computed from several has none of its own"),
        "as_known": _("First prints: all values are shown as they were known then"),
    }.get(chart.unrevised, _("First prints: nothing here was ever revised"))


def _ticked(menu: QMenu, text: str, on: bool) -> QAction:
    action = menu.addAction(text)
    action.setCheckable(True)
    action.setChecked(on)
    return action


def _choose_mode(chart: "Chart", mode: Mode, _on: bool) -> None:
    chart.show_as(mode)


def _save_picture(chart: Exported) -> None:
    kinds = {"PNG (*.png)": (".png", chart.save_picture), "SVG (*.svg)": (".svg", chart.save_svg)}
    _save(chart, _("Save picture"), kinds)


def _save_data(chart: Exported) -> None:
    kinds = {"CSV (*.csv)": (".csv", chart.save_data), "Excel (*.xlsx)": (".xlsx", chart.save_workbook)}
    _save(chart, _("Save data"), kinds)


def _save(chart: Exported, title: str, kinds: dict) -> None:
    """Ask where and in which format; the file's ending decides, else the format chosen."""
    first = next(iter(kinds.values()))[0]
    chosen, kind = QFileDialog.getSaveFileName(chart, title, chart.stem() + first, ";;".join(kinds))
    if not chosen:
        return
    place = Path(chosen)
    by_ending = dict(kinds.values())
    ending, save = kinds.get(kind, next(iter(kinds.values())))
    if place.suffix.lower() in by_ending:
        save = by_ending[place.suffix.lower()]
    else:
        place = place.with_name(place.name + ending)
    try:
        save(place)
    except OSError as error:
        QMessageBox.warning(
            chart,
            title,
            _(
                "{file} could not be written: {reason}. Choose another folder, or close the file where it is open."
            ).format(file=place.name, reason=error.strerror or str(error)),
        )
