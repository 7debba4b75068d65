"""Documents set as PDF, read back with another engine."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from app import i18n
from app.reports import setting
from app.wording.report.document import Column, Document, Kind, Marked, Section, Table
from tests.app.reports.pdf import boxes, fonts, needs_poppler, pages, without_glyph, words

pytestmark = needs_poppler
MADE = datetime(2026, 5, 26, 0, 31, 5, 123_457, tzinfo=UTC)  # as a real clock says it
MARGIN = 16 / 25.4 * 72  # points

COLUMNS = (
    Column("主体", Kind.LONG, 2.0),
    Column("状态", share=1.0),
    Column("敞口", Kind.MONEY, 1.0, "USD"),
    Column("到期", Kind.DATE),
    Column("说明", Kind.LONG, 2.0),
)


def document(rows: list[tuple[object, ...]], language: str = "zh_CN", *, wide: bool = False) -> Document:
    table = Table(COLUMNS, rows, "清单", {0: "合计", 2: Decimal(10**9)})  # type: ignore[arg-type]
    section = Section("哪些资产有风险？", "三项待决定。", "critical", (("台账", "v3"),), (), (table,), wide)
    facts = (("报告日期", "2026年5月26日"),)
    return Document(
        "每日报告", "2026年5月26日", facts, (section,), language, "示例", "均为虚构。", "台账：2026年5月20日"
    )


def put(path: Path, content: Document) -> Path:
    with i18n.speaking(content.language):
        setting.write(path, content, MADE)
    return path


def row(name: str, remark: str = "") -> tuple[object, ...]:
    return (name, Marked("warning", "警戒"), Decimal(1_234_567_890), date(2026, 12, 31), remark)


def test_a_chinese_report_of_several_pages(tmp_path: Path) -> None:
    made = put(tmp_path / "a.pdf", document([row(f"第{number}号借款人") for number in range(90)]))
    read = pages(made)
    assert len(read) == setting.pages(made.read_bytes()) >= 3
    for number, page in enumerate(read, start=1):
        text = words(page)
        assert f"第{number}页，共{len(read)}页" in text
        assert "示例" in text
        assert "台账：2026年5月20日" in text
        assert "主体" in text, "the table's header is repeated"
    whole = words("".join(read))
    assert [number for number in range(90) if f"第{number}号借款人" not in whole] == []
    assert whole.count("1,234.6") == 90  # millions
    assert "合计" in whole


def test_every_letter_has_a_glyph_in_an_embedded_font(tmp_path: Path) -> None:
    """Han of either plane, Turkish, Vietnamese and signs."""
    names = "İşbank Ağaoğlu Đại Việt 土耳其银行 −6.1 % ≥ „“ · – 亿 㐂 𠮷"
    made = put(tmp_path / "a.pdf", document([row(name) for name in names.split()]))
    read = words("".join(pages(made)))
    assert [name for name in names.split() if name not in read] == []
    assert without_glyph(names) == set()
    assert without_glyph("ก") == {"ก"}
    found = fonts(made)
    assert all(embedded and readable for embedded, readable in found.values()), found
    assert {font.split("-")[0] for font in found} == {"Inter", "NotoSansCJKsc"}


@pytest.mark.parametrize(
    "name",
    [
        "#set page(width: 3cm)",
        '#panic("x")',
        "*bold* _it_ $x^2$ `raw` = Heading // no comment",
        "<label> @ref #{1 + 1} \\ backslash ] [ } {",
        '"quoted", "}]}',
        '#image("/etc/passwd") #read("/etc/passwd")',
    ],
)
def test_what_looks_like_markup_is_text(tmp_path: Path, name: str) -> None:
    made = put(tmp_path / "a.pdf", document([row(name, name)]))
    # The first line of the cell; a word that was broken goes on below its neighbours.
    assert words(name)[:8] in words("".join(pages(made)))
    assert len(pages(made)) == 1
    assert boxes(made)[0][:2] == pytest.approx((595.28, 841.89), abs=0.1)  # still A4


@pytest.mark.parametrize("wide", [False, True])
def test_nothing_leaves_the_page_or_its_column(tmp_path: Path, wide: bool) -> None:
    names = ["A" * 300, "Very_long.file-name/with=parts" * 8, "汉" * 200, "word " * 120, "x\n" * 30]
    made = put(tmp_path / "a.pdf", document([row(name, name) for name in names], wide=wide))
    for width, height, placed in boxes(made):
        assert [
            text for left, top, right, bottom, text in placed if not (MARGIN - 1 <= left < right <= width - MARGIN + 1)
        ] == []
        assert [text for _l, top, _r, bottom, text in placed if not 0 < top < bottom < height] == []
    whole = words("".join(pages(made)))
    assert whole.count("A") >= 600
    assert whole.count("汉") == 400
    # Dates stand in a column of their own and are never run over.
    dates = [box for _w, _h, placed in boxes(made) for box in placed if box[4] == "2026年12月31日"]
    assert len(dates) == len(names)


@pytest.mark.parametrize("rows", range(33, 40))
def test_a_total_never_stands_alone_on_a_page(tmp_path: Path, rows: int) -> None:
    """Wherever the page ends, the last two rows go with their total; one of these lengths fills a page exactly."""
    last = pages(put(tmp_path / "a.pdf", document([row(f"第{number}号") for number in range(rows)])))[-1]
    assert "合计" in last
    assert [number for number in (rows - 2, rows - 1) if f"第{number}号" not in words(last)] == []


def test_a_table_of_one_row_has_its_total_beside_it(tmp_path: Path) -> None:
    (page,) = pages(put(tmp_path / "a.pdf", document([row("甲")])))
    assert ("甲" in page, "合计" in page) == (True, True)


def test_a_row_longer_than_a_page_goes_on(tmp_path: Path) -> None:
    made = put(tmp_path / "a.pdf", document([row("甲", "句子。" * 2500)]))
    assert words("".join(pages(made))).count("句子。") == 2500


def test_control_characters_do_not_stop_it(tmp_path: Path) -> None:
    made = put(tmp_path / "a.pdf", document([row("bad\x00\x07\ud800\uffffname")]))
    assert "badname" in words("".join(pages(made)))


def test_the_same_document_is_the_same_file(tmp_path: Path) -> None:
    content = document([row("甲")])
    with i18n.speaking("zh_CN"):
        assert setting.render(content, MADE) == setting.render(content, MADE)


def test_a_file_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        put(tmp_path / "nowhere" / "a.pdf", document([row("甲")]))
    assert list(tmp_path.iterdir()) == []
