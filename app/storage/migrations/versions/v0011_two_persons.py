"""Two persons on every item, things flagged by hand, notes, attachments, passwords of approvals and absences."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

#: A moment in UTC, and a key that counts up (SQLite only counts on its own INTEGER).
INSTANT = sa.DateTime(timezone=True)
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the columns of the second person, then the tables."""
    with op.batch_alter_table("review_step") as table:
        table.add_column(sa.Column("asked", sa.String(length=16), nullable=True))
        table.add_column(sa.Column("maker", sa.String(length=128), nullable=True))
        table.add_column(sa.Column("checker", sa.String(length=128), nullable=True))
        table.add_column(sa.Column("closing", sa.Text(), nullable=True))
        table.add_column(sa.Column("undoes", KEY, nullable=True))
        table.create_check_constraint(
            op.f("ck_review_step_two_persons"),
            "checker IS NULL OR (maker IS NOT NULL AND checker <> maker)",
        )
        table.create_check_constraint(
            op.f("ck_review_step_confirmed"),
            "status NOT IN ('in_work', 'closed', 'rejected') OR checker IS NOT NULL",
        )
    _by_hand()
    _attachments()
    _persons()


def _by_hand() -> None:
    op.create_table(
        "hand_entry",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("list_id", sa.String(length=8), nullable=True),
        sa.Column("subject", sa.String(length=256), nullable=False),
        sa.Column("country", sa.String(length=8), nullable=False),
        sa.Column("tier", sa.String(length=1), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("who", sa.String(length=128), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.CheckConstraint("kind IN ('country', 'counterparty', 'item')", name=op.f("ck_hand_entry_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_entry")),
    )
    op.create_table(
        "hand_decision",
        sa.Column("entry_id", KEY, autoincrement=False, nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=False),
        sa.Column("maker", sa.String(length=128), nullable=False),
        sa.Column("who", sa.String(length=128), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint("who <> maker", name=op.f("ck_hand_decision_two_persons")),
        sa.ForeignKeyConstraint(["entry_id"], ["hand_entry.id"], name=op.f("fk_hand_decision_entry_id_hand_entry")),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_hand_decision")),
    )
    op.create_table(
        "dated_note",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.String(length=256), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("who", sa.String(length=128), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.CheckConstraint("kind IN ('country', 'counterparty')", name=op.f("ck_dated_note_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dated_note")),
    )
    op.create_index("ix_dated_note_subject", "dated_note", ["kind", "subject"])


def _attachments() -> None:
    op.create_table(
        "attachment_content",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_attachment_content")),
    )
    op.create_table(
        "attachment",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("subject", sa.String(length=256), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("who", sa.String(length=128), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    op.create_index("ix_attachment_subject", "attachment", ["subject"])


def _persons() -> None:
    op.create_table(
        "password",
        sa.Column("person", sa.String(length=128), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("since", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_password_person_person")),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_password")),
    )
    op.create_table(
        "absence",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("person", sa.String(length=128), nullable=False),
        sa.Column("deputy", sa.String(length=128), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("who", sa.String(length=128), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.CheckConstraint("deputy <> person", name=op.f("ck_absence_two_persons")),
        sa.ForeignKeyConstraint(["deputy"], ["person.id"], name=op.f("fk_absence_deputy_person")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_absence_person_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
