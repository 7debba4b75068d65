"""A book held by columns answers as the same book made of a frame."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from exposures.book import Basis, Book, Dimension, Measure
from exposures.held import Held
from exposures.stored import stored
from tests.exposures.lines import ELIGIBLE, ON, frame, line, section_2

RATES = {"EUR": Decimal("0.8"), "TRY": Decimal("45")}


def by_columns(lines: pd.DataFrame) -> Held:
    """As the store holds them: a frame is made anew wherever one is asked for."""
    inner = Held.of(lines)
    return Held(
        len(lines),
        lambda name: lines[name].array if bool(lines[name].notna().any()) else None,
        inner.labels,
        lambda places: lines.copy() if places is None else lines.iloc[places].copy(),
    )


def answers(book: Book) -> list[object]:
    found: list[object] = []
    for basis in Basis:
        found += [book.by_country(basis), book.matrix(basis, Measure.WITH_PENDING)]
        found += [book.by_country(basis, entity="London"), book.matrix(basis, Measure.DRAWN, entity="London")]
        found += [book.places_of(country="TR", instrument="loan", basis=basis).tolist()]
        found += [book.lines_of(country="TR", basis=basis, live_only=True)["line_id"].tolist()]
    found += [book.split(dimension) for dimension in Dimension]
    found += [book.total(), book.total(entity="London"), book.not_converted(), book.counterparties(), book.names()]
    return [*found, book.has_guarantor_basis, book.allocated.ineligible, book.live.tolist(), book.renewals]


_LINE = st.fixed_dictionaries(
    {
        "country": st.sampled_from(["TR", "AR", None]),
        "currency": st.sampled_from(["USD", "EUR", "TRY", "XXX", None]),
        "side": st.sampled_from(["asset", "asset", "liability"]),
        "outstanding": st.integers(0, 10**12),
        "undrawn": st.integers(0, 100),
        "market_exposure": st.integers(-50, 50),
        "pending": st.integers(0, 9),
        "stage": st.sampled_from(["signed", "planned"]),
        "instrument": st.sampled_from(["loan", "bond", None]),
        "booking_entity": st.sampled_from(["London", "Head Office"]),
        "counterparty_id": st.sampled_from(["a", "b", None]),
        "counterparty_name": st.sampled_from(["Ege", "Toros", None]),
        "netting_set": st.sampled_from(["N1", None]),
        "netting_enforceable": st.just(True),
        "guarantor_country": st.sampled_from(["DE", "TR", None]),
        "guarantee_percent": st.sampled_from([50.0, None]),
        "collateral_country": st.sampled_from(["HK", None]),
        "collateral_kind": st.just("cash"),
        "collateral_value": st.integers(0, 20),
    }
)


@settings(max_examples=25, deadline=None)
@given(st.lists(_LINE, min_size=1, max_size=8))
def test_every_answer_is_that_of_a_frame(rows: list[dict[str, object]]) -> None:
    given_rows = []
    for number, row in enumerate(rows):
        fields = dict(row)
        country, currency = fields.pop("country"), fields.pop("currency")
        given_rows.append(line(str(number), country, currency, **fields, **ELIGIBLE))  # type: ignore[arg-type]
    lines = frame(*given_rows)
    assert answers(stored(ON, 1, by_columns(lines), RATES)) == answers(Book(ON, 1, lines, RATES))


def test_no_frame_is_made_before_somebody_asks_for_one() -> None:
    made = []
    lines = frame(*section_2())
    inner = by_columns(lines)

    def whole(places: object) -> pd.DataFrame:
        made.append(places)
        return lines

    book = stored(ON, 1, Held(len(lines), inner._column, inner.labels, whole), RATES)
    for basis in Basis:
        book.by_country(basis)
        book.matrix(basis)
    assert book.largest_names(3) == []  # the worked table names nobody
    assert made == []
    assert book.lines is lines
    assert made == [None]


def test_another_book_made_of_it_goes_by_its_own_lines() -> None:
    lines = frame(*section_2())
    book = stored(ON, 1, by_columns(lines), RATES)
    other = replace(book, lines=book.lines[book.lines["country"] == "TR"])
    assert {row.key for row in other.by_country()} == {"TR"}
    later = replace(book, reporting_date=date(2027, 1, 1))
    assert later.by_country() == book.by_country()


def test_the_largest_names_are_those_of_the_split() -> None:
    """TRY 450 are 10 dollars, EUR 8 are 10; a name without a rate comes last, and one without a name is its number."""
    book = Book(
        ON,
        1,
        frame(
            line("1", "TR", "TRY", outstanding=450, counterparty_id="a", counterparty_name="Ege"),
            line("2", "TR", outstanding=11, counterparty_id="b"),
            line("3", "TR", "XXX", outstanding=10**6, counterparty_id="c", counterparty_name="Toros"),
            line("4", "AR", "EUR", undrawn=80, counterparty_id="d", counterparty_name="Andes"),
            line("5", "AR", outstanding=10**9, side="liability", counterparty_id="e", counterparty_name="Deposit"),
        ),
        RATES,
    )
    assert book.largest_names(9) == ["Andes", "b", "Ege", "Toros"]
    assert book.largest_names(2) == ["Andes", "b"]


def test_a_line_of_two_pieces_counts_once_by_what_is_no_country() -> None:
    """Half of the line is guaranteed in DE: one line there, one in TR, and one in the whole book."""
    covered = line("1", "TR", outstanding=10, guarantor_country="DE", guarantee_percent=50.0, **ELIGIBLE)
    book = Book(ON, 1, frame(covered, line("2", "TR", outstanding=1)))
    assert {row.key: row.lines for row in book.by_country(Basis.GUARANTOR)} == {"TR": 2, "DE": 1}
    whole, counts = book._labelled.converted(book.allocated, None, ["whole"])
    assert counts == {("",): (2, 0)}
    assert whole[("",)]["outstanding"] == 11
    assert np.array_equal(book.allocated.pieces["line"], [0, 0, 1])
