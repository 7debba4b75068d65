from datetime import date
from decimal import Decimal

import pytest

from exposures.cells import Sheet
from exposures.exposure import FIELD, FIELDS
from exposures.headers import find_table, fingerprint, parse, title_unit
from exposures.synonyms import CODES, HEADERS, code_words, header_fields


@pytest.mark.parametrize(
    ("text", "field", "factor", "currency"),
    [
        ("贷款余额(万元)", "outstanding", "10000", None),
        ("贷款余额(百万美元)", "outstanding", "1000000", "USD"),
        ("餘額(億元)", "outstanding", "100000000", None),
        ("Outstanding (USD mn)", "outstanding", "1000000", "USD"),
        ("Drawn in '000", "outstanding", "1000", None),
        ("Undrawn, EUR bn", "undrawn", "1000000000", "EUR"),
        ("OUTSTANDING_PRINCIPAL", "outstanding", None, None),
        ("币 种", "currency", None, None),
        ("到期日(年/月/日)", "maturity", None, None),
        ("Undisbursed Amount", "undrawn", None, None),
        ("客戶名稱", "counterparty_name", None, None),
        ("Closed Date (Most Recent)", None, None, None),  # fuzzy matching would say maturity
        ("Borrower's Obligation", None, None, None),
        ("Maturity Date Type", None, None, None),
    ],
)
def test_headers_are_matched_exactly_and_units_read(
    text: str, field: str | None, factor: str | None, currency: str | None
) -> None:
    header = parse(text)
    assert (header.field, header.currency) == (field, currency)
    assert header.factor == (None if factor is None else Decimal(factor))


def test_every_synonym_means_one_known_field() -> None:
    assert set(header_fields().values()) == {field.name for field in FIELDS} == set(HEADERS)


@pytest.mark.parametrize("field", sorted(CODES))
def test_every_word_means_one_known_code(field: str) -> None:
    assert set(CODES[field]) == set(FIELD[field].codes)
    words = [word for names in CODES[field].values() for word in names.split("|")]
    assert set(code_words(field).values()) == set(FIELD[field].codes)
    for code, names in CODES[field].items():
        for word in names.split("|"):
            assert code_words(field)["".join(c for c in word.casefold() if c.isalnum())] == code
    assert words


@pytest.mark.parametrize(
    ("title", "factor", "currency"),
    [("单位:万元", "10000", None), ("Amounts in USD million", "1000000", "USD"), ("(單位:百萬元)", "1000000", None)],
)
def test_a_title_block_names_the_unit(title: str, factor: str, currency: str | None) -> None:
    assert title_unit(["某银行", title]) == (Decimal(factor), currency)


def test_a_title_without_a_unit_says_nothing() -> None:
    assert title_unit(["Exposure in Turkey", "As at 25 May 2026"]) == (None, None)


def test_the_header_row_is_found_below_a_title_block() -> None:
    rows = [
        ["Big Bank"],
        ["Reporting date", date(2026, 5, 25)],
        [],
        [None, "编号", "国别", "余额"],
        [None, "A", "TR", 1.0],
    ]
    cells = find_table(Sheet("s", rows))
    assert cells is not None
    assert (cells.header_row, cells.headers, cells.titles) == (
        4,
        ("", "编号", "国别", "余额"),
        ("Big Bank", "Reporting date"),
    )
    assert cells.rows.tolist() == [5]
    assert cells.address(0, 3) == "D5"


def test_two_header_rows_joined_by_merged_cells() -> None:
    rows = [["编号", "国别", "余额", None], [None, None, "本金", "应计利息"], ["A", "TR", 1.0, 2.0]]
    cells = find_table(Sheet("s", rows, merged=((1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 3))))
    assert cells is not None
    assert (cells.first_header_row, cells.header_row) == (1, 2)
    assert [parse(header).field for header in cells.headers] == [
        "line_id", "country", "outstanding", "accrued_interest",
    ]  # fmt: skip
    assert cells.count == 1


def test_a_sheet_without_a_table() -> None:
    assert find_table(Sheet("s", [])) is None
    assert find_table(Sheet("s", [["only a note"]])) is None
    assert find_table(Sheet("s", [["a", "b"]], merged=()), header_row=7) is None


def test_the_fingerprint_ignores_spelling() -> None:
    assert fingerprint(["Loan Number", "币 种"]) == fingerprint(["loan_number", "币种"])
    assert fingerprint(["a", "b"]) != fingerprint(["b", "a"])
