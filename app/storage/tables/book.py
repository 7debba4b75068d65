"""The tables of the book: batches, what became of them, versions of lines, what these say, and where they end.

What the lines say that a batch brings is one row of columns (`batch_lines`): nobody asks the database for one field of
one line, and a hundred thousand rows of seventy columns took most of an import's time in the store. A version is a row
of its own all the same: its number, the line's number, and the hash of what it says.

A line that does not change is stored once. A book is a path: a batch, the batch it was compared with, and so on back
to the first. Its lines are the versions that begin in a batch of the path and end in none of it.

Why an end is a row of its own and not a column of the version: the same version may end in one batch and live on
in another. Import A, import B (a line changes: its old version ends in B), undo B, import C: C is compared with A
again, so the old version belongs to C's path and must be alive there, while its end in B still tells what B was. With
a column, undo would have to take the end back (and so touch lines) and B's own book would be lost. With a row, undo
adds one status and no line, no end and no earlier book changes, ever.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)
from sqlalchemy.types import TypeEngine

from app.storage.tables.common import METADATA, Instant, Key
from exposures.exposure import FIELDS, SOURCE_COLUMNS, Kind

batch = Table(
    "batch",
    METADATA,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("reporting_date", Date, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("rates_sha256", String(64), nullable=False),  # "": no file of rates was given
    Column("mapping_name", String(128), nullable=False),
    Column("mapping_text", Text, nullable=False),
    Column("fingerprint", String(64), nullable=False),  # of the headers
    Column("sheet", Text, nullable=False),
    Column("tolerance", String(40), nullable=False),  # decimal, in units of each line's currency
    Column("user", String(128), nullable=False),
    Column("at", Instant, nullable=False),
    Column("rows_read", Integer, nullable=False),
    Column("imported", Integer, nullable=False),
    Column("quarantined", Integer, nullable=False),
    Column("not_counted", Integer, nullable=False),
    Column("new_versions", Integer, nullable=False),  # lines that are new or changed against the base
    Column("ended_versions", Integer, nullable=False),  # lines that are gone or changed
    Column("base_batch", ForeignKey("batch.id")),
    Column("supersedes", ForeignKey("batch.id")),
    Column("reason", Text),
)

#: Only the newest row of a batch counts: committed is visible; superseded and withdrawn are not.
batch_status = Table(
    "batch_status",
    METADATA,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("batch", ForeignKey("batch.id"), nullable=False, index=True),
    Column("status", String(16), nullable=False),
    Column("at", Instant, nullable=False),
    Column("user", String(128), nullable=False),
    Column("reason", Text),
)

_TYPES: dict[Kind, TypeEngine[Any]] = {
    Kind.TEXT: Text(),
    Kind.CODE: String(32),
    Kind.COUNTRY: String(8),
    Kind.CURRENCY: String(3),
    Kind.MONEY: BigInteger(),
    Kind.DATE: Date(),
    Kind.INTEGER: BigInteger(),
    Kind.NUMBER: Float(53),
    Kind.FLAG: Boolean(),
}

line_version = Table(
    "line_version",
    METADATA,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("first_batch", ForeignKey("batch.id"), nullable=False, index=True),
    Column("content", String(32), nullable=False),  # hash of all fields; the place in the file does not count
    # Since revision 0018 `batch_lines` says what follows, but for the line's number; before, these columns did.
    *(Column(item.name, _TYPES[item.kind], nullable=item.name != "line_id") for item in FIELDS),
    Column(SOURCE_COLUMNS[0], Text),  # where the version stood in the file of its first batch
    Column(SOURCE_COLUMNS[1], Integer),
)

#: The versions of lines that begin in a batch, column by column, and the numbers of those that end in it.
batch_lines = Table(
    "batch_lines",
    METADATA,
    Column("batch", ForeignKey("batch.id"), primary_key=True),
    Column("content", LargeBinary, nullable=False),  # `app.storage.columnar`, packed by zlib
)

line_end = Table(
    "line_end",
    METADATA,
    Column("version", ForeignKey("line_version.id"), primary_key=True),
    Column("batch", ForeignKey("batch.id"), primary_key=True),
    Index("ix_line_end_batch", "batch"),
)

rate = Table(
    "rate",
    METADATA,
    Column("batch", ForeignKey("batch.id"), primary_key=True),
    Column("currency", String(3), primary_key=True),
    Column("on", Date, primary_key=True),
    Column("per_usd", String(40), nullable=False),  # decimal, units of the currency for one dollar
)

#: What a batch adds up to, so that the rules need not add it up again; written with it.
book_totals = Table(
    "book_totals",
    METADATA,
    Column("batch", ForeignKey("batch.id"), primary_key=True),
    Column("arithmetic", Integer, nullable=False),  # which version of the rules added it up
    Column("totals", Text, nullable=False),  # JSON, decimals as text
)

#: What stood in the file against what was stored, per money field, currency and country; decimals as text.
reconciliation = Table(
    "reconciliation",
    METADATA,
    Column("batch", ForeignKey("batch.id"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("field", String(64), nullable=False),
    Column("currency", String(3)),
    Column("country", String(8)),
    Column("rows", Integer, nullable=False),
    Column("in_file", String(64), nullable=False),
    Column("stored", String(64), nullable=False),
    Column("quarantined", String(64), nullable=False),
    Column("unreadable", Integer, nullable=False),
)

import_issue = Table(
    "import_issue",
    METADATA,
    Column("batch", ForeignKey("batch.id"), primary_key=True),
    Column("place", Integer, primary_key=True),  # the order in which they were found
    Column("sheet", Text, nullable=False),
    Column("cell", String(16), nullable=False),
    Column("rule", String(64), nullable=False),
    Column("severity", String(16), nullable=False),
    Column("value", Text, nullable=False),
    Column("field", String(64), nullable=False),
    Column("suggestion", Text, nullable=False),
    Column("values", Text, nullable=False),  # JSON
)

quarantined_row = Table(
    "quarantined_row",
    METADATA,
    Column("batch", ForeignKey("batch.id"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("sheet", Text, nullable=False),
    Column("row", Integer, nullable=False),
    Column("rules", Text, nullable=False),  # JSON
    Column("cells", Text, nullable=False),  # JSON: header -> text as in the file
)
