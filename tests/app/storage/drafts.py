"""Batches made by hand, without a file."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd

from app.storage.drafts import Draft
from tests.exposures.lines import frame

AT = datetime(2026, 5, 26, tzinfo=UTC)


def draft(on: date, *rows: dict[str, Any], **fields: Any) -> Draft:
    values: dict[str, Any] = {
        "reporting_date": on,
        "file_name": "book.xlsx",
        "sha256": "0" * 64,
        "rates_sha256": "",
        "mapping_name": "test",
        "mapping_text": "",
        "fingerprint": "",
        "sheet": "Lines",
        "tolerance": Decimal(0),
        "user": "Chen Li",
        "at": AT,
        "rows_read": len(rows),
        "not_counted": 0,
        "lines": frame(*rows) if rows else frame({"line_id": "x"}).iloc[:0],
        "quarantined": pd.DataFrame(),
    }
    return Draft(**values | fields)
