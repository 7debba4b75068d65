"""The left-hand side: every copy that is kept, when and why it was made, and whether it is still whole."""

from PySide6.QtCore import Signal

from app.i18n import gettext as _
from app.services.backing_up import DAYS, MONTHS, OTHERS, WEEKS
from app.services.keeping import Copies, Copy
from app.wording import backup as words
from app.wording import formats
from app.wording.sentences import refusal, sentence
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.view import TableView
from ui.widgets.card import Card
from ui.widgets.notice import ProgressStrip


class CopiesCard(Card):
    """What could be brought back? `chosen(Copy)`; work under way stands above the table with its Cancel."""

    chosen = Signal(object)

    def __init__(self, state: State) -> None:
        super().__init__()
        self._copies: Copies | None = None
        self.work = ProgressStrip()
        self.work.hide()
        self.table = TableView(
            (
                Column("made", lambda: _("Made"), note="file", strong=True, priority=0),
                Column("state", lambda: _("State"), Kind.SEVERITY, detail="word", note="fault", priority=0),
                Column("why", lambda: _("Why"), stretch=1, width=140, priority=1),
                Column("size", lambda: _("Size"), quiet=True, priority=1),
                Column("rows", lambda: _("Rows"), Kind.NUMBER, priority=2),
                Column("program", lambda: _("Tidewatch"), quiet=True, priority=3),
            ),
            title="", name="backups.copies", state=state,
        )  # fmt: skip
        self.layout().insertWidget(2, self.work)  # type: ignore[union-attr]
        self.body.addWidget(self.table, 1)
        self.table.selected.connect(self._choose)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("What could be brought back?"))
        self.table.setAccessibleName(_("Copies of the workspace"))
        self.work.retranslate()
        self.add_note(words.rule_of_keeping(DAYS, WEEKS, MONTHS, OTHERS))
        if self._copies is not None:
            self.show_copies(self._copies)

    def show_copies(self, found: Copies) -> None:
        """Show the copies, newest first; the chosen one stays chosen."""
        self._copies = found
        self.say(sentence(found.finding))
        kept = self.table.current
        faults = [None if one.fault is None else one.fault.code for one in found.copies]
        self.table.rows.load(
            {
                "made": [formats.dated_moment(one.kept.made_at) for one in found.copies],
                "file": [str(one.kept.file) for one in found.copies],
                "state": [words.state(fault)[0] for fault in faults],
                "word": [words.state(fault)[1] for fault in faults],
                "fault": ["" if one.fault is None else formats.together(refusal(one.fault)) for one in found.copies],
                "why": [words.reason(one.kept.reason) for one in found.copies],
                "size": [words.size(one.kept.size) for one in found.copies],
                "rows": [None if one.manifest is None else sum(one.manifest.rows.values()) for one in found.copies],
                "program": [None if one.manifest is None else one.manifest.program for one in found.copies],
            },
            keys=[one.kept.file.name for one in found.copies],
        )
        if found.copies and (kept is None or not self.table.select(kept)):
            self.table.select(found.copies[0].kept.file.name)

    @property
    def current(self) -> Copy | None:
        """The copy that is chosen."""
        copies = () if self._copies is None else self._copies.copies
        return next((one for one in copies if one.kept.file.name == self.table.current), None)

    def _choose(self, _name: object) -> None:
        self.chosen.emit(self.current)
