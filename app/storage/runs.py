"""The run ledger: who may do a period's work, and what became of it. A period has one row, however many watch."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, func, select
from sqlalchemy.dialects import postgresql, sqlite

from app.storage.tables.schedule import schedule_run, schedule_watch
from app.timetable.run import Cause, Period, Run, Status

#: A program that gave no sign of life for so long is dead, and what it claimed is free.
LEASE = timedelta(minutes=3)
#: Both dialects say ON CONFLICT DO NOTHING, each with an insert of its own.
_INSERT: dict[str, Callable[[Table], Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
_RUN, _WATCH = schedule_run.c, schedule_watch.c


@dataclass(frozen=True, slots=True)
class Watch:
    """A program that keeps the schedule."""

    id: int
    host: str
    pid: int
    began: datetime
    last_seen: datetime
    ended: datetime | None


def begin_watch(connection: Connection, host: str, pid: int, now: datetime) -> int:
    """A program starts to keep the schedule; returns its watch."""
    row = schedule_watch.insert().values(host=host, pid=pid, began=now, last_seen=now)
    key: int = connection.execute(row).inserted_primary_key[0]  # type: ignore[index]
    return key


def beat(connection: Connection, watch: int, now: datetime) -> None:
    """A sign of life: the program is there, and still works on what it claimed."""
    connection.execute(schedule_watch.update().where(_WATCH.id == watch).values(last_seen=now))
    held = (_RUN.holder == watch) & (_RUN.status == Status.RUNNING.value)
    connection.execute(schedule_run.update().where(held).values(held_until=now + LEASE))


def end_watch(connection: Connection, watch: int, now: datetime) -> None:
    """The program stops keeping the schedule, as it should; what it has not finished is free at once."""
    connection.execute(schedule_watch.update().where(_WATCH.id == watch).values(last_seen=now, ended=now))
    held = (_RUN.holder == watch) & (_RUN.status == Status.RUNNING.value)
    connection.execute(schedule_run.update().where(held).values(held_until=now))


def last_watch(connection: Connection) -> Watch | None:
    """The program that was seen last."""
    query = select(schedule_watch).order_by(_WATCH.last_seen.desc(), _WATCH.id.desc()).limit(1)
    row = connection.execute(query).one_or_none()
    return None if row is None else Watch(**row._mapping)


def alive(connection: Connection, now: datetime) -> tuple[Watch, ...]:
    """The programs that keep the schedule now, in the order in which they began."""
    query = select(schedule_watch).where(_WATCH.ended.is_(None), _WATCH.last_seen > now - LEASE).order_by(_WATCH.id)
    return tuple(Watch(**row._mapping) for row in connection.execute(query))


def first_watch(connection: Connection) -> datetime | None:
    """Since when this workspace has a schedule; None where it never had one."""
    began: datetime | None = connection.execute(select(func.min(_WATCH.began))).scalar_one()
    return began


def claim(
    connection: Connection,
    period: Period,
    watch: int,
    now: datetime,
    cause: Cause | None,
    seen: Run | None = None,
) -> int | None:
    """Take a period's work in the caller's unit of work; None where another program has it.

    `seen` is the row from which the caller concluded that an attempt is due, None where there was no row.
    """
    held = {
        "status": Status.RUNNING.value,
        "started": now,
        "finished": None,
        "holder": watch,
        "held_until": now + LEASE,
        "outcome": None,
        "values": "{}",
        "settled_by": None,
        "cause": None if cause is None else cause.value,
    }
    if seen is not None:
        unchanged = (_RUN.id == seen.id) & (_RUN.attempt == seen.attempt) & (_RUN.status == seen.status.value)
        if seen.status is Status.RUNNING:  # its holder may have given a sign of life since
            unchanged &= _RUN.held_until <= now
        again = schedule_run.update().where(unchanged).values(held | {"attempt": seen.attempt + 1})
        return seen.id if connection.execute(again).rowcount == 1 else None
    row = held | {
        "job": period.job,
        "period": period.key,
        "due": period.due,
        "as_of": period.as_of,
        "attempt": 1,
        "began": now,
    }
    insert = _INSERT[connection.dialect.name](schedule_run).values(row)
    insert = insert.on_conflict_do_nothing(index_elements=[_RUN.job, _RUN.period]).returning(_RUN.id)
    key: int | None = connection.execute(insert).scalar_one_or_none()
    return key


def finish(
    connection: Connection,
    run: Run,
    status: Status,
    now: datetime,
    outcome: str,
    values: Mapping[str, Any],
    settled_by: int | None = None,
) -> bool:
    """Write down what became of a claimed run; False where the claim was lost meanwhile."""
    ours = (_RUN.id == run.id) & (_RUN.holder == run.holder) & (_RUN.attempt == run.attempt)
    ended = schedule_run.update().where(ours & (_RUN.status == Status.RUNNING.value))
    text = json.dumps(values, ensure_ascii=False, sort_keys=True)
    done = ended.values(
        status=status.value, finished=now, held_until=now, outcome=outcome, values=text, settled_by=settled_by
    )
    return connection.execute(done).rowcount == 1


def runs(connection: Connection, since: datetime) -> dict[tuple[str, str], Run]:
    """The ledger's rows of periods due from `since` on, by job and period."""
    rows = connection.execute(_select().where(_RUN.due >= since))
    return {(row.job, row.period): _run(row) for row in rows}


def by_id(connection: Connection, ids: Sequence[int]) -> tuple[Run, ...]:
    """These rows, oldest period first."""
    rows = connection.execute(_select().where(_RUN.id.in_(ids)).order_by(_RUN.due, _RUN.id))
    return tuple(_run(row) for row in rows)


def latest(connection: Connection, limit: int, job: str | None = None) -> tuple[Run, ...]:
    """The last runs, newest first."""
    query = _select().order_by(_RUN.started.desc(), _RUN.due.desc(), _RUN.id.desc()).limit(limit)
    if job is not None:
        query = query.where(_RUN.job == job)
    return tuple(_run(row) for row in connection.execute(query))


def _select() -> Select[Any]:
    return select(schedule_run, _WATCH.host, _WATCH.pid).join(schedule_watch, _RUN.holder == _WATCH.id)


def _run(row: Row[Any]) -> Run:
    known = row._mapping
    return Run(
        known["id"],
        Period(known["due"], known["job"], known["period"], known["as_of"]),
        Status(known["status"]),
        known["attempt"],
        known["began"],
        known["started"],
        known["finished"],
        known["host"],
        known["pid"],
        known["holder"],
        known["held_until"],
        None if known["cause"] is None else Cause(known["cause"]),
        known["outcome"],
        json.loads(known["values"]),
        known["settled_by"],
    )
