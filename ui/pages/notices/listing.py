"""The left-hand side: notices as they stand, and items of which nobody was told yet."""

from PySide6.QtCore import Qt, Signal, Slot

from app.i18n import gettext as _
from app.i18n import pgettext
from app.services.noticing import Stage, Standing, finding
from app.wording import formats, reviews, terms
from app.wording import noticing as words
from app.wording.sentences import sentence
from exposures.reviews.item import ReviewItem
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.view import TableView
from ui.widgets.card import Card
from ui.widgets.choice import Segments

_PARTS = ("open", "without", "all")
_MARKS = {
    Stage.DRAFTED: "pending",
    Stage.RETURNED: "nodata",
    Stage.APPROVED: "now",
    Stage.UNDELIVERED: "critical",
    Stage.OUT: "watch",
    Stage.OVERDUE: "warning",
    Stage.ACKNOWLEDGED: "ok",
    Stage.REPLIED: "done",
}
_OVER = (Stage.REPLIED, Stage.RETURNED)


class NoticesCard(Card):
    """Who is told, and who answered? `chosen(key)`: a notice's number, or an item's id."""

    chosen = Signal(object)

    def __init__(self, state: State) -> None:
        super().__init__()
        self._notices: tuple[Standing, ...] = ()
        self._items: tuple[ReviewItem, ...] = ()
        self._known = False
        self.texts = self.add_link()
        self.part = Segments(_PARTS, "open")
        self.part.chosen.connect(self._show)
        self.table = TableView(
            (
                Column("state", lambda: _("State"), Kind.SEVERITY, detail="word", priority=0),
                Column("who", lambda: pgettext("notice", "To"), Kind.TWO_LINE, detail="about", note="whole", stretch=1,
                       width=150, priority=1),
                Column("due", lambda: _("Due"), Kind.DATE, short_date=True, quiet=True, priority=1),
            ),
            title="", row="two_line", name="notices.list", state=state,
        )  # fmt: skip
        self.body.addWidget(self.part, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.table, 1)
        self.table.selected.connect(self.chosen)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("Who is told, and who answered?"))
        self.texts.setText(_("Texts…"))
        self.texts.setToolTip(_("What notices say, in both languages"))
        self.table.setAccessibleName(_("Notices, newest first"))
        if self._known:
            self.show_notices(self._notices, self._items)

    def show_notices(self, notices: tuple[Standing, ...], items: tuple[ReviewItem, ...]) -> None:
        """Show both; the chosen row stays chosen."""
        self._notices, self._items, self._known = notices, items, True
        self.say(sentence(finding(notices)))
        open_ = sum(one.stage not in _OVER for one in notices)
        heads = (_("Open {count}"), _("Without {count}"), _("All {count}"))
        counts = (open_, len(items), len(notices))
        self.part.fill([head.format(count=formats.number(count)) for head, count in zip(heads, counts, strict=True)])
        if self.part.current == "open" and not open_ and items and self.table.current is None:
            self.part.choose("without")
        self._show(self.part.current)

    def choose(self, key: str) -> None:
        """Choose a notice or an item, whatever part it stands in."""
        if self.table.select(key):
            return
        part = "without" if any(one.id == key for one in self._items) else "all"
        self.part.choose(part)
        self._show(part)
        self.table.select(key)

    @Slot(str)
    def _show(self, part: str) -> None:
        kept = self.table.current
        if part == "without":
            self._load_items()
        else:
            self._load([one for one in self._notices if part == "all" or one.stage not in _OVER])
        first = self.table.key(0)
        if first is None:
            self.chosen.emit(None)
        elif kept is None or not self.table.select(kept):
            self.table.select(first)

    def _load(self, shown: list[Standing]) -> None:
        about = [_about(one.notice.list_id, one.notice.country) for one in shown]
        self.table.rows.load(
            {
                "state": [_MARKS[one.stage] for one in shown],
                "word": [words.stage(one.stage.value) for one in shown],
                "who": [one.notice.addressee for one in shown],
                "about": about,
                "whole": [f"{one.notice.number} {one.notice.heading}" for one in shown],
                "due": [one.due for one in shown],
            },
            keys=[one.notice.number for one in shown],
        )

    def _load_items(self) -> None:
        shown = self._items
        about = [_about(one.proposal.key.list_id, one.proposal.key.country) for one in shown]
        self.table.rows.load(
            {
                "state": ["todo" for _one in shown],
                "word": [_("No notice") for _one in shown],
                "who": [one.proposal.name for one in shown],
                "about": about,
                "whole": [f"{one.id} {one.proposal.name}" for one in shown],
                "due": [one.due for one in shown],
            },
            keys=[one.id for one in shown],
        )


def _about(list_id: str, country: str) -> str:
    return _("{list}, {country}").format(list=reviews.list_name(list_id), country=terms.country(country))
