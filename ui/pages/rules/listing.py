"""The rules on the left: their lines, and which of them cannot be evaluated."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy

from alerts.rule import Rule
from app.i18n import gettext as _
from app.i18n import ngettext
from app.wording import alerts as words
from app.wording import rules as wording
from app.wording.sentences import sentence
from ui.pages.rules.seen import Seen
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.view import TableView
from ui.widgets.card import Card
from ui.widgets.text import label


class ListCard(Card):
    """What is watched? `chosen(rule id)`."""

    chosen = Signal(object)

    def __init__(self, state: State) -> None:
        super().__init__()
        self._seen: Seen | None = None
        self.table = TableView(
            (
                Column("mark", lambda: "", Kind.TICK, priority=0),
                Column("title", lambda: _("Rule"), Kind.TWO_LINE, detail="says", note="whole", stretch=1, width=215,
                       priority=1),
            ),
            title="",
            row="two_line",
            name="rules.list",
            state=state,
        )  # fmt: skip
        self.body.addWidget(self.table, 1)
        self._lacks = label("caption")
        self._lacks.setWordWrap(True)
        self._lacks.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.body.addWidget(self._lacks)
        self.table.selected.connect(self.chosen)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("What is watched?"))
        self.table.setAccessibleName(_("Rules by id"))
        if self._seen is not None:
            self.show_seen(self._seen)

    def show_seen(self, seen: Seen) -> None:
        """Show the list; the chosen rule stays chosen."""
        self._seen = seen
        kept = self.table.current
        titles = [_("{id}  {title}").format(id=rule.id, title=words.title(rule, {})) for rule in seen.rules]
        says = [self._line(rule) for rule in seen.rules]
        self.table.rows.load(
            {
                "mark": [self._mark(rule) for rule in seen.rules],
                "title": titles,
                "says": says,
                "whole": [f"{title}\n{line}" for title, line in zip(titles, says, strict=True)],
            },
            keys=[rule.id for rule in seen.rules],
        )
        lacking = len(seen.lacks)
        self._lacks.setText(
            ngettext("{n} rule lacks its figures.", "{n} rules lack their figures.", lacking).format(n=lacking)
        )
        self._lacks.setVisible(bool(lacking))
        first = self.table.key(0)
        if (kept is None or not self.table.select(kept)) and (first is None or not self.table.select(first)):
            self.chosen.emit(None)

    def _mark(self, rule: Rule) -> str:
        assert self._seen is not None
        return "nodata" if rule.id in self._seen.lacks or not rule.enabled else "ok"

    def _line(self, rule: Rule) -> str:
        assert self._seen is not None
        if not rule.enabled:
            return _("Switched off")
        lack = self._seen.lacks.get(rule.id)
        return wording.bands(rule) if lack is None else sentence(lack)
