"""Reading a filled-in list workbook back: what it would change, conflicts side by side, then all of it or nothing."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.i18n import gettext as _
from app.i18n import ngettext
from app.jobs import Job
from app.services.merging import Merge, Taken
from app.wording import filling as words
from app.wording import formats
from app.wording import reviews as terms
from exposures.reviews.merging import Merged, Side
from ui.pages.page import Context, Page
from ui.tables.column import Column
from ui.tables.view import TableView
from ui.tasks import Lane
from ui.widgets.choice import Segments
from ui.widgets.text import label


class MergeForm(QDialog):
    """What a workbook would change. `wanted(side)` once it is to be taken: whose value counts in conflicts."""

    wanted = Signal(object)

    def __init__(self, plan: Merge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Read back {file}").format(file=plan.file))
        self.table = TableView(
            (
                Column("item", lambda: _("Item"), priority=0),
                Column("subject", lambda: _("Subject"), stretch=1, width=120, priority=1, note="subject"),
                Column("field", lambda: _("What"), priority=0),
                Column("base", lambda: _("Exported"), priority=2, fades=True),
                Column("here", lambda: _("Here"), priority=0, fades=True),
                Column("there", lambda: _("In the workbook"), stretch=1, width=120, priority=0, note="there"),
                Column("state", lambda: _("Then"), stretch=1, width=120, priority=0, tone="tone", note="state"),
            ),
            title=_("What the workbook changes"),
            row="dense",
            name="reviews.readback",
        )
        self.table.setMinimumSize(860, 260)
        self.side = Segments([side.value for side in Side], Side.PROGRAM.value)
        self.side.fill([_("Keep ours"), _("Take the workbook's")])
        self._which = label("label", _("Changed on both sides"))
        self.take_button, close = QPushButton(_("Take it over")), QPushButton(_("Take nothing"))
        self.take_button.setProperty("k", "primary")
        usable = any(not one.refused for one in plan.found)
        self.take_button.setEnabled(usable)
        for part in (self.side, self._which):
            part.setVisible(bool(plan.conflicts))
        self.take_button.clicked.connect(self._take)
        close.clicked.connect(self.reject)
        self._load(plan.found)
        foot = QHBoxLayout()
        for part in (self._which, self.side):
            foot.addWidget(part)
        foot.addStretch(1)
        foot.addWidget(close)
        foot.addWidget(self.take_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        answer = label("headline", words.answer(plan.rows, plan.found))
        answer.setWordWrap(True)
        column.addWidget(answer)
        said = _("Nothing is stored yet. It is taken in one step and can be taken back as one.")
        column.addWidget(label("small", said))
        column.addWidget(self.table, 1)
        column.addLayout(foot)

    def _load(self, found: tuple[Merged, ...]) -> None:
        rows: list[tuple[str, ...]] = []
        for one in found:
            name = terms.item_name(one.item.proposal.name, one.item.proposal.key)
            if one.refused:
                rows.append((one.item.id, name, "", "", "", "", words.why_not(one.refused), "critical"))
                continue
            for fields, said, tone in (
                (one.changes, _("Is taken"), ""), (one.conflicts, _("Changed on both sides"), "warning"),
            ):  # fmt: skip
                for field in fields:
                    values = (words.value(field.name, text) for text in (field.base, field.program, field.workbook))
                    rows.append((one.item.id, name, words.field(field.name), *values, said, tone))
            if one.comment:
                rows.append((one.item.id, name, _("Comment"), "", "", one.comment, _("Is added"), ""))
        names = ("item", "subject", "field", "base", "here", "there", "state", "tone")
        self.table.rows.load(
            {name: [row[place] for row in rows] for place, name in enumerate(names)}, keys=list(range(len(rows)))
        )

    @Slot()
    def _take(self) -> None:
        self.wanted.emit(Side(self.side.current))
        self.accept()


class ReadBack:
    """The page's button, and what follows when it is pressed."""

    def __init__(self, page: Page, context: Context) -> None:
        self._page, self._context = page, context
        self.button = page.button()
        self.button.clicked.connect(self.choose)
        page.guard(self.button, "reviews.take_workbook")
        self.form: MergeForm | None = None

    def retranslate(self) -> None:
        """Set every text anew."""
        self.button.setText(_("Read back"))
        self.button.setToolTip(_("Take over what owners filled into an exported workbook"))

    def choose(self) -> None:
        """Ask which workbook."""
        place, _kind = QFileDialog.getOpenFileName(
            self._page, _("Read back a filled-in workbook"), "", _("Excel workbook (*.xlsx)")
        )
        if place:
            self.read(Path(place))

    def read(self, path: Path) -> None:
        """Show what a workbook would change."""

        def look(job: Job) -> Merge:
            return self._context.program.merging.preview(path, job)

        self._page.ask(look, partial(self._show, path))

    def _show(self, path: Path, plan: Merge) -> None:
        self.form = MergeForm(plan, self._page)
        self.form.wanted.connect(partial(self._take, path))
        self.form.finished.connect(self.form.deleteLater)
        self.form.open()

    def _take(self, path: Path, side: Side) -> None:
        def take(job: Job) -> Taken:
            return self._context.program.merging.take(path, side, job=job)

        self._page.ask(take, self._taken, lane=Lane.WRITE)

    def _taken(self, done: Taken) -> None:
        n = len(done.items)
        text = ngettext("{n} item changed from {file}", "{n} items changed from {file}", n)
        self._context.done(text.format(n=formats.number(n), file=done.file), _("Undo"), self._undo)

    def _undo(self) -> None:
        def undo(_job: Job) -> Taken:
            return self._context.program.merging.undo()

        self._page.ask(undo, self._undone, lane=Lane.WRITE)

    def _undone(self, done: Taken) -> None:
        self._context.done(_("What {file} changed is taken back").format(file=done.file))
