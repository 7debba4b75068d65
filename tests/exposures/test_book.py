from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exposures.book import Basis, Dimension, Measure, NotConverted
from exposures.countries import NO_COUNTRY
from exposures.exposure import FIELDS
from exposures.lines import DTYPES, live, typed
from tests.exposures.lines import book, frame, line, section_2

D = Decimal


def test_both_bases_have_the_same_total() -> None:
    found = book(*section_2())
    for basis in Basis:
        assert sum(row.amount() for row in found.by_country(basis)) == 245
    assert found.total() == 245


def test_countries_come_largest_first_with_their_lines() -> None:
    rows = book(*section_2()).by_country(Basis.GUARANTOR)
    assert [(row.key, row.amount(), row.lines) for row in rows][:3] == [("DE", 95, 1), ("TR", 80, 3), ("ES", 30, 1)]


def test_measures() -> None:
    row = line("1", "TR", outstanding=1, accrued_interest=2, market_exposure=4, undrawn=8, contingent=16, pending=32)
    (position,) = book(row).by_country()
    assert [position.amount(measure) for measure in Measure] == [7, 31, 63]
    assert (position.outstanding, position.undrawn, position.pending) == (1, 8, 32)


def test_sums_in_thirds_close() -> None:
    """Three lines of 1.00 at 3 for a dollar are one dollar, though each alone has no end."""
    found = book(*(line(str(n), "TR", "EUR", outstanding=1) for n in range(3)), rates={"EUR": D(3)})
    assert abs(found.total() - 1) < D("1e-50")


def test_currencies_are_added_in_their_minor_units() -> None:
    """CLP has no decimals: 940,000 at 940 for a dollar are 1,000; 12.34 euros at 0.5 are 24.68."""
    rows = (line("1", "CL", "CLP", outstanding=940_000), line("2", "CL", "EUR", outstanding="12.34"))
    found = book(*rows, rates={"CLP": D(940), "EUR": D("0.5")})
    assert found.total() == D("1024.68")


def test_a_book_in_another_currency_crosses_through_the_dollar() -> None:
    found = book(
        line("1", "TR", outstanding=10), line("2", "TR", "EUR", outstanding=9), currency="CNY",
        rates={"CNY": D("7.2"), "EUR": D("0.9")},
    )  # fmt: skip
    assert found.total() == D(72) + D(9) * 8


def test_a_line_without_a_rate_is_listed_and_never_added() -> None:
    rows = (line("1", "TR", outstanding=5), line("2", "TR", "TRY", outstanding=100, undrawn=7), line("3", "AR", "TRY"))
    found = book(*rows, line("4", "AR", None, outstanding=9))
    assert found.total() == 5
    assert found.not_converted() == (NotConverted("TRY", 2, D(107)), NotConverted(None, 1, None))
    by_country = {row.key: row for row in found.by_country()}
    assert (by_country["TR"].lines, by_country["TR"].not_converted, by_country["TR"].outstanding) == (2, 1, 5)
    assert (by_country["AR"].lines, by_country["AR"].not_converted) == (2, 2)


def test_liabilities_are_no_claims() -> None:
    found = book(line("1", "TR", outstanding=5), line("2", "TR", outstanding=7, side="liability"))
    assert found.total() == 5
    assert len(found.lines) == 2


def test_a_line_without_a_country_is_a_row_of_its_own() -> None:
    rows = book(line("1", "TR", outstanding=5), line("2", None, outstanding=7)).by_country()
    assert [(row.key, row.amount()) for row in rows] == [(None, 7), ("TR", 5)]


def test_counterparties_by_id_or_by_name() -> None:
    rows = (
        line("1", "TR", outstanding=5, counterparty_id="A", counterparty_name="Anadolu"),
        line("2", "GB", outstanding=6, counterparty_id="A", counterparty_name="Anadolu"),
        line("3", "TR", outstanding=7, counterparty_name="Ege"),
        line("4", "TR", outstanding=8),
    )
    found = [(row.key, row.name, row.amount()) for row in book(*rows).by_counterparty()]
    assert found == [("A", "Anadolu", 11), (None, None, 8), ("Ege", "Ege", 7)]


def test_entities_and_one_of_them() -> None:
    rows = (line("1", "TR", outstanding=5, booking_entity="Istanbul"), line("2", "AR", outstanding=7))
    found = book(*rows)
    assert [(row.key, row.amount()) for row in found.by_entity()] == [(None, 7), ("Istanbul", 5)]
    assert [row.key for row in found.by_country(entity="Istanbul")] == ["TR"]
    assert found.total(entity="Istanbul") == 5


def test_matrix_ties_to_the_book() -> None:
    found = book(*section_2(), line("G", "TR", contingent=3, pending=2, instrument="guarantee"))
    matrix = found.matrix(Basis.GUARANTOR, Measure.WITH_PENDING)
    assert matrix.columns == ("loan", "placement", "derivative", "guarantee", "undrawn", "pending")
    assert matrix.cells["TR", "placement"] == 50
    assert matrix.cells["TR", "guarantee"] == 3
    assert matrix.cells["TR", "undrawn"] == 20
    assert ("DE", "placement") not in matrix.cells  # no line at all is not zero
    assert matrix.rows[0] == "DE"
    assert matrix.total == found.total(Measure.WITH_PENDING) == 250
    assert sum(matrix.column_totals.values()) == sum(matrix.row_totals.values()) == 250
    drawn = found.matrix(Basis.GUARANTOR, Measure.DRAWN)
    assert "undrawn" not in drawn.columns
    assert drawn.total == found.total(Measure.DRAWN) == 225


def test_lines_behind_a_cell() -> None:
    found = book(*section_2())
    assert found.lines_of(country="TR")["line_id"].tolist() == ["A", "E"]
    assert found.lines_of(country="TR", basis=Basis.GUARANTOR)["line_id"].tolist() == ["A", "B", "E"]
    assert found.lines_of(country="TR", instrument="undrawn")["line_id"].tolist() == ["A"]
    assert found.lines_of(country="TR", instrument="loan", basis=Basis.GUARANTOR)["line_id"].tolist() == ["A"]


def test_the_row_without_a_country_leads_to_its_lines() -> None:
    found = book(line("1", "TR", outstanding=5), line("2", None, outstanding=7), line("3", None, undrawn=2))
    assert found.matrix().row_totals == {None: 9, "TR": 5}
    assert found.lines_of(country=NO_COUNTRY)["line_id"].tolist() == ["2", "3"]
    assert found.lines_of(country=NO_COUNTRY, instrument="undrawn")["line_id"].tolist() == ["3"]
    assert found.lines_of(country=NO_COUNTRY, basis=Basis.GUARANTOR)["line_id"].tolist() == ["2", "3"]


@pytest.mark.parametrize(
    ("fields", "alive"),
    [
        ({"outstanding": "0.50"}, False),  # within the tolerance
        ({"outstanding": "0.51"}, True),
        ({"outstanding": "-0.50"}, False),
        ({"outstanding": "0.30", "accrued_interest": "0.30"}, True),  # D is both
        ({"undrawn": "0.51"}, True),
        ({"contingent": 1}, True),
        ({"market_exposure": -1}, True),
        ({"pending": 1}, True),
        ({}, False),
    ],
)
def test_live_lines(fields: dict[str, object], alive: bool) -> None:
    assert live(frame(line("1", "TR", **fields)), D("0.50")).tolist() == [alive]


def test_typed_has_every_column_and_keeps_missing_missing() -> None:
    found = typed(pd.DataFrame({"line_id": ["1"], "maturity": [date(2026, 5, 22)], "outstanding": [None]}))
    assert list(found.columns) == list(DTYPES)
    assert {item.name for item in FIELDS} <= set(found.columns)
    assert found["maturity"].dt.date.tolist() == [date(2026, 5, 22)]
    assert found["outstanding"].isna().all()
    assert found["country"].isna().all()
    assert len(book(line("1", "TR")).by_country()) == 1


def test_an_empty_book() -> None:
    found = book(line("1", "TR"), line("2", "TR"))
    empty = type(found)(found.reporting_date, 1, found.lines.iloc[:0])
    assert empty.by_country() == ()
    assert empty.total() == 0
    assert empty.matrix().rows == ()
    assert not empty.has_guarantor_basis


_CURRENCIES = {"USD": D(1), "CLP": D("941.37"), "KWD": D("0.3071"), "EUR": None}


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["TR", "AR", None]),
            st.sampled_from(sorted(_CURRENCIES)),
            st.integers(-(10**6), 2**62),
            st.integers(0, 2**61),
        ),
        max_size=8,
    )
)
def test_sums_equal_plain_integers(rows: list[tuple[str | None, str, int, int]]) -> None:
    """An independent sum in Python's own integers and fractions; beyond int64 as well."""
    from fractions import Fraction

    digits = {"USD": 2, "CLP": 0, "KWD": 3, "EUR": 2}
    lines = typed(
        pd.DataFrame(
            [
                {"line_id": str(n), "country": c, "currency": k, "outstanding": a, "undrawn": u}
                for n, (c, k, a, u) in enumerate(rows)
            ],
            columns=["line_id", "country", "currency", "outstanding", "undrawn"],
        )
    )
    rates = {code: rate for code, rate in _CURRENCIES.items() if rate is not None}
    found = type(book(line("0", "TR")))(date(2026, 5, 22), 1, lines, rates)
    expected: dict[str | None, Fraction] = {}
    for country, currency, outstanding, undrawn in rows:
        if currency in rates:
            worth = Fraction(outstanding + undrawn, 10 ** digits[currency]) / Fraction(rates[currency])
            expected[country] = expected.get(country, Fraction(0)) + worth
    for row in found.split(Dimension.COUNTRY):
        assert abs(Fraction(row.amount()) - expected.get(row.key, Fraction(0))) < Fraction(1, 10**20)
