import contextlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exposures.cells import Sheet
from exposures.exposure import FIELD, FIELDS, Kind
from exposures.headers import find_table
from exposures.issues import Rule, Severity
from exposures.mapping import Mapping, MappingError, from_toml, propose, shipped, to_toml

TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
NAMES = st.sampled_from([field.name for field in FIELDS])
MONEY = st.sampled_from([field.name for field in FIELDS if field.kind is Kind.MONEY])
CODED = st.sampled_from([field.name for field in FIELDS if field.codes])
FACTORS = st.decimals(min_value="0.01", max_value=10**9, places=2)


@st.composite
def code_values(draw: st.DrawFn) -> dict[str, dict[str, str]]:
    names = draw(st.lists(CODED, max_size=3, unique=True))
    return {name: draw(st.dictionaries(TEXT, st.sampled_from(FIELD[name].codes), max_size=3)) for name in names}


MAPPINGS = st.builds(
    Mapping,
    name=TEXT,
    columns=st.dictionaries(NAMES, TEXT, min_size=1, max_size=6),
    sheet=st.text(st.characters(codec="utf-8"), max_size=5),
    header_row=st.integers(0, 40),
    fallbacks=st.dictionaries(NAMES, TEXT, max_size=2),
    constants=st.dictionaries(NAMES, TEXT, max_size=2),
    units=st.dictionaries(MONEY, FACTORS, max_size=2),
    values=code_values(),
    derived=st.dictionaries(NAMES, st.lists(NAMES, min_size=1, max_size=3).map(tuple), max_size=2),
    areas=st.dictionaries(TEXT, TEXT, max_size=2),
    countries=st.dictionaries(TEXT, TEXT, max_size=2),
    severities=st.dictionaries(st.sampled_from([str(rule) for rule in Rule]), st.sampled_from(Severity), max_size=2),
    tolerance=st.decimals(min_value=0, max_value=1000, places=2),
    date_format=st.sampled_from(["", "%d/%m/%Y"]),
    decimal_mark=st.sampled_from(["", ".", ","]),
    reporting_date=st.text(max_size=5),
    fingerprint=st.sampled_from(["", "0123456789abcdef"]),
)


@given(MAPPINGS)
def test_toml_gives_the_mapping_back(mapping: Mapping) -> None:
    assert from_toml(to_toml(mapping)) == mapping


@pytest.mark.parametrize(
    ("text", "reason", "line", "entry"),
    [
        ('name = "x"\n[columns]\nfoo = "A"\n', "unknown_field", 3, "columns.foo"),
        ("name =\n", "not_toml", 1, ""),
        ('name = "x"\nzzz = 1\n[columns]\nside = "A"\n', "unknown_entry", 2, "zzz"),
        ('name = "x"\ncolumns = 3\n', "not_a_table", 2, "columns"),
        ('name = "x"\n', "missing_entry", 0, "columns"),
        ('name = "x"\ntolerance = "-1"\n[columns]\nside = "A"\n', "negative_tolerance", 2, "tolerance"),
        ('name = "x"\ntolerance = "nan"\n[columns]\nside = "A"\n', "not_a_number", 2, "tolerance"),
        ('name = "x"\n[columns]\nside = "A"\n[units]\nmaturity = 2\n', "not_a_unit", 5, "units.maturity"),
        ('name = "x"\n[columns]\nside = "A"\n[values.stage]\nDone = "over"\n', "unknown_code", 5, "values.stage.Done"),
        ('name = "x"\n[columns]\nside = "A"\n[derived]\nline_id = "a"\n', "not_fields", 5, "derived.line_id"),
        ('name = "x"\n[columns]\nside = "A"\n[severities]\nmissing_id = "x"\n', "not_a_severity", 5,
         "severities.missing_id"),
        ('name = "x"\nheader_row = "3"\n[columns]\nside = "A"\n', "not_a_row", 2, "header_row"),
        ('name = "x"\ndecimal_mark = ";"\n[columns]\nside = "A"\n', "decimal_mark", 2, "decimal_mark"),
        ("name = 3\n", "not_text", 1, "name"),
    ],
)  # fmt: skip
def test_errors_name_the_line_and_the_entry(text: str, reason: str, line: int, entry: str) -> None:
    with pytest.raises(MappingError) as caught:
        from_toml(text)
    assert (caught.value.reason, caught.value.line, caught.value.entry) == (reason, line, entry)


@given(st.text(max_size=60))
def test_any_text_is_a_mapping_or_a_mapping_error(text: str) -> None:
    with contextlib.suppress(MappingError):
        from_toml(text)


def test_the_shipped_mapping_of_the_world_bank_declares_what_the_file_leaves_out() -> None:
    mapping = shipped()["IBRD Statement of Loans"]
    assert mapping.columns["outstanding"] == "Borrower's Obligation"
    assert mapping.columns["undrawn"] == "Undisbursed Amount"
    assert mapping.fallbacks == {"country": "Country", "guarantor_country": "Guarantor"}
    assert mapping.constants["currency"] == "USD"
    assert mapping.tolerance == Decimal("0.50")
    assert set(mapping.areas) == {"YU", "3E", "3S", "3W", "6R"}
    assert mapping.countries == {"YF": "RS", "TP": "TL", "ZR": "CD"}


def test_a_mapping_is_proposed_from_exact_synonyms_only() -> None:
    headers = ["合同编号", "借款人", "国家/地区", "币种", "贷款余额(万元)", "Maturity Date Type", "到期日期"]
    cells = find_table(Sheet("敞口", [headers, ["A"]]))
    assert cells is not None
    mapping = propose(cells)
    assert dict(mapping.columns) == {
        "line_id": "合同编号",
        "counterparty_name": "借款人",
        "country": "国家/地区",
        "currency": "币种",
        "outstanding": "贷款余额(万元)",
        "maturity": "到期日期",
    }
    assert mapping.derived == {"counterparty_id": ("country", "counterparty_name")}
    assert from_toml(to_toml(mapping)) == mapping
