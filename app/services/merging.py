"""Reading back what owners filled into a list workbook: previewed, merged item by item, in one unit of work, undone."""

import hashlib
import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from app.events import Events
from app.jobs import Job
from app.refusals import Refused
from app.services import filling
from app.services.deciding import Deciding
from app.services.stepping import Step, Stepping
from app.spreadsheets import child, fill_sheet
from app.spreadsheets.fill_sheet import Origin
from app.spreadsheets.reading import read_workbook
from app.storage import audit, facts, reviews
from app.storage.database import Database
from exposures.cells import Workbook
from exposures.reviews.closing import Closing, lacking
from exposures.reviews.item import Action, Decision, ReviewItem, Status
from exposures.reviews.merging import DECISION, Filled, Merged, Side, decided, decision_of, merge, move_of
from exposures.reviews.workflow import Move

_TAKEN, _UNDONE = "reviews.take_workbook", "reviews.undo_workbook"


@dataclass(frozen=True, slots=True)
class Merge:
    """What reading a workbook back would do: rows read, items that differ, items that the file no longer has."""

    file: str
    sha256: str
    rows: int
    found: tuple[Merged, ...]

    @property
    def conflicts(self) -> tuple[Merged, ...]:
        """Items that were changed on both sides."""
        return tuple(one for one in self.found if one.conflicts and not one.refused)


@dataclass(frozen=True, slots=True)
class Taken:
    """What was changed: the items as they stand now, and those of which nothing could be taken."""

    file: str
    items: tuple[ReviewItem, ...]
    left: tuple[Merged, ...]


class Merging:
    """Foreign and altered workbooks are refused whole; a row that cannot be taken is named and left."""

    def __init__(
        self, database: Database, deciding: Deciding, events: Events, clock: Callable[[], datetime], user: str
    ) -> None:
        self._database, self._deciding = database, deciding
        self._clock, self._user = clock, user
        self._steps = Stepping(database, events, clock, user)

    def preview(self, path: Path, job: Job | None = None) -> Merge:
        """What taking the workbook would do; nothing is stored.

        Refused "filling.no_sheet", "filling.foreign", "filling.altered" with every row, and as every reader.
        """
        book: Workbook = child.run(read_workbook, path, job=job or Job())
        told = fill_sheet.origin_of(book)
        if told is None:
            raise Refused("filling.no_sheet", file=path.name)
        with self._database.read() as connection:
            known = facts.identity(connection)
            stored = {item.id: item for item in reviews.items(connection)}
        if known is None or known[0] != told[0]:
            raise Refused("filling.foreign", file=path.name)
        rows, faults = fill_sheet.rows_of(book, Origin(told[0], told[1], known[1], told[2]), filling.chosen())
        if faults:
            raise Refused("filling.altered", file=path.name, faults=tuple(faults))
        found = []
        for row in rows:
            if row["item"] in stored:
                merged = merge(self._whole(row["item"]), _filled(row))
                found += [] if merged.empty else [self._evidenced(merged)]
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        return Merge(path.name, digest, len(rows), tuple(found))

    def take(
        self, path: Path, conflicts: Side | None = None, workbook: Collection[str] = (), job: Job | None = None
    ) -> Taken:
        """Take the workbook: what only it changed, and conflicts by `conflicts`, for items of `workbook` by it.

        Refused as `preview`, and "filling.conflicts" where nobody said whose value counts.
        """
        plan = self.preview(path, job)
        open_ = [one for one in plan.conflicts if one.item.id not in workbook]
        if open_ and conflicts is None:
            raise Refused("filling.conflicts", items=len(open_))
        steps: list[Callable[[ReviewItem], Step]] = []
        ids = []
        for one in plan.found:
            side = Side.WORKBOOK if one.item.id in workbook else conflicts or Side.PROGRAM
            for step in () if one.refused else self._steps_of(one, side, plan):
                ids.append(one.item.id)
                steps.append(step)
        following = iter(steps)
        changed = self._steps.take(ids, lambda item: next(following)(item)) if ids else ()
        changed = tuple({item.id: item for item in changed}.values())
        self._record(_TAKEN, plan.file, {"items": ids, "sha256": plan.sha256})
        return Taken(plan.file, changed, tuple(one for one in plan.found if one.refused))

    def undo(self) -> Taken:
        """Take back what the last workbook that oneself read in changed; Refused "filling.nothing_to_undo",
        "reviews.nothing_to_undo" where something is built on it.
        """
        with self._database.read() as connection:
            trail = [row for row in audit.trail(connection) if row["action"] in (_TAKEN, _UNDONE)]
        last = trail[-1] if trail else None
        if last is None or last["action"] == _UNDONE or last["who"] != self._user:
            raise Refused("filling.nothing_to_undo")
        ids = json.loads(last["after"])["items"]
        if not ids:
            raise Refused("filling.nothing_to_undo")
        changed = self._steps.undo(ids)
        self._record(_UNDONE, last["subject"], {"items": ids})
        return Taken(last["subject"], changed, ())

    def _whole(self, item_id: str) -> ReviewItem:
        with self._database.read() as connection:
            found = reviews.item(connection, item_id)
        assert found is not None
        return found

    def _evidenced(self, merged: Merged) -> Merged:
        """A row that says done needs what every closing needs."""
        if merged.refused or not any(one.workbook == Status.DONE for one in (*merged.changes, *merged.conflicts)):
            return merged
        item = merged.item
        target = None if item.decision is None else item.decision.target
        why = lacking(self._closing(merged), target)
        return Merged(item, merged.filled, refused=why) if why else merged

    def _closing(self, merged: Merged) -> Closing:
        shown = self._deciding.evidence(merged.item.id)
        return Closing(shown, merged.filled.comment, self._user, self._clock())

    def _steps_of(self, merged: Merged, side: Side, plan: Merge) -> list[Callable[[ReviewItem], Step]]:
        """The draft of what was decided, then owner, due date, comment and status; each may be nothing."""
        fields = {one.name: one.workbook for one in decided(merged, side) if one.name not in DECISION}
        told = decision_of(merged, side)
        steps = [] if told is None else [self._draft(merged, told, plan)]
        if fields or (merged.comment and told is None):
            steps.append(self._step(merged, fields, plan, merged.comment if told is None else ""))
        return steps

    def _draft(self, merged: Merged, told: tuple[str, str, str], plan: Merge) -> Callable[[ReviewItem], Step]:
        action, target, grade = told
        values = {**dict(zip(DECISION, told, strict=True)), "comment": merged.comment, "file": plan.file}

        def step(item: ReviewItem) -> Step:
            made = Decision(
                Action(action), Decimal(target) if target else None, merged.comment, self._user, self._clock(),
                item.proposal.grade, grade or None,
            )  # fmt: skip
            return Step(Move.DRAFT, "filled_in", values, {"decision": made}, reason=merged.comment)

        return step

    def _step(
        self, merged: Merged, fields: Mapping[str, str], plan: Merge, comment: str
    ) -> Callable[[ReviewItem], Step]:
        changes: dict[str, Any] = {}
        if "owner" in fields:
            changes["owner"] = fields["owner"] or None
        if "due" in fields:
            changes["due"] = date.fromisoformat(fields["due"]) if fields["due"] else None
        status = fields.get("status")
        if status == Status.DONE:
            changes["closing"] = self._closing(merged)
        values = {**fields, "comment": comment, "file": plan.file}

        def step(item: ReviewItem) -> Step:
            move = Move.REMAIN if status is None else move_of(item, status)
            if move is None:
                raise Refused("reviews.step_not_allowed", item=item.id, status=item.status.value, step=str(status))
            return Step(move, "filled_in", values, changes, reason=comment)

        return step

    def _record(self, action: str, file: str, after: dict[str, Any]) -> None:
        with self._database.write() as connection:
            audit.record(connection, at=self._clock(), who=self._user, action=action, subject=file, after=after)


def _filled(row: dict[str, Any]) -> Filled:
    base = row["base_due"]
    return Filled(
        row["item"], row["row"], row["base_owner"], date.fromisoformat(base) if base else None, row["base_status"],
        row["owner"], row["due_day"], row["status"], row["comment"],
        (row["base_decide"], row["base_target"], row["base_grade"]), (row["decide"], row["target"], row["grade"]),
    )  # fmt: skip
