"""The report of the sample's morning, in both languages, read back with another engine."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from app import bootstrap, i18n
from app.bootstrap import Program
from app.cli.main import main
from app.refusals import Misused, Refused
from app.wording.report.document import Document
from exposures.checking import Verdict
from tests.app.reports.pdf import fonts, needs_poppler, pages, without_glyph, words

DAY = date(2022, 5, 25)
TELLER = "#set page(width: 3cm); 王敏"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, an alert acknowledged, and the check of the day before decided and signed."""
    root = tmp_path_factory.mktemp("reported") / "workspace"
    assert main(["demo", "--workspace", str(root), "--no-window"]) == 0
    with bootstrap.open_program(root, user="Li") as program:
        check = program.checking.run(DAY)
        for step in check.steps:
            decision = Verdict.FINE if step.step == "currencies" else step.verdict
            program.checking.decide(DAY, step.step, decision, f"read by Li: {step.step}")
        program.checking.sign(DAY)
        program.monitoring.acknowledge(program.monitoring.alerts()[0].id, TELLER)
    return root


@pytest.fixture(scope="module")
def sample(workspace: Path) -> Iterator[Program]:
    with bootstrap.open_program(workspace, user="Zhao") as program:
        yield program


def told(content: Document) -> list[str]:
    """Every text of a report that a reader must find again."""
    found = [content.title, content.day, content.dates, *(part for fact in content.facts for part in fact)]
    for section in content.sections:
        found += [section.title, section.answer, *(part for fact in section.facts for part in fact)]
        found += [text for chart in section.charts for text in (chart.title, chart.note)]
        found += [text for table in section.tables for text in (table.heading, *(one.header for one in table.columns))]
    return [text for text in found if text]


@needs_poppler
@pytest.mark.parametrize(
    ("language", "mark", "foot"),
    [("en", "SAMPLE", "Page{}of{}"), ("zh_CN", "示例", "第{}页，共{}页")],
)
def test_every_word_is_on_paper(sample: Program, tmp_path: Path, language: str, mark: str, foot: str) -> None:
    i18n.set_language("en" if language == "zh_CN" else "zh_CN")  # the window speaks the other one
    done = sample.reporting.write(tmp_path / "report.pdf", DAY, language)
    read = pages(done.path)
    assert len(read) == done.pages
    with i18n.speaking(language):
        content, made = sample.reporting.document(DAY)
    assert made == done.made
    for number, page in enumerate(map(words, read), start=1):
        assert mark in page
        assert foot.format(number, len(read)) in page
        assert words(content.dates) in page
    whole = words("".join(read))
    # A header that is broken over two lines stands between its neighbours' lines.
    missing = [text for text in told(content) if not all(part in whole for part in text.split())]
    assert missing == [] if language == "en" else len(missing) < 5
    assert without_glyph("".join(read)) == set()
    assert all(embedded and readable for embedded, readable in fonts(done.path).values())


@needs_poppler
def test_the_check_says_both_days_and_who_signed(sample: Program, tmp_path: Path) -> None:
    whole = " ".join("".join(pages(sample.reporting.write(tmp_path / "a.pdf", DAY, "en").path)).split())
    assert "For Wed 25 May 2022" in whole
    assert "Signed on 26 May 2022" in whole
    assert "by Li (late)" in whole
    assert "by Zhao" in whole, "who made the report"
    assert "currencies" in whole
    assert "#set page(width:" in whole, "an acknowledgement is never read as markup"


def test_a_document_in_chinese_has_no_english_sentence(sample: Program) -> None:
    """Names, comments and codes aside, every heading, answer, fact's label and column is in Chinese."""
    with i18n.speaking("zh_CN"):
        content, _made = sample.reporting.document(DAY)
    own = [text for section in content.sections for text in (section.title, section.answer) if text]
    own += [label for section in content.sections for label, _value in section.facts]
    own += [column.header for section in content.sections for table in section.tables for column in table.columns]
    assert [text for text in own if not any("\u4e00" <= letter <= "\u9fff" for letter in text)] == []


def test_every_review_list_is_there(sample: Program) -> None:
    content, _made = sample.reporting.document(DAY)
    lists = sample.reviewing.lists()
    titles = [section.title for section in content.sections]
    assert [made.id for made in lists if not any(title.startswith(f"{made.id} ") for title in titles)] == []
    (screening,) = [section for section in content.sections if section.title.startswith("L1 ")]
    assert len(screening.tables[0].rows) == len(lists[0].items) > 20
    amounts = [item.proposal.amounts.immediate for item in lists[0].items]
    assert screening.tables[0].totals[5] == sum(amounts)


def test_a_day_without_a_check_says_so(sample: Program) -> None:
    content, _made = sample.reporting.document(date(2022, 5, 24))
    (check,) = [section for section in content.sections if section.title == "Daily check"]
    assert check.answer == "No check was made for 24 May 2022."


def test_the_workbook_says_the_same(sample: Program, tmp_path: Path) -> None:
    done = sample.reporting.write(tmp_path / "report.xlsx", DAY, "zh_CN")
    with i18n.speaking("zh_CN"):
        content, _made = sample.reporting.document(DAY)
    book = openpyxl.load_workbook(done.path)
    sections = [section for section in content.sections if section.tables or not section.charts]
    assert book.sheetnames == [section.title for section in sections]
    for sheet, section in zip(book.worksheets, sections, strict=True):
        cells = [cell for row in sheet.iter_rows() for cell in row]
        texts = {cell.value for cell in cells}
        assert "示例" in str(sheet["A1"].value)
        assert sheet.oddHeader.right.text == "示例"
        assert not section.answer or section.answer in texts
        assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
        rows = [row for table in section.tables for row in table.rows]
        assert sum(row[0] in texts or getattr(row[0], "text", None) in texts for row in rows) == len(rows)


def test_only_pdf_and_xlsx_and_no_day_to_come(sample: Program, tmp_path: Path) -> None:
    with pytest.raises(Misused) as misused:
        sample.reporting.write(tmp_path / "report.doc")
    assert misused.value.code == "report.unknown_kind"
    with pytest.raises(Misused) as misused:
        sample.reporting.write(tmp_path / "report.pdf", sample.checking.business_date() + timedelta(days=1))
    assert misused.value.code == "report.not_yet"
    with pytest.raises(Refused) as refused:
        sample.reporting.write(tmp_path / "nowhere" / "report.pdf")
    assert refused.value.code == "report.cannot_write"
    assert list(tmp_path.iterdir()) == []


@needs_poppler
def test_an_empty_workspace_has_a_report_too(program: Program, tmp_path: Path) -> None:
    done = program.reporting.write(tmp_path / "report.pdf", language="zh_CN")
    read = words("".join(pages(done.path)))
    assert "示例" not in read
    assert "无数据" in read
