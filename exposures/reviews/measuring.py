"""A book measured for the review lists, once for all of them."""

from weakref import WeakKeyDictionary

import numpy as np

from exposures.allocation import COMPONENTS, VIAS
from exposures.book import Basis
from exposures.reviews.claim_lines import ClaimLines
from exposures.reviews.claims import COVERING, X_PARTS, Claims, subjects
from exposures.reviews.places import converted, standing
from exposures.reviews.review_list import ReviewBook

#: A book of a million lines takes seconds to measure, and every list asks for it.
_MEASURED: WeakKeyDictionary[ReviewBook, Claims] = WeakKeyDictionary()


def measure(review: ReviewBook) -> Claims:
    """Every claim of a book, measured once for all lists."""
    if review not in _MEASURED:
        _MEASURED[review] = _measured(review)
    return _MEASURED[review]


def _measured(review: ReviewBook) -> Claims:
    book = review.book
    found, count = standing(book), len(book.held)
    owed = dict(zip(COMPONENTS, book.allocation(Basis.IMMEDIATE).amounts.T, strict=True))
    ended = book.allocation(Basis.GUARANTOR)
    covering = np.isin(ended.via, [VIAS.index(via) for via in COVERING])
    parts = [COMPONENTS.index(part) for part in X_PARTS]
    covered = np.zeros(count, dtype=np.int64)
    np.add.at(covered, ended.lines[covering], ended.amounts[covering][:, parts].sum(axis=1))
    ends = book.held.days("maturity").astype("datetime64[D]")
    days = (ends - np.datetime64(book.reporting_date, "D")).astype("float64")
    days[np.isnat(ends)] = np.nan
    measured = {
        "drawn": owed["outstanding"] + owed["accrued_interest"],
        "x": found.x,
        "undrawn": owed["undrawn"],
        "covered": covered,
        "days": days,
        "live": book.alive,
        "converted": converted(book),
    }
    lines = ClaimLines(book, subjects(book), measured)
    has_cover = any(
        bool(lines.said(name).any())
        for name in ("collateral_kind", "collateral_value", "guarantor_name", "guarantor_country")
    )
    return Claims(book, review.version, review.source, lines, found.where, found.able, has_cover)
