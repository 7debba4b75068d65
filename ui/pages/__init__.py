"""The pages, in the order of the working day. A new page is a file here and a line in PAGES.

A page is imported when it is first opened, so that the window stands before pandas and pyqtgraph are loaded.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from app.i18n import gettext as _
from app.i18n import pgettext
from ui.pages.page import Context, Page


@dataclass(frozen=True, slots=True)
class Entry:
    """A page in the navigation: `make` builds it; menu, Ctrl+1…9 and the command box are made from this."""

    id: str
    group: str
    icon: str
    title: Callable[[], str]
    make: Callable[[Context], Page]


def _page(module: str, name: str) -> Callable[[Context], Page]:
    def make(context: Context) -> Page:
        made: Page = getattr(import_module(f"ui.pages.{module}"), name)(context)
        return made

    return make


#: The groups of the navigation, in order.
GROUPS: tuple[tuple[str, Callable[[], str]], ...] = (
    ("today", lambda: _("Today")),
    ("watch", lambda: pgettext("navigation", "Watch")),
    ("book", lambda: pgettext("navigation", "Book")),
    ("follow_up", lambda: _("Follow up")),
    ("workspace", lambda: _("Workspace")),
)

PAGES: tuple[Entry, ...] = (
    Entry("overview", "today", "overview", lambda: _("Overview"), _page("overview.page", "OverviewPage")),
    Entry("check", "today", "check", lambda: _("Daily check"), _page("check.page", "CheckPage")),
    Entry("alerts", "today", "alerts", lambda: _("Alerts"), _page("alerts.page", "AlertsPage")),
    Entry("rules", "today", "rules", lambda: _("Rules"), _page("rules.page", "RulesPage")),
    Entry("liquidity", "watch", "liquidity", lambda: _("Fed liquidity"), _page("liquidity.page", "LiquidityPage")),
    Entry("runoff", "watch", "runoff", lambda: _("Run-off"), _page("runoff.page", "RunoffPage")),
    Entry("countries", "watch", "language", lambda: _("Countries"), _page("countries.page", "CountriesPage")),
    Entry("sources", "watch", "sources", lambda: _("Sources"), _page("sources.page", "SourcesPage")),
    Entry("exposures", "book", "exposures", lambda: _("Exposures"), _page("exposures.page", "ExposuresPage")),
    Entry("limits", "book", "limits", lambda: _("Limits"), _page("limits.page", "LimitsPage")),
    Entry(
        "counterparties",
        "book",
        "counterparties",
        lambda: _("Counterparties"),
        _page("counterparties.page", "CounterpartiesPage"),
    ),
    Entry("structure", "book", "structure", lambda: _("Structure"), _page("structure.page", "StructurePage")),
    Entry("stress", "book", "stress", lambda: _("Stress"), _page("stress.page", "StressPage")),
    Entry("changes", "book", "changes", lambda: _("Changes"), _page("changes.page", "ChangesPage")),
    Entry("import", "book", "import", lambda: _("Import"), _page("importing.page", "ImportPage")),
    Entry("reviews", "follow_up", "reviews", lambda: _("Review lists"), _page("reviews.page", "ReviewsPage")),
    Entry("notices", "follow_up", "letter", lambda: _("Notices"), _page("notices.page", "NoticesPage")),
    Entry(
        "notifications",
        "workspace",
        "mail",
        lambda: _("Notifications"),
        _page("notifications.page", "NotificationsPage"),
    ),
    Entry("persons", "workspace", "persons", lambda: _("Persons"), _page("persons.page", "PersonsPage")),
    Entry("backups", "workspace", "copy", lambda: _("Backups"), _page("backups.page", "BackupsPage")),
)
