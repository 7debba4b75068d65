"""What the page asks the services for, in a worker: one book on one basis, and the lines behind one cell of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from alerts.rule import Severity
from app.bootstrap import Program
from app.jobs import Job
from app.services.surveying import Exposures
from app.storage.books import Batch
from exposures.book import Basis, Book, Measure
from exposures.countries import NO_COUNTRY
from exposures.currencies import minor_units

MILLION = 1_000_000


def millions(amount: Decimal | None) -> Decimal | None:
    """An amount as tables show it; what is not known stays so."""
    return None if amount is None else amount / MILLION


@dataclass(frozen=True, slots=True)
class Choice:
    """What is looked at; `country` and `column` are the pinned cell, empty for everything."""

    batch: int | None = None
    basis: Basis = Basis.GUARANTOR
    measure: Measure = Measure.DRAWN_UNDRAWN
    entity: str | None = None
    country: str | None = None
    column: str = ""

    def unpinned(self) -> "Choice":
        """The same without a cell."""
        return replace(self, country=None, column="")


@dataclass(frozen=True)
class Shown:
    """The visible books, newest first, and one of them (None: there is none), for what was chosen when it was asked."""

    choice: Choice
    batches: tuple[Batch, ...]
    exposures: Exposures | None
    alerts: Mapping[str, str] = field(default_factory=dict)  # the gravest severity that fires, by country or region


@dataclass(frozen=True)
class Lines:
    """The lines behind a cell as arrays for a table; amounts in millions of the book's currency, NaN without a rate.

    On the guarantor basis a line counts in a country only with the part that is owed there: `part` says where it does.
    """

    choice: Choice
    arrays: dict[str, Any]
    keys: list[int]
    drawn: float
    undrawn: float
    not_converted: int


def fetch(program: Program, choice: Choice, _job: Job) -> Shown:
    """One book and everything above the lines."""
    batches = tuple(reversed(program.surveying.batches()))
    if not batches:
        return Shown(choice, (), None)
    known = choice.batch if choice.batch in {batch.id for batch in batches} else None
    exposures = program.surveying.exposures(known, choice.basis, choice.measure, choice.entity)
    alerts: dict[str, str] = {}
    for alert in program.monitoring.alerts():
        country = alert.labels.get("country")
        if alert.fires and country and alert.severity and alerts.get(country) != Severity.CRITICAL.value:
            alerts[country] = alert.severity.value
    return Shown(choice, batches, exposures, alerts)


def fetch_lines(book: Book, choice: Choice, _job: Job) -> Lines:
    """The lines behind a cell; a whole country where no column is named, the whole book without a country."""
    claims = book.claims
    found = book.lines_of(
        country=choice.country, instrument=choice.column or None, basis=choice.basis, entity=choice.entity
    )
    found = found.iloc[_largest_first(book, found)]
    places = claims.index.get_indexer(found.index)
    pieces = book.pieces(choice.basis)
    if choice.country is not None:
        pieces = pieces[(pieces["country"].fillna(NO_COUNTRY) == choice.country).to_numpy()]
    counted = pieces.groupby("line")[["outstanding", "undrawn"]].sum().reindex(places, fill_value=0)
    scale = _scale(book, found["currency"])
    whole = {name: found[name].to_numpy(dtype=float, na_value=0.0) * scale for name in ("outstanding", "undrawn")}
    drawn, undrawn = (counted[name].to_numpy(dtype=float) * scale for name in ("outstanding", "undrawn"))
    partly = np.abs(drawn - whole["outstanding"]) + np.abs(undrawn - whole["undrawn"]) > 1e-6
    guarantor = found["guarantor_country"].where(found["guarantor_country"] != found["country"])
    return Lines(
        choice,
        {
            "counterparty": _texts(found["counterparty_name"].fillna(found["counterparty_id"])),
            "group": _texts(found["group_id"]),
            "country": _texts(found["country"]),
            "entity": _texts(found["booking_entity"]),
            "instrument": _texts(found["instrument"]),
            "product": _texts(found["product"]),
            "currency": _texts(found["currency"]),
            "drawn": drawn,
            "undrawn": undrawn,
            "maturity": found["maturity"].to_numpy().astype("datetime64[D]"),
            "guarantor": _texts(guarantor),
            "rating": _texts(found["rating"]),
            "loan_class": _texts(found["loan_class"]),
            "late": found["days_past_due"].to_numpy(dtype=float, na_value=np.nan),
            "part": [bool(flag) for flag in partly],
            "due": _due(found["maturity"], drawn, book.reporting_date),
            "live": book.live.loc[found.index].to_numpy(),
        },
        [int(place) for place in places],
        float(np.nansum(drawn)),
        float(np.nansum(undrawn)),
        int(np.isnan(scale).sum()),
    )


def _scale(book: Book, currencies: pd.Series) -> np.ndarray:
    """What turns minor units of each line's currency into millions of the book's currency; NaN without a rate."""
    known: dict[str, float] = {}
    for code in currencies.dropna().unique().tolist():
        rate = book.rate(code)
        known[code] = np.nan if rate is None else float(rate) / 10 ** minor_units(code) / MILLION
    return currencies.map(known).to_numpy(dtype=float)


def _texts(column: pd.Series) -> list[str | None]:
    return [None if pd.isna(value) else str(value) for value in column]


def _largest_first(book: Book, lines: pd.DataFrame) -> np.ndarray:
    """The places of the lines by what is drawn, then by what is undrawn."""
    scale = _scale(book, lines["currency"])
    drawn, undrawn = (
        np.nan_to_num(lines[name].to_numpy(dtype=float, na_value=0.0) * scale) for name in ("outstanding", "undrawn")
    )
    return np.lexsort((-undrawn, -drawn))


def _due(maturities: pd.Series, drawn: np.ndarray, on: date) -> list[str]:
    """The tone of a maturity: past or within 30 days is a warning, where anything is drawn."""
    soon = (maturities.notna() & (maturities <= pd.Timestamp(on) + pd.Timedelta(days=30))).to_numpy(dtype=bool)
    return ["warning" if flag else "" for flag in soon & (drawn > 0)]
