"""The row above the matrix: which book, whose, on which basis and by which measure."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from app.i18n import gettext as _
from app.storage.books import Batch
from app.wording import formats
from exposures.book import Basis, Measure
from ui.pages.exposures.survey import Choice, Shown
from ui.widgets.choice import Segments
from ui.widgets.text import label


class ToolBar(QWidget):
    """`chosen(Choice)` tells what is to be looked at from now on; the cell that is pinned stays."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._choice = Choice()
        self._shown: Shown | None = None
        self._words: list[QLabel] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        self.books, self.entities = QComboBox(), QComboBox()
        self.basis = Segments([basis.value for basis in Basis], Basis.GUARANTOR.value)
        self.measure = Segments([measure.value for measure in Measure], Measure.DRAWN_UNDRAWN.value)
        for part in (self.books, self.entities):
            word = label("label")
            self._words.append(word)
            row.addWidget(word)
            row.addWidget(part)
            part.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        row.addWidget(self.basis)
        row.addWidget(self.measure)
        row.addStretch(1)
        self._unit = label("small")
        self._sample = label("sample")
        row.addWidget(self._unit)
        row.addWidget(self._sample, 0, Qt.AlignmentFlag.AlignVCenter)
        self.books.activated.connect(self._choose)
        self.entities.activated.connect(self._choose)
        self.basis.chosen.connect(self._choose)
        self.measure.chosen.connect(self._choose)

    def retranslate(self, sample: bool) -> None:
        """Set every text anew."""
        for word, text in zip(self._words, (_("Book"), _("Booked in")), strict=True):
            word.setText(text)
        self.books.setAccessibleName(_("Book"))
        self.entities.setAccessibleName(_("Booked in"))
        self.basis.fill([basis_word(basis) for basis in Basis])
        self.measure.fill([measure_word(measure) for measure in Measure])
        self._sample.setText(_("SAMPLE"))
        self._sample.setVisible(sample)
        if self._shown is not None:
            self.fill(self._shown, self._choice)

    def fill(self, shown: Shown, choice: Choice) -> None:
        """Offer the books and entities there are; `choice` is the one that is looked at."""
        self._shown, self._choice = shown, choice
        exposures = shown.exposures
        if exposures is None:
            return
        self._unit.setText(_("{currency} m").format(currency=formats.currency(exposures.book.currency)))
        self.offer_books(shown.batches, exposures.batch.id)
        self.entities.clear()
        self.entities.addItem(_("All entities"), None)
        for entity in exposures.entities:
            self.entities.addItem(entity, entity)
        self.entities.setCurrentIndex(max(0, self.entities.findData(choice.entity)))
        self.entities.setEnabled(bool(exposures.entities))

    def offer_books(self, batches: Sequence[Batch], chosen: int) -> None:
        """Offer the books, newest first, and choose one of them."""
        self.books.clear()
        for batch in batches:
            text = _("{day}, batch {batch}").format(day=formats.day(batch.reporting_date), batch=batch.id)
            self.books.addItem(text, batch.id)
        self.books.setCurrentIndex(self.books.findData(chosen))

    @Slot()
    def _choose(self) -> None:
        self._choice = replace(
            self._choice,
            batch=self.books.currentData(),
            entity=self.entities.currentData(),
            basis=Basis(self.basis.current),
            measure=Measure(self.measure.current),
        )
        self.chosen.emit(self._choice)


def basis_word(basis: Basis) -> str:
    """A basis as a choice."""
    return _("Immediate counterparty") if basis is Basis.IMMEDIATE else _("Guarantor")


def measure_word(measure: Measure) -> str:
    """A measure as a choice."""
    return {
        Measure.DRAWN: _("Drawn"),
        Measure.DRAWN_UNDRAWN: _("Drawn + undrawn"),
        Measure.WITH_PENDING: _("With pending"),
    }[measure]
