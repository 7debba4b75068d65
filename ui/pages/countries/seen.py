"""What the page has in sight: one view's data with its first prints, fetched in a worker."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from app.bootstrap import Program
from app.jobs import Job
from app.liquidity.tracks import Track
from app.services.profiles import Comparison, Country, Flows, Home
from app.services.profiling import FLOWS, HOME_RATE, HOME_YIELD, US_YIELD
from app.storage.books import Batch
from app.storage.hand import Note

#: The views of the page, in their order.
VIEWS = ("country", "compare", "flows", "home")


@dataclass(frozen=True)
class Seen:
    """One view; `codes` are the countries and regions that can be chosen, `user` who works here."""

    view: str
    codes: tuple[str, ...]
    user: str
    country: Country | None = None
    comparison: Comparison | None = None
    flows: Flows | None = None
    home: Home | None = None
    tracks: Mapping[str, Track] = field(default_factory=dict)
    batch: Batch | None = None
    known_on: date | None = None
    notes: tuple[Note, ...] = ()  # on the country or region, by day


def fetch(program: Program, view: str, code: str, known_on: date | None, _job: Job) -> Seen:
    """The data of a view (as known at the end of a day of the bank); an empty code is the gravest country or region."""
    codes = program.profiling.countries()
    as_of = None if known_on is None else program.profiling.end_of(known_on)
    profiling, tracking = program.profiling, program.tracking
    seen = Seen(view, codes, program.user, known_on=known_on)
    match view:
        case "compare":
            return replace(seen, comparison=profiling.comparison(as_of))
        case "flows":
            return replace(seen, flows=profiling.flows(as_of), tracks=tracking.tracks(FLOWS, as_of))
        case "home":
            tracks = tracking.tracks((HOME_RATE, HOME_YIELD, US_YIELD), as_of)
            return replace(seen, home=profiling.home(as_of), tracks=tracks)
    wanted = code or _gravest(program, codes)
    if not wanted:
        return seen
    country = profiling.country(wanted, as_of)
    tracks = tracking.tracks((country.rate.series,) if country.rate.series else (), as_of)
    batch = next(reversed(program.surveying.batches(as_of)), None)
    notes = program.noting.notes("country", wanted, as_of)
    return replace(seen, country=country, tracks=tracks, batch=batch, notes=notes)


def _gravest(program: Program, codes: tuple[str, ...]) -> str:
    rows = program.profiling.comparison().rows
    watched = [row for row in rows if row.flag is not None] or list(rows)
    worst = min(watched, key=lambda row: (-row.severity, -(row.score.value or 0)), default=None)
    return worst.code if worst is not None else (codes[0] if codes else "")
