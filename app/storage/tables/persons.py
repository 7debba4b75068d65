"""The persons who work with a workspace; what was changed stands in the audit trail."""

from sqlalchemy import CheckConstraint, Column, String, Table

from app.storage.tables.common import METADATA, Instant

person = Table(
    "person",
    METADATA,
    Column("id", String(128), primary_key=True),  # an account's name, in small letters
    Column("name", String(255), nullable=False),
    Column("role", String(16), nullable=False),
    Column("since", Instant, nullable=False),
    CheckConstraint("role IN ('viewer', 'officer', 'approver', 'administrator')", name="role"),
)
