"""The tables, one module per subject; all of them hang on one metadata object."""

from app.storage.tables import (
    alerts,
    book,
    checks,
    countries,
    limits,
    market,
    notices,
    outbox,
    persons,
    reviews,
    scenarios,
    schedule,
    series,
    supplied,
    templates,
    workspace,
)
from app.storage.tables.common import METADATA

__all__ = [
    "METADATA",
    "alerts",
    "book",
    "checks",
    "countries",
    "limits",
    "market",
    "notices",
    "outbox",
    "persons",
    "reviews",
    "scenarios",
    "schedule",
    "series",
    "supplied",
    "templates",
    "workspace",
]
