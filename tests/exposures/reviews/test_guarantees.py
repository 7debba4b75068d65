"""The guarantees of a small book: who gave them, how much, and what is cover."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from exposures.reviews.joins import Joins
from exposures.reviews.measuring import measure
from exposures.supplied import NOTHING_SUPPLIED
from tests.exposures.reviews.books import book, line

M = Decimal(10**6)
COVER = dict.fromkeys(
    ("guarantee_explicit", "guarantee_irrevocable", "guarantee_unconditional", "guarantee_in_force"), True
) | {"maturity": date(2030, 1, 1)}


def joins(*lines: dict[str, Any]) -> Joins:
    claims = measure(book(*lines, rates={"EUR": Decimal("0.5")}))
    return Joins(claims, NOTHING_SUPPLIED)


def by(guarantor: str, line_id: str, subject: str, drawn: float, **fields: Any) -> dict[str, Any]:
    return line(line_id, subject, "TR", drawn, guarantor_name=guarantor, guarantor_country="DE", **fields)


@pytest.mark.parametrize(
    ("fields", "amount", "eligible"),
    [
        ({}, 40, False),  # the book does not say what cover needs: it burdens the guarantor with the whole
        ({"guarantee_percent": 25.0}, 10, False),
        ({"guarantee_percent": 25.0, "guarantee_cap": 8}, 8, False),
        ({"guarantee_cap": 60}, 40, False),
        (COVER, 40, False),  # how much of the claim it covers is not said
        (COVER | {"guarantee_percent": 100.0}, 40, True),
        (COVER | {"guarantee_percent": 50.0}, 20, True),
        ({"currency": "EUR"}, 80, False),  # two dollars to the euro
    ],
)
def test_what_a_guarantee_asks_of_its_guarantor(fields, amount, eligible):
    given = joins(by("Agency", "g", "B", 40, **fields)).given
    assert (given.givers, given.amounts) == (("guarantor:DE Agency",), [amount * M])
    assert given.eligible.tolist() == [eligible]


def test_guarantors_are_told_apart_and_nobody_guarantees_himself():
    found = joins(
        by("Agency", "a", "A", 10),
        by("AGENCY", "b", "B", 20),
        by("b a.ş.", "c", "C", 5) | {"guarantor_country": "TR"},  # B of the book, capitals aside
        by("B A.Ş.", "d", "B", 7) | {"guarantor_country": "TR"},  # its own debt
        line("e", "E", "CL", 1),
    )
    given = found.given
    assert given.givers == ("B", "guarantor:DE AGENCY", "guarantor:DE Agency")
    assert given.amounts == [5 * M, 20 * M, 10 * M]
    assert [lines.tolist() for lines in given.by_giver()] == [[2], [1], [0]]
    assert [(one.guarantor, one.line) for one in found.guaranteed] == [
        ("guarantor:DE Agency", 0), ("guarantor:DE AGENCY", 1), ("B", 2),
    ]  # fmt: skip
    sums = given.sums(found.claims.book.labels("country"))
    assert sums == {("B", "TR"): 5 * M, ("guarantor:DE AGENCY", "TR"): 20 * M, ("guarantor:DE Agency", "TR"): 10 * M}


def test_a_book_without_guarantors_has_none():
    given = joins(line("a", "A", "TR", 10)).given
    assert (given.givers, given.amounts, given.by_giver(), len(given.lines)) == ((), [], [], 0)
