"""The right-hand side: the inbox, which is the record, and beside it what went out, waits, or did not arrive."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QSizePolicy

from app.i18n import gettext as _
from app.i18n import pgettext
from app.services.notifying import Queued
from app.storage.answers import StoredNotice
from app.storage.outbox import State as Message
from app.wording import answers, formats, letters
from app.wording import notifications as words
from ui.pages.notifications.seen import Seen
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.view import TableView
from ui.widgets.card import Card
from ui.widgets.choice import Segments
from ui.widgets.text import label

_PARTS = ("inbox", "waiting", "dead", "sent")
_STATES = {"waiting": (Message.WAITING,), "dead": (Message.DEAD,), "sent": (Message.SENT, Message.DROPPED)}
_MARKS = {"waiting": "pending", "dead": "critical", "sent": "done", "dropped": "nodata"}


class QueueCard(Card):
    """What was told, and did it arrive? `retried(keys)`, `dropped(key, reason)`, `alert_wanted(id)`."""

    retried = Signal(object)
    dropped = Signal(str, str)
    alert_wanted = Signal(str)

    def __init__(self, state: State) -> None:
        super().__init__()
        self._seen: Seen | None = None
        self.part = Segments(_PARTS, "inbox")
        self.part.chosen.connect(self._show)
        self.table = TableView(
            (
                Column("state", lambda: _("State"), Kind.SEVERITY, detail="word", priority=0),
                Column("what", lambda: _("What was told"), Kind.TWO_LINE, detail="why", note="whole", stretch=1,
                       width=260, priority=1),
                Column("to", lambda: pgettext("message", "For"), Kind.TWO_LINE, detail="channel", note="to", width=130,
                       priority=1),
                Column("at", lambda: _("Told"), quiet=True, priority=1),
            ),
            title="", row="two_line", name="notifications.queue", state=state,
        )  # fmt: skip
        self.retry, self.drop, self.open = QPushButton(), QPushButton(), QPushButton()
        self.reason = QLineEdit()
        self._why = label("caption")
        self._why.setWordWrap(True)
        self._why.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeft)
        row.addWidget(self.retry)
        row.addWidget(self.reason, 1)
        row.addStretch(0)
        row.addWidget(self.drop)
        self.body.addWidget(self.part, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self._why)
        self.body.addLayout(row)
        self.table.selected.connect(self._offer)
        self.table.opened.connect(self._open)
        self.reason.textChanged.connect(self._offer)
        self.retry.clicked.connect(self._retry)
        self.drop.clicked.connect(self._drop)
        self.open.clicked.connect(self._open)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("What was told, and did it arrive?"))
        self.table.setAccessibleName(_("Notices and messages, newest first"))
        self.retry.setText(_("Retry"))
        self.retry.setToolTip(_("Send it again, with the same key"))
        self.drop.setText(_("Drop"))
        self.open.setText(_("Open alert"))
        self.reason.setPlaceholderText(_("Why it need not arrive"))
        self.reason.setAccessibleName(self.reason.placeholderText())
        if self._seen is not None:
            self.show_seen(self._seen)

    def show_seen(self, seen: Seen) -> None:
        """Show the part that is chosen; the chosen row stays chosen."""
        self._seen = seen
        counts = [len(seen.inbox), *(len(seen.of(*_STATES[part])) for part in _PARTS[1:])]
        heads = (_("Inbox {count}"), _("Waiting {count}"), _("Dead letters {count}"), _("Sent {count}"))
        self.part.fill([head.format(count=formats.number(count)) for head, count in zip(heads, counts, strict=True)])
        self._show(self.part.current)

    def choose(self, part: str) -> None:
        """Show one part."""
        self.part.choose(part)
        self._show(part)

    @Slot(str)
    def _show(self, part: str) -> None:
        if self._seen is None:
            return
        kept = self.table.current
        if part == "inbox":
            self._load_inbox(self._seen.inbox, self._seen.titles)
        else:
            self._load_messages(self._seen.of(*_STATES[part]))
        first = self.table.key(0)
        if first is not None and (kept is None or not self.table.select(kept)):
            self.table.select(first)
        self._offer()

    def _load_inbox(self, inbox: tuple[StoredNotice, ...], titles: dict[int, str]) -> None:
        subjects = [
            answers.notice_title(titles.get(one.alert, ""), one.key, silence=one.silence is not None) for one in inbox
        ]
        why = [answers.hidden(one.hidden) or answers.told(one.kind) for one in inbox]
        self.table.rows.load(
            {
                "state": [_severity(one) for one in inbox],
                "word": [_inbox_word(one) for one in inbox],
                "what": subjects,
                "why": why,
                "whole": [f"{title}\n{line}" for title, line in zip(subjects, why, strict=True)],
                "to": [one.recipient or _("everybody") for one in inbox],
                "channel": [_("inbox") for _one in inbox],
                "at": [formats.moment(one.at) for one in inbox],
            },
            keys=[str(one.id) for one in inbox],
        )

    def _load_messages(self, queued: tuple[Queued, ...]) -> None:
        what = [letters.about(one.message.facts, one.message.kind.value) for one in queued]
        why = [_why(one) for one in queued]
        self.table.rows.load(
            {
                "state": [_MARKS[one.message.state.value] for one in queued],
                "word": [words.state(one.message.state.value) for one in queued],
                "what": what,
                "why": why,
                "whole": [f"{title}\n{line}" for title, line in zip(what, why, strict=True)],
                "to": [one.to for one in queued],
                "channel": [words.channel(one.message.channel.value) for one in queued],
                "at": [formats.moment(one.message.at) for one in queued],
            },
            keys=[one.message.key for one in queued],
        )

    # ------------------------------------------------------------------ doing

    @property
    def _message(self) -> Queued | None:
        queue = self._seen.queue if self._seen is not None else ()
        return next((one for one in queue if one.message.key == self.table.current), None)

    @property
    def _notice(self) -> StoredNotice | None:
        inbox = self._seen.inbox if self._seen is not None and self.part.current == "inbox" else ()
        return next((one for one in inbox if str(one.id) == self.table.current), None)

    @Slot()
    def _offer(self, _key: object = None) -> None:
        part, message, notice = self.part.current, self._message, self._notice
        for widget in (self.retry, self.reason, self.drop):
            widget.setVisible(part == "dead")
        self.open.setVisible(part == "inbox")
        self._why.setVisible(part != "inbox" or not self.table.rows.rowCount())
        self.open.setEnabled(notice is not None and bool(notice.alert))
        self.retry.setEnabled(message is not None)
        self.drop.setEnabled(message is not None and bool(self.reason.text().strip()))
        if message is not None:
            self._why.setText(_("Key {key}. {why}").format(key=message.message.key, why=_why(message)))
        elif not self.table.rows.rowCount():
            self._why.setText(_EMPTY[part]())
        else:
            self._why.setText("")

    @Slot()
    def _retry(self) -> None:
        if self._message is not None:
            self.retried.emit([self._message.message.key])

    @Slot()
    def _drop(self) -> None:
        if self._message is not None:
            self.dropped.emit(self._message.message.key, self.reason.text().strip())
            self.reason.clear()

    @Slot()
    def _open(self, _key: object = None) -> None:
        if self._notice is not None and self._notice.alert:
            self.alert_wanted.emit(f"A-{self._notice.alert:04d}")


_EMPTY = {
    "inbox": lambda: _("Nothing was told yet: no alert has fired, risen or ended since the rules watch."),
    "waiting": lambda: _("Nothing waits to go out."),
    "dead": lambda: _("There is no dead letter: nothing was refused for good or failed for too long."),
    "sent": lambda: _("Nothing went out yet."),
}


def _severity(one: StoredNotice) -> str:
    if one.hidden:
        return "nodata"
    if one.kind.value in ("resolved", "steady"):
        return "done"
    return one.severity.value if one.severity is not None else "watch"


def _inbox_word(one: StoredNotice) -> str:
    if one.hidden:
        return _("Not told")
    if one.kind.value in ("resolved", "steady"):
        return _("Over")
    return {"critical": _("Critical"), "warning": _("Warning")}.get(one.severity.value if one.severity else "", "")


def _why(one: Queued) -> str:
    message = one.message
    if one.hold is not None:
        return words.held({"why": one.hold.why, "until": one.hold.until})
    if message.fault:
        return words.fault(message.fault, message.detail)
    if message.sent_at is not None:
        return _("sent {at}").format(at=formats.moment(message.sent_at))
    return _("goes out with the next round")
