"""What the page asks the services for, in a worker: one book on one basis, and the lines behind one cell of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from alerts.rule import Severity
from app.bootstrap import Program
from app.jobs import Job
from app.services.surveying import Exposures
from app.storage.books import Batch
from exposures.book import Basis, Measure

MILLION = 1_000_000


def millions(amount: Decimal | None) -> Decimal | None:
    """An amount as tables show it; what is not known stays so."""
    return None if amount is None else amount / MILLION


@dataclass(frozen=True, slots=True)
class Choice:
    """What is looked at; `country` and `column` are the pinned cell, empty for everything."""

    batch: int | None = None
    basis: Basis = Basis.GUARANTOR
    measure: Measure = Measure.DRAWN_UNDRAWN
    entity: str | None = None
    country: str | None = None
    column: str = ""

    def unpinned(self) -> "Choice":
        """The same without a cell."""
        return replace(self, country=None, column="")


@dataclass(frozen=True)
class Shown:
    """The visible books, newest first, and one of them (None: there is none), for what was chosen when it was asked."""

    choice: Choice
    batches: tuple[Batch, ...]
    exposures: Exposures | None
    alerts: Mapping[str, str] = field(default_factory=dict)  # the gravest severity that fires, by country or region


def fetch(program: Program, choice: Choice, _job: Job) -> Shown:
    """One book and everything above the lines."""
    batches = tuple(reversed(program.surveying.batches()))
    if not batches:
        return Shown(choice, (), None)
    known = choice.batch if choice.batch in {batch.id for batch in batches} else None
    exposures = program.surveying.exposures(known, choice.basis, choice.measure, choice.entity)
    return Shown(choice, batches, exposures, firing(program))


def firing(program: Program) -> dict[str, str]:
    """The gravest severity that fires, by country or region."""
    alerts: dict[str, str] = {}
    for alert in program.monitoring.alerts():
        country = alert.labels.get("country")
        if alert.fires and country and alert.severity and alerts.get(country) != Severity.CRITICAL.value:
            alerts[country] = alert.severity.value
    return alerts
