"""The figures of a country's page: each with its latest value, day, age, source, and the officer's entry behind it."""

from datetime import date, datetime

from app.countries import indicators
from app.countries.indicators import Curve
from app.countries.score import Status
from app.series import releases
from app.series.catalogue import SERIES
from app.series.points import points
from app.services.assessing import Known
from app.services.profiles import Indicator, Told
from app.storage import entries
from app.storage.database import Database
from app.storage.entries import OFFICER, Entry

#: The figures of a country's page, in its order, beside the exchange rate.
CONCEPTS = (
    "reserves",
    "import_cover",
    "short_debt",
    "policy_rate",
    "cpi",
    "external_debt",
    "current_account",
    "spread",
    "premium",
    "gdp",
    "foreign_claims",
)


class Indicating:
    """Reads only."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, concept: str, country: str, known: Known) -> Indicator:
        """The first series of the concept that has data; its first where none has."""
        ids = indicators.series_of(country, concept)
        id = next((one for one in ids if one in known.points), ids[0] if ids else "")
        return self.one(concept, id, known)

    def one(self, concept: str, id: str, known: Known) -> Indicator:
        """A series under the name of a concept; an empty id is a concept that the country has no series of."""
        none = points(())
        if not id:
            return Indicator(
                concept, "", "", None, None, None, None, None, None, 0, Status.MISSING, "", None, None, none
            )
        series = SERIES[id]
        of = known.points.get(id, none)
        place = Curve(of).at(known.today)
        if place is None:
            return Indicator(
                concept, id, series.unit, None, None, None, None, None, series.max_age, 0, Status.MISSING, "", None,
                series.absence, none,
            )  # fmt: skip
        day = of.dates[place].item()
        age = (known.today - day).days
        missed = releases.missed(series.release, day, known.instant, known.overrides)
        old = series.max_age is not None and age > series.max_age
        status = Status.TOO_OLD if old else Status.PROVISIONAL if missed else Status.FRESH
        value = float(of.values[place])
        return Indicator(
            concept,
            id,
            series.unit,
            value,
            day,
            round(value - float(of.values[place - 1]), 6) if place else None,
            of.dates[place - 1].item() if place else None,
            age,
            series.max_age,
            missed,
            status,
            known.sources.get(id, ""),
            self._entry(id, day, known.instant) if known.sources.get(id) == OFFICER else None,
            series.absence,
            of,
        )

    def _entry(self, id: str, day: date, instant: datetime) -> Entry | None:
        with self._database.read() as connection:
            found = entries.entries(connection, series_ids=[id])
        return next(
            (
                one
                for one in found
                if one.accepted and one.draft.date == day and (one.checked_at is None or one.checked_at <= instant)
            ),
            None,
        )

    def told(self, country: str, known: Known) -> dict[str, Told]:
        """Of each figure of the comparison its day, where it came from and since when it was known."""
        found = {concept: self.of(concept, country, known) for concept in ("fx", *CONCEPTS)}
        return {
            concept: Told(one.on, one.series, one.source, one.unit, one.known_from)
            for concept, one in found.items()
            if one.on is not None and one.known_from is not None
        }
