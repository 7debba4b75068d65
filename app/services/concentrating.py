"""In whose hands the book is, and everything known of one counterparty or group: book, limits, lists, alerts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from alerts.alert import Alert
from app.refusals import Refused
from app.services.gauging import Gauging
from app.services.monitoring import Monitoring
from app.services.reviewing import Reviewing
from app.services.surveying import Surveying
from app.settings import REVIEW_SETTINGS
from app.storage import hand, settings
from app.storage.books import Batch
from app.storage.database import Database
from app.storage.hand import Note
from exposures import counterparty, holders
from exposures.book import Basis
from exposures.counterparty import Profile
from exposures.holders import Concentration
from exposures.limits import LimitUse, Scope
from exposures.reviews.item import ReviewItem


@dataclass(frozen=True)
class Held:
    """The book by names, groups and places."""

    batch: Batch
    concentration: Concentration
    basis: Basis


@dataclass(frozen=True)
class Known:
    """One counterparty or group: what the book says, its limits and its group's, its review items, the alerts that fire
    for the countries and regions that it owes from, and dated notes on it or its members, the newest first.
    """

    batch: Batch
    profile: Profile
    limits: tuple[LimitUse, ...]
    items: tuple[ReviewItem, ...]
    alerts: tuple[Alert, ...]
    notes: tuple[Note, ...] = ()


class Concentrating:
    """Reads only."""

    def __init__(
        self,
        database: Database,
        surveying: Surveying,
        gauging: Gauging,
        reviewing: Reviewing,
        monitoring: Monitoring,
        clock: Callable[[], datetime],
    ) -> None:
        self._database, self._surveying, self._gauging = database, surveying, gauging
        self._reviewing, self._monitoring, self._clock = reviewing, monitoring, clock

    def held(self, batch: int | None = None, basis: Basis = Basis.GUARANTOR) -> Held:
        """The book by names, groups and places; errors as `Surveying.book`."""
        shown = self._surveying.exposures(batch, basis)
        with self._database.read() as connection:
            tier_1 = settings.read(connection, "reviews", REVIEW_SETTINGS)["tier_1"]
        capital = None if tier_1 is None else Decimal(tier_1)
        return Held(shown.batch, holders.concentration(shown.book, basis, capital), basis)

    def known(self, key: str, *, group: bool = False, batch: int | None = None) -> Known:
        """Everything of one counterparty (number, or name) or group; Refused "book.unknown_name"."""
        shown = self._surveying.exposures(batch)
        found = counterparty.profile(shown.book, key, group=group)
        if found is None:
            found = self._by_name(key, shown.batch.id) if not group else None
        if found is None:
            raise Refused("book.unknown_name", name=key)
        table = self._gauging.table(shown.batch.id)
        groups = {value for name, values in found.facts if name == "group_id" for value in values}
        wanted = {(Scope.GROUP, found.key)} if group else {(Scope.COUNTERPARTY, found.key)}
        wanted |= {(Scope.GROUP, name) for name in groups}
        limits = tuple(use for use in table.rows if use.limit is not None and (use.scope, use.key) in wanted)
        mine = {key for key in (found.key, *(row.key for row in found.members)) if key is not None}
        items = tuple(
            item
            for made in self._reviewing.lists()
            for item in made.open_items
            if item.proposal.key.subject in mine or (item.proposal.group in {found.key} | groups and group)
        )
        places = {value for name, values in found.facts if name == "country" for value in values}
        alerts = tuple(
            alert for alert in self._monitoring.alerts() if alert.fires and alert.labels.get("country") in places
        )
        with self._database.read() as connection:
            notes = [note for key in sorted(mine) for note in hand.notes(connection, "counterparty", key)]
        notes.sort(key=lambda note: (note.day, note.id), reverse=True)
        return Known(shown.batch, found, limits, items, alerts, tuple(notes))

    def _by_name(self, name: str, batch: int) -> Profile | None:
        """Who is called so, where the number was not given."""
        book = self._surveying.book(batch)
        same = book.lines[(book.lines["counterparty_name"] == name).fillna(False).to_numpy(dtype=bool)]
        numbers = same["counterparty_id"].dropna().unique()
        return counterparty.profile(book, str(numbers[0])) if len(numbers) == 1 else None
