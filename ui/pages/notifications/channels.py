"""The left-hand side: the channels with their state, and the people they lead to."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from app.i18n import gettext as _
from app.services.notifying import ChannelStanding
from app.storage.outbox import Channel, Reader
from app.wording import formats
from app.wording import notifications as words
from app.wording.sentences import sentence
from ui.pages.notifications.seen import Seen
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.view import TableView
from ui.widgets.card import Card

_MARKS = {"off": "nodata", "ok": "ok", "waiting": "pending", "failing": "critical"}


class ChannelsCard(Card):
    """Can people be reached? `set_up_wanted(channel)`, `test_wanted(channel)`."""

    set_up_wanted = Signal(str)
    test_wanted = Signal(str)

    def __init__(self, state: State) -> None:
        super().__init__()
        self._seen: Seen | None = None
        self.table = TableView(
            (
                Column("state", lambda: _("Channel"), Kind.SEVERITY, detail="name", priority=0),
                Column("says", lambda: _("State"), Kind.TWO_LINE, detail="where", note="whole", stretch=1, width=150,
                       priority=1),
                Column("last", lambda: _("Last sent"), quiet=True, priority=2),
            ),
            title="", row="two_line", whole=True, name="notifications.channels", state=state,
        )  # fmt: skip
        self.set_up, self.test = QPushButton(), QPushButton()
        for button in (self.set_up, self.test):
            button.setProperty("k", "small")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.set_up)
        row.addWidget(self.test)
        row.addStretch(1)
        self.body.addWidget(self.table)
        self.body.addLayout(row)
        self.body.addStretch(1)
        self.set_up.clicked.connect(self._set_up)
        self.test.clicked.connect(self._test)
        self.table.selected.connect(self._offer)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("Can people be reached?"))
        self.table.setAccessibleName(_("Channels"))
        self.set_up.setText(_("Set up…"))
        self.test.setText(_("Send a test"))
        self.test.setToolTip(_("One message that says it is a test; mail goes to your own address"))
        self.add_note(_("The inbox is the record. Mail and webhook only call attention to it."))
        if self._seen is not None:
            self.show_seen(self._seen)

    def show_seen(self, seen: Seen) -> None:
        """Show every channel; the chosen one stays chosen."""
        self._seen = seen
        channels = seen.standing.channels
        self.say(sentence(seen.standing.finding))
        kept = self.table.current
        self.table.rows.load(
            {
                "state": [_MARKS[one.state] for one in channels],
                "name": [words.channel(one.channel.value) for one in channels],
                "says": [words.standing(one.state) for one in channels],
                "where": [_where(one) for one in channels],
                "whole": [words.fault(one.fault, one.detail) if one.fault else one.where for one in channels],
                "last": [formats.moment(one.last) if one.last is not None else "" for one in channels],
            },
            keys=[one.channel.value for one in channels],
        )
        if kept is None or not self.table.select(kept):
            self.table.select(channels[0].channel.value)
        self._offer()

    def testing(self, *, busy: bool) -> None:
        """A test is under way, or over."""
        self.test.setEnabled(not busy)
        if not busy:
            self._offer()

    @property
    def _chosen(self) -> ChannelStanding | None:
        channels = self._seen.standing.channels if self._seen is not None else ()
        return next((one for one in channels if one.channel.value == self.table.current), None)

    @Slot()
    def _offer(self, _key: object = None) -> None:
        chosen = self._chosen
        self.test.setEnabled(chosen is not None and chosen.state != "off")

    @Slot()
    def _set_up(self) -> None:
        if self._chosen is not None:
            self.set_up_wanted.emit(self._chosen.channel.value)

    @Slot()
    def _test(self) -> None:
        if self._chosen is not None:
            self.test_wanted.emit(self._chosen.channel.value)


class ReadersCard(Card):
    """Who is told, and when not? `edit_wanted(person)`; an empty text: somebody new."""

    edit_wanted = Signal(str)

    def __init__(self, state: State) -> None:
        super().__init__()
        self._seen: Seen | None = None
        self.table = TableView(
            (
                Column("name", lambda: _("Person"), Kind.TWO_LINE, detail="email", note="email", stretch=1, width=120,
                       strong=True, priority=0),
                Column("hears", lambda: _("Is told"), Kind.TWO_LINE, detail="quiet", note="whole", stretch=1, width=130,
                       priority=1),
            ),
            title="", row="two_line", name="notifications.readers", state=state,
        )  # fmt: skip
        self.edit, self.mine = QPushButton(), QPushButton()
        for button in (self.edit, self.mine):
            button.setProperty("k", "small")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.edit)
        row.addWidget(self.mine)
        row.addStretch(1)
        self.body.addWidget(self.table, 1)
        self.body.addLayout(row)
        self.edit.clicked.connect(self._edit)
        self.mine.clicked.connect(self._edit_mine)
        self.table.opened.connect(self._edit)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("Who is told, and when not?"))
        self.table.setAccessibleName(_("Persons who are told"))
        self.edit.setText(_("Change…"))
        self.mine.setText(_("My own…"))
        if self._seen is not None:
            self.show_seen(self._seen)

    def show_seen(self, seen: Seen) -> None:
        """Show everybody; the chosen one stays chosen."""
        self._seen = seen
        readers = seen.standing.readers
        if readers:
            self.show_content()
        else:
            self.show_empty(
                "alerts",
                _("Nobody has an address yet"),
                _("Say how you are reached; others do so for themselves."),
                (_("My own…"), self._edit_mine),
            )
        kept = self.table.current
        self.table.rows.load(
            {
                "name": [name for _one, name in readers],
                "email": [one.email or _("no address") for one, _name in readers],
                "hears": [_hears(one) for one, _name in readers],
                "quiet": [_quiet(one) for one, _name in readers],
                "whole": [_whole(one) for one, _name in readers],
            },
            keys=[one.person for one, _name in readers],
        )
        if readers and (kept is None or not self.table.select(kept)):
            self.table.select(readers[0][0].person)
        self.edit.setEnabled(bool(readers))

    @Slot()
    def _edit(self, _key: object = None) -> None:
        if self.table.current is not None:
            self.edit_wanted.emit(str(self.table.current))

    @Slot()
    def _edit_mine(self) -> None:
        if self._seen is not None:
            self.edit_wanted.emit(self._seen.me.person)


def _where(one: ChannelStanding) -> str:
    if one.state == "off":
        return _("no mail is sent") if one.channel is Channel.MAIL else _("nothing is posted")
    if one.dead or one.waiting:
        return words.backlog(one.waiting, one.dead)
    return one.where


def _hears(one: Reader) -> str:
    families = _(", ").join(words.family(name) for name in one.families) if one.families else _("all families")
    return _("{families}; critical only").format(families=families) if one.least.value == "critical" else families


def _whole(one: Reader) -> str:
    if one.quiet is None:
        return _hears(one)
    hours = f"{one.quiet.start:%H:%M}-{one.quiet.end:%H:%M}"
    return f"{_hears(one)}\n{words.quiet(hours, one.quiet.zone, breaks=one.critical_breaks)}"


def _quiet(one: Reader) -> str:
    if one.quiet is None:
        return _("at any hour")
    text = _("quiet {start}–{end}, not for critical") if one.critical_breaks else _("quiet {start}–{end}")
    return text.format(start=f"{one.quiet.start:%H:%M}", end=f"{one.quiet.end:%H:%M}")
