"""The card "What must I do today?": one line a duty, then what was done and what comes out next."""

from functools import partial

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.bootstrap import Program
from app.i18n import gettext as _
from app.i18n import ngettext, pgettext
from app.jobs import Job
from app.services.attending import Done, Duty, Kind, Today
from app.wording import alerts as alert_words
from app.wording import formats
from app.wording.sentences import refusal, sentence
from ui import theme
from ui.pages.page import Context
from ui.widgets.badge import Mark
from ui.widgets.card import Card, link
from ui.widgets.text import label, rule

#: How many duties are listed; the rest are counted below them.
LISTED, LISTED_COMPACT = 4, 3
#: How many finished things are listed; none in the compact density.
FINISHED = 3


def fetch(program: Program, _job: Job) -> Today:
    """What waits today."""
    return program.attending.today()


class TodoCard(Card):
    """Duties, the most pressing first, each with the way to do it."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._shown: Today | None = None
        self._count = label("caption")
        self.corner.addWidget(self._count)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.body.addLayout(self._rows)
        self.body.addStretch(1)

    def show_today(self, shown: Today) -> None:
        """Show what waits."""
        self._shown = shown
        self.clear_error()
        self._render()

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("What must I do today?"))
        self._render()

    def _render(self) -> None:
        shown = self._shown
        if shown is None:
            return
        self.say(sentence(shown.finding))
        left, done = len(shown.duties), len(shown.done)
        self._count.setText(_("{left} left, {done} done").format(left=left, done=done))
        self._clear()
        compact = theme.current().compact
        listed = shown.duties[: LISTED_COMPACT if compact else LISTED]
        for duty in listed:
            self._rows.addWidget(self._duty(duty))
            self._rows.addWidget(rule())
        if left > len(listed):
            more = left - len(listed)
            text = ngettext("{more} more alert or task", "{more} more alerts and tasks", more).format(more=more)
            self._rows.addWidget(_line(label("caption", text)))
        if shown.done and not compact:
            self._heading(_("Done"))
            for each in shown.done[-FINISHED:]:
                self._rows.addWidget(_pair(_done_words(each), f"{each.at.astimezone():%H:%M}", "done"))
        if shown.releases:
            self._heading(_("Next releases"))
            for release in shown.releases:
                words = {
                    "on_rrp": _("ON RRP result of {day}"),
                    "h41": _("H.4.1, week to {day}"),
                }[release.id].format(day=formats.short_day(release.day))
                self._rows.addWidget(_pair(words, formats.moment(release.at), ""))

    def _duty(self, duty: Duty) -> QWidget:
        title, detail, verb, target = _words(duty)
        row = QWidget()
        box = QHBoxLayout(row)
        box.setContentsMargins(6, 3, 0, 3)
        box.setSpacing(8)
        box.addWidget(Mark(duty.state, 14))
        column = QVBoxLayout()
        column.setSpacing(0)
        for role, text in (("strong", title), ("caption", detail)):
            column.addWidget(_wrapping(role, text))
        box.addLayout(column, 1)
        button = link(verb)
        page, what = target
        button.clicked.connect(partial(self._context.open, page, **what))
        button.setAccessibleName(f"{verb}: {title}")
        button.setEnabled(f"page.{page}" in {action.command.id for action in self._context.commands})
        box.addWidget(button)
        return row

    def _heading(self, text: str) -> None:
        made = label("group", text)
        made.setContentsMargins(0, 6, 0, 0)
        self._rows.addWidget(made)

    def _clear(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()


def _wrapping(role: str, text: str) -> QLabel:
    """A label that breaks its words into lines where the row is narrow."""
    made = label(role, text)
    made.setWordWrap(True)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    return made


def _line(inside: QWidget) -> QWidget:
    row = QWidget()
    box = QHBoxLayout(row)
    box.setContentsMargins(8, 5, 0, 0)
    box.addWidget(inside)
    return row


def _pair(words: str, at: str, state: str) -> QWidget:
    """A finished thing or a release: what, and when."""
    row = QWidget()
    box = QGridLayout(row)
    box.setContentsMargins(6, 2, 4, 2)
    box.setHorizontalSpacing(8)
    if state:
        box.addWidget(Mark(state, 14), 0, 0)
    box.addWidget(label("small", words), 0, 1)
    box.setColumnStretch(1, 1)
    box.addWidget(label("small", at), 0, 2)
    return row


def _words(duty: Duty) -> tuple[str, str, str, tuple[str, dict[str, object]]]:
    """A duty's title, its detail, the verb of its action, and the page where it is done."""
    if duty.kind is Kind.ALERT and duty.alert is not None:
        alert = duty.alert
        title = alert_words.title(alert.rule, alert.labels)
        return title, alert_words.row(alert), _("Acknowledge"), ("alerts", {"alert": alert.id})
    if duty.kind is Kind.REVIEWS:
        title = ngettext("Decide {items} review item", "Decide {items} review items", duty.items)
        if duty.overdue:
            detail = ngettext("{overdue} overdue", "{overdue} overdue", duty.overdue).format(overdue=duty.overdue)
        elif duty.due is not None:
            detail = _("First due {day}").format(day=formats.short_day(duty.due))
        else:
            detail = _("No due date is set")
        return title.format(items=formats.number(duty.items)), detail, _("Review"), ("reviews", {})
    if duty.kind is Kind.CALENDAR and duty.fault is not None:
        cause, _remedy = refusal(duty.fault)
        return _("Correct the table of release days"), cause, pgettext("button", "Open"), ("sources", {})
    if duty.kind is Kind.IMPORT and duty.batch is not None:
        title = ngettext("Resolve {items} import problem", "Resolve {items} import problems", duty.items)
        detail = ngettext(
            "Book of {day}, {rows} row set aside", "Book of {day}, {rows} rows set aside", duty.batch.quarantined
        ).format(day=formats.short_day(duty.batch.reporting_date), rows=formats.number(duty.batch.quarantined))
        return (
            title.format(items=formats.number(duty.items)),
            detail,
            pgettext("button", "Open"),
            ("import", {"batch": duty.batch.id}),
        )
    return _("Import a book"), _("No book yet: nothing can be measured against limits"), _("Import"), ("import", {})


def _done_words(done: Done) -> str:
    if done.alert is not None:
        return _("Acknowledged {alert}").format(alert=alert_words.title(done.alert.rule, done.alert.labels))
    if done.batch is not None:
        return _("Imported the book of {day}").format(day=formats.short_day(done.batch.reporting_date))
    return ""
