"""The daily statement through its three regimes, and its categories without their totals."""

import json
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from app.liquidity.treasury_flows import Direction, TreasuryFlow
from app.refusals import Refused
from app.series.series import Batch
from app.sources import treasury
from app.sources.source import TREASURY_FLOWS, FlowsTable, Span

CLOSING = "Treasury General Account (TGA) Closing Balance"


def row(day: str, account: str, close: str, opening: str) -> dict[str, str]:
    return {"record_date": day, "account_type": account, "close_today_bal": close, "open_today_bal": opening}


def read(*rows: dict[str, Any], total: int | None = None) -> tuple[Any, ...]:
    meta = {"count": len(rows), "total-count": len(rows) if total is None else total}
    return treasury.parse(json.dumps({"data": list(rows), "meta": meta, "links": {}}).encode(), "balance")


def test_the_closing_balance_through_the_three_regimes() -> None:
    found = read(
        row("2021-09-30", "Federal Reserve Account", "215160", "173745"),
        row("2021-09-30", "Tax and Loan Note Accounts (Table V)", "2030", "2030"),
        row("2021-10-01", "Treasury General Account (TGA)", "132499", "215160"),
        row("2022-04-18", "Treasury General Account (TGA) Opening Balance", "null", "611451"),
        row("2022-04-18", "Total TGA Deposits (Table II)", "null", "180200"),
        row("2022-04-18", "Total TGA Withdrawals (Table II) (-)", "null", "26500"),
        row("2022-04-18", CLOSING, "null", "765151"),
    )
    told = {one.series_id: dict(one.values) for one in found if isinstance(one, Batch)}
    assert told["TGA_CLOSE"] == {
        date(2021, 9, 30): 215160,
        date(2021, 10, 1): 132499,
        date(2022, 4, 18): 765151,
    }
    # 611,451 + 180,200 − 26,500 = 765,151
    assert (told["TGA_DEPOSITS"], told["TGA_WITHDRAWALS"]) == (
        {date(2022, 4, 18): 180200},
        {date(2022, 4, 18): 26500},
    )
    assert {one.unit for one in found} == {"USD millions"}


def test_a_day_without_a_closing_balance_is_not_passed_over() -> None:
    with pytest.raises(Refused) as refused:
        read(row("2022-04-18", CLOSING, "null", "1"), row("2022-04-19", "Treasury Account End", "null", "2"))
    assert (refused.value.code, refused.value.values["day"]) == ("source.account", date(2022, 4, 19))


def flow(kind: str, category: str, amount: str, description: str = "null", account: str = "") -> dict[str, str]:
    return {"record_date": "2026-11-19", "account_type": account or "Treasury General Account (TGA)",
            "transaction_type": kind, "transaction_catg": category, "transaction_catg_desc": description,
            "transaction_today_amt": amount}  # fmt: skip


def test_categories_are_kept_apart_and_totals_are_none() -> None:
    (table,) = read(
        flow("Deposits", "Taxes - Corporate Income", "1022"),
        flow("Deposits", "Public Debt Cash Issues (Table IIIB)", "110000"),
        flow("Deposits", "Sub-Total Deposits", "111022"),
        flow("Deposits", "null", "111022"),
        flow("Withdrawals", "Taxes - Corporate Income", "64"),
        flow("Withdrawals", "Interest on Treasury Securities", "null"),
        flow("Deposits", "Taxes", "9", account="Short-Term Cash Investments"),
    )
    assert isinstance(table, FlowsTable)
    day = date(2026, 11, 19)
    assert set(table.rows) == {
        TreasuryFlow(day, Direction.DEPOSIT, "Taxes - Corporate Income", 1022),
        TreasuryFlow(day, Direction.DEPOSIT, "Public Debt Cash Issues (Table IIIB)", 110000),
        TreasuryFlow(day, Direction.WITHDRAWAL, "Taxes - Corporate Income", 64),
    }


def test_a_row_that_stands_there_twice_is_not_added_up() -> None:
    with pytest.raises(Refused) as refused:
        read(flow("Deposits", "Taxes", "5"), flow("Deposits", "Taxes", "5"))
    assert refused.value.code == "source.twice"


def test_an_error_with_status_200_is_said() -> None:
    with pytest.raises(Refused) as refused:
        treasury.parse(b'{"error":"Invalid Query Param","message":"Invalid field"}', "balance")
    assert refused.value.values["detail"] == "Invalid field"


def test_spans_are_whole_answers_without_gaps_or_overlaps() -> None:
    until = date(2026, 11, 20)
    for table in ("operating_cash_balance", "deposits_withdrawals"):
        spans = sorted(
            tuple(part.split(":")[2] for part in one.params["filter"].split(","))
            for one in treasury.requests(Span(until))
            if table in one.path
        )
        assert spans[-1][1] == "2026-11-20"
        for (_, end), (begin, _) in pairwise(spans):
            assert (date.fromisoformat(begin) - date.fromisoformat(end)).days == 1
    newest = {"TGA_CLOSE": date(2026, 11, 18), TREASURY_FLOWS: date(2026, 11, 18)}
    balance, categories = treasury.requests(Span(until, None, newest))
    assert balance.since == date(2026, 10, 1)
    assert categories.since == date(2026, 11, 1)
