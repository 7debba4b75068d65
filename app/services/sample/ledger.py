"""The sample's book as another department's workbook: Chinese headers, amounts in 万元, faults as people make them."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from app.services.sample.book import REPORTING_DATE, Line, SampleBook
from app.spreadsheets.ledger import Ledger

#: The columns of the workbook, in its order.
HEADERS = {
    "line_id": "业务编号",
    "counterparty_id": "客户编号",
    "counterparty_name": "客户名称",
    "group_id": "集团客户",
    "sector": "客户类型",
    "side": "资产负债方向",
    "country": "国别",
    "head_office_country": "总部所在国",
    "dependent_branch": "是否分行",
    "booking_entity": "经办机构",
    "booking_entity_kind": "机构性质",
    "instrument": "业务品种",
    "product": "产品",
    "currency": "币种",
    "outstanding": "余额(万元)",
    "undrawn": "未用额度(万元)",
    "undrawn_kind": "承诺类型",
    "contingent": "保函余额(万元)",
    "market_exposure": "衍生品敞口(万元)",
    "pending": "审批中金额(万元)",
    "stage": "阶段",
    "maturity": "到期日",
    "guarantor_name": "担保人",
    "guarantor_country": "担保人国别",
    "guarantee_percent": "担保比例(%)",
    "guarantee_explicit": "明确担保",
    "guarantee_irrevocable": "不可撤销",
    "guarantee_unconditional": "无条件",
    "guarantee_in_force": "担保有效",
    "collateral_kind": "押品类型",
    "collateral_value": "押品价值(万元)",
    "collateral_country": "押品所在国",
    "rating": "内部评级",
    "loan_class": "五级分类",
    "days_past_due": "逾期天数",
    "ifrs_stage": "减值阶段",
    "dscr": "偿债备付率",
    "hard_currency_share": "外币收入占比",
    "local_revenue": "本币收入",
    "relationship_owner": "客户经理",
    "remark": "备注",
}
MONEY = ("outstanding", "undrawn", "contingent", "market_exposure", "pending", "collateral_value")

#: What is wrong in each of the faulty rows: a sound line with these cells instead.
FAULTS: tuple[dict[str, Any], ...] = (
    {"country": "土尔其", "remark": "国别有误"},
    {"outstanding": "12,5OO"},
    {"maturity": "2022-02-30"},
    {"counterparty_name": None, "counterparty_id": None},
    {"loan_class": "关注类?"},
    {"outstanding": "#REF!"},
    {"outstanding": Decimal("-250")},
    {"line_id": None},
    {"line_id": "ER-LN-002"},
    {"currency": "XYZ"},
    {"currency": None},
    {"country": None},
    {"country": "亚特兰蒂斯"},
    {"outstanding": "=SUM(O5:O6)"},
    {"days_past_due": "三十四"},
    {"instrument": "杂项业务"},
    {"maturity": "#N/A"},
    {"dependent_branch": "也许"},
    {"maturity": "明年六月"},
    {"side": "两边"},
    {"ifrs_stage": 7},
)
#: A sound row that somebody hid, by its place.
HIDDEN = 17


def ledger(book: SampleBook, day: date = REPORTING_DATE, faults: Sequence[Mapping[str, Any]] = FAULTS) -> Ledger:
    """The workbook's cells: sound lines with the faulty rows strewn among them, and a total beneath."""
    rows = [_row(line) for line in book.lines]
    sound = len(rows)
    step = sound // max(1, len(faults))
    for number, fault in reversed(list(enumerate(faults, 1))):
        rows.insert(number * step, _row(_faulty(number) | dict(fault)))
    total: list[Any] = [None] * len(HEADERS)
    total[0] = "合计"
    forgot = Decimal(1234) if faults else Decimal(0)
    for name, forgotten in (("outstanding", forgot), ("undrawn", Decimal(0))):  # the first was typed by hand
        column = list(HEADERS).index(name)
        total[column] = sum((row[column] for row in rows if isinstance(row[column], Decimal)), Decimal(0)) - forgotten
    return Ledger(
        sheet="敞口",
        title="跨境敞口台账 SAMPLE",
        subtitle=f"单位:万元(原币) 报告日:{day.isoformat()} 样例数据,均为虚构",
        headers=list(HEADERS.values()),
        rows=[*rows, total],
        rates=book.rates,
        rates_date=day,
        hidden=frozenset({HIDDEN}) if faults else frozenset(),
    )


def _faulty(number: int) -> Line:
    """A sound line in dollars on which one fault is planted."""
    return {
        "line_id": f"ER-LN-{number:03d}",
        "counterparty_id": f"C{1900 + number}",
        "counterparty_name": f"Prova Sanayi {number}",
        "sector": "企业",
        "side": "资产",
        "country": "土耳其",
        "booking_entity": "伊斯坦布尔分行",
        "booking_entity_kind": "分行",
        "instrument": "贷款",
        "product": "Term loan",
        "currency": "USD",
        "outstanding": Decimal(4_500_000 + 100_000 * number),
        "maturity": date(2023, 6, 30),
        "rating": "B+",
        "loan_class": "正常",
        "days_past_due": 0,
    }


def _row(line: Line) -> list[Any]:
    return [_cell(name, line.get(name)) for name in HEADERS]


def _cell(name: str, value: Any) -> Any:
    """Amounts go from units of the currency to 万元."""
    return value / 10_000 if name in MONEY and isinstance(value, Decimal) else value
