from decimal import Decimal

import pytest

from exposures.currencies import CODES, from_minor, minor_units, resolve, suggest


@pytest.mark.parametrize(("code", "digits"), [("USD", 2), ("CLP", 0), ("JPY", 0), ("KWD", 3), ("CLF", 4), ("TRY", 2)])
def test_minor_units_of_iso_4217(code: str, digits: int) -> None:
    assert minor_units(code) == digits


@pytest.mark.parametrize(
    ("text", "code", "alias"),
    [
        ("usd", "USD", False), ("美元", "USD", False), ("US$", "USD", False), ("€", "EUR", False),
        ("人民币", "CNY", False),
        ("CNH", "CNY", True), ("RMB", "CNY", True), ("Turkish Lira", "TRY", False), ("智利比索", "CLP", False),
        ("TRL", None, False), ("", None, False),
    ],
)  # fmt: skip
def test_codes_names_signs_and_aliases(text: str, code: str | None, alias: bool) -> None:
    assert resolve(text) == (code, alias)


def test_amounts_come_back_exactly() -> None:
    assert from_minor(123456, "USD") == Decimal("1234.56")
    assert from_minor(123456, "CLP") == Decimal(123456)
    assert from_minor(-5, "KWD") == Decimal("-0.005")


def test_a_mistyped_code_suggests_the_usual_one() -> None:
    assert suggest("USX") == "USD"
    assert suggest("??") == ""
    assert len(CODES) == len(set(CODES)) >= 155
