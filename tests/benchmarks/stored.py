"""Books of any length as the store holds them, without a file that was read."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pandas as pd

from app.storage import drafts, schema, snapshots
from app.storage import totals as kept_totals
from app.storage.database import Database
from app.storage.drafts import Draft
from exposures.book import Book
from exposures.rates import Rate
from exposures.totals import totals
from tests.benchmarks.frames import RATES


def store(path: Path, reported: date, frame: pd.DataFrame) -> int:
    """The number of the batch that these lines are in the database at `path`, which is made where there is none."""
    rates = {code: Decimal(rate) for code, rate in RATES.items()}
    draft = Draft(
        reporting_date=reported, file_name="book.xlsx", sha256="0" * 64, rates_sha256="", mapping_name="benchmark",
        mapping_text="", fingerprint="", sheet="Book", tolerance=Decimal(0), user="benchmark",
        at=datetime(2026, 5, 26, tzinfo=UTC), rows_read=len(frame), not_counted=0, lines=frame,
        quarantined=pd.DataFrame(), rates=tuple(Rate(code, rate, reported) for code, rate in rates.items()),
    )  # fmt: skip
    database = Database(f"sqlite:///{path}")
    try:
        schema.prepare(database)
        with database.write() as connection:
            number = drafts.add(connection, draft)
            kept_totals.keep(connection, number, totals(Book(reported, number, frame, rates)))
        with database.read() as connection:
            snapshots.keep(connection, number)
    finally:
        database.close()
    return number
