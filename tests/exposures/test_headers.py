from datetime import date
from decimal import Decimal

import pytest

from exposures.cells import Sheet
from exposures.exposure import FIELD, FIELDS
from exposures.headers import find_table, fingerprint, parse
from exposures.synonyms import CODES, HEADERS, code_words, header_fields


@pytest.mark.parametrize(
    ("text", "field", "factor", "currency"),
    [
        ("贷款余额(万元)", "outstanding", "10000", None),
        ("贷款余额(百万美元)", "outstanding", "1000000", "USD"),
        ("餘額(億元)", "outstanding", "100000000", None),
        ("Outstanding (USD mn)", "outstanding", "1000000", "USD"),
        ("Drawn in '000", "outstanding", "1000", None),
        ("余额(千 元)", "outstanding", "1000", None),  # a space does not make it 元
        ("余额万元", "outstanding", "10000", None),
        ("余额 (US$ '000)", "outstanding", "1000", "USD"),
        ("Drawn amount USD mn", "outstanding", "1000000", "USD"),
        ("Outstanding (USD) (mn)", "outstanding", "1000000", "USD"),
        ("Outstanding (USD)", "outstanding", None, "USD"),
        ("Outstanding 2", None, None, None),
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


def test_the_unit_of_a_header_over_several_columns_is_that_of_each() -> None:
    rows = [["编号", "国别", "金额(万元)", None], [None, None, "余额", "未提款余额"], ["A", "TR", 1.0, 2.0]]
    cells = find_table(Sheet("s", rows, merged=((1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 3))))
    assert cells is not None
    assert [parse(header).field for header in cells.headers] == ["line_id", "country", "outstanding", "undrawn"]
    assert [parse(header).factor for header in cells.headers[2:]] == [Decimal(10_000)] * 2


@pytest.mark.parametrize("above", [True, False])
def test_a_row_of_units_over_or_under_the_headers_is_no_line(above: bool) -> None:
    names, units = ["编号", "国别", "余额", "逾期天数", "未提款余额"], [None, None, "万元", "天", "(百万美元)"]
    rows = [units, names] if above else [names, units]
    cells = find_table(Sheet("s", [*rows, ["A", "TR", 1.0, 0.0, 2.0]]))
    assert cells is not None
    assert cells.rows.tolist() == [3]
    found = [parse(header) for header in cells.headers]
    assert [one.field for one in found] == ["line_id", "country", "outstanding", "days_past_due", "undrawn"]
    assert [one.factor for one in found[2:]] == [Decimal(10_000), None, Decimal(1_000_000)]
    assert found[4].currency == "USD"


@pytest.mark.parametrize("row", [["B", "TR", 1.0], ["M", None, None], [None, "TRY", 5.0], ["1000", None, "2000"]])
def test_a_line_is_no_row_of_units(row: list[object]) -> None:
    cells = find_table(Sheet("s", [["编号", "国别", "余额"], row, ["A", "TR", 1.0]]))
    assert cells is not None
    assert cells.count == (1 if row[0] == "M" else 2)


def test_a_sheet_without_a_table() -> None:
    assert find_table(Sheet("s", [])) is None
    assert find_table(Sheet("s", [["only a note"]])) is None
    assert find_table(Sheet("s", [["a", "b"]], merged=()), header_row=7) is None


def test_the_fingerprint_ignores_spelling() -> None:
    assert fingerprint(["Loan Number", "币 种"]) == fingerprint(["loan_number", "币种"])
    assert fingerprint(["a", "b"]) != fingerprint(["b", "a"])
