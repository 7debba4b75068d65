"""What an owner filled into a workbook, merged with what stands: three ways, field by field, never guessing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Context
from enum import StrEnum

from exposures.reviews import workflow
from exposures.reviews.closing import says_something
from exposures.reviews.item import SETTLED, Action, ReviewItem, Status
from exposures.reviews.workflow import Move

#: What an owner can make of an item in a workbook: sent to the checker, said to be done, or not taken up.
FILLED_STATUSES: tuple[Status, ...] = (Status.WITH_CHECKER, Status.DONE, Status.REJECTED)
FIELDS = ("owner", "due", "action", "target", "grade", "status")
#: What together is a decision: taken as a draft, which a second person confirms.
DECISION = ("action", "target", "grade")
_CELL = Context(prec=15)


class Side(StrEnum):
    """Whose value counts where both changed."""

    PROGRAM = "program"
    WORKBOOK = "workbook"


@dataclass(frozen=True, slots=True)
class Filled:
    """One row of a workbook: the fields as they were exported, as they stand there now, and a comment ("": none).

    `row` is its number in the sheet. A status of "" leaves the item where it is. A decision is an action, a target in
    plain digits and a new grade, each as its code; an action of "" leaves the decision as it is.
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
    base_decision: tuple[str, str, str] = ("", "", "")
    decision: tuple[str, str, str] = ("", "", "")


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

    `refused` codes: settled, not_now (the status cannot be reached from here), comment_needed, action_needed (a target
    or grade of no action), lies_with_checker, decision_and_status (decided anew and said to be done or not taken up).
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
    action, target, grade = filled.decision
    base |= dict(zip(DECISION, filled.base_decision, strict=True))
    ours |= dict(zip(DECISION, standing(item), strict=True))
    theirs |= {"action": action or filled.base_decision[0], "target": target, "grade": grade}
    changes: list[Field] = []
    conflicts: list[Field] = []
    for exact in (ours["target"], base["target"]):
        if _same_in_a_cell(theirs["target"], exact):
            theirs["target"] = exact
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
    if why := _undecidable(found):
        return Merged(item, filled, refused=why)
    wanted = next((field.workbook for field in (*changes, *conflicts) if field.name == "status"), None)
    return _possible(found, wanted)


def standing(item: ReviewItem) -> tuple[str, str, str]:
    """The decision that stands, as a workbook has it."""
    decision = item.decision
    if decision is None:
        return "", "", ""
    target = "" if decision.target is None else format(decision.target.normalize(), "f")
    return decision.action.value, target, decision.new_grade or ""


def decision_of(merged: Merged, side: Side) -> tuple[str, str, str] | None:
    """The decision that is to be drafted: what stands with what was filled in; None where nothing of it changes."""
    fields = {field.name: field.workbook for field in decided(merged, side) if field.name in DECISION}
    if not fields:
        return None
    action, target, grade = (fields.get(name, now) for name, now in zip(DECISION, standing(merged.item), strict=True))
    return action, target, grade


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


def _undecidable(found: Merged) -> str:
    """Why what a row decides cannot be drafted; "" where it can, or where it decides nothing."""
    told = decision_of(found, Side.WORKBOOK)
    if told is None:
        return ""
    if not told[0]:
        return "action_needed"
    if found.item.status is Status.WITH_CHECKER:
        return "lies_with_checker"
    if Move.DRAFT not in workflow.moves(found.item):
        return "not_now"
    if found.filled.status not in ("", Status.WITH_CHECKER):
        return "decision_and_status"
    keeps = told[0] == Action.KEEP.value and not says_something(found.filled.comment)
    return "comment_needed" if keeps else ""


def _possible(found: Merged, wanted: str | None) -> Merged:
    if wanted is None:
        return found
    if wanted == Status.WITH_CHECKER and decision_of(found, Side.WORKBOOK) is not None:
        return found  # it is drafted first, then sent
    if move_of(found.item, wanted) is None:
        return Merged(found.item, found.filled, refused="not_now")
    silent = wanted == Status.REJECTED.value and not says_something(found.filled.comment)
    return Merged(found.item, found.filled, refused="comment_needed") if silent else found


def _same_in_a_cell(one: str, other: str) -> bool:
    """Whether two amounts are one number in a workbook, whose cells keep 15 digits."""
    return bool(one and other) and _CELL.create_decimal(one) == _CELL.create_decimal(other)


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()
