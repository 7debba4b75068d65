"""The lines behind the pinned cell: filtered, grouped, in any order, with exact totals, and a way out of the cell."""

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QMenu, QPushButton

from app.i18n import gettext as _
from app.i18n import ngettext
from app.jobs import Job
from app.wording import formats, terms
from exposures.book import Book
from ui.pages.exposures.ahead import ShownLines
from ui.pages.exposures.book_lines import GROUPS, Lines, Sum
from ui.pages.exposures.columns import columns, words
from ui.pages.exposures.groups import UNSAID, GroupsTable, group_word, key_word
from ui.pages.exposures.survey import Choice
from ui.pages.exposures.totals import foot_text, totals_text
from ui.pages.exposures.views import NameForm, SavedViews, View
from ui.state import State
from ui.tables.arranging import LONG
from ui.tables.filter_box import FilterBox
from ui.tables.long import LongTable
from ui.widgets.card import Card
from ui.widgets.text import label

#: Runs work beside the window: `ask(work, on_success, about=…)`.
Ask = Callable[..., object]


class LinesCard(Card):
    """`cleared` when the cell is to be let go, `told` when the window should say one line, `opened(counterparty)`."""

    cleared = Signal()
    opened = Signal(str)
    told = Signal(str)

    def __init__(self, state: State, ask: Ask) -> None:
        super().__init__()
        self._run = ask
        self._lines: Lines | None = None
        self._currency = "USD"
        self._day = ""
        self._alerts: Mapping[str, str] = {}
        self._within: tuple[str, str | None] | None = None
        self.clear_cell = self.add_link()
        self.clear_cell.clicked.connect(self.cleared)
        self.leave_group = self.add_link()
        self.leave_group.clicked.connect(self._leave_group)
        self.table = LongTable(columns(), title="", name="exposures.lines", state=state)
        self.table.rows.asker = lambda work, done: ask(work, done, about="order")
        self.groups = GroupsTable(state)
        self.groups.hide()
        self.views = SavedViews(state, self.table)
        self.group = QComboBox()
        self.group.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.columns_button, self.views_button = QPushButton(), QPushButton()
        self.filter = FilterBox(self.table)
        for part in (self.group, self.columns_button, self.views_button, self.filter):
            self.corner.addWidget(part)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.groups, 1)
        self._foot = label("caption")
        self._totals = label("strong")
        row = QHBoxLayout()
        row.addWidget(self._foot, 1)
        row.addWidget(self._totals)
        self.body.addLayout(row)
        self.table.rows.shown_changed.connect(self._shown_changed)
        self.table.rows.arranging.connect(self._arranging)
        self.table.chosen.connect(self._add_up)
        self.table.too_many.connect(self._too_many)
        self.table.opened.connect(self._open_line)
        self.groups.opened.connect(self._open_group)
        self.group.activated.connect(self._regroup)
        self.columns_button.clicked.connect(self._offer_columns)
        self.views_button.clicked.connect(self._offer_views)

    # ------------------------------------------------------------------ words and rows

    def retranslate(self) -> None:
        """Set every text anew."""
        self.clear_cell.setText(_("Show all lines"))
        self.leave_group.setText(_("Back to the groups"))
        self.columns_button.setText(_("Columns"))
        self.views_button.setText(_("Views"))
        chosen = self.group.currentData() or ""
        self.group.clear()
        self.group.addItem(_("No grouping"), "")
        for name in GROUPS:
            self.group.addItem(_("By {what}").format(what=group_word(name)), name)
        self.group.setCurrentIndex(max(0, self.group.findData(chosen)))
        self.group.setAccessibleName(_("Group the lines"))
        self.table.setAccessibleName(_("Lines"))
        if self._lines is not None:
            self.show_lines(ShownLines(self._lines, words(self._lines, self._alerts), self._alerts))

    def shows(self, book: Book, choice: Choice, alerts: Mapping[str, str]) -> bool:
        """Whether these lines stand here already."""
        lines = self._lines
        return lines is not None and lines.book is book and lines.choice == choice and self._alerts == alerts

    def show_lines(self, shown: ShownLines) -> None:
        """Show the lines behind a cell."""
        lines = shown.lines
        other = self._lines is not lines
        self._lines, self._alerts = lines, shown.alerts
        self._currency, self._day = lines.book.currency, formats.day(lines.book.reporting_date)
        if other:
            self._within = None
        self.show_content()
        self.clear_cell.setVisible(lines.choice.country is not None or bool(lines.choice.column))
        self.table.rows.load(shown.cells, keys=lines.keys, order=lines.order)
        self._keep_within()
        self.ask(self._heading(lines.choice, lines))
        self._show_groups()

    def _heading(self, choice: Choice, lines: Lines) -> str:
        shown = self.table.rows.total_rows if self._within is None else int(lines.within(*self._within).sum())
        count = ngettext("{lines} line", "{lines} lines", shown).format(lines=formats.number(shown))
        if self._within is not None:
            return _("{group}: {lines}").format(group=self._group_name(*self._within), lines=count)
        values = {
            "country": "" if choice.country is None else terms.country(choice.country),
            "column": terms.instrument(choice.column).lower() if choice.column else "",
            "lines": count,
        }
        if choice.country is not None and choice.column:
            return _("{country}, {column}: {lines}").format(**values)
        if choice.country is not None:
            return _("{country}: {lines}").format(**values)
        return _("All countries and regions: {lines}").format(**values)

    # ------------------------------------------------------------------ totals

    def _shown_changed(self) -> None:
        self._add_up()
        if self.group.currentData() and self._within is None:
            self._show_groups()

    def _add_up(self) -> None:
        """The totals of what is selected, or of everything that is shown; many lines beside the window."""
        if self._lines is None:
            return
        chosen = self.table.places()
        several = len(chosen) > 1
        places = chosen if several else self.table.rows.order
        self._foot.setText(foot_text(self.table.rows, self._currency, self._day))
        work = partial(_added, self._lines, None if len(places) == self.table.rows.total_rows else places)
        show = partial(self._show_totals, several)
        if len(places) > LONG:
            self._totals.setText(_("Adding up…"))
            self._run(work, show, about="totals")
        else:
            show(work(Job()))

    def _show_totals(self, several: bool, total: Sum) -> None:
        self._totals.setText(totals_text(total, several))

    def _arranging(self, under_way: bool) -> None:
        if under_way:
            self._foot.setText(_("Putting the lines in order…"))

    def _too_many(self, count: int) -> None:
        self.told.emit(
            _("{count} lines are too many for the clipboard; select fewer, or export them.").format(
                count=formats.number(count)
            )
        )

    # ------------------------------------------------------------------ groups

    def _regroup(self) -> None:
        self._within = None
        self._keep_within()
        self._show_groups()

    def _show_groups(self) -> None:
        """Show groups where a grouping is chosen and none of them is open, else the lines."""
        name = self.group.currentData() or ""
        grouped = bool(name) and self._within is None
        self.table.setVisible(not grouped)
        self.groups.setVisible(grouped)
        self.columns_button.setEnabled(not grouped)
        self.leave_group.setVisible(bool(name) and self._within is not None)
        if not grouped or self._lines is None:
            return
        rows = self.table.rows
        places = None if rows.rowCount() == rows.total_rows else rows.order
        work = partial(_groups, self._lines, name, places)
        if rows.rowCount() > LONG:
            self._run(work, self._fill_groups, about="groups")
        else:
            self._fill_groups(work(Job()))

    def _fill_groups(self, found: tuple[str, Mapping[str | None, Sum], Mapping[str | None, str | None]]) -> None:
        if found[0] == self.group.currentData():
            self.groups.show_groups(*found)

    def _open_group(self, key: str) -> None:
        self._within = self.group.currentData(), None if key == UNSAID else key
        self._keep_within()
        self._show_groups()
        self.table.setFocus()

    def _leave_group(self) -> None:
        self._within = None
        self._keep_within()
        self._show_groups()
        self.groups.setFocus()

    def _keep_within(self) -> None:
        if self._lines is None:
            return
        self.table.rows.filter_rows(None if self._within is None else self._lines.within(*self._within))
        self.ask(self._heading(self._lines.choice, self._lines))

    def _open_line(self, key: object) -> None:
        """Lead on to who owes a line: its number, or its name where it has none."""
        if self._lines is None:
            return
        owing = self._lines.book.labels("counterparty")
        if (name := owing.key(int(owing.codes[int(str(key))]))) is not None:
            self.opened.emit(name)

    def _group_name(self, name: str, key: str | None) -> str:
        if name == "counterparty" and self._lines is not None:
            return self._lines.book.names().get(key) or key_word(name, key)
        return key_word(name, key)

    # ------------------------------------------------------------------ columns and views

    def _offer_columns(self) -> None:
        menu = QMenu(self)
        chosen = self.table.columns_menu(menu)
        for action in chosen.actions():
            menu.addAction(action)
        menu.addSeparator()
        menu.addMenu(self.table.order_menu(menu))
        menu.addAction(_("Reset columns and order"), self.table.start_over)
        _drop(menu, self.columns_button)

    def _offer_views(self) -> None:
        _drop(self.views_menu(), self.views_button)

    def views_menu(self) -> QMenu:
        """The saved views, to be shown, saved or forgotten."""
        menu = QMenu(self)
        views = self.views.all()
        for view in views:
            menu.addAction(view.name, partial(self.show_view, view))
        menu.addSeparator()
        menu.addAction(_("Save this view…"), self._name_view)
        if views:
            forget = menu.addMenu(_("Delete"))
            for view in views:
                forget.addAction(view.name, partial(self.views.delete, view.name))
        return menu

    def show_view(self, view: View) -> None:
        """Arrange the lines as a view says."""
        self.filter.setText(view.needle)
        self.group.setCurrentIndex(max(0, self.group.findData(view.group)))
        self.table.arrange(view.arrangement)
        self._regroup()

    def _name_view(self) -> None:
        form = NameForm({view.name for view in self.views.all()}, self)
        form.finished.connect(partial(self._view_named, form))
        form.open()

    def _view_named(self, form: NameForm, result: int) -> None:
        if result == QDialog.DialogCode.Accepted and form.name:
            group = self.group.currentData() or ""
            self.views.save(View(form.name, self.table.arrangement, self.filter.text(), group))
            self.told.emit(_("View {name} saved").format(name=form.name))
        form.deleteLater()


def _added(lines: Lines, places: np.ndarray | None, _job: Job) -> Sum:
    return lines.added(places)


def _groups(
    lines: Lines, name: str, places: np.ndarray | None, _job: Job
) -> tuple[str, Mapping[str | None, Sum], Mapping[str | None, str | None]]:
    return name, lines.grouped(name, places), lines.book.names() if name == "counterparty" else {}


def _drop(menu: QMenu, button: QPushButton) -> None:
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
