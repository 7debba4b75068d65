"""Renewals as in CALCULATIONS 1.6 and 3: only the increase of what is replaced is pending."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exposures.book import Basis, Book, Measure
from exposures.limits import Limit, LimitState, uses
from exposures.renewals import Standing
from tests.exposures.lines import book, line, section_2

D = Decimal
MAY, JUNE = date(2026, 6, 30), date(2026, 7, 1)
BANK = {"counterparty_id": "B"}


def old(amount: object = 10, **fields: object) -> dict[str, object]:
    return line("OLD", "TR", **({"outstanding": amount, "maturity": MAY} | BANK | fields))


def new(amount: object = 30, currency: str = "USD", **fields: object) -> dict[str, object]:
    wanted = {"pending": amount, "stage": "in_approval", "replaces_line_id": "OLD", "available_from": MAY}
    return line("NEW", "TR", currency, **(wanted | BANK | fields))


def pending(made: Book) -> Decimal:
    return made.total(Measure.WITH_PENDING) - made.total(Measure.DRAWN_UNDRAWN)


def test_worked_example_of_limits() -> None:
    """Section 3: L = 120, section 2's book, a renewal of 30 replacing 10 of the placement in London.

    Guarantor: used 80, P = 30 − 10 = 20: u 66.67 %, u_p 83.33 %, headroom 20, warning. Immediate: used 125, P = 0.
    """
    rows = section_2()
    branch = {"dependent_branch": True, "head_office_country": "TR", "instrument": "placement", **BANK}
    rows[1] = line("B1", "GB", outstanding=40, **branch)
    rows.append(line("OLD", "GB", outstanding=10, maturity=MAY, **branch))
    rows.append(line("NEW", "GB", pending=30, stage="approved", replaces_line_id="OLD", available_from=MAY, **branch))
    (by_guarantor,) = (one for one in uses(book(*rows), [Limit("TR", D(120), "USD")]) if one.key == "TR")
    use = by_guarantor.use
    assert (use.used, use.pending, use.headroom, use.state) == (80, 20, 20, LimitState.WARNING)
    assert (round(use.share * 100, 2), round(use.share_with_pending * 100, 2)) == (D("66.67"), D("83.33"))
    (immediate,) = (
        one for one in uses(book(*rows), [Limit("TR", D(120), "USD", basis=Basis.IMMEDIATE)]) if one.key == "TR"
    )
    assert (immediate.use.used, immediate.use.pending) == (125, 0)


@pytest.mark.parametrize(
    ("rows", "counted", "standing"),
    [
        ((old(), new()), 20, Standing.INCREASE),
        ((old(), new(8)), 0, Standing.INCREASE),  # smaller than what it replaces: nothing is added, nothing taken off
        ((old(4, undrawn=5, contingent=1), new()), 20, Standing.INCREASE),  # X of the old line, not what is drawn alone
        ((old(), new(available_from=JUNE)), 20, Standing.INCREASE),
        ((old(), new(available_from=date(2026, 6, 29))), 30, Standing.OVERLAPS),
        ((old(), new(available_from=None, signing_date=MAY)), 20, Standing.INCREASE),
        ((old(), new(available_from=None)), 30, Standing.NO_DATES),
        ((old(maturity=None), new()), 30, Standing.NO_DATES),
        ((old(), new(counterparty_id="C")), 30, Standing.OTHER_PARTY),
        ((old(side="liability"), new()), 30, Standing.OTHER_PARTY),
        ((new(),), 30, Standing.UNKNOWN_LINE),
        ((old(), new(replaces_line_id="NEW")), 30, Standing.OTHER_PARTY),  # itself
        ((old(currency="TRY"), new()), 30, Standing.NO_RATE),
    ],
)
def test_what_counts_of_a_renewal_and_why(rows, counted, standing) -> None:
    made = book(*rows)
    (found,) = made.renewals
    assert (pending(made), found.standing, found.increase) == (counted, standing, counted * 100)


def test_another_currency_is_taken_off_at_the_books_rates() -> None:
    """360 lira at 36 for a dollar are the 10 that 30 replace; of 1,080 lira, 30 dollars, 10 dollars off leave 720."""
    made = book(line("OLD", "TR", "TRY", outstanding=360, maturity=MAY, **BANK), new(), rates={"TRY": D(36)})
    assert pending(made) == 20
    made = book(old(), new(1080, "TRY"), rates={"TRY": D(36)})
    assert (pending(made), made.renewals[0].increase) == (20, 72_000)


def test_two_renewals_share_what_they_replace() -> None:
    """10 are replaced by 6 and by 7: nothing of the first counts, and 7 − 4 of the second."""
    made = book(old(), new(6), new(7) | {"line_id": "NEW 2"})
    assert pending(made) == 3
    assert [one.increase for one in made.renewals] == [0, 300]


def test_a_planned_renewal_counts_nothing_and_takes_nothing_from_one_in_approval() -> None:
    made = book(old(), new(30, stage="planned"), new(30) | {"line_id": "NEW 2"})
    assert pending(made) == 20


@settings(max_examples=40)
@given(st.integers(0, 50), st.integers(0, 50), st.sampled_from([None, "DE"]))
def test_both_bases_agree_and_used_with_pending_is_what_will_be_owed(before: int, after: int, guarantor) -> None:
    """With the renewal in force the larger of the two is owed: u_p of 1.6 never counts both."""
    cover = {"guarantor_country": guarantor, "guarantee_percent": 50.0} if guarantor else {}
    made = book(old(before, **cover), new(after))
    for basis in Basis:
        assert sum(row.amount(Measure.WITH_PENDING) for row in made.by_country(basis)) == max(before, after)
