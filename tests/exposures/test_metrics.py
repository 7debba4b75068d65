from datetime import UTC, date, datetime
from decimal import Decimal

from exposures.limits import Limit, uses
from exposures.metrics import BOOK_METRICS, ages, readings
from exposures.totals import totals
from tests.exposures.lines import ON, book, line, section_2

KNOWN = datetime(2026, 5, 23, tzinfo=UTC)


def test_figures_of_section_2_with_a_limit() -> None:
    """Limits of CALCULATIONS 3: use 66.67 %, with pending 83.33 %, headroom 20; HHI 0.2814."""
    found = book(*section_2(), line("P", "TR", pending=20), line("X", "AR", "TRY", outstanding=1))
    made = readings(totals(found), uses(found, [Limit("TR", Decimal(120), "USD")]), KNOWN)
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
    made = readings(totals(found), uses(found, [Limit("TR", Decimal(0), "USD")]), KNOWN)
    assert {r.metric.id: r.value for r in made if r.metric.id.startswith("country_util")} == {
        "country_utilisation": None,
        "country_utilisation_used": None,
    }


def test_the_age_of_the_newest_book_on_every_day() -> None:
    # A book of the 22nd came in on the 25th, one of the 15th on the 26th, one of the 27th on the 27th.
    books = [
        (date(2026, 5, 22), datetime(2026, 5, 25, 9, tzinfo=UTC)),
        (date(2026, 5, 15), datetime(2026, 5, 26, 9, tzinfo=UTC)),
        (date(2026, 5, 27), datetime(2026, 5, 27, 23, tzinfo=UTC)),
    ]
    found = ages(books, datetime(2026, 5, 29, 1, tzinfo=UTC))
    assert [(one.date.day, one.value) for one in found] == [(25, 3), (26, 4), (27, 0), (28, 1), (29, 2)]
    assert all(one.metric.unit == "days" and one.known_from <= datetime(2026, 5, 29, 1, tzinfo=UTC) for one in found)
    assert ages([], KNOWN) == ()
