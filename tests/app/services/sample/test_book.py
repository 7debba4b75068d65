from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from app.services.sample.book import REPORTING_DATE, SampleBook, book, country_name
from app.services.sample.ledger import FAULTS, HEADERS, ledger
from exposures import headers

PARTS = ("outstanding", "undrawn", "contingent", "market_exposure")


@pytest.fixture(scope="module")
def sample() -> SampleBook:
    return book()


def usd_millions(sample: SampleBook, line: dict[str, object]) -> Decimal:
    amount = sum((part for name in PARTS if isinstance(part := line.get(name), Decimal)), Decimal(0))
    return amount / sample.rates[str(line["currency"])] / 10**6


def test_countries_meet_their_targets(sample: SampleBook) -> None:
    """Turkey 520+410+96+350+38+68+360 = 1,842; Argentina 655; Chile 1,130; Nigeria 208, above its limit of 200."""
    totals: Counter[str] = Counter()
    for line in sample.lines:
        if line["side"] == "资产":
            totals[line["country"]] += usd_millions(sample, line)  # type: ignore[assignment]
    assert {code: round(totals[country_name(code)], 1) for code in ("TR", "AR", "CL", "NG")} == {
        "TR": Decimal("1842.0"),
        "AR": Decimal("655.0"),
        "CL": Decimal("1130.0"),
        "NG": Decimal("208.0"),
    }
    assert sample.limits["TR"] == 2_000_000_000
    assert sample.limits["NG"] == 200_000_000


def test_identifiers_are_unique_and_a_name_is_one_counterparty(sample: SampleBook) -> None:
    assert len({line["line_id"] for line in sample.lines}) == len(sample.lines)
    assert len({line["counterparty_id"] for line in sample.lines}) == len(
        {line["counterparty_name"] for line in sample.lines}
    )


def test_both_sides_groups_branches_and_pipeline_are_there(sample: SampleBook) -> None:
    assert {line["side"] for line in sample.lines} == {"资产", "负债"}
    assert {"Anadolu", "Ege", "Kapa"} <= {line["group_id"] for line in sample.lines}
    assert {line["booking_entity_kind"] for line in sample.lines} == {"总行", "分行", "子行"}
    assert any(line.get("dependent_branch") for line in sample.lines)
    assert sum("pending" in line for line in sample.lines) == 6
    assert len({line["country"] for line in sample.lines}) > 15


def test_live_lines_fall_due_after_the_reporting_date(sample: SampleBook) -> None:
    for line in sample.lines:
        maturity = line["maturity"]
        assert maturity is None or (isinstance(maturity, date) and maturity > REPORTING_DATE)


def test_two_makings_are_equal(sample: SampleBook) -> None:
    assert book().lines == sample.lines
    assert ledger(book()).rows == ledger(sample).rows


def test_every_header_of_the_workbook_is_known_to_the_import() -> None:
    assert {headers.parse(header).field for header in HEADERS.values()} == set(HEADERS)


def test_every_fault_is_another_one(sample: SampleBook) -> None:
    assert len({tuple(sorted(fault.items(), key=str)) for fault in map(_plain, FAULTS)}) == len(FAULTS) >= 20
    rows = ledger(sample).rows
    assert len(rows) == len(sample.lines) + len(FAULTS) + 1  # the total beneath


def _plain(fault: dict[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in fault.items()}
