"""The steps of a review item: each row says where the item stands from then on; rows are only ever added.

No step is stored that `exposures.reviews.workflow` does not allow, and none of a checker that is the maker's.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from app.refusals import Refused
from app.storage import persons
from app.storage.encoding import decode, encode
from app.storage.persons import person_id
from app.storage.tables.reviews import review_item, review_line_decision, review_step
from exposures.reviews import workflow
from exposures.reviews.item import Asked, Decision, Proposal, ReviewItem, Status
from exposures.reviews.workflow import ASKING, CHECKING, TRANSITIONS, Move

#: What a step says of its item.
STATE = ("status", "owner", "due", "decision", "asked", "maker", "checker", "closing")
#: Steps that a making of the lists takes by itself.
_RELEASED, _BACK, _LISTED = "release_proposed", "qualifies_again", "listed"
_RETURNED = "returned"
UNDONE = "undone"


def take(
    connection: Connection,
    item: ReviewItem,
    move: Move,
    at: datetime,
    who: str,
    event: str,
    values: Mapping[str, str],
    **changes: Any,
) -> int:
    """Take a step with an item and give its number; `changes` (owner, due, decision, closing) replace what it says.

    Refused "reviews.step_not_allowed"; of a checker "persons.same_person", "persons.nobody".
    """
    if move not in workflow.moves(item):
        raise Refused("reviews.step_not_allowed", item=item.id, status=item.status.value, step=move.value)
    if move in CHECKING:
        for maker in sorted(workflow.makers(item)):
            persons.refuse_same_person(connection, maker, who)
    number = key(connection, item)
    if move is Move.RETURN_RELEASE:
        return _insert(
            connection, number, None, at, who, event, values, _before_release(connection, number, item), None
        )
    state = _state(item) | changes | {"status": TRANSITIONS[item.status, move]} | _persons(item, move, who)
    return _add(connection, number, None, at, who, event, values, state)


def add_line_decision(connection: Connection, item: ReviewItem, line_id: str, decision: Decision | None) -> None:
    """Keep what was decided for one line beneath an item; None: what was decided is taken back."""
    values = {"item_id": key(connection, item), "line_id": line_id, "decision": encode(decision)}
    connection.execute(review_line_decision.insert().values(values))


def undo(connection: Connection, item: ReviewItem, at: datetime, who: str, steps: int = 1) -> int:
    """Take back an item's last `steps` steps, if each is one's own and no making's; the item is as it was before them.

    Refused "reviews.nothing_to_undo".
    """
    number = key(connection, item)
    rows = connection.execute(
        select(review_step).where(review_step.c.item_id == number).order_by(review_step.c.id.desc()).limit(steps + 1)
    ).all()
    last = rows[0]
    own = all(
        person_id(row.who) == person_id(who) and row.run_id is None and row.event != UNDONE for row in rows[:steps]
    )
    if not own or len(rows) <= steps:
        raise Refused("reviews.nothing_to_undo", item=item.id, who=last.who)
    values = decode(dict[str, str], last.changed)
    if "line" in values:
        add_line_decision(connection, item, values["line"], _line_before(connection, number, values["line"]))
    return _insert(connection, number, None, at, who, UNDONE, {"event": last.event}, _kept(rows[steps]), last.id)


def list_item(connection: Connection, item_id: int, proposal: Proposal, run_id: int, at: datetime, who: str) -> None:
    """Begin an item's life: a list proposes it for the first time."""
    state = dict.fromkeys(STATE) | {"status": Status.PROPOSED, "owner": proposal.owner, "due": proposal.due}
    _add(connection, item_id, run_id, at, who, _LISTED, {"priority": proposal.priority.value}, state)


def propose_release(connection: Connection, item: ReviewItem, run_id: int, at: datetime, who: str) -> bool:
    """Propose to release an item that its list no longer proposes; whether it stood where that can be."""
    if not workflow.allowed(item.status, Move.PROPOSE_RELEASE) or _asks_release(item):
        return False
    state = _state(item) | {"status": Status.RELEASE_PROPOSED}
    values = {"status_before": item.status.value}
    _add(connection, key(connection, item), run_id, at, who, _RELEASED, values, state)
    return True


def take_back(connection: Connection, item: ReviewItem, run_id: int, at: datetime, who: str) -> bool:
    """An item whose release was proposed is proposed again: it goes back to where it stood; whether it was so."""
    if item.status is not Status.RELEASE_PROPOSED and not _asks_release(item):
        return False
    number = key(connection, item)
    _insert(connection, number, run_id, at, who, _BACK, {}, _before_release(connection, number, item), None)
    return True


def declined(connection: Connection) -> set[int]:
    """The items, by the store's own number, that a checker said are not to be released, and that did not qualify since.

    To propose their release again would be to propose again what was decided.
    """
    asked = select(review_step.c.item_id, review_step.c.event, review_step.c.changed)
    asked = asked.where(review_step.c.event.in_((_RETURNED, _BACK))).order_by(review_step.c.id)
    found: set[int] = set()
    for row in connection.execute(asked):
        if row.event == _BACK:
            found.discard(row.item_id)
        elif decode(dict[str, str], row.changed).get("asked") == Asked.RELEASE.value:
            found.add(row.item_id)
    return found


def qualifies_again(connection: Connection, item: ReviewItem, run_id: int, at: datetime, who: str) -> None:
    """Note that an item whose release was declined is proposed again: it stays as it is."""
    _add(connection, key(connection, item), run_id, at, who, _BACK, {}, _state(item))


def key(connection: Connection, item: ReviewItem) -> int:
    """The store's own number of an item."""
    list_id, _, number = item.id.partition("-")
    query = select(review_item.c.id).where(review_item.c.list_id == list_id, review_item.c.number == int(number))
    return int(connection.execute(query).scalar_one())


def digest(row: Row[Any]) -> str:
    """The SHA-256 of everything a step says, as the audit trail keeps it."""
    said = {name: value for name, value in row._mapping.items() if name not in ("id",)}
    return hashlib.sha256(encode(said).encode()).hexdigest()


def proof(connection: Connection, step: int) -> dict[str, Any]:
    """What the audit trail keeps of a step, so that a change of its row shows, or of the line's decision it made."""
    row = connection.execute(select(review_step).where(review_step.c.id == step)).one()
    return {"step": step, "digest": digest(row)} | _line_proof(connection, row)


def _before_release(connection: Connection, number: int, item: ReviewItem) -> dict[str, Any]:
    """Where an item stood when its release was proposed, with the owner and the date that it has now."""
    rows = connection.execute(
        select(review_step).where(review_step.c.item_id == number).order_by(review_step.c.id.desc())
    ).all()
    released = next(place for place, row in enumerate(rows) if row.event == _RELEASED)
    return _kept(rows[released + 1]) | {"owner": item.owner, "due": item.due}


def _line_proof(connection: Connection, step: Row[Any]) -> dict[str, Any]:
    """The same of the line's decision that a step stored; nothing where it stored none."""
    made = step
    if step.undoes is not None:
        made = connection.execute(select(review_step).where(review_step.c.id == step.undoes)).one()
    line = decode(dict[str, str], made.changed).get("line")
    if line is None:
        return {}
    query = select(review_line_decision).order_by(review_line_decision.c.id.desc()).limit(1)
    query = query.where(review_line_decision.c.item_id == step.item_id, review_line_decision.c.line_id == line)
    row = connection.execute(query).one()
    return {"line_step": row.id, "line_digest": digest(row)}


def _asks_release(item: ReviewItem) -> bool:
    return item.status is Status.WITH_CHECKER and item.asked is Asked.RELEASE


def _persons(item: ReviewItem, move: Move, who: str) -> dict[str, Any]:
    """Who makes and who checks after a step, and what is asked."""
    if move in ASKING:
        return {"asked": ASKING[move], "maker": person_id(who), "checker": None}
    if move is Move.RETURN_CLOSING:  # the decision stands as it was confirmed; only the closing was not
        return {"asked": Asked.DECISION, "checker": person_id(who)}
    if move is Move.RETURN or (move is Move.DRAFT and item.asked is not None):
        return {"asked": None, "maker": None, "checker": None}
    return {"checker": person_id(who)} if move in CHECKING else {}


def _state(item: ReviewItem) -> dict[str, Any]:
    return {name: getattr(item, name) for name in STATE}


def _kept(row: Row[Any]) -> dict[str, Any]:
    return {name: row._mapping[name] for name in STATE}


def _line_before(connection: Connection, item_id: int, line_id: str) -> Decision | None:
    query = select(review_line_decision.c.decision).order_by(review_line_decision.c.id.desc())
    query = query.where(review_line_decision.c.item_id == item_id, review_line_decision.c.line_id == line_id)
    found = connection.execute(query.limit(2)).scalars().all()
    before: Decision | None = decode(Decision | None, found[1]) if len(found) > 1 else None
    return before


def _add(
    connection: Connection,
    item_id: int,
    run_id: int | None,
    at: datetime,
    who: str,
    event: str,
    values: Mapping[str, str],
    state: Mapping[str, Any],
) -> int:
    stored = dict(state) | {"status": state["status"].value}
    stored["asked"] = None if state["asked"] is None else state["asked"].value
    for name in ("decision", "closing"):
        stored[name] = None if state[name] is None else encode(state[name])
    return _insert(connection, item_id, run_id, at, who, event, values, stored, None)


def _insert(
    connection: Connection,
    item_id: int,
    run_id: int | None,
    at: datetime,
    who: str,
    event: str,
    values: Mapping[str, str],
    stored: Mapping[str, Any],
    undoes: int | None,
) -> int:
    row = {"item_id": item_id, "run_id": run_id, "at": at, "who": who, "event": event, "changed": encode(values)}
    done = connection.execute(review_step.insert(), row | dict(stored) | {"undoes": undoes})
    made: int = done.inserted_primary_key[0]  # type: ignore[index]
    return made
