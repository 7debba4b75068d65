"""The report of the sample's morning, in both languages, read back with another engine."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from app import bootstrap, i18n
from app.bootstrap import Program
from app.cli.main import main
from app.refusals import Misused, Refused
from app.series.catalogue import SERIES
from app.series.series import Batch
from app.storage import observations
from app.storage.database import Database
from app.storage.observations import Fetch
from app.storage.tables.workspace import fact
from app.wording import formats
from app.wording.report.document import Document, Section
from exposures.checking import Verdict
from tests.app.reports.pdf import fonts, needs_poppler, pages, without_glyph, words
from tests.conftest import Clock

DAY = date(2022, 5, 25)
#: The sample's own day, on whose morning its lists were made.
MORNING = date(2022, 5, 26)
TELLER = "#set page(width: 3cm); 王敏"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, an alert acknowledged, and the check of the day before decided and signed."""
    root = tmp_path_factory.mktemp("reported") / "workspace"
    assert main(["demo", "--workspace", str(root), "--untouched", "--no-window"]) == 0
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
    done = sample.reporting.write(tmp_path / "report.pdf", MORNING, language)
    read = pages(done.path)
    assert len(read) == done.pages
    with i18n.speaking(language):
        content, made = sample.reporting.document(MORNING)
    assert made == done.made
    for number, page in enumerate(map(words, read), start=1):
        assert mark in page
        assert foot.format(number, len(read)) in page
        assert words(content.dates) in page
    whole = words("".join(read))
    # A header that is broken over two lines stands between its neighbours' lines.
    missing = [text for text in told(content) if not all(part in whole for part in text.split())]
    assert (missing == []) if language == "en" else (len(missing) < 5), missing
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
    noted = "".join(pages(sample.reporting.write(tmp_path / "b.pdf", MORNING, "en").path))
    assert "#set page(width:" in " ".join(noted.split()), "an acknowledgement is never read as markup"
    assert "#set page(width:" not in whole, "it was given the day after"


def test_a_document_in_chinese_has_no_english_sentence(sample: Program) -> None:
    """Names, comments and codes aside, every heading, answer, fact's label and column is in Chinese."""
    with i18n.speaking("zh_CN"):
        content, _made = sample.reporting.document(MORNING)
    own = [text for section in content.sections for text in (section.title, section.answer) if text]
    own += [label for section in content.sections for label, _value in section.facts]
    own += [column.header for section in content.sections for table in section.tables for column in table.columns]
    assert [text for text in own if not any("\u4e00" <= letter <= "\u9fff" for letter in text)] == []


def test_every_review_list_is_there(sample: Program) -> None:
    """The sample's lists were made on the morning of its own day, after that day's cut-off."""
    content, _made = sample.reporting.document(MORNING)
    lists = sample.reviewing.lists()
    titles = [section.title for section in content.sections]
    assert [made.id for made in lists if not any(title.startswith(f"{made.id} ") for title in titles)] == []
    (screening,) = [section for section in content.sections if section.title.startswith("L1 ")]
    assert len(screening.tables[0].rows) == len(lists[0].items) > 20
    amounts = [item.proposal.amounts.immediate for item in lists[0].items]
    assert screening.tables[0].totals[5] == sum(amounts)
    actions = {row[0]: row[7] for row in screening.tables[0].rows}
    assert actions["L1-0002"].startswith("Reduce USD 71 m"), "what is proposed has its amount"


def test_every_list_ends_with_a_control_total_that_ties_to_the_book(sample: Program) -> None:
    content, _made = sample.reporting.document(MORNING)
    for made in sample.reviewing.lists():
        (section,) = [one for one in content.sections if one.title.startswith(f"{made.id} ")]
        items, control = section.tables
        assert made.result is not None
        assert control.totals[1] == sum(row[1] for row in control.rows) == made.result.control.book_lines
        assert abs(sum(row[2] or 0 for row in control.rows) - control.totals[2]) < Decimal("0.01"), made.id
        if items.rows and made.id != "L5":  # L5 says the projects' amounts, of which nothing is drawn yet
            assert abs(items.totals[5] - control.rows[0][2]) < Decimal("0.01"), made.id


def test_a_day_without_a_check_says_so(sample: Program) -> None:
    content, _made = sample.reporting.document(date(2022, 5, 24))
    (check,) = [section for section in content.sections if section.title == "Daily check"]
    assert check.answer == "No check was made for 24 May 2022."


def test_the_workbook_says_the_same(sample: Program, tmp_path: Path) -> None:
    done = sample.reporting.write(tmp_path / "report.xlsx", MORNING, "zh_CN")
    with i18n.speaking("zh_CN"):
        content, _made = sample.reporting.document(MORNING)
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


def _section(content: Document, title: str) -> Section:
    return next(section for section in content.sections if section.title.startswith(title))


def _facts(section: Section) -> dict[str, str]:
    return dict(section.facts)


@pytest.fixture
def moving(workspace: Path, tmp_path: Path) -> Iterator[tuple[Program, Clock]]:
    """The same workspace as a bank's own: its clock goes on from the morning of 26 May 2022."""
    shutil.copytree(workspace, tmp_path / "moving")
    database = Database(f"sqlite:///{tmp_path / 'moving' / 'tidewatch.sqlite'}")
    with database.write() as connection:
        connection.execute(fact.delete())
    database.close()
    clock = Clock(datetime(2022, 5, 26, 0, 31, tzinfo=UTC))
    with bootstrap.open_program(tmp_path / "moving", clock=clock, user="Zhao") as program:
        yield program, clock


def test_a_day_that_is_over_is_told_as_it_was_known_then(moving: tuple[Program, Clock], tmp_path: Path) -> None:
    """What comes after the cut-off (a limit, a note, a revision, a book, a decision) is not in that day's report."""
    program, clock = moving
    day = MORNING
    program.checking.run(day)
    before, _made = program.reporting.document(day)
    clock.advance(days=4)
    limited = next(use for use in program.surveying.limits() if use.limit is not None)
    program.limiting.set(limited.country, Decimal("1"), "USD")
    firing = next(alert for alert in program.monitoring.alerts() if alert.fires and not alert.acknowledged)
    program.monitoring.acknowledge(firing.id, "noted four days later")
    item = next(item for item in program.reviewing.lists()[0].items if item.needs_decision)
    program.reviewing.assign(item.id, "Somebody Later", date(2022, 7, 1))
    with program.database.write() as connection:
        key = observations.log(connection, Fetch("sample", "revision", clock(), "stored"))
        batch = Batch("WALCL", "sample", ((date(2022, 5, 18), 1_000_000.0),), SERIES["WALCL"].unit)
        assert observations.store(connection, batch, clock(), key) == 1
    program.monitoring.evaluate()
    after, _made = program.reporting.document(day)
    clock.advance(days=1)  # past the cut-off after it all
    later, _made = program.reporting.document(program.checking.business_date())
    for content in (before, after):
        assert content.day == formats.weekday(day)
    assert _differences(before, after) == []
    assert "noted four days later" not in str(after.sections)
    assert "noted four days later" in str(later.sections)
    assert "Somebody Later" in str(later.sections)
    assert "Somebody Later" not in str(after.sections)
    tight = _section(later, "How tight")
    assert tight.tables[0].rows[0][2] == Decimal(1)
    assert Decimal(1) not in [row[2] for row in _section(after, "How tight").tables[0].rows]


def _differences(before: Document, after: Document) -> list[str]:
    """The sections that differ, charts aside (their arrays are compared element by element)."""
    return [
        one.title
        for one, other in zip(before.sections, after.sections, strict=True)
        if replace(one, charts=()) != replace(other, charts=())
    ]


def test_what_history_does_not_hold_is_said(moving: tuple[Program, Clock]) -> None:
    """Of a day before the book, the lists and the rules were there."""
    program, _clock = moving
    content, _made = program.reporting.document(date(2022, 5, 20))
    assert _section(content, "How tight").answer.startswith("No book had been imported by 20 May 2022")
    assert _section(content, "L1 ").answer.startswith("This list had not been made by 20 May 2022")
    facts = _facts(_section(content, "What is firing?"))
    assert "written later" in facts["Remark"]
    assert facts["Data"] == "A figure that was fetched later counts from its scheduled release."
    said = dict(content.facts)
    assert said["Figures, alerts, limits"].startswith("As known at 20 May 2022")
    assert said["Lists, decisions, notes"].startswith("As they stood at 20 May 2022")


@needs_poppler
def test_an_empty_workspace_has_a_report_too(program: Program, tmp_path: Path) -> None:
    done = program.reporting.write(tmp_path / "report.pdf", language="zh_CN")
    read = words("".join(pages(done.path)))
    assert "示例" not in read
    assert "无数据" in read
