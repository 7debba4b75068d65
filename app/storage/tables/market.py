"""What is no series: the Fed's holdings security by security, and the Treasury's cash by category."""

from sqlalchemy import BigInteger, Column, Date, ForeignKey, String, Table, Text

from app.storage.tables.common import METADATA, Instant, Key

#: Append-only: a Wednesday that is published anew is another set of rows, all with a later known_from.
soma_holding = Table(
    "soma_holding",
    METADATA,
    Column("as_of", Date, primary_key=True),
    Column("known_from", Instant, primary_key=True),
    Column("cusip", String(16), primary_key=True),
    Column("security_type", String(16), nullable=False),
    Column("maturity", Date),
    Column("par", BigInteger, nullable=False),  # US cents
    Column("inflation_compensation", BigInteger, nullable=False),  # US cents
    Column("coupon", String(16)),  # percent a year, as a decimal
    Column("fetch_id", Key, ForeignKey("fetch.id")),
)

#: Append-only: a day that is published anew is another set of rows, all with a later known_from.
treasury_flow = Table(
    "treasury_flow",
    METADATA,
    Column("date", Date, primary_key=True),
    Column("known_from", Instant, primary_key=True),
    Column("direction", String(16), primary_key=True),
    Column("category", Text, primary_key=True),
    Column("amount", BigInteger, nullable=False),  # USD millions
    Column("fetch_id", Key, ForeignKey("fetch.id")),
)
