"""What the page asks the services for about an item's way from draft to closing, in a worker."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.bootstrap import Program
from app.jobs import Job
from app.services.deciding import Bulk, Change
from app.services.working import Approval
from app.storage.attachments import Attachment
from exposures.reviews.by_hand import HandEntry
from exposures.reviews.closing import Achieved
from exposures.reviews.item import ReviewItem
from ui.pages.barred import barred


@dataclass(frozen=True, slots=True)
class Standing:
    """Who the acting person is to an item: whether it made what is asked, may work and may check (else why not).

    `names` are persons by account; `evidence` is what a later book shows.
    """

    own: bool = False
    no_work: str = ""
    no_check: str = ""
    evidence: Achieved | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    asking: str = "alone"
    files: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Mine:
    """What is the acting person's to do, what it can check, and every name under which it owns something."""

    items: tuple[ReviewItem, ...] = ()
    approvals: tuple[Approval, ...] = ()
    names: frozenset[str] = frozenset()
    elsewhere: tuple[tuple[str, int], ...] = ()


def look(program: Program, item_id: str, _job: Job) -> tuple[ReviewItem, Standing]:
    """One item with its history, and who the acting person is to it."""
    item = program.reviewing.item(item_id)
    return item, Standing(
        program.deciding.own(item),
        barred(program, "reviews.decided"),
        barred(program, "reviews.approved"),
        program.deciding.evidence(item_id),
        {one.id: one.name for one in program.staffing.persons()},
        program.unlocking.state().asking.value,
        program.attaching.attachments(item_id),
    )


def mine(program: Program) -> Mine:
    """My work and my approvals."""
    working = program.working
    return Mine(working.mine(), working.approvals(), working.names(), working.elsewhere())


def take(program: Program, step: str, item_id: str, reason: str, _job: Job) -> ReviewItem:
    """Take a step with an item; `reason` is what the person wrote."""
    deciding = program.deciding
    match step:
        case "send":
            return deciding.send(item_id)[0]
        case "reject":
            return deciding.reject(item_id, reason)
        case "approve":
            return deciding.approve(item_id, comment=reason)[0]
        case "return":
            return deciding.send_back(item_id, reason)
        case "finish":
            return deciding.finish(item_id, reason)
    raise ValueError(step)


def undo(program: Program, item_ids: Sequence[str], _job: Job) -> tuple[ReviewItem, ...]:
    """Take back one's own last step on each."""
    return program.deciding.undo(*item_ids)


def preview(program: Program, item_ids: Sequence[str], bulk: Bulk, _job: Job) -> tuple[Change, ...]:
    """What a bulk edit would do."""
    return program.deciding.preview(item_ids, bulk)


def apply(program: Program, item_ids: Sequence[str], bulk: Bulk, _job: Job) -> tuple[ReviewItem, ...]:
    """Change several items at once."""
    return program.deciding.apply(item_ids, bulk)


def entries(program: Program, _job: Job) -> tuple[HandEntry, ...]:
    """What waits for a second person, and what holds; the newest first."""
    holding = program.noting.entries(holding=True)
    return tuple(one for one in program.noting.entries() if one.approved is None or one in holding)


def propose(
    program: Program, kind: str, subject: str, country: str, reason: str, source: str, until: date, _job: Job
) -> HandEntry:
    """Propose an entry by hand: `kind` is a tier of a country, or a list; `country` "" where the subject says it."""
    if kind in ("A", "B"):
        return program.noting.flag_country(subject, kind, reason, source, until)
    return program.noting.add_item(kind, subject, reason, source, until, country or None)
