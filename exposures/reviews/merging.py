"""What an owner filled into a workbook, merged with what stands: three ways, field by field, never guessing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from exposures.reviews import workflow
from exposures.reviews.closing import says_something
from exposures.reviews.item import SETTLED, ReviewItem, Status
from exposures.reviews.workflow import Move

#: What an owner can make of an item in a workbook: sent to the checker, said to be done, or not taken up.
FILLED_STATUSES: tuple[Status, ...] = (Status.WITH_CHECKER, Status.DONE, Status.REJECTED)
FIELDS = ("owner", "due", "status")


class Side(StrEnum):
    """Whose value counts where both changed."""

    PROGRAM = "program"
    WORKBOOK = "workbook"


@dataclass(frozen=True, slots=True)
class Filled:
    """One row of a workbook: the fields as they were exported, as they stand there now, and a comment ("": none).

    `row` is its number in the sheet. A status of "" leaves the item where it is.
    """

    item_id: str
    row: int
    base_owner: str
    base_due: date | None
    base_status: str
    owner: str
    due: date | None
    status: str
    comment: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field that differs: as it was exported, as it stands in the program, as the workbook has it."""

    name: str
    base: str
    program: str
    workbook: str


@dataclass(frozen=True, slots=True)
class Merged:
    """What a row means for its item: fields to change, fields that both changed, or why nothing of it can be taken.

    `refused` codes: settled, not_now (the status cannot be reached from here), comment_needed.
    """

    item: ReviewItem
    filled: Filled
    changes: tuple[Field, ...] = ()
    conflicts: tuple[Field, ...] = ()
    comment: str = ""
    refused: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing is to be done."""
        return not (self.changes or self.conflicts or self.comment or self.refused)


def merge(item: ReviewItem, filled: Filled) -> Merged:
    """Each field: what only the workbook changed is taken, what both changed differently is a conflict."""
    base = {"owner": filled.base_owner, "due": _day(filled.base_due), "status": filled.base_status}
    ours = {"owner": item.owner or "", "due": _day(item.due), "status": item.status.value}
    theirs = {"owner": filled.owner, "due": _day(filled.due), "status": filled.status or filled.base_status}
    changes: list[Field] = []
    conflicts: list[Field] = []
    for name in FIELDS:
        if theirs[name] in (base[name], ours[name]):
            continue
        told = Field(name, base[name], ours[name], theirs[name])
        (changes if base[name] == ours[name] else conflicts).append(told)
    known = {entry.values.get("comment", "") for entry in item.history}
    comment = "" if filled.comment in known else filled.comment
    found = Merged(item, filled, tuple(changes), tuple(conflicts), comment)
    if found.empty:
        return found
    if item.status in SETTLED:
        return Merged(item, filled, refused="settled")
    wanted = next((field.workbook for field in (*changes, *conflicts) if field.name == "status"), None)
    return _possible(found, wanted)


def move_of(item: ReviewItem, status: str) -> Move | None:
    """The step that leads to a status from where the item stands; None where there is none."""
    wanted: Mapping[str, tuple[Move, ...]] = {
        Status.WITH_CHECKER.value: (Move.SEND, Move.SEND_RELEASE),
        Status.DONE.value: (Move.FINISH,),
        Status.REJECTED.value: (Move.REJECT,),
    }
    able = workflow.moves(item)
    return next((move for move in wanted.get(status, ()) if move in able), None)


def decided(merged: Merged, side: Side) -> tuple[Field, ...]:
    """The fields that change, conflicts by the side that was chosen for the item."""
    return (*merged.changes, *(merged.conflicts if side is Side.WORKBOOK else ()))


def _possible(found: Merged, wanted: str | None) -> Merged:
    if wanted is None:
        return found
    if move_of(found.item, wanted) is None:
        return Merged(found.item, found.filled, refused="not_now")
    silent = wanted == Status.REJECTED.value and not says_something(found.filled.comment)
    return Merged(found.item, found.filled, refused="comment_needed") if silent else found


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()
