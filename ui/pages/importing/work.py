"""What the page has done in a worker."""

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


def preview(
    program: Program, file: Path, day: date, mapping: Mapping | str | None, rates: Path | None, job: Job
) -> Outcome:
    """What an import would find; nothing is stored."""
    return program.importing.preview(file, day, mapping=mapping, rates=rates, job=job)


def store(
    program: Program,
    file: Path,
    day: date,
    mapping: Mapping | str | None,
    rates: Path | None,
    supersede: str | None,
    job: Job,
) -> Outcome:
    """The import itself: all of it or nothing."""
    return program.importing.commit(file, day, mapping=mapping, rates=rates, supersede=supersede, job=job)


def take_back(program: Program, _job: Job) -> Batch:
    """Withdraw the last import."""
    return program.importing.undo()
