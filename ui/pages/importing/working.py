"""The strip that says what is being read or stored, how far it is, and lets it be cancelled."""

from app.i18n import gettext as _
from app.wording import formats
from app.wording import importing as words
from ui.widgets.card import Card
from ui.widgets.notice import ProgressStrip


class WorkCard(Card):
    """Shown only while work is under way; `progress.cancelled` when it is to stop."""

    def __init__(self) -> None:
        super().__init__()
        self.progress = ProgressStrip()
        self.body.addWidget(self.progress)
        self.hide()

    def begin(self, title: str) -> None:
        """Work has begun."""
        self.show()
        self.progress.begin(title)

    def advance(self, phase: str, done: int, total: int) -> None:
        """How far it is."""
        text = words.phase(phase)
        if total > 1:
            text = _("{phase}: {done} of {total}").format(
                phase=text, done=formats.number(done), total=formats.number(total)
            )
        self.progress.advance(text, done, total)

    def end(self) -> None:
        """It is over."""
        self.progress.end()
        self.hide()
