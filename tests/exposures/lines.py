"""Small books written by hand: amounts in whole units of the line's currency."""

from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from exposures.book import Book
from exposures.currencies import minor_units
from exposures.exposure import MONEY_FIELDS
from exposures.lines import typed

ON = date(2026, 5, 22)
ELIGIBLE = {
    "guarantee_explicit": True,
    "guarantee_irrevocable": True,
    "guarantee_unconditional": True,
    "guarantee_in_force": True,
}


def line(line_id: str, country: str | None, currency: str | None = "USD", **fields: Any) -> dict[str, Any]:
    money = {
        name: int(Decimal(str(value)).scaleb(minor_units(currency or "")))
        for name, value in fields.items()
        if name in MONEY_FIELDS
    }
    given = {"line_id": line_id, "side": "asset", "country": country, "currency": currency, "instrument": "loan"}
    return given | fields | money


def frame(*rows: dict[str, Any]) -> pd.DataFrame:
    return typed(pd.DataFrame(list(rows)))


def book(*rows: dict[str, Any], **fields: Any) -> Book:
    return Book(fields.pop("on", ON), 1, frame(*rows), **fields)


def section_2() -> list[dict[str, Any]]:
    """The worked table of CALCULATIONS 2, lines A to E; E is already netted: +9 and −4, enforceable."""
    return [
        line("A", "TR", outstanding=100, undrawn=20, guarantor_country="DE", guarantee_percent=95.0, **ELIGIBLE),
        line("B", "GB", outstanding=50, instrument="placement", dependent_branch=True, head_office_country="TR"),
        line("C", "CL", outstanding=40, guarantor_country="ES", guarantee_cap=30, guarantee_percent=100.0, **ELIGIBLE),
        line("D", "AR", outstanding=30, collateral_kind="cash", collateral_value=12, collateral_country="HK"),
        line("E", "TR", market_exposure=5, instrument="derivative"),
    ]
