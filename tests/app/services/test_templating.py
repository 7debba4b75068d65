"""The empty book, in both languages: what it offers, and that its import asks nothing."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.jobs import Job
from app.refusals import Refused
from app.services import layouts, templating
from app.spreadsheets.cell_text import clean
from app.spreadsheets.reading import read_workbook
from exposures import headers
from exposures.amounts import DASHES
from exposures.book import Book
from exposures.exposure import CLASSES, FIELDS
from exposures.importing import read_lines
from exposures.issues import Severity
from exposures.lines import typed
from exposures.rates import read_rates


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_it_imports_without_a_question(tmp_path: Path, language: str) -> None:
    path = tmp_path / "empty.xlsx"
    templating.write(path, language)
    workbook = read_workbook(path, Job())
    cells, layout, origin = layouts.choose(workbook, {}, None, None, path)
    assert origin == "proposed"
    assert set(layout.columns) == {field.name for field in FIELDS}
    rates, issues = read_rates(workbook.sheets[-1])
    assert not issues
    found = read_lines(cells, layout, date(2026, 5, 22), rates)
    assert [issue for issue in found.issues if issue.severity is not Severity.INFO] == []
    assert workbook.notes == ()
    lines = found.lines.set_index("line_id")
    assert lines.loc["EX-0001", "outstanding"] == 1_250_000_000
    assert lines.loc["EX-0001", "guarantor_country"] == "DE"
    assert lines.loc["EX-0001", "guarantee_percent"] == 95.0
    assert bool(lines.loc["EX-0001", "guarantee_irrevocable"])
    assert (lines.loc["EX-0002", "side"], lines.loc["EX-0002", "instrument"]) == ("liability", "deposit")


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_headers_are_exact_synonyms(language: str) -> None:
    for field in FIELDS:
        assert headers.parse(templating.header(field.name, language)).field == field.name
    chinese = [any(ord(c) > 0x2E80 for c in templating.header(field.name, language)) for field in FIELDS]
    assert sum(chinese) == (0 if language == "en" else len(FIELDS) - chinese.count(False))


def test_words_to_choose_from_stand_in_the_workbook(tmp_path: Path) -> None:
    templating.write(tmp_path / "empty.xlsx", "en")
    workbook = openpyxl.load_workbook(tmp_path / "empty.xlsx")
    book = workbook.worksheets[0]
    offered = {str(rule.sqref).split(":")[0] for rule in book.data_validations.dataValidation}
    side = next(cell.column_letter for cell in book[1] if cell.value == "Side")
    assert f"{side}2" in offered
    assert all(cell.comment is not None for cell in book[1])


def test_nothing_is_written_over(tmp_path: Path) -> None:
    path = tmp_path / "mine.xlsx"
    path.write_bytes(b"mine")
    with pytest.raises(Refused, match=r"book\.template_exists"):
        templating.write(path, "en")
    assert path.read_bytes() == b"mine"


_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=8).filter(
    lambda text: text.casefold() not in DASHES and text == clean(text)
)
_LINE = st.fixed_dictionaries(
    {
        "counterparty_name": _TEXT.map(lambda text: f"X{text}"),
        "country": st.sampled_from(["TR", "AR", "NA", "XK", "CN"]),
        "currency": st.sampled_from(["USD", "CLP", "KWD", "CNY", "CLF"]),
        "outstanding": st.integers(0, 10**18),
    },
    optional={
        "side": st.sampled_from(["asset", "liability"]),
        "undrawn": st.integers(0, 10**9),
        "market_exposure": st.integers(-(10**9), 10**9),
        "maturity": st.dates(date(1990, 1, 1), date(2099, 12, 31)).map(pd.Timestamp),
        "pending": st.integers(0, 10**9),
        "replaces_line_id": st.sampled_from(["00", "007", "A-1"]),
        "available_from": st.dates(date(1990, 1, 1), date(2099, 12, 31)).map(pd.Timestamp),
        "guarantee_percent": st.floats(0, 100).map(lambda share: round(share, 4)),
        "guarantee_irrevocable": st.booleans(),
        "stage": st.sampled_from(["signed", "disbursing", "repaying", "planned"]),
        "loan_class": st.sampled_from(CLASSES),
        "days_past_due": st.integers(0, 500),
        "dscr": st.floats(0, 9).map(lambda ratio: round(ratio, 6)),
        "rating": st.sampled_from(["A", "BB+", "1", "=1+1", "007"]),
    },
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_LINE, min_size=1, max_size=6), st.sampled_from(["en", "zh_CN"]))
def test_import_export_import_is_the_identity(tmp_path: Path, rows: list[dict[str, Any]], language: str) -> None:
    frame = typed(pd.DataFrame([{"line_id": f"0{n}", "side": "asset", **row} for n, row in enumerate(rows)]))
    path = tmp_path / "book.xlsx"
    path.unlink(missing_ok=True)
    templating.write_book(path, Book(date(2026, 5, 22), 1, frame, {"CLP": Decimal("912.5")}), language)
    workbook = read_workbook(path, Job())
    cells, layout, _ = layouts.choose(workbook, {}, None, None, path)
    found = read_lines(cells, layout, date(2026, 5, 22))
    assert found.quarantined.empty, [issue for issue in found.issues if issue.severity is Severity.ERROR]
    again = typed(found.lines)
    names = [field.name for field in FIELDS if field.name != "counterparty_id"]  # derived where the file gives none
    pd.testing.assert_frame_equal(again[names], frame[names])
    assert read_rates(workbook.sheets[-1])[0][0].per_usd == Decimal("912.5")
