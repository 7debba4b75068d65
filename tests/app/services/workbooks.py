"""Small book files for tests."""

from pathlib import Path

HEADERS = "Loan Number,Counterparty,Country,Instrument,Currency,Outstanding,Undrawn"


def write_csv(path: Path, *rows: str, headers: str = HEADERS) -> Path:
    path.write_text("\n".join((headers, *rows)) + "\n", encoding="utf-8")
    return path
