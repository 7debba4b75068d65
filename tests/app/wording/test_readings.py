import pytest

from app.wording import figures, readings
from exposures.metrics import BOOK_METRICS
from exposures.structure_metrics import STRUCTURE_METRICS


@pytest.mark.parametrize(
    ("id", "labels", "name"),
    [
        ("ladder_cumulative", {"bucket": "years_2"}, "1–2 years: Maturity gap, cumulative"),
        ("currency_position", {"currency": "TRY"}, "Turkish Lira: Net open position of the currency"),
        ("sector_share", {"sector": "bank"}, "Banks: Sector's share of the book"),
        ("class_findings", {"case": "stage_3_pass"}, "Stage 3 and class pass: Class and stage findings by check"),
        ("group_share", {"group": "G1"}, "G1: Group's share of the book"),
        ("country_capital_share", {"country": "TR"}, "Turkey, Exposure to net capital"),
        ("reserve_gap_total", {}, "Country-risk reserve gap, total"),
    ],
)
def test_a_figure_of_the_book_says_of_what_it_is(id: str, labels: dict[str, str], name: str) -> None:
    assert readings.metric(id, labels) == name


@pytest.mark.parametrize("id", sorted(BOOK_METRICS | STRUCTURE_METRICS))
def test_every_figure_of_the_book_has_a_name(id: str) -> None:
    assert readings.metric(id, {}) != id
    assert id in ("country_utilisation", "country_utilisation_used") or figures.name(id) != id


def test_values_with_the_units_of_the_book() -> None:
    assert readings.amount(-1_101_900_000, "USD") == "USD −1,101,900,000"
    assert readings.amount(1, "lines") == "1 line"
    assert readings.amount(2, "lines") == "2 lines"
