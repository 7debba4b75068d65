"""Notifications: whether people can be reached, who is told when, the inbox, and what did not arrive."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Slot

from alerts.finding import Finding
from alerts.notices import Silence
from app.bootstrap import Program
from app.events import AlertsChanged, BookChanged, Event, NoticesChanged
from app.i18n import gettext as _
from app.jobs import Job
from app.storage.outbox import Channel, Reader
from app.wording import answers
from app.wording import notifications as words
from app.wording.sentences import sentence
from ui.pages.notifications.channels import ChannelsCard, ReadersCard
from ui.pages.notifications.dialogs import ChannelForm, ReaderForm
from ui.pages.notifications.queue import QueueCard
from ui.pages.notifications.seen import Seen, fetch
from ui.pages.notifications.silences import SilencesCard
from ui.pages.page import Context, Page
from ui.tasks import Lane


class NotificationsPage(Page):
    """Channels and persons at the left, the inbox and the queue at the right."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._seen: Seen | None = None
        self.form: ChannelForm | ReaderForm | None = None
        self.send = self.button()
        self.send.clicked.connect(self._deliver)
        self.channels, self.readers = ChannelsCard(context.state), ReadersCard(context.state)
        self.silences, self.queue = SilencesCard(context.state), QueueCard(context.state)
        grid = self.columns()
        grid.addWidget(self.channels, 0, 0, 1, 5)
        grid.addWidget(self.readers, 1, 0, 2, 5)
        grid.addWidget(self.queue, 0, 5, 2, 7)
        grid.addWidget(self.silences, 2, 5, 1, 7)
        grid.setRowStretch(1, 3)
        grid.setRowStretch(2, 1)
        self.channels.set_up_wanted.connect(self._set_up)
        self.channels.test_wanted.connect(self._test)
        self.readers.edit_wanted.connect(self._edit)
        self.silences.ended.connect(self._end_silence)
        self.queue.retried.connect(self._retry)
        self.queue.dropped.connect(self._drop)
        self.queue.alert_wanted.connect(self._open_alert)
        self.guard(self.channels.set_up, "setting.put", "setting.clear", "secret.keep")
        self.guard(self.channels.test, "notifications.test")
        for button in (self.readers.edit, self.readers.mine):
            self.guard(button, "reader.set")
        self.guard(self.silences.end, "silence.end")
        self.guard(self.queue.retry, "outbox.retry")
        self.guard(self.queue.drop, "outbox.drop")

    # ------------------------------------------------------------------ the page protocol

    def retranslate(self) -> None:
        """Set every text anew."""
        self.header.title.setText(_("Notifications"))
        self.send.setText(_("Send what is due"))
        self.send.setToolTip(_("It goes out by itself while the program runs; this only does it now"))
        for card in (self.channels, self.readers, self.silences, self.queue):
            card.mark_sample(self.context.sample)
            card.retranslate()

    def refresh(self, event: Event | None = None) -> None:
        """Ask again when somebody was told, a message moved, or a setting changed."""
        if event is None or isinstance(event, NoticesChanged | AlertsChanged | BookChanged):
            self.ask(partial(fetch, self.context.program), self._show, self._failed, about="notifications")

    def show_target(self, **what: Any) -> None:
        """Show one part of the right-hand side (`part="dead"`)."""
        if "part" in what:
            self.queue.choose(str(what["part"]))
        self.queue.table.setFocus()

    def _show(self, seen: Seen) -> None:
        self._seen = seen
        self.queue.clear_error()
        self.channels.show_seen(seen)
        self.readers.show_seen(seen)
        self.silences.show_seen(seen)
        self.queue.show_seen(seen)

    def _failed(self, error: Exception) -> None:
        self.queue.show_error(error, (_("Try again"), self.refresh))

    # ------------------------------------------------------------------ channels

    @Slot(str)
    def _set_up(self, channel: str) -> None:
        if self._seen is None:
            return
        wanted = Channel(channel)
        kept = any(one.channel is wanted and one.secret is not None for one in self._seen.standing.channels)
        form = ChannelForm(wanted, self._seen.settings, kept=kept, parent=self)
        form.wanted.connect(partial(self._keep, wanted))
        self._open(form)

    def _keep(self, channel: Channel, settings: Mapping[str, str], secret: str) -> None:
        work = partial(_keep, self.context.program, channel, settings, secret)
        self.ask(work, partial(self._saved, words.channel(channel.value)), self._refused, lane=Lane.WRITE)

    @Slot(str)
    def _test(self, channel: str) -> None:
        self.channels.testing(busy=True)
        work = partial(_test, self.context.program, Channel(channel))
        self.ask(work, self._tested, self._not_tested, lane=Lane.NETWORK)

    def _tested(self, found: Finding) -> None:
        self.channels.testing(busy=False)
        self.channels.clear_error()
        self.context.done(sentence(found))

    def _not_tested(self, error: Exception) -> None:
        self.channels.testing(busy=False)
        self.channels.show_error(error)

    # ------------------------------------------------------------------ persons

    @Slot(str)
    def _edit(self, person: str) -> None:
        if self._seen is None:
            return
        known = {one.person: (one, name) for one, name in self._seen.standing.readers}
        reader, name = known.get(person, (self._seen.me, self._seen.me.person))
        zone = reader.quiet.zone if reader.quiet is not None else "Asia/Shanghai"
        form = ReaderForm(reader, name, zone, self)
        form.wanted.connect(self._set_reader)
        self._open(form)

    @Slot(object)
    def _set_reader(self, reader: Reader) -> None:
        work = partial(_set_reader, self.context.program, reader)
        self.ask(work, partial(self._saved, reader.person), self._refused, lane=Lane.WRITE)

    # ------------------------------------------------------------------ forms

    def _open(self, form: ChannelForm | ReaderForm) -> None:
        self.form = form
        form.finished.connect(form.deleteLater)
        form.open()

    def _saved(self, what: str, _nothing: object) -> None:
        if self.form is not None:
            self.form.accept()
            self.form = None
        self.context.done(_("{what}: saved").format(what=what))
        self.refresh(None)

    def _refused(self, error: Exception) -> None:
        if self.form is not None:
            self.form.refuse(error)
        else:
            self.context.failed(error)

    @Slot(int, str)
    def _end_silence(self, number: int, reason: str) -> None:
        work = partial(_end_silence, self.context.program, number, reason)
        self.ask(work, self._silence_ended, lane=Lane.WRITE)

    def _silence_ended(self, silence: Silence) -> None:
        self.context.done(answers.silence(silence))

    # ------------------------------------------------------------------ the queue

    @Slot(object)
    def _retry(self, keys: list[str]) -> None:
        self.ask(partial(_retry, self.context.program, keys), self._retried, lane=Lane.WRITE)

    def _retried(self, _nothing: None) -> None:
        self.context.done(_("It goes out again with the next round"))
        self.refresh(None)

    @Slot(str, str)
    def _drop(self, key: str, reason: str) -> None:
        self.ask(partial(_drop, self.context.program, key, reason), self._dropped, lane=Lane.WRITE)

    def _dropped(self, _nothing: None) -> None:
        self.context.done(_("The dead letter is dropped; it stays on record"))
        self.refresh(None)

    @Slot()
    def _deliver(self) -> None:
        self.send.setEnabled(False)
        self.ask(partial(_deliver, self.context.program), self._delivered, self._not_delivered, lane=Lane.NETWORK)

    def _delivered(self, count: int) -> None:
        self.send.setEnabled(True)
        self.context.done(words.delivered(count))
        self.refresh(None)

    def _not_delivered(self, error: Exception) -> None:
        self.send.setEnabled(True)
        self.context.failed(error)

    @Slot(str)
    def _open_alert(self, alert: str) -> None:
        self.context.open("alerts", alert=alert)


def _keep(program: Program, channel: Channel, settings: Mapping[str, str], secret: str, _job: Job) -> None:
    for key, text in settings.items():
        program.configuring.set(key, text) if text else program.configuring.reset(key)
    if secret:
        program.notifying.keep_secret(channel, secret)


def _test(program: Program, channel: Channel, _job: Job) -> Finding:
    return program.notifying.test(channel)


def _set_reader(program: Program, reader: Reader, _job: Job) -> Reader:
    return program.subscribing.set_reader(reader)


def _end_silence(program: Program, number: int, reason: str, _job: Job) -> Silence:
    return program.answering.end_silence(number, reason)


def _retry(program: Program, keys: list[str], _job: Job) -> None:
    for key in keys:
        program.notifying.retry(key)


def _drop(program: Program, key: str, reason: str, _job: Job) -> None:
    program.notifying.drop(key, reason)


def _deliver(program: Program, _job: Job) -> int:
    return program.notifying.deliver()
