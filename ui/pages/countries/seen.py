"""What the page has in sight: one view's data with its first prints, fetched in a worker."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.bootstrap import Program
from app.jobs import Job
from app.liquidity.tracks import Track
from app.services.profiles import Comparison, Country, Flows, Home
from app.services.profiling import FLOWS, HOME_RATE, HOME_YIELD, US_YIELD

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


def fetch(program: Program, view: str, code: str, _job: Job) -> Seen:
    """The data of a view; an empty code is the gravest country or region."""
    codes = program.profiling.countries()
    match view:
        case "compare":
            return Seen(view, codes, program.user, comparison=program.profiling.comparison())
        case "flows":
            return Seen(
                view, codes, program.user, flows=program.profiling.flows(), tracks=program.tracking.tracks(FLOWS)
            )
        case "home":
            tracks = program.tracking.tracks((HOME_RATE, HOME_YIELD, US_YIELD))
            return Seen(view, codes, program.user, home=program.profiling.home(), tracks=tracks)
    wanted = code or _gravest(program, codes)
    if not wanted:
        return Seen(view, codes, program.user)
    country = program.profiling.country(wanted)
    tracks = program.tracking.tracks((country.rate.series,) if country.rate.series else ())
    return Seen(view, codes, program.user, country=country, tracks=tracks)


def _gravest(program: Program, codes: tuple[str, ...]) -> str:
    rows = program.profiling.comparison().rows
    watched = [row for row in rows if row.flag is not None] or list(rows)
    worst = min(watched, key=lambda row: (-row.severity, -(row.score.value or 0)), default=None)
    return worst.code if worst is not None else (codes[0] if codes else "")
