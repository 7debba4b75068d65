from dataclasses import replace
from datetime import date
from decimal import Decimal

from app.wording.maturity import gap_notes, ladder_notes
from exposures.currency_gap import CurrencyGap
from exposures.maturity import Ladder, rungs

D = Decimal
LADDER = Ladder(date(2026, 5, 22), "USD", rungs({"days_1": D(1)}, {}))


def test_what_netting_did_is_noted_and_which_sets_count_gross() -> None:
    assert ladder_notes(LADDER) == ()
    netted = replace(LADDER, set_off=D("4e6"), gross_sets=("A", "B"))
    assert ladder_notes(netted) == (
        "USD 4.0 m of derivatives and repo are set off within enforceable netting sets.",
        "Netting sets A and B are not said to be enforceable and count gross.",
    )


def test_what_netting_did_to_open_positions_is_noted_by_currency() -> None:
    gap = CurrencyGap("USD", (), (), D(0), D(0), 0, 1, {"USD": D("4e6"), "EUR": D("12e6")})
    assert gap_notes(gap) == ("Derivatives and repo set off within each currency: USD 4.0 m and EUR 12 m.",)
