"""The card "Is it flagged, and why?": tier, causes with since and end, the dollar tide, and the country-risk level."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.i18n import gettext as _
from app.services.profiles import Country
from app.wording import countries as words
from app.wording import formats
from app.wording.sentences import sentence
from exposures.flags import Cause
from ui.widgets.badge import Badge
from ui.widgets.card import Card
from ui.widgets.facts import Facts
from ui.widgets.text import label


class StandingCard(Card):
    """Flag and level of a country; `level_wanted` when the person wants to set or approve one."""

    level_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shown: Country | None = None
        self.badge = Badge()
        self.corner.addWidget(self.badge)
        self.causes = Facts("causes")
        self._level = label("small")
        self._level.setWordWrap(True)
        self._level.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.level = self.add_link()
        self.corner.removeWidget(self.level)
        self.level.clicked.connect(self.level_wanted)
        inside = QWidget()
        inside.setProperty("r", "clear")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 6, 0)
        column.addWidget(self.causes)
        column.addStretch(1)
        self.scroll = QScrollArea()
        self.scroll.setProperty("r", "clear")
        self.scroll.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll.setWidgetResizable(True)
        self.scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroll.setWidget(inside)
        self.body.addWidget(self.scroll, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._level, 1)
        row.addWidget(self.level, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("Is it flagged, and why?"))
        self.level.setText(_("Set level"))
        self.scroll.setAccessibleName(_("Causes"))
        if self._shown is not None:
            self.show_country(self._shown)

    def show_country(self, shown: Country) -> None:
        """Show a country's flag, its causes and its level."""
        self._shown = shown
        flag = shown.flag
        self.badge.setVisible(flag is not None)
        if flag is not None:
            self.badge.show_state("critical" if flag.tier.value == "A" else "warning", words.tier(flag.tier.value))
        self.say(_answer(shown))
        causes = () if flag is None else sorted(flag.causes, key=lambda one: (one.ended is not None, one.tier, one.key))
        rows = [(words.cause(one.reason), one.tier.value, _dates(one)) for one in causes]
        if shown.tide_on:
            rows.append((_("The dollar tide is on: a score of 50, or one family's warning, is enough"), "", ""))
        self.causes.fill_told(rows)
        self._level.setText(_said_of_level(shown))
        waiting = len(shown.proposals)
        self.level.setText(_("Decide on level") if waiting else _("Set level"))


def _answer(shown: Country) -> str:
    """Which tier since when; the causes stand below with their dates."""
    flag = shown.flag
    if flag is None or flag.release_proposed:
        return sentence(shown.flagged)
    text = _("Yes, to act on, since {day}.") if flag.tier.value == "A" else _("Yes, to watch, since {day}.")
    return text.format(day=formats.day(flag.since))


def _dates(cause: Cause) -> str:
    since = formats.day(cause.since)
    if cause.ended is not None:
        return _("{since}, ended {ended}; held 20 bank business days").format(
            since=since, ended=formats.day(cause.ended)
        )
    return _("since {since}, data of {day}").format(since=since, day=formats.day(cause.reason.date))


def _said_of_level(shown: Country) -> str:
    one = shown.level
    if one is None or one.decided_at is None:
        text = _("Country-risk level: not set.")
    else:
        text = _("Country-risk level: {level}, {day}, approved by {who}.").format(
            level=words.level(one.level), day=formats.day(one.decided_at.astimezone().date()), who=one.approver
        )
    if shown.proposals:
        waiting = shown.proposals[0]
        proposed = _("{who} proposes {level}.").format(who=waiting.who, level=words.level(waiting.level))
        return formats.together((text, proposed))
    return text
