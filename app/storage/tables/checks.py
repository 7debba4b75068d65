"""The tables of the daily check. Rows are only ever added: a signed page and its evidence stay as they were."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from app.storage.tables.common import METADATA, Instant, Key

#: One for every bank business day; `business_date` is the day it is for, `run_at` when it was made.
daily_check = Table(
    "daily_check",
    METADATA,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("business_date", Date, nullable=False, unique=True),
    Column("cut_off", Instant, nullable=False),  # what was known then is its evidence
    Column("run_at", Instant, nullable=False),
    Column("late", Boolean, nullable=False),
    Column("who", String(128), nullable=False),
    Column("snapshot", Text, nullable=False),  # JSON: the evidence as it was seen
)

#: Evidence that came late, about a step of a check that had been made already.
check_addendum = Table(
    "check_addendum",
    METADATA,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("check_id", Key, ForeignKey("daily_check.id"), nullable=False, index=True),
    Column("step", String(32), nullable=False),
    Column("at", Instant, nullable=False),
    Column("on_page", Boolean, nullable=False),  # the page was not signed yet: it belongs to it
    Column("evidence", Text, nullable=False),  # JSON: the step's evidence with the late data
)

#: The newest row that answers the newest evidence of a step counts.
check_decision = Table(
    "check_decision",
    METADATA,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("check_id", Key, ForeignKey("daily_check.id"), nullable=False),
    Column("addendum_id", Key, ForeignKey("check_addendum.id")),  # the late evidence it answers
    Column("step", String(32), nullable=False),
    Column("verdict", String(8), nullable=False),  # the program's, as it was shown
    Column("decision", String(8), nullable=False),
    Column("comment", Text, nullable=False),
    Column("lists", Text, nullable=False),  # JSON: the review lists that an "act" starts
    Column("owner", String(128), nullable=False),
    Column("who", String(128), nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_check_decision_check", "check_id", "id"),
)

#: `part` is 0 for the page, otherwise the addendum; each part has one maker and at most one checker.
check_signature = Table(
    "check_signature",
    METADATA,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("check_id", Key, ForeignKey("daily_check.id"), nullable=False),
    Column("part", Integer, nullable=False),
    Column("role", String(8), nullable=False),  # maker or checker
    Column("who", String(128), nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("check_id", "part", "role", name="uq_check_signature_part"),
)
