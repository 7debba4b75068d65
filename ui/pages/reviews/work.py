"""What the page asks the services for, in a worker."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.bootstrap import Program
from app.jobs import Job
from app.services.reviewing import Exported, Generated
from app.storage.supplied import SuppliedVersion
from exposures.reviews.item import ReviewItem
from exposures.reviews.made import MadeList, of_mine
from exposures.reviews.sectors import Borrower
from ui.pages.reviews import way
from ui.pages.reviews.given import Given


@dataclass(frozen=True)
class Shown:
    """Every list as it stands, the bank's day, who owns anything, and the newest book's version (None: no book)."""

    lists: tuple[MadeList, ...]
    today: date
    owners: tuple[str, ...]
    newest: str | None
    mine: tuple[MadeList, ...] = ()  # my work and my approvals, over all lists
    elsewhere: tuple[tuple[str, int], ...] = ()  # what else waits for a second person
    names: frozenset[str] = frozenset()  # under which the acting person owns something


def fetch(program: Program, _job: Job) -> Shown:
    """Everything but the histories."""
    reviewing, batches = program.reviewing, program.surveying.batches()
    owners = tuple(sorted({*reviewing.owners(), program.user}))
    lists, today, own = reviewing.lists(), reviewing.today(), way.mine(program)
    making = lists[0].making
    mine = (
        of_mine("mine", making, own.items, today),
        of_mine("approvals", making, tuple(one.item for one in own.approvals), today),
    )
    return Shown(lists, today, owners, f"v{batches[-1].id}" if batches else None, mine, own.elsewhere, own.names)


def supplied(program: Program, _job: Job) -> tuple[SuppliedVersion, ...]:
    """What is supplied beside the book."""
    return program.supplying.versions()


def borrowers(program: Program, countries: frozenset[str], _job: Job) -> tuple[Borrower, ...]:
    """Who owes from flagged countries and regions, with the sector that counts."""
    return tuple(one for one in program.supplying.borrowers() if one.country in countries)


def make(program: Program, job: Job) -> Generated:
    """Make every list again."""
    return program.reviewing.generate(job)


def export(program: Program, place: Path, language: str, _job: Job) -> Exported:
    """Write every list into a workbook."""
    return program.reviewing.export(place, language)


def keep(program: Program, item_id: str, given: Given, _job: Job) -> ReviewItem:
    """Store what the officer set; only what differs becomes a step of the item's history."""
    now = program.reviewing.item(item_id)
    drafted = now.decision
    decided = None if drafted is None else (drafted.action, drafted.target, drafted.comment)
    # The decision first: it can be refused, and then nothing of this saving is stored.
    if given.action is not None and decided != (given.action, given.target, given.comment):
        now = program.reviewing.decide(item_id, given.action, given.target, given.comment)
    if (given.owner, given.due) != (now.owner, now.due):
        now = program.reviewing.assign(item_id, given.owner, given.due)
    return now
