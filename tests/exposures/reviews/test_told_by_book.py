"""Notionals, settlements ahead and income as the book tells them; 22 May 2026 is a Friday."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from exposures.flags import EmSet
from exposures.reviews.review_list import ReviewSettings
from exposures.reviews.told_by_book import with_book
from tests.exposures.lines import ON, book, line

D = Decimal


def told(*rows: dict[str, Any], **settings: Any) -> ReviewSettings:
    given = ReviewSettings(EmSet(frozenset(), "CN", ON, ""), **settings)
    return with_book(given, book(*rows, rates={"EUR": D("0.5")}), ON)


def test_the_books_notional_goes_before_the_setting() -> None:
    rows = [line("1", "TR", "EUR", notional=100, instrument="derivative"), line("2", "TR", instrument="derivative")]
    assert told(*rows, notionals={"1": D(7), "2": D(8)}).notionals == {"1": 200, "2": 8}


@pytest.mark.parametrize(
    ("day", "together", "counted"),
    [
        (date(2026, 5, 21), None, False),
        (date(2026, 5, 22), None, True),
        (date(2026, 5, 29), False, True),
        (date(2026, 5, 29), True, False),  # payment versus payment
        (date(2026, 6, 1), None, False),
    ],
)
def test_payments_of_the_next_five_business_days(day: date, together: bool | None, counted: bool) -> None:
    row = line("1", "TR", counterparty_id="B1", settlement_amount=15, settlement_date=day,
               payment_versus_payment=together)  # fmt: skip
    assert told(row).settlements_ahead == ({"B1": 15} if counted else {})


def test_payments_to_one_counterparty_add_up() -> None:
    rows = [line(name, "TR", counterparty_id="B1", settlement_amount=5, settlement_date=ON) for name in ("1", "2")]
    assert told(*rows).settlements_ahead == {"B1": 10}


def test_income_by_entity_and_country() -> None:
    rows = [
        line("1", "TR", booking_entity="Istanbul", income=4),
        line("2", "TR", booking_entity="Istanbul", income=5),
        line("3", "CL", booking_entity="Istanbul", income=-1),
        line("4", "AR", booking_entity="Istanbul", outstanding=9),
    ]
    assert told(*rows, income={"Istanbul/AR": D(3)}).income == {
        "Istanbul/TR": 9, "Istanbul/CL": -1, "Istanbul/AR": 3,
    }  # fmt: skip
