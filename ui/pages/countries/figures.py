"""The card "Which figures are there?": every indicator with its date, age and source; entering and importing."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from app.countries.score import Status
from app.i18n import gettext as _
from app.i18n import ngettext
from app.services.profiles import Indicator
from app.storage.entries import Entry
from app.wording import countries as words
from app.wording import formats
from app.wording.origin import Origin, each_row, since
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.origin import exported, tell
from ui.tables.view import TableView
from ui.widgets.card import Card


class FiguresCard(Card):
    """Indicators, live ones and those that officers entered side by side.

    `enter_wanted(series id)`, `import_wanted`, `check_wanted` when the person wants to do so.
    """

    enter_wanted = Signal(object)
    import_wanted = Signal()
    check_wanted = Signal()

    def __init__(self, state: State, name: str = "countries.figures") -> None:
        super().__init__()
        self._shown: tuple[str, str, tuple[Indicator, ...], tuple[Entry, ...]] | None = None
        self.check, self.enter, self.take = self.add_link(), self.add_link(), self.add_link()
        self.check.clicked.connect(self.check_wanted)
        self.enter.clicked.connect(self._enter)
        self.take.clicked.connect(self.import_wanted)
        self.table = TableView(
            (
                Column(
                    "what", lambda: _("Indicator"), Kind.TWO_LINE, detail="from", priority=0, stretch=1, note="note"
                ),
                Column("state", lambda: _("State"), Kind.SEVERITY, priority=3, detail="state_word"),
                Column("value", lambda: _("Value"), priority=0),
                Column("change", lambda: _("Change"), priority=2),
                Column("source", lambda: _("Source"), width=64, stretch=1, priority=1, quiet=True, note="note"),
                Column("on", lambda: _("Data to"), Kind.DATE, priority=4, quiet=True),
                Column("age", lambda: _("Days"), Kind.NUMBER, priority=4, quiet=True),
                exported("series", lambda: _("Series")),
                exported("known", lambda: _("Known from")),
            ),
            title="figures",
            row="two_line",
            name=name,
            state=state,
        )
        self.body.addWidget(self.table, 1)
        self.table.opened.connect(self.enter_wanted)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("What is known?"))
        self.enter.setText(_("Enter…"))
        self.take.setText(_("Import…"))
        self.table.setAccessibleName(_("Indicators"))
        if self._shown is not None:
            self.show_figures(*self._shown)

    def show_figures(self, answer: str, chosen: str, found: Sequence[Indicator], waiting: Sequence[Entry]) -> None:
        """Show indicators; `answer` is the panel's sentence, `chosen` the series a new value is for at first."""
        self._shown = answer, chosen, tuple(found), tuple(waiting)
        self.show_content()
        self.say(answer)
        self.check.setVisible(bool(waiting))
        count = len(waiting)
        self.check.setText(ngettext("Check {count}", "Check {count}", count).format(count=count))
        states = [words.status(one.status.value) for one in found]
        self.table.rows.load(
            {
                "what": [words.concept(one.concept) for one in found],
                "state": [state for state, _word in states],
                "state_word": [word for _state, word in states],
                "value": [_value(one) for one in found],
                "change": [
                    "" if one.change is None else words.figure(one.change, one.unit, sign=True) for one in found
                ],
                "on": [one.on for one in found],
                "age": [one.age for one in found],
                "from": [_from(one) for one in found],
                "source": [source(one) for one in found],
                "note": [_note(one) for one in found],
                "series": [one.series for one in found],
                "known": [known(one) for one in found],
            },
            keys=[one.series for one in found],
        )
        tell(self.table, Origin(each_row(), each_row(), each_row(), each_row()))

    def _enter(self) -> None:
        self.enter_wanted.emit(self._shown[1] if self._shown is not None else "")


def known(one: Indicator) -> str | None:
    """Since when the value was known."""
    return None if one.known_from is None else since(one.known_from)


def _value(one: Indicator) -> str:
    if one.value is None:
        return _("No value")
    return f"{words.figure(one.value, one.unit)} {words.unit(one.unit, one.value)}".strip()


def source(one: Indicator) -> str:
    """Where a figure comes from: a live source, an officer with who checked it, or why there is none."""
    if one.entry is not None:
        return _("{who}, checked by {checker}").format(who=one.entry.who, checker=one.entry.checked_by)
    if one.value is None:
        return _("enter or import") if one.absence else "–"
    return one.source


def _from(one: Indicator) -> str:
    """Date and age in one line; what is late or too old says so."""
    if one.on is None:
        return _("no free source") if one.absence else _("nothing stored yet")
    days = ngettext("{count} day", "{count} days", one.age or 0).format(count=formats.number(one.age or 0))
    if one.status is Status.TOO_OLD:
        text = _("{day}, {days}: too old")
    elif one.missed:
        text = _("{day}, {days}, late")
    else:
        text = _("{day}, {days}")
    return text.format(day=formats.day(one.on), days=days)


def _note(one: Indicator) -> str:
    if one.entry is not None:
        at = formats.dated_moment(one.entry.checked_at) if one.entry.checked_at is not None else "–"
        return _("{series}: {source}; accepted {at}").format(series=one.series, source=one.entry.draft.source, at=at)
    if one.value is None and one.absence:
        return _("{series}: no free source, so an officer enters or imports it").format(series=one.series)
    if one.missed:
        text = ngettext("{series}: {count} release missed", "{series}: {count} releases missed", one.missed)
        return text.format(series=one.series, count=one.missed)
    if (instant := known(one)) is not None:
        return _("{series}, known from {known}").format(series=one.series, known=instant)
    return one.series
