from decimal import Decimal

from exposures.concentration import herfindahl, top_share


def test_worked_example() -> None:
    """Section 2 on the guarantor basis: (95² + 80² + 30² + 18² + 12² + 10²)/245² = 16,893/60,025 = 0.2814."""
    amounts = [Decimal(value) for value in (95, 80, 30, 18, 12, 10)]
    found = herfindahl(amounts)
    assert found is not None
    assert abs(found - Decimal(16893) / Decimal(60025)) < Decimal("1e-25")
    assert round(found, 4) == Decimal("0.2814")
    assert round(top_share(amounts, 2) or 0, 4) == round(Decimal(175) / Decimal(245), 4)


def test_nothing_has_no_concentration() -> None:
    assert herfindahl([]) is None
    assert herfindahl([Decimal(0), Decimal(-3)]) is None
    assert top_share([], 1) is None


def test_one_name_is_everything() -> None:
    assert herfindahl([Decimal(7)]) == 1
