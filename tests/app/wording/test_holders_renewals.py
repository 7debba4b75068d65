from decimal import Decimal

import pytest

from app.wording.holders import renewal
from exposures.counterparty import Renewed
from exposures.renewals import Standing

D = Decimal(10**6)


@pytest.mark.parametrize("standing", list(Standing))
def test_every_standing_names_both_lines_and_what_counts(standing: Standing) -> None:
    text = renewal(Renewed("N1", "O1", standing, 30 * D, 20 * D), "USD")
    assert text.startswith("N1 replaces O1")
    assert "USD 30 m" in text


def test_without_a_rate_no_amount_is_said() -> None:
    text = renewal(Renewed("N1", "O1", Standing.INCREASE, None, None), "USD")
    assert text == "N1 replaces O1; without an exchange rate nothing of it is added."
