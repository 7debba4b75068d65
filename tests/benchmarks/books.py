"""Exposure books of any length, as an export writes them: thirty columns, Chinese and English, shared texts."""

import random
import zipfile
from datetime import date, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

HEADERS = (
    "合同编号", "资产负债方向", "客户编号", "客户名称", "集团客户", "客户类型", "LEI", "国别", "风险国别", "经办机构",
    "业务品种", "产品名称", "币种", "贷款余额", "应计利息", "未提款金额", "表外余额", "业务阶段", "签约日期",
    "到期日", "担保人名称", "担保人国别", "担保比例", "评级", "五级分类", "逾期天数", "IFRS9阶段", "偿债备付率",
    "客户经理", "备注",
)  # fmt: skip
_PLACES = {"土耳其": "TRY", "Argentina": "ARS", "智利": "CLP", "Egypt, Arab Rep.": "EGP", "越南": "VND", "巴西": "BRL"}
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHARED = "sharedStrings"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def rows(count: int, seed: int = 7) -> list[list[str | float | date | None]]:
    """`count` lines, the same for the same seed."""
    chance = random.Random(seed)
    places = list(_PLACES)
    made: list[list[str | float | date | None]] = []
    for number in range(count):
        customer = chance.randrange(count // 8 + 1)
        place = places[customer % len(places)]
        currency = _PLACES[place] if chance.random() < 0.3 else chance.choice(("USD", "EUR", "CNY"))
        signed = date(2021, 1, 1) + timedelta(days=chance.randrange(1500))
        covered = chance.random() < 0.2
        made.append([
            f"HT{number:08d}", "资产", f"C{customer:06d}", f"{place}客户{customer} Trading & Co.", f"G{customer // 9}",
            chance.choice(("企业", "银行", "主权")), None, place, None, chance.choice(("总行", "伦敦分行", "香港分行")),
            chance.choice(("贷款", "贸易融资", "债券", "保函")), f"产品{chance.randrange(12)}", currency,
            chance.randrange(10**11) / 100, chance.randrange(10**7) / 100,
            chance.randrange(10**10) / 100 if chance.random() < 0.4 else None, None, "还款中", signed,
            signed + timedelta(days=chance.randrange(2200, 5000)), "德国担保行" if covered else None,
            "德国" if covered else None, 0.95 if covered else None, chance.choice(("B+", "BB", "BBB-", "A")),
            chance.choice(("正常", "关注")), float(chance.choice((0, 0, 0, 15, 40))), 1.0,
            chance.randrange(100, 300) / 100, chance.choice(("陈立", "王敏", "赵琪", "孙怡")), None,
        ])  # fmt: skip
    return made


def _letters(column: int) -> str:
    return chr(65 + column) if column < 26 else chr(64 + column // 26) + chr(65 + column % 26)


def write_book(path: Path, count: int, seed: int = 7) -> Path:
    """A workbook of `count` lines with one sheet "Book", headers in its first row."""
    texts: dict[str, int] = {}
    names = [_letters(column) for column in range(len(HEADERS))]

    def cell(number: int, column: int, value: str | float | date | None) -> str:
        if value is None:
            return ""
        place = f'<c r="{names[column]}{number}"'
        if isinstance(value, date):
            return f'{place} s="1"><v>{(value - date(1899, 12, 30)).days}</v></c>'
        if isinstance(value, float):
            return f"{place}><v>{value!r}</v></c>"
        return f'{place} t="s"><v>{texts.setdefault(value, len(texts))}</v></c>'

    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{_MAIN}"><sheetData>'.encode())
            for number, row in enumerate([list(HEADERS), *rows(count, seed)], 1):
                cells = "".join([cell(number, column, value) for column, value in enumerate(row)])
                sheet.write(f'<row r="{number}">{cells}</row>'.encode())
            sheet.write(b"</sheetData></worksheet>")
        shared = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
        archive.writestr("xl/sharedStrings.xml", f'<?xml version="1.0"?><sst xmlns="{_MAIN}">{shared}</sst>')
        archive.writestr(
            "xl/styles.xml",
            f'<?xml version="1.0"?><styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/>'
            '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
            '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<?xml version="1.0"?><workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
            '<sheet name="Book" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        relations = "".join(
            f'<Relationship Id="rId{place}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
            for place, (kind, target) in enumerate(
                (
                    ("worksheet", "worksheets/sheet1.xml"),
                    ("styles", "styles.xml"),
                    ("sharedStrings", "sharedStrings.xml"),
                ),
                1,
            )
        )
        head = f'<?xml version="1.0"?><Relationships xmlns="{_PACKAGE}">'
        archive.writestr("xl/_rels/workbook.xml.rels", f"{head}{relations}</Relationships>")
        archive.writestr(
            "_rels/.rels",
            f'{head}<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        kinds = {
            "workbook": "sheet.main",
            "worksheets/sheet1": "worksheet",
            "styles": "styles",
            "sharedStrings": "sharedStrings",
        }
        overrides = "".join(
            f'<Override PartName="/xl/{part}.xml" '
            f'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml"/>'
            for part, kind in kinds.items()
        )
        archive.writestr(
            "[Content_Types].xml",
            f'<?xml version="1.0"?><Types xmlns="{_TYPES}"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        )
    return path
