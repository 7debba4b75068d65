"""A row of L3 by hand shows what is owed there as the list itself does."""

from datetime import date

from exposures.reviews.hand_reduction import reduction_of
from exposures.reviews.item import Action
from exposures.reviews.review_list import Grounds
from tests.exposures.reviews.books import TODAY, book, line, policy_flags, settings


def test_the_debts_that_run_off_to_the_horizon_stand_beneath_it() -> None:
    """Horizon 30 September 2026: the deposit of July runs off, that of 2028 and the undated one do not."""
    lines = (
        line("A", "BERG", "DE", 7),
        line("D1", "SPARER", "DE", 4, side="liability", instrument="deposit", maturity=date(2026, 7, 1)),
        line("D2", "SPARER", "DE", 5, side="liability", instrument="deposit", maturity=date(2028, 7, 1)),
        line("D3", "SPARER", "DE", 6, side="liability", instrument="deposit"),
    )
    row, _run_off, debts = reduction_of(Grounds(book(*lines), policy_flags(), (), (), settings(), TODAY), "DE", "DE")
    assert row.liabilities is not None
    assert (row.liabilities.exposure, row.liabilities.run_off) == (15_000_000, 4_000_000)
    assert [(one.line_id, one.side, one.run_off, one.action) for one in debts] == [
        ("D1", "liability", 4_000_000, Action.RUN_OFF)
    ]
