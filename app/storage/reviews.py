"""The review lists in the store: runs, items, their versions, and the steps that people and runs add."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from app.storage import review_steps
from app.storage.encoding import decode, encode
from app.storage.tables.reviews import review_item, review_line_decision, review_run, review_step, review_version
from exposures.flags import CountryFlag, Tide
from exposures.reviews.closing import Closing
from exposures.reviews.item import SETTLED, Asked, Decision, HistoryEntry, ItemKey, Proposal, ReviewItem, Status
from exposures.reviews.review_list import ListResult


@dataclass(frozen=True, slots=True)
class Run:
    """One making of the lists; `results` have no items, those stand in the store of their own."""

    id: int
    at: datetime
    who: str
    book_version: str
    book_source: str
    reporting_date: date
    currency: str
    flags: tuple[CountryFlag, ...]
    tide: Tide
    results: tuple[ListResult, ...]

    def result(self, list_id: str) -> ListResult | None:
        """What the run said of one list."""
        return next((result for result in self.results if result.list_id == list_id), None)


@dataclass(frozen=True, slots=True)
class Remade:
    """What a run changed: items that are new, whose proposal changed, that are to be released, or that came back."""

    new: int = 0
    changed: int = 0
    released: int = 0
    returned: int = 0


def add_run(connection: Connection, run: Run) -> int:
    """Store a run (its id is given by the store) and return its id."""
    bare = tuple(replace(result, items=()) for result in run.results)
    row = review_run.insert().values(
        at=run.at,
        who=run.who,
        book_version=run.book_version,
        book_source=run.book_source,
        reporting_date=run.reporting_date,
        currency=run.currency,
        flags=encode(run.flags),
        tide=encode(run.tide),
        results=encode(bare),
    )
    key: int = connection.execute(row).inserted_primary_key[0]  # type: ignore[index]
    return key


def last_run(connection: Connection, as_of: datetime | None = None) -> Run | None:
    """The latest making of the lists, if they were ever made (by `as_of`)."""
    query = select(review_run).order_by(review_run.c.id.desc()).limit(1)
    if as_of is not None:
        query = query.where(review_run.c.at <= as_of)
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    return Run(
        row.id,
        row.at,
        row.who,
        row.book_version,
        row.book_source,
        row.reporting_date,
        row.currency,
        decode(tuple[CountryFlag, ...], row.flags),
        decode(Tide, row.tide),
        decode(tuple[ListResult, ...], row.results),
    )


def remake(
    connection: Connection, run_id: int, list_id: str, proposals: Iterable[Proposal], at: datetime, who: str
) -> Remade:
    """Take in a list made again: by key nothing is doubled, and owner, due, status, comments, decisions stay.

    Open items that no longer qualify are proposed for release, once a checker has declined it only after they qualified
    again; settled ones stay settled in their episode.
    """
    rows = {ItemKey(row.list_id, row.subject, row.country, row.episode): row for row in _rows(connection, list_id)}
    decisions = _line_decisions(connection, None)
    stored = {key: _item(row, decisions.get(row.id, {})) for key, row in rows.items()}
    number = max((row.number for row in rows.values()), default=0)
    new = changed = released = returned = 0
    declined, wanted = review_steps.declined(connection), set()
    for proposal in proposals:
        key = proposal.key
        if key in wanted:
            raise ValueError(f"{list_id} proposes {key} twice")
        wanted.add(key)
        if key not in stored:
            number += 1
            item_id = _insert(connection, key, number, at)
            _add_version(connection, item_id, run_id, at, proposal)
            review_steps.list_item(connection, item_id, proposal, run_id, at, who)
            new += 1
            continue
        item, row = stored[key], rows[key]
        # The due date proposed today is nothing new: the item has its own since it was listed. A text that was
        # written by an earlier program can differ and say the same.
        text = encode(replace(proposal, due=item.proposal.due))
        if text != row.proposal and text != encode(item.proposal):
            _add_version(connection, row.id, run_id, at, proposal)
            changed += 1
        if review_steps.take_back(connection, item, run_id, at, who):
            returned += 1
        elif row.id in declined and item.status not in SETTLED:
            review_steps.qualifies_again(connection, item, run_id, at, who)
    for key, item in stored.items():
        if key in wanted or rows[key].id in declined:
            continue
        if review_steps.propose_release(connection, item, run_id, at, who):
            released += 1
    return Remade(new, changed, released, returned)


def items(connection: Connection, list_id: str | None = None, as_of: datetime | None = None) -> list[ReviewItem]:
    """Every item of a list (or of all), as its latest version and its latest step say (by `as_of`), without its
    history.
    """
    rows = _rows(connection, list_id, as_of)
    decisions = _line_decisions(connection, as_of)
    return [_item(row, decisions.get(row.id, {})) for row in rows]


def _rows(connection: Connection, list_id: str | None = None, as_of: datetime | None = None) -> Sequence[Row[Any]]:
    """Each item with its latest version and its latest step."""
    versions = select(func.max(review_version.c.id)).group_by(review_version.c.item_id)
    steps = select(func.max(review_step.c.id)).group_by(review_step.c.item_id)
    if as_of is not None:
        versions = versions.where(review_version.c.at <= as_of)
        steps = steps.where(review_step.c.at <= as_of)
    query = (
        select(review_item, review_version.c.proposal, *_STEP, review_version.c.at.label("version_at"))
        .join(review_version, review_version.c.item_id == review_item.c.id)
        .join(review_step, review_step.c.item_id == review_item.c.id)
        .where(review_version.c.id.in_(versions), review_step.c.id.in_(steps))
        .order_by(review_item.c.id)
    )
    if list_id is not None:
        query = query.where(review_item.c.list_id == list_id)
    return connection.execute(query).all()


def item(connection: Connection, item_id: str) -> ReviewItem | None:
    """One item by its id ("L1-0417") with its whole history, oldest step first; None if there is none."""
    list_id, _, number = item_id.partition("-")
    if not number.isdecimal():
        return None
    found = next((one for one in items(connection, list_id) if one.id == public_id(list_id, int(number))), None)
    if found is None:
        return None
    key = review_steps.key(connection, found)
    steps = connection.execute(select(review_step).where(review_step.c.item_id == key).order_by(review_step.c.id))
    history = tuple(
        HistoryEntry(row.at, row.who, row.event, decode(dict[str, str], row.changed), row.id) for row in steps
    )
    return replace(found, history=history)


_STEP = (*(review_step.c[name] for name in review_steps.STATE), review_step.c.at.label("step_at"))


def public_id(list_id: str, number: int) -> str:
    """An item's number as people read it: "L1-0417"."""
    return f"{list_id}-{number:04d}"


def _item(row: Row[Any], line_decisions: Mapping[str, Decision]) -> ReviewItem:
    return ReviewItem(
        public_id(row.list_id, row.number),
        decode(Proposal, row.proposal),
        Status(row.status),
        row.owner,
        row.due,
        None if row.decision is None else decode(Decision, row.decision),
        line_decisions,
        row.listed_at,
        max(row.step_at, row.version_at),
        asked=None if row.asked is None else Asked(row.asked),
        maker=row.maker,
        checker=row.checker,
        closing=None if row.closing is None else decode(Closing, row.closing),
    )


def _line_decisions(connection: Connection, as_of: datetime | None) -> dict[int, dict[str, Decision]]:
    found: dict[int, dict[str, Decision]] = {}
    for row in connection.execute(select(review_line_decision).order_by(review_line_decision.c.id)):
        decision = decode(Decision | None, row.decision)
        if decision is None:  # taken back
            found.get(row.item_id, {}).pop(row.line_id, None)
        elif as_of is None or decision.at <= as_of:
            found.setdefault(row.item_id, {})[row.line_id] = decision
    return found


def _insert(connection: Connection, key: ItemKey, number: int, at: datetime) -> int:
    values = {
        "list_id": key.list_id,
        "number": number,
        "subject": key.subject,
        "country": key.country,
        "episode": key.episode,
        "listed_at": at,
    }
    made: int = connection.execute(review_item.insert(), values).inserted_primary_key[0]  # type: ignore[index]
    return made


def _add_version(connection: Connection, item_id: int, run_id: int, at: datetime, proposal: Proposal) -> None:
    values = {"item_id": item_id, "run_id": run_id, "at": at, "proposal": encode(proposal)}
    connection.execute(review_version.insert(), values)
