"""Risk notices in the store: drafts, approvals by a second person, and what the reader answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, select

from app.refusals import Misused
from app.storage import persons
from app.storage.tables.notices import notice, notice_step


class Step(StrEnum):
    """What can happen to a notice once it is drafted."""

    APPROVED = "approved"
    RETURNED = "returned"
    HANDED = "handed"  # over on paper, by hand
    ACKNOWLEDGED = "acknowledged"
    REPLIED = "replied"


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that was taken."""

    step: Step
    who: str
    at: datetime
    comment: str


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice: to whom, what it says, by when an answer is due, and what happened since."""

    item: str
    list_id: str
    subject: str
    country: str
    episode: int
    tier: str
    amount: Decimal
    currency: str
    addressee: str
    email: str
    language: str
    heading: str
    body: str
    maker: str
    at: datetime
    acknowledge_by: date | None
    reply_by: date
    id: int = 0
    steps: Mapping[Step, Taken] = field(default_factory=dict)

    @property
    def number(self) -> str:
        """As people name it: "N-0007"."""
        return f"N-{self.id:04d}"

    @property
    def waits_for_checker(self) -> bool:
        """Drafted, and neither approved nor returned."""
        return Step.APPROVED not in self.steps and Step.RETURNED not in self.steps

    @property
    def is_out(self) -> bool:
        """Approved: it leaves, or left."""
        return Step.APPROVED in self.steps


def add(connection: Connection, draft: Notice) -> Notice:
    """Store a draft."""
    values = {name: getattr(draft, name) for name in draft.__dataclass_fields__ if name not in ("id", "steps")}
    made = connection.execute(notice.insert().values(**values | {"amount": format(draft.amount, "f")}))
    return find(connection, made.inserted_primary_key[0])  # type: ignore[index]


def notices(connection: Connection) -> tuple[Notice, ...]:
    """Every notice, newest first."""
    steps: dict[int, dict[Step, Taken]] = {}
    for row in connection.execute(select(notice_step).order_by(notice_step.c.id)):
        taken = Taken(Step(row.step), row.who, row.at, row.comment)
        steps.setdefault(row.notice_id, {})[taken.step] = taken
    rows = connection.execute(select(notice).order_by(notice.c.id.desc()))
    return tuple(_notice(row, steps.get(row.id, {})) for row in rows)


def find(connection: Connection, number: int) -> Notice:
    """One by its number; Misused "notices.unknown"."""
    for one in notices(connection):
        if one.id == number:
            return one
    raise Misused("notices.unknown", id=number)


def take_step(connection: Connection, of: Notice, taken: Taken) -> None:
    """Add a step. Whoever drafted a notice neither approves nor returns it: Refused "persons.same_person"."""
    if taken.step in (Step.APPROVED, Step.RETURNED):
        persons.refuse_same_person(connection, of.maker, taken.who)
    row = {"notice_id": of.id, "step": taken.step.value, "who": taken.who, "at": taken.at, "comment": taken.comment}
    connection.execute(notice_step.insert().values(row))


def _notice(row: Row[Any], steps: Mapping[Step, Taken]) -> Notice:
    values = dict(row._mapping) | {"amount": Decimal(row.amount)}
    return Notice(**values, steps=steps)
