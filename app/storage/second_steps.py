"""Steps of a second person as they stand in the store, however they came there: also by SQL, past every refusal."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from app.storage import review_steps
from app.storage.books import Status
from app.storage.persons import person_id
from app.storage.reviews import public_id
from app.storage.tables.book import batch, batch_status
from app.storage.tables.checks import check_addendum, check_decision, check_signature, daily_check
from app.storage.tables.countries import country_level, country_level_decision, series_entry, series_entry_decision
from app.storage.tables.limits import limit_excess, limit_excess_decision
from app.storage.tables.notices import notice, notice_step
from app.storage.tables.reviews import hand_decision, hand_entry, review_item, review_line_decision, review_step
from app.storage.tables.templates import notice_template, notice_template_decision
from app.storage.tables.workspace import audit
from exposures.check import PAGE, Role

_EXCESS = ("limits.approve_excess", "limits.decline_excess")


@dataclass(frozen=True, slots=True)
class Step:
    """A signature or a decision: of what, by whom and when; `makers` did what it checks, and may not be `who`."""

    subject: str
    actions: tuple[str, ...]  # one of them stands in the audit trail
    who: str
    at: datetime
    makers: frozenset[str] = frozenset()

    @property
    def is_own(self) -> bool:
        """The same person did both steps, or one of them has no name."""
        first = {person_id(maker) for maker in self.makers}
        return bool(self.makers) and (person_id(self.who) in first or "" in first or not person_id(self.who))


def steps(connection: Connection) -> Iterator[Step]:
    """Every one that is stored."""
    yield from _signatures(connection)
    yield from _books(connection)
    yield from _reviews(connection)
    for table, decision, key, actions, kind in (
        (country_level, country_level_decision, "level_id", ("level.approve", "level.return"), "level"),
        (series_entry, series_entry_decision, "entry_id", ("entry.accept", "entry.return"), "entry"),
        (notice, notice_step, "notice_id", ("notice.approved", "notice.returned"), "notice"),
        (hand_entry, hand_decision, "entry_id", ("hand.approve", "hand.return"), "hand"),
        (limit_excess, limit_excess_decision, "excess_id", _EXCESS, "excess"),
        (notice_template, notice_template_decision, "template_id", ("template.approve", "template.return"), "template"),
    ):
        maker = next(table.c[name] for name in ("maker", "who", "user") if name in table.c)
        query = select(table.c.id, maker.label("maker"), decision.c.who, decision.c.at)
        query = query.join(decision, decision.c[key] == table.c.id)
        if table is notice:  # what comes after is no second person's
            query = query.where(decision.c.step.in_(("approved", "returned")))
        for row in connection.execute(query):
            yield Step(f"{kind} {row.id}", actions, row.who, row.at, frozenset({row.maker}))


def recorded(connection: Connection) -> set[tuple[str, str, datetime]]:
    """Which action the audit trail says which person did when."""
    rows = connection.execute(select(audit.c.action, audit.c.who, audit.c.at))
    return {(row.action, person_id(row.who), row.at) for row in rows}


def altered(connection: Connection) -> Iterator[tuple[str, str]]:
    """Steps of review items that are not as the audit trail keeps them, or gone: of which item, and by whom."""
    rows = {row.id: row for row in connection.execute(select(review_step))}
    lines = {row.id: row for row in connection.execute(select(review_line_decision))}
    proved: set[int] = set()
    trail = select(audit.c.subject, audit.c.who, audit.c.data).where(audit.c.action.startswith("reviews."))
    for row in connection.execute(trail.where(audit.c.data.is_not(None)).order_by(audit.c.id)):
        kept = json.loads(row.data)
        found = [(rows, kept["step"], kept["digest"])] if "digest" in kept else []
        if "line_step" in kept:
            proved.add(kept["line_step"])
            found.append((lines, kept["line_step"], kept["line_digest"]))
        if any(number not in there or review_steps.digest(there[number]) != said for there, number, said in found):
            yield row.subject, row.who
    # Rows of an earlier program have no proof; from the first that has one on, each has.
    for number in sorted(lines.keys() - proved):
        if proved and number > min(proved):
            yield _item_of(connection, lines[number].item_id), ""


def _item_of(connection: Connection, key: int) -> str:
    row = connection.execute(select(review_item).where(review_item.c.id == key)).one_or_none()
    return "" if row is None else public_id(row.list_id, row.number)


def _reviews(connection: Connection) -> Iterator[Step]:
    """Every step of a review item; where it names another checker than the one before, its maker is asked about."""
    query = select(review_step, review_item.c.list_id, review_item.c.number)
    query = query.join(review_item, review_item.c.id == review_step.c.item_id)
    before: Any = None
    for row in connection.execute(query.order_by(review_step.c.item_id, review_step.c.id)):
        same = before is not None and before.item_id == row.item_id
        told = (before.maker, before.checker) if same else (None, None)
        checked = row.checker is not None and (row.maker, row.checker) != told and row.undoes is None
        # What is returned goes back to where it stood: then whose word was returned is the one who asked last.
        asked = before.maker if row.event == "returned" and same else row.maker
        makers = frozenset({asked or ""}) if checked and row.run_id is None else frozenset[str]()
        action = "reviews.generate" if row.run_id is not None else f"reviews.{row.event}"
        yield Step(public_id(row.list_id, row.number), (action,), row.who, row.at, makers)
        before = row


def _signatures(connection: Connection) -> Iterator[Step]:
    later = set(connection.scalars(select(check_addendum.c.id).where(check_addendum.c.on_page.is_(False))))
    deciders: dict[tuple[int, int], set[str]] = {}
    for one in connection.execute(select(check_decision)):
        part = one.addendum_id if one.addendum_id in later else PAGE
        deciders.setdefault((one.check_id, part), set()).add(one.who)
    query = select(check_signature, daily_check.c.business_date)
    rows = connection.execute(query.join(daily_check, daily_check.c.id == check_signature.c.check_id)).all()
    for row in rows:
        if row.role == Role.MAKER.value:
            deciders.setdefault((row.check_id, row.part), set()).add(row.who)
    for row in rows:
        subject = f"check {row.business_date}"
        if row.role == Role.MAKER.value:
            yield Step(subject, ("check.sign",), row.who, row.at)
        else:
            makers = deciders.get((row.check_id, row.part)) or {""}  # a checker of what nobody made
            yield Step(subject, ("check.countersign",), row.who, row.at, frozenset(makers))


def _books(connection: Connection) -> Iterator[Step]:
    """Books that a second person let in after they had waited."""
    query = select(batch_status, batch.c.user.label("maker"), batch.c.reporting_date)
    query = query.join(batch, batch.c.id == batch_status.c.batch).order_by(batch_status.c.batch, batch_status.c.id)
    before: tuple[int, str] | None = None
    for row in connection.execute(query):
        if before == (row.batch, Status.WAITING.value) and row.status == Status.COMMITTED.value:
            subject = f"book {row.reporting_date.isoformat()}"
            yield Step(subject, ("book.approve",), row.user, row.at, frozenset({row.maker}))
        before = row.batch, row.status
