"""What the page has in sight: one view's data, fetched in a worker."""

from dataclasses import dataclass

from app.bootstrap import Program
from app.jobs import Job
from app.services.profiles import Comparison, Country, Flows, Home

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


def fetch(program: Program, view: str, code: str, _job: Job) -> Seen:
    """The data of a view; an empty code is the gravest country or region."""
    codes = program.profiling.countries()
    match view:
        case "compare":
            return Seen(view, codes, program.user, comparison=program.profiling.comparison())
        case "flows":
            return Seen(view, codes, program.user, flows=program.profiling.flows())
        case "home":
            return Seen(view, codes, program.user, home=program.profiling.home())
    wanted = code or _gravest(program, codes)
    return Seen(view, codes, program.user, country=program.profiling.country(wanted) if wanted else None)


def _gravest(program: Program, codes: tuple[str, ...]) -> str:
    rows = program.profiling.comparison().rows
    watched = [row for row in rows if row.flag is not None] or list(rows)
    worst = min(watched, key=lambda row: (-row.severity, -(row.score.value or 0)), default=None)
    return worst.code if worst is not None else (codes[0] if codes else "")
