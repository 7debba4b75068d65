import contextlib
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exposures.amounts import Ambiguous, date_from_serial, date_of, decimal_of, flag_of, meant_number, number_of

NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**14), max_value=10**14)


@pytest.mark.parametrize(
    ("text", "mark", "expected"),
    [
        ("1,234,567.89", ".", "1234567.89"),
        ("1.234.567,89", ",", "1234567.89"),
        ("1 234 567,89", ",", "1234567.89"),
        ("1'234.50", ".", "1234.50"),
        ("12,3456,7890", ".", "1234567890"),  # groups of four, as Chinese ledgers print them
        ("\uff11\uff12\uff0c\uff15\uff10\uff10", ".", "12500"),  # full-width digits and comma
        ("(1,000)", ".", "-1000"),
        ("\uff081,000\uff09", ".", "-1000"),  # full-width brackets
        ("1,000-", ".", "-1000"),
        ("−5.5", ".", "-5.5"),
        ("+7", ".", "7"),
        ("¥ 3.20", ".", "3.20"),
        ("1.5E+3", ".", "1500"),
        ("$1,000", ".", "1000"),
        (".5", ".", "0.5"),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, mark: str, expected: str) -> None:
    assert decimal_of(text, mark) == Decimal(expected)


@pytest.mark.parametrize(
    "text", ["12,5OO", "1,23", "12,34,567", "", ".", "1.2.3", "abc", "1e999999", "--1x", "12 apples", "١٢", "%", "(1"]
)
def test_what_is_no_amount_is_none(text: str) -> None:
    assert decimal_of(text) is None


@given(NUMBERS)
def test_every_way_to_write_an_amount_gives_it_back(number: Decimal) -> None:
    size = abs(number)
    assert decimal_of(f"{number:f}") == number
    assert decimal_of(f"{number:,f}") == number
    assert decimal_of(f"{size:,f}-") == -size
    assert decimal_of(f"({size:,f})") == -size
    assert decimal_of(f"{number:,f}".translate(str.maketrans(",.", ".,")), ",") == number
    assert decimal_of(f"{number:f}".translate({48 + digit: 0xFF10 + digit for digit in range(10)})) == number


@given(st.text(max_size=12))
def test_no_text_whatever_raises(text: str) -> None:
    decimal_of(text)
    meant_number(text)
    flag_of(text)
    with contextlib.suppress(Ambiguous):
        date_of(text)


@pytest.mark.parametrize(("text", "meant"), [("12,5OO", "12,500"), ("1O.5", "10.5"), ("l2", "12"), ("abc", "")])
def test_look_alike_letters_suggest_a_number(text: str, meant: str) -> None:
    assert meant_number(text) == meant


def test_a_float_is_the_decimal_that_its_shortest_form_writes() -> None:
    assert number_of(0.1) == Decimal("0.1")
    assert number_of(100.0) == 100
    assert number_of(True) is None
    assert number_of(float("nan")) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-05-25", date(2026, 5, 25)),
        ("2026/5/25", date(2026, 5, 25)),
        ("2026.05.25", date(2026, 5, 25)),
        ("2026年5月25日", date(2026, 5, 25)),
        ("20260525", date(2026, 5, 25)),
        ("25/05/2026", date(2026, 5, 25)),
        ("05/25/2026 12:00:00 AM", date(2026, 5, 25)),
        ("5/5/2026", date(2026, 5, 5)),
        ("25 May 2026", date(2026, 5, 25)),
        ("2026-05-25 00:00:00", date(2026, 5, 25)),
        ("2026-02-30", None),
        ("31/11/2026", None),
        ("soon", None),
    ],
)
def test_days(text: str, day: date | None) -> None:
    assert date_of(text) == day


def test_a_day_that_could_be_two_is_asked_about_unless_the_layout_says() -> None:
    with pytest.raises(Ambiguous):
        date_of("03/04/2026")
    assert date_of("03/04/2026", "%d/%m/%Y") == date(2026, 4, 3)
    assert date_of("03/04/2026 12:00:00 AM", "%m/%d/%Y %I:%M:%S %p") == date(2026, 3, 4)


def test_excel_serials() -> None:
    assert date_from_serial(46167.0) == date(2026, 5, 25)  # Excel shows 46167 as 2026-05-25
    assert date_from_serial(20260525.0) == date(2026, 5, 25)
    assert date_from_serial(12.0) is None
    assert date_from_serial(46167.5) is None


@pytest.mark.parametrize(
    ("cell", "flag"),
    [("是", True), ("N", False), (1.0, True), (0.0, False), (True, True), ("√", True), ("maybe", None)],
)
def test_yes_and_no(cell: object, flag: bool | None) -> None:
    assert flag_of(cell) is flag


def test_an_endless_number_is_no_day_and_no_answer() -> None:
    for value in (float("inf"), float("-inf"), float("nan")):
        assert date_from_serial(value) is None
        assert flag_of(value) is None
