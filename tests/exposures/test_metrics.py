from datetime import UTC, date, datetime
from decimal import Decimal

from exposures.limits import CountryLimit, uses
from exposures.metrics import BOOK_METRICS, age, readings
from exposures.totals import totals
from tests.exposures.lines import ON, book, line, section_2

KNOWN = datetime(2026, 5, 23, tzinfo=UTC)


def test_figures_of_section_2_with_a_limit() -> None:
    """Limits of CALCULATIONS 3: use 66.67 %, with pending 83.33 %, headroom 20; HHI 0.2814."""
    found = book(*section_2(), line("P", "TR", pending=20), line("X", "AR", "TRY", outstanding=1))
    made = readings(totals(found), uses(found, [CountryLimit("TR", Decimal(120), "USD")]), KNOWN)
    values = {reading.metric.key: reading.value for reading in made}
    assert round(values["country_utilisation{country=TR}"] or 0, 2) == 83.33
    assert round(values["country_utilisation_used{country=TR}"] or 0, 2) == 66.67
    assert values["country_headroom{country=TR}"] == 20
    assert values["country_exposure{country=DE}"] == 95
    assert values["country_exposure_immediate{country=TR}"] == 125
    assert "country_utilisation{country=DE}" not in values
    assert round(values["book_hhi"] or 0, 4) == 0.2814
    assert values["book_exposure"] == 245
    assert values["book_not_converted"] == 1
    assert {reading.date for reading in made} == {ON}
    assert {reading.metric.id for reading in made} <= set(BOOK_METRICS)
    assert all(tuple(reading.metric.labels) == BOOK_METRICS[reading.metric.id] for reading in made)


def test_a_limit_of_zero_gives_no_number() -> None:
    found = book(line("1", "TR", outstanding=1))
    made = readings(totals(found), uses(found, [CountryLimit("TR", Decimal(0), "USD")]), KNOWN)
    assert {r.metric.id: r.value for r in made if r.metric.id.startswith("country_util")} == {
        "country_utilisation": None,
        "country_utilisation_used": None,
    }


def test_age_is_read_today() -> None:
    reading = age(date(2026, 5, 22), date(2026, 5, 29), KNOWN)
    assert (reading.value, reading.date, reading.metric.unit) == (7.0, date(2026, 5, 29), "days")
