"""The persons who work with a workspace; what was changed stands in the audit trail."""

from sqlalchemy import Boolean, CheckConstraint, Column, Date, ForeignKey, String, Table, Text

from app.storage.tables.common import METADATA, Instant, Key

person = Table(
    "person",
    METADATA,
    Column("id", String(128), primary_key=True),  # an account's name, in small letters
    Column("name", String(255), nullable=False),
    Column("role", String(16), nullable=False),
    Column("since", Instant, nullable=False),
    Column("left_at", Instant),  # works here no longer; the row stays for what the person did
    CheckConstraint("role IN ('viewer', 'officer', 'approver', 'administrator')", name="role"),
)

#: What a person says before an approval counts, as an Argon2id hash with its own salt and parameters.
password = Table(
    "password",
    METADATA,
    Column("person", String(128), ForeignKey("person.id"), primary_key=True),
    Column("hash", Text, nullable=False),
    Column("since", Instant, nullable=False),
    Column("once", Boolean),  # an administrator's: it says who one is, and the person sets another one at once
)

#: Who stands in for whom from one day to another, both counted.
absence = Table(
    "absence",
    METADATA,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("person", String(128), ForeignKey("person.id"), nullable=False),
    Column("deputy", String(128), ForeignKey("person.id"), nullable=False),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("who", String(128), nullable=False),
    Column("at", Instant, nullable=False),
    Column("ended_at", Instant),  # taken back before its last day
    CheckConstraint("deputy <> person", name="two_persons"),
)
