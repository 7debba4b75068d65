from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from app.storage import books, drafts, schema
from app.storage import totals as kept_totals
from app.storage.database import Database
from exposures.rates import Rate
from exposures.totals import totals
from tests.app.storage.drafts import draft
from tests.exposures.lines import book, line

ON = date(2026, 5, 22)


@pytest.fixture
def database(tmp_path: Path) -> Database:
    found = Database(f"sqlite:///{tmp_path / 'tidewatch.sqlite'}")
    schema.prepare(found)
    return found


def test_totals_come_back_exactly(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """A third of a dollar has no end: sixty digits go in and the same come out."""
    rows = (line("1", "TR", "TRY", outstanding=1), line("2", None, pending=3), line("3", "AR", "CLP", undrawn=7))
    found = totals(book(*rows, rates={"TRY": Decimal(3)}))
    with database.write() as connection:
        number = drafts.add(connection, draft(ON, *rows, rates=(Rate("TRY", Decimal(3), ON),)))
        (batch,) = books.visible(connection)
        assert kept_totals.of(connection, batch) is None
        kept_totals.keep(connection, number, found)
        assert kept_totals.of(connection, batch) == found
        assert kept_totals.of(connection, batch, Decimal("0.25")) is None  # made without a haircut
        monkeypatch.setattr(kept_totals, "ARITHMETIC", kept_totals.ARITHMETIC + 1)
        assert kept_totals.of(connection, batch) is None
    database.close()
