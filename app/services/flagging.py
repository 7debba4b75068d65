"""Which countries and regions are flagged now, and whether the dollar tide is on: the last making brought up to now."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from alerts.finding import Finding
from app.events import Events, ReviewsChanged
from app.paths import Workspace
from app.refusals import Misused, Refused
from app.services import review_inputs
from app.services.assessing import Assessing
from app.services.bank_days import BankDays
from app.services.monitoring import Monitoring
from app.services.surveying import Surveying
from app.settings import REVIEW_SETTINGS
from app.storage import audit, hand, levels, limits, reviews, settings
from app.storage.database import Database
from exposures import countries
from exposures import tide as dollar_tide
from exposures.flags import CountryFlag, EmSet, FiringAlert, LimitStanding, Tide, live_causes, update_flags
from exposures.reviews import by_hand
from exposures.tide import FamilyStanding, update_tide


@dataclass(frozen=True)
class Flags:
    """The flags and the tide of a day, with what raises the tide; `made` is when the lists were last made."""

    today: date
    em_set: EmSet
    flags: tuple[CountryFlag, ...]
    tide: Tide
    families: tuple[FamilyStanding, ...]
    finding: Finding
    made: datetime | None
    alerts: tuple[FiringAlert, ...]

    def of(self, country: str) -> CountryFlag | None:
        """A country's stay on the flagged list; None where it is not on it."""
        return next((flag for flag in self.flags if flag.country == country and flag.causes), None)


class Flagging:
    """Episodes are kept by the making of the review lists; between two makings this says how things stand."""

    def __init__(
        self,
        database: Database,
        workspace: Workspace,
        surveying: Surveying,
        monitoring: Monitoring,
        assessing: Assessing,
        events: Events,
        clock: Callable[[], datetime],
        user: str,
    ) -> None:
        self._database, self._workspace, self._days = database, workspace, BankDays(database)
        self._surveying, self._monitoring, self._assessing = surveying, monitoring, assessing
        self._events, self._clock, self._user = events, clock, user

    def now(self, as_of: datetime | None = None) -> Flags:
        """Flags and tide as of now, or as known at `as_of`; Refused "country.bad_set", "country.bad_formula".

        The emerging-market set and the formula are files of the workspace, without a history: those of now count.
        """
        today = self._days.of(as_of or self._clock())
        calendar = self._days.calendar(today)
        with self._database.read() as connection:
            run = reviews.last_run(connection, as_of)
            flags = () if run is None else levels.standing(connection, run.flags, as_of)
            tide = Tide(on=False) if run is None else levels.standing_tide(connection, run.tide, as_of)
            home = settings.read(connection, "reviews", REVIEW_SETTINGS)["home"]
        markets = review_inputs.em_set(self._workspace, home)
        alerts = review_inputs.firing_alerts(self._monitoring, as_of)
        tide = update_tide(tide, alerts, today, calendar)
        readings = self._assessing.country_readings(as_of)
        causes = live_causes(markets, markets.policy, alerts, self._limits(as_of), readings, tide, today)
        with self._database.read() as connection:
            causes = by_hand.causes(hand.entries(connection, as_of), causes, today)
        families = dollar_tide.families(alerts)
        return Flags(
            today,
            markets,
            update_flags(flags, causes, today, calendar),
            tide,
            families,
            dollar_tide.finding(tide, families),
            None if run is None else run.at,
            alerts,
        )

    def release(self, country: str, reason: str) -> None:
        """End a stay that is proposed for release; "TIDE" ends the dollar tide.

        Misused "flag.unknown_country"; Refused "flag.reason_missing", "flag.not_proposed", "flag.released".
        """
        if not reason.strip():
            raise Refused("flag.reason_missing")
        known = self.now()
        code = dollar_tide.NAME if country.upper() == dollar_tide.NAME else countries.resolve(country)
        if code is None:
            raise Misused("flag.unknown_country", country=country)
        stay: Tide | CountryFlag | None = known.tide if code == dollar_tide.NAME else known.of(code)
        if stay is None or not stay.release_proposed:
            raise Refused("flag.not_proposed", country=code)
        now = self._clock()
        with self._database.write() as connection:
            levels.add_release(connection, code, stay.episode, reason.strip(), self._user, now)
            audit.record(
                connection,
                at=now,
                who=self._user,
                action="flag.release",
                subject=f"flag {code}",
                before={"episode": stay.episode, "since": stay.since},
                reason=reason.strip(),
            )
        self._events.publish(ReviewsChanged())

    def _limits(self, as_of: datetime | None = None) -> tuple[LimitStanding, ...]:
        batches = self._surveying.batches(as_of)
        if not batches:
            return ()
        with self._database.read() as connection:
            standing = [stored.limit for stored in limits.in_force(connection, as_of)]
        return review_inputs.limit_standings(self._surveying.book(batches[-1].id), standing, batches[-1].id)
