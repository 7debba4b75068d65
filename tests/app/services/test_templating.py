"""The empty book, in both languages: what it offers, and that its import asks nothing."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from app.jobs import Job
from app.refusals import Refused
from app.services import layouts, templating
from app.spreadsheets.reading import read_workbook
from exposures import headers
from exposures.exposure import FIELDS
from exposures.importing import read_lines
from exposures.issues import Severity
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
