"""The first tables, written out: what this version made stays what it made, whatever the tables become."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

#: A moment in UTC, and a key that counts up (SQLite only counts on its own INTEGER).
INSTANT = sa.DateTime(timezone=True)
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make every table, in an order in which no table precedes one it refers to."""
    op.create_table(
        "alert",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("rule_id", sa.String(length=64), nullable=False),
        sa.Column("scope", sa.String(length=255), nullable=False),
        sa.Column("episode", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
        sa.UniqueConstraint("rule_id", "scope", "episode", name=op.f("uq_alert_rule_id")),
    )
    op.create_table(
        "alert_event",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("rule_id", sa.String(length=64), nullable=False),
        sa.Column("scope", sa.String(length=255), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("episode", sa.Date(), nullable=True),
        sa.Column("observed", sa.Date(), nullable=True),
        sa.Column("value", sa.Float(precision=53), nullable=True),
        sa.Column("threshold", sa.Float(precision=53), nullable=True),
        sa.Column("severity", sa.String(length=16), nullable=True),
        sa.Column("phase", sa.String(length=16), nullable=True),
        sa.Column("known_from", INSTANT, nullable=True),
        sa.Column("assumed", sa.Boolean(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_event")),
    )
    op.create_index("ix_alert_event_rule_scope", "alert_event", ["rule_id", "scope"], unique=False)
    op.create_table(
        "alert_state",
        sa.Column("rule_id", sa.String(length=64), nullable=False),
        sa.Column("scope", sa.String(length=255), nullable=False),
        sa.Column("labels", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("evaluated", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.Column("as_of", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("rule_id", "scope", name=op.f("pk_alert_state")),
    )
    op.create_table(
        "audit",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("who", sa.String(length=128), nullable=False),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=256), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("program_version", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_table(
        "batch",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("reporting_date", sa.Date(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("rates_sha256", sa.String(length=64), nullable=False),
        sa.Column("mapping_name", sa.String(length=128), nullable=False),
        sa.Column("mapping_text", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("tolerance", sa.String(length=40), nullable=False),
        sa.Column("user", sa.String(length=128), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("rows_read", sa.Integer(), nullable=False),
        sa.Column("imported", sa.Integer(), nullable=False),
        sa.Column("quarantined", sa.Integer(), nullable=False),
        sa.Column("not_counted", sa.Integer(), nullable=False),
        sa.Column("new_versions", sa.Integer(), nullable=False),
        sa.Column("ended_versions", sa.Integer(), nullable=False),
        sa.Column("base_batch", KEY, nullable=True),
        sa.Column("supersedes", KEY, nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["base_batch"], ["batch.id"], name=op.f("fk_batch_base_batch_batch")),
        sa.ForeignKeyConstraint(["supersedes"], ["batch.id"], name=op.f("fk_batch_supersedes_batch")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
    )
    op.create_table(
        "country_limit",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("country", sa.String(length=8), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("basis", sa.String(length=16), nullable=False),
        sa.Column("measure", sa.String(length=16), nullable=False),
        sa.Column("user", sa.String(length=128), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_country_limit")),
    )
    op.create_index(op.f("ix_country_limit_country"), "country_limit", ["country"], unique=False)
    op.create_table(
        "fact",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_fact")),
    )
    op.create_table(
        "fetch",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("source_id", sa.String(length=32), nullable=False),
        sa.Column("resource", sa.String(length=255), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=True),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fetch")),
    )
    op.create_index("ix_fetch_source_resource", "fetch", ["source_id", "resource"], unique=False)
    op.create_table(
        "review_item",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("list_id", sa.String(length=8), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=256), nullable=False),
        sa.Column("country", sa.String(length=8), nullable=False),
        sa.Column("episode", sa.Integer(), nullable=False),
        sa.Column("listed_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_item")),
        sa.UniqueConstraint("list_id", "number", name="uq_review_item_number"),
        sa.UniqueConstraint("list_id", "subject", "country", "episode", name="uq_review_item_key"),
    )
    op.create_table(
        "review_run",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("who", sa.String(length=128), nullable=False),
        sa.Column("book_version", sa.String(length=64), nullable=False),
        sa.Column("book_source", sa.Text(), nullable=False),
        sa.Column("reporting_date", sa.Date(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("flags", sa.Text(), nullable=False),
        sa.Column("tide", sa.Text(), nullable=False),
        sa.Column("results", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_run")),
    )
    op.create_table(
        "rule_version",
        sa.Column("rule_id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("who", sa.String(length=128), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("rule_id", "version", name=op.f("pk_rule_version")),
    )
    op.create_table(
        "series_unit",
        sa.Column("series_id", sa.String(length=32), nullable=False),
        sa.Column("unit", sa.String(length=32), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("who", sa.String(length=128), nullable=False),
        sa.PrimaryKeyConstraint("series_id", name=op.f("pk_series_unit")),
    )
    op.create_table(
        "setting",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_setting")),
    )
    op.create_table(
        "acknowledgement",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("alert_id", KEY, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("who", sa.String(length=128), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("until", INSTANT, nullable=True),
        sa.Column("observed", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.id"], name=op.f("fk_acknowledgement_alert_id_alert")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acknowledgement")),
    )
    op.create_table(
        "batch_status",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("batch", KEY, nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("user", sa.String(length=128), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["batch"], ["batch.id"], name=op.f("fk_batch_status_batch_batch")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch_status")),
    )
    op.create_index(op.f("ix_batch_status_batch"), "batch_status", ["batch"], unique=False)
    op.create_table(
        "import_issue",
        sa.Column("batch", KEY, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("cell", sa.String(length=16), nullable=False),
        sa.Column("rule", sa.String(length=64), nullable=False),
        sa.Column("severity", sa.String(length=16), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("field", sa.String(length=64), nullable=False),
        sa.Column("suggestion", sa.Text(), nullable=False),
        sa.Column("values", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["batch"], ["batch.id"], name=op.f("fk_import_issue_batch_batch")),
        sa.PrimaryKeyConstraint("batch", "place", name=op.f("pk_import_issue")),
    )
    op.create_table(
        "line_version",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("first_batch", KEY, nullable=False),
        sa.Column("content", sa.String(length=32), nullable=False),
        sa.Column("line_id", sa.Text(), nullable=False),
        sa.Column("side", sa.String(length=32), nullable=True),
        sa.Column("counterparty_id", sa.Text(), nullable=True),
        sa.Column("counterparty_name", sa.Text(), nullable=True),
        sa.Column("group_id", sa.Text(), nullable=True),
        sa.Column("sector", sa.String(length=32), nullable=True),
        sa.Column("lei", sa.Text(), nullable=True),
        sa.Column("country", sa.String(length=8), nullable=True),
        sa.Column("head_office_country", sa.String(length=8), nullable=True),
        sa.Column("dependent_branch", sa.Boolean(), nullable=True),
        sa.Column("risk_country", sa.String(length=8), nullable=True),
        sa.Column("risk_country_reason", sa.Text(), nullable=True),
        sa.Column("booking_entity", sa.Text(), nullable=True),
        sa.Column("booking_entity_kind", sa.String(length=32), nullable=True),
        sa.Column("instrument", sa.String(length=32), nullable=True),
        sa.Column("product", sa.Text(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("outstanding", sa.BigInteger(), nullable=True),
        sa.Column("accrued_interest", sa.BigInteger(), nullable=True),
        sa.Column("undrawn", sa.BigInteger(), nullable=True),
        sa.Column("contingent", sa.BigInteger(), nullable=True),
        sa.Column("market_exposure", sa.BigInteger(), nullable=True),
        sa.Column("pending", sa.BigInteger(), nullable=True),
        sa.Column("undrawn_kind", sa.String(length=32), nullable=True),
        sa.Column("stage", sa.String(length=32), nullable=True),
        sa.Column("revolving", sa.Boolean(), nullable=True),
        sa.Column("signing_date", sa.Date(), nullable=True),
        sa.Column("maturity", sa.Date(), nullable=True),
        sa.Column("guarantor_id", sa.Text(), nullable=True),
        sa.Column("guarantor_name", sa.Text(), nullable=True),
        sa.Column("guarantor_country", sa.String(length=8), nullable=True),
        sa.Column("guarantee_percent", sa.Float(precision=53), nullable=True),
        sa.Column("guarantee_cap", sa.BigInteger(), nullable=True),
        sa.Column("guarantee_explicit", sa.Boolean(), nullable=True),
        sa.Column("guarantee_irrevocable", sa.Boolean(), nullable=True),
        sa.Column("guarantee_unconditional", sa.Boolean(), nullable=True),
        sa.Column("guarantee_in_force", sa.Boolean(), nullable=True),
        sa.Column("guarantee_covers_undrawn", sa.Boolean(), nullable=True),
        sa.Column("guarantee_end", sa.Date(), nullable=True),
        sa.Column("collateral_kind", sa.String(length=32), nullable=True),
        sa.Column("collateral_value", sa.BigInteger(), nullable=True),
        sa.Column("collateral_country", sa.String(length=8), nullable=True),
        sa.Column("rating", sa.Text(), nullable=True),
        sa.Column("loan_class", sa.String(length=32), nullable=True),
        sa.Column("days_past_due", sa.BigInteger(), nullable=True),
        sa.Column("ifrs_stage", sa.BigInteger(), nullable=True),
        sa.Column("dscr", sa.Float(precision=53), nullable=True),
        sa.Column("hard_currency_share", sa.Float(precision=53), nullable=True),
        sa.Column("local_revenue", sa.Boolean(), nullable=True),
        sa.Column("relationship_owner", sa.Text(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("source_sheet", sa.Text(), nullable=True),
        sa.Column("source_row", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["first_batch"], ["batch.id"], name=op.f("fk_line_version_first_batch_batch")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line_version")),
    )
    op.create_index(op.f("ix_line_version_first_batch"), "line_version", ["first_batch"], unique=False)
    op.create_table(
        "observation",
        sa.Column("series_id", sa.String(length=32), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("source_id", sa.String(length=32), nullable=False),
        sa.Column("known_from", INSTANT, nullable=False),
        sa.Column("value", sa.Float(precision=53), nullable=False),
        sa.Column("basis", sa.String(length=16), nullable=False),
        sa.Column("fetch_id", KEY, nullable=True),
        sa.ForeignKeyConstraint(["fetch_id"], ["fetch.id"], name=op.f("fk_observation_fetch_id_fetch")),
        sa.PrimaryKeyConstraint("series_id", "date", "source_id", "known_from", name=op.f("pk_observation")),
    )
    op.create_table(
        "quarantined_row",
        sa.Column("batch", KEY, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("cells", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["batch"], ["batch.id"], name=op.f("fk_quarantined_row_batch_batch")),
        sa.PrimaryKeyConstraint("batch", "place", name=op.f("pk_quarantined_row")),
    )
    op.create_table(
        "rate",
        sa.Column("batch", KEY, nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("per_usd", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["batch"], ["batch.id"], name=op.f("fk_rate_batch_batch")),
        sa.PrimaryKeyConstraint("batch", "currency", "on", name=op.f("pk_rate")),
    )
    op.create_table(
        "reconciliation",
        sa.Column("batch", KEY, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=64), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("country", sa.String(length=8), nullable=True),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("in_file", sa.String(length=64), nullable=False),
        sa.Column("stored", sa.String(length=64), nullable=False),
        sa.Column("quarantined", sa.String(length=64), nullable=False),
        sa.Column("unreadable", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch"], ["batch.id"], name=op.f("fk_reconciliation_batch_batch")),
        sa.PrimaryKeyConstraint("batch", "place", name=op.f("pk_reconciliation")),
    )
    op.create_table(
        "review_line_decision",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("line_id", sa.String(length=256), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["review_item.id"], name=op.f("fk_review_line_decision_item_id_review_item")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_line_decision")),
    )
    op.create_index("ix_review_line_decision_item", "review_line_decision", ["item_id", "id"], unique=False)
    op.create_table(
        "review_step",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("run_id", KEY, nullable=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("who", sa.String(length=128), nullable=False),
        sa.Column("event", sa.String(length=32), nullable=False),
        sa.Column("changed", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=24), nullable=False),
        sa.Column("owner", sa.String(length=128), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["review_item.id"], name=op.f("fk_review_step_item_id_review_item")),
        sa.ForeignKeyConstraint(["run_id"], ["review_run.id"], name=op.f("fk_review_step_run_id_review_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_step")),
    )
    op.create_index("ix_review_step_item", "review_step", ["item_id", "id"], unique=False)
    op.create_table(
        "review_version",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("run_id", KEY, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("proposal", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["review_item.id"], name=op.f("fk_review_version_item_id_review_item")),
        sa.ForeignKeyConstraint(["run_id"], ["review_run.id"], name=op.f("fk_review_version_run_id_review_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_version")),
    )
    op.create_index("ix_review_version_item", "review_version", ["item_id", "id"], unique=False)
    op.create_table(
        "line_end",
        sa.Column("version", KEY, nullable=False),
        sa.Column("batch", KEY, nullable=False),
        sa.ForeignKeyConstraint(["batch"], ["batch.id"], name=op.f("fk_line_end_batch_batch")),
        sa.ForeignKeyConstraint(["version"], ["line_version.id"], name=op.f("fk_line_end_version_line_version")),
        sa.PrimaryKeyConstraint("version", "batch", name=op.f("pk_line_end")),
    )
    op.create_index("ix_line_end_batch", "line_end", ["batch"], unique=False)
