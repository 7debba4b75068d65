from decimal import Decimal

import pytest

from exposures.book import Basis, Measure
from exposures.limits import Limit, LimitState, assess, uses
from tests.exposures.lines import book, line, section_2

D = Decimal


def test_worked_example_on_the_guarantor_basis() -> None:
    """L = 120, used 80; a renewal of 30 replacing 10 adds P = 20: u 66.67 %, u_p 83.33 %, headroom 20, warning."""
    found = book(*section_2(), line("P", "TR", pending=30 - 10))
    (use,) = (row for row in uses(found, [Limit("TR", D(120), "USD")]) if row.country == "TR")
    assert (use.use.used, use.use.pending, use.use.headroom) == (80, 20, 20)
    assert round(use.use.share, 4) == D("0.6667")
    assert round(use.use.share_with_pending, 4) == D("0.8333")
    assert use.state is LimitState.WARNING


def test_worked_example_on_the_immediate_basis() -> None:
    """125/120 = 104.17 %, breach; with a temporary excess of 30: 125/150 = 83.33 %."""
    limit = Limit("TR", D(120), "USD", basis=Basis.IMMEDIATE)
    use = uses(book(*section_2()), [limit])[0]
    assert round(use.use.share, 4) == D("1.0417")
    assert use.state is LimitState.BREACH
    assert use.use.headroom == -5
    assert round(assess(D(120) + D(30), D(125)).share, 4) == D("0.8333")


@pytest.mark.parametrize(
    ("used", "pending", "state"),
    [
        ("79.99", 0, "normal"),
        (80, 0, "warning"),
        ("89.99", 0, "warning"),
        (90, 0, "critical"),
        (100, 0, "critical"),  # exactly 100 % is critical
        (60, 40, "critical"),
        (60, "40.01", "expected_breach"),
        ("100.01", 0, "breach"),
        (101, 5, "breach"),
    ],
)
def test_states(used: object, pending: object, state: str) -> None:
    assert assess(D(100), D(used), D(pending)).state == state


def test_a_limit_of_zero() -> None:
    assert assess(D(0), D(1)).state is LimitState.BREACH
    assert assess(D(0), D(0), D(1)).state is LimitState.EXPECTED_BREACH
    assert assess(D(0), D(0)).state is LimitState.NORMAL
    assert assess(D(0), D(1)).share is None
    assert assess(D(0), D(1)).headroom == -1


def test_exposure_without_a_limit_is_found_and_stands_last() -> None:
    rows = uses(book(*section_2()), [Limit("AR", D(1000), "USD"), Limit("TR", D(100), "USD")])
    assert [row.country for row in rows][:2] == ["TR", "AR"]
    assert {row.country for row in rows if row.state is LimitState.NO_LIMIT} == {"DE", "ES", "HK", "CL"}


def test_a_limit_without_exposure_stays_in_the_table() -> None:
    (row,) = (row for row in uses(book(*section_2()), [Limit("ZA", D(5), "USD")]) if row.limit is not None)
    assert (row.country, row.state, row.use.used) == ("ZA", LimitState.NORMAL, 0)


def test_a_limit_in_another_currency_uses_the_books_rate() -> None:
    """7.2 CNY for a dollar: a limit of CNY 720 is USD 100."""
    found = book(line("1", "TR", outstanding=95), rates={"CNY": D("7.2")})
    (row,) = uses(found, [Limit("TR", D(720), "CNY")])
    assert (row.use.limit, row.state) == (100, LimitState.CRITICAL)
    (row,) = uses(found, [Limit("TR", D(720), "EUR")])
    assert row.state is LimitState.NOT_COMPARABLE
    assert row.use.share is None


def test_drawn_measure_leaves_undrawn_out() -> None:
    found = book(line("1", "TR", outstanding=50, undrawn=40))
    (row,) = uses(found, [Limit("TR", D(100), "USD", measure=Measure.DRAWN)])
    assert row.use.used == 50


def test_lines_without_a_rate_stand_beside_the_limit() -> None:
    found = book(line("1", "TR", outstanding=50), line("2", "TR", "TRY", outstanding=1000))
    (row,) = uses(found, [Limit("TR", D(100), "USD")])
    assert (row.use.used, row.not_converted) == (50, 1)
