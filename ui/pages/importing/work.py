"""What the page has done in a worker."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from app.bootstrap import Program
from app.jobs import Job
from app.services.importing import Outcome
from app.storage.books import Batch
from exposures.mapping import Mapping


def history(program: Program, _job: Job) -> tuple[list[Batch], list[str], date]:
    """Every import, the names of the layouts, and today."""
    return program.importing.history(), sorted(program.importing.mappings()), program.clock().astimezone().date()


@dataclass(frozen=True)
class Source:
    """What is read, and how."""

    file: Path
    day: date
    mapping: Mapping | str | None = None
    rates: Path | None = None
    password: str | None = field(default=None, repr=False)


def preview(program: Program, source: Source, job: Job) -> Outcome:
    """What an import would find; nothing is stored."""
    return program.importing.preview(
        source.file, source.day, mapping=source.mapping, rates=source.rates, password=source.password, job=job
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
        job=job,
    )


def take_back(program: Program, _job: Job) -> Batch:
    """Withdraw the last import."""
    return program.importing.undo()


def approve(program: Program, batch: int, _job: Job) -> Batch:
    """Let a waiting book count."""
    return program.approving.decide(batch, True)
