"""What the page has done in a worker."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from app.bootstrap import Program
from app.jobs import Job
from app.services.importing import Outcome
from app.storage.books import Batch
from exposures.mapping import Mapping
from exposures.reconciliation import Control


@dataclass(frozen=True)
class Past:
    """Every import, the names of the layouts, today, and whether a second person approves every book."""

    batches: list[Batch]
    layouts: list[str]
    today: date
    approval: bool


def history(program: Program, _job: Job) -> Past:
    """What the first step shows."""
    today = program.clock().astimezone().date()
    layouts = sorted(program.importing.mappings())
    return Past(program.importing.history(), layouts, today, program.approving.is_on())


@dataclass(frozen=True)
class Source:
    """What is read, and how."""

    file: Path
    day: date
    mapping: Mapping | str | None = None
    rates: Path | None = None
    password: str | None = field(default=None, repr=False)
    controls: tuple[Control, ...] = ()
    whole: bool = False  # all rows or none


def preview(program: Program, source: Source, job: Job) -> Outcome:
    """What an import would find; nothing is stored."""
    return program.importing.preview(
        source.file,
        source.day,
        mapping=source.mapping,
        rates=source.rates,
        password=source.password,
        controls=source.controls,
        whole=source.whole,
        job=job,
    )


def store(program: Program, source: Source, supersede: str | None, job: Job) -> Outcome:
    """The import itself: all of it or nothing."""
    return program.importing.commit(
        source.file,
        source.day,
        mapping=source.mapping,
        rates=source.rates,
        supersede=supersede,
        password=source.password,
        controls=source.controls,
        whole=source.whole,
        job=job,
    )


def take_back(program: Program, _job: Job) -> Batch:
    """Withdraw the last import."""
    return program.importing.undo()


def decide(program: Program, batch: int, approve: bool, reason: str, _job: Job) -> Batch:
    """Let a waiting book count, or return it."""
    return program.approving.decide(batch, approve, reason or None)
