from dataclasses import replace
from decimal import Decimal

from exposures.book import Basis, Dimension, Measure
from exposures.limits import Limit, uses
from exposures.totals import totals
from tests.exposures.lines import book, line, section_2


def test_a_book_and_what_it_comes_to_say_the_same() -> None:
    rows = [row | {"counterparty_name": row["line_id"]} for row in section_2()]
    found = replace(book(*rows, line("X", "AR", "TRY", outstanding=1)), rates={"EUR": Decimal("0.8")})
    made = totals(found)
    assert made.total == found.total() == 245
    assert round(made.top_share or 0, 9) == round(Decimal(120) / 245, 9)  # A: 100 drawn and 20 undrawn
    assert made.not_converted == 1
    assert [made.by_country(basis) for basis in Basis] == [found.by_country(basis) for basis in Basis]
    limits = [Limit("TR", Decimal(100), "EUR"), Limit("DE", Decimal(90), "CLP")]
    assert uses(made, limits) == uses(found, limits)


def test_amounts_are_those_of_the_split() -> None:
    """Two currencies of one counterparty, one of them without a rate, a line without any name, and all components."""
    rows = [
        line("A1", "TR", "EUR", outstanding=100, undrawn=7, counterparty_id="a"),
        line("A2", "TR", "USD", accrued_interest=3, contingent=2, pending=50, counterparty_id="a"),
        line("A3", "TR", "CLP", outstanding=9, counterparty_id="a"),
        line("B", "AR", "USD", market_exposure=4, counterparty_id="b"),
        line("C", "AR", "USD", outstanding=1, counterparty_id=None, counterparty_name=None),
    ]
    found = replace(book(*rows), rates={"EUR": Decimal("0.7")})
    for dimension in (Dimension.COUNTERPARTY, Dimension.COUNTRY, Dimension.WHOLE):
        for measure in Measure:
            split = {row.key: row.amount(measure) for row in found.split(dimension)}
            made = found.amounts(dimension, measure)
            assert {key: round(amount, 15) for key, amount in made.items()} == {
                key: round(amount, 15) for key, amount in split.items()
            }
    assert set(found.amounts(Dimension.COUNTERPARTY)) == {"a", "b", None}
