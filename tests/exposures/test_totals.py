from dataclasses import replace
from decimal import Decimal

from exposures.book import Basis
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
