"""The New York Fed's answers as they are documented: rates, operations in two shapes, the account, dollar swaps."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.liquidity.holdings import Holding, SecurityType
from app.refusals import Refused
from app.series.series import Batch
from app.sources import nyfed
from app.sources.source import SOMA_HOLDINGS, HoldingsTable, Span

DAY = date(2022, 5, 18)


def read(**answer: Any) -> dict[str, Batch]:
    found = nyfed.parse(json.dumps(answer).encode(), "answer")
    return {one.series_id: one for one in found if isinstance(one, Batch)}


def rate(**changed: Any) -> dict[str, Any]:
    return {
        "effectiveDate": "2024-06-25", "type": "SOFR", "percentRate": 5.33, "percentPercentile1": 5.29,
        "percentPercentile25": 5.32, "percentPercentile75": 5.38, "percentPercentile99": 5.45,
        "volumeInBillions": 2008, "revisionIndicator": "",
    } | changed  # fmt: skip


def test_a_rate_has_its_percentiles_and_its_volume() -> None:
    found = read(refRates=[rate(), rate(effectiveDate="2024-06-24", percentRate="5.31", volumeInBillions="")])
    assert found["SOFR"].values == ((date(2024, 6, 24), 5.31), (date(2024, 6, 25), 5.33))
    assert found["SOFR1"].values[-1][1] == 5.29
    assert found["SOFR99"].unit == "percent"
    assert (found["SOFRVOL"].values, found["SOFRVOL"].unit) == (((date(2024, 6, 25), 2008.0),), "USD billions")


def test_averages_and_other_rates_are_left_out() -> None:
    average = {"effectiveDate": "2024-06-25", "type": "SOFRAI", "average30day": 5.33, "index": 1.1}
    assert set(read(refRates=[average, rate(type="EFFR", targetRateFrom=5.25, targetRateTo=5.5)])) == {
        f"EFFR{part}" for part in ("", "1", "25", "75", "99", "VOL")
    }
    with pytest.raises(Refused):
        read(refRates=[average])


def operation(kind: str, id: str, total: Any, **more: Any) -> dict[str, Any]:
    return {
        "operationId": id, "auctionStatus": "Results", "operationDate": "2022-05-18", "operationType": kind,
        "term": "Overnight", "termCalenderDays": 1, "note": "", "totalAmtAccepted": total,
    } | more  # fmt: skip


def test_on_rrp_is_told_in_dollars_in_two_shapes() -> None:
    """1,973.373 billion on 18 May 2022, as FRED and the H.4.1 have it."""
    details = [{"securityType": "Treasury", "amtAccepted": 1973373000000, "percentAwardRate": 0.8}]
    results = read(repo={"operations": [operation("Reverse Repo", "RP 1", 1973373000000, details=details)]})
    assert (results["RRPONTSYD"].values, results["RRPONTSYD"].unit) == (((DAY, 1973373000000.0),), "USD")
    assert results["RRPONTSYAWARD"].values == ((DAY, 0.8),)
    told = {"operationId": "RP 1", "operationDate": "2022-05-18", "operationType": "Reverse Repo", "note": "",
            "totalAmtAccepted": "1973373000000"}  # fmt: skip
    propositions = read(repo={"operations": [told]})
    assert set(propositions) == {"RRPONTSYD"}
    assert propositions["RRPONTSYD"].values == results["RRPONTSYD"].values


def test_two_repo_operations_of_a_day_are_added_up_by_collateral_without_exercises() -> None:
    def details(treasury: int, mbs: str) -> list[dict[str, Any]]:
        return [{"securityType": "Treasury", "amtAccepted": treasury},
                {"securityType": "Agency", "amtAccepted": 0},
                {"securityType": "Mortgage-Backed", "amtAccepted": mbs}]  # fmt: skip

    morning = operation("Repo", "A", 3_000_000_000, details=details(1_000_000_000, "2000000000"))
    afternoon = operation("Repo", "B", 500_000_000, details=details(500_000_000, "0"))
    exercise = operation("Repo", "C", 75_000_000, note="Small Value Exercise", details=details(75_000_000, "0"))
    coming = operation("Repo", "D", None, auctionStatus="Announced")
    term = operation("Repo", "E", 9_000_000_000, term="Term", details=details(9_000_000_000, "0"))
    found = read(repo={"operations": [morning, afternoon, exercise, coming, term, morning]})  # the last stood there
    assert {id: dict(one.values)[DAY] for id, one in found.items()} == {
        "SRF": 3_500_000_000.0,
        "SRF_TREASURY": 1_500_000_000.0,
        "SRF_AGENCY": 0.0,
        "SRF_MBS": 2_000_000_000.0,
    }


def test_the_minimum_bid_rate_is_the_least_that_any_operation_of_the_day_asks() -> None:
    def asked(**rates: Any) -> list[dict[str, Any]]:
        return [{"securityType": "Treasury", "amtAccepted": 0, **rates}]

    found = read(repo={"operations": [
        operation("Repo", "A", 0, details=asked(minimumBidRate="4.05")),
        operation("Repo", "B", 0, details=asked(percentOfferingRate=4.0)),  # full allotment: a rate is offered
        operation("Repo", "C", 75_000_000, note="Small Value Exercise", details=asked(minimumBidRate=1.0)),
    ]})  # fmt: skip
    assert found["SRF_RATE"].values == ((DAY, 4.0),)
    assert found["SRF_RATE"].unit == "percent"


def test_a_kind_of_operation_or_collateral_that_is_new_is_refused() -> None:
    for wrong in (
        operation("Securities Lending", "A", 1),
        operation("Repo", "A", 1, details=[{"securityType": "Equities", "amtAccepted": 1}]),
    ):
        with pytest.raises(Refused) as refused:
            read(repo={"operations": [wrong]})
        assert refused.value.code == "source.unknown_series"


def test_the_summary_is_dollars_as_text_and_a_blank_is_none() -> None:
    row = {"asOfDate": "2022-05-18", "mbs": "2707300000000", "cmbs": "", "tips": "381000000000.5", "frn": "",
           "tipsInflationCompensation": "90700000000", "notesbonds": "4900000000000", "bills": "326000000000",
           "agencies": "2347000000", "total": "8400000000000"}  # fmt: skip
    found = read(soma={"summary": [row]})
    assert found["SOMA_TIPS"].values == ((DAY, 381000000000.5),)
    assert found["SOMA_TOTAL"].unit == "USD"
    assert not {"SOMA_CMBS", "SOMA_FRN"} & set(found)


def test_holdings_are_exact_and_by_security() -> None:
    rows = [
        {"asOfDate": "2022-05-18", "cusip": "912796U31", "maturityDate": "2022-05-19", "issuer": "", "spread": "",
         "coupon": "", "parValue": "10520000000", "inflationCompensation": "", "securityType": "Bills"},
        {"asOfDate": "2022-05-18", "cusip": "912810FR4", "maturityDate": "2025-01-15", "issuer": "", "spread": "",
         "coupon": "2.375", "parValue": "5123456700.25", "inflationCompensation": "2861234567.89",
         "securityType": "TIPS"},
        {"asOfDate": "2022-05-18", "cusip": "91282CDU2", "maturityDate": "2024-01-31", "issuer": "",
         "spread": "-0.015", "coupon": "", "parValue": 1000, "inflationCompensation": "", "securityType": "FRN"},
    ]  # fmt: skip
    (table,) = nyfed.parse(json.dumps({"soma": {"holdings": rows}}).encode(), "soma")
    assert isinstance(table, HoldingsTable)
    bill, tips, note = table.rows
    assert bill == Holding(DAY, "912796U31", SecurityType.BILL, date(2022, 5, 19), Decimal(10520000000))
    assert (tips.due, tips.coupon) == (Decimal("7984691268.14"), Decimal("2.375"))
    assert (note.coupon, note.security_type) == (Decimal("-0.015"), SecurityType.FRN)


def test_swaps_are_what_is_outstanding_on_wednesdays() -> None:
    def swap(settled: str, matures: str, amount: float, small: bool = False) -> dict[str, Any]:
        return {"operationType": "U.S. Dollar Liquidity Swap", "counterparty": "ECB", "currency": "EUR",
                "tradeDate": settled, "settlementDate": settled, "maturityDate": matures, "termInDays": 7,
                "amount": amount, "interestRate": 4.1, "isSmallValue": small}  # fmt: skip

    old = swap("2024-01-04", "2024-01-11", 1e8)  # opens the window: 100 days later everything is known
    rows = [old, swap("2024-05-02", "2024-05-09", 138e6), swap("2024-05-02", "2024-05-16", 2e6),
            swap("2024-05-02", "2024-05-09", 5e6, small=True)]  # fmt: skip
    found = dict(read(fxSwaps={"operations": rows})["SWAPS_OUTSTANDING"].values)
    assert min(found) == date(2024, 4, 17)  # the Wednesday after 13 April
    assert (found[date(2024, 5, 1)], found[date(2024, 5, 8)]) == (0.0, 140e6)


def test_the_first_fill_asks_for_everything_and_then_for_what_is_new() -> None:
    whole = {one.resource: one for one in nyfed.requests(Span(date(2026, 11, 20)))}
    assert whole["SOFR"].params["startDate"] == "2018-04-02"
    assert whole["propositions"].params == {"startDate": "2003-02-07", "endDate": "2013-09-22"}
    assert [name for name in whole if name.startswith("soma holdings 2026")] == [
        "soma holdings 2026-11-18",
        "soma holdings 2026-11-11",
    ]
    assert {"soma holdings 2017-09-27", "soma holdings 2022-06-01", "soma summary"} <= set(whole)
    newest = {"SOFR": date(2026, 11, 18), "RRPONTSYD": date(2026, 11, 19), "SOMA_TOTAL": date(2026, 11, 18),
              SOMA_HOLDINGS: date(2026, 11, 18)}  # fmt: skip
    parts = {one.resource: one for one in nyfed.requests(Span(date(2026, 11, 20), None, newest))}
    assert parts["SOFR"].params["startDate"] == "2026-10-01"  # 45 days before, and then the first of the month
    assert not [name for name in parts if name.startswith("soma")]  # no new Wednesday yet


def test_files_are_known_by_their_first_name() -> None:
    for start in (b'{"refRates": [', b'{"repo":{"operations":[', b'{\n "soma": {', b'{"fxSwaps":'):
        assert nyfed.recognises(start)
    assert not nyfed.recognises(b'{"data":[{"record_date":')
