"""Review lists: which list, whose turn it is, why, what the bank has there, and what is decided."""

from app.events import Event
from app.i18n import gettext as _
from ui.pages.page import Context, Page


class ReviewsPage(Page):
    """The lists, the items of one, and the item chosen."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.body.addStretch(1)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.header.title.setText(_("Review lists"))

    def refresh(self, event: Event | None = None) -> None:
        """Ask for the lists again."""
