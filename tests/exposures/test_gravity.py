"""Which country hurts: the order by the written rule, every case of the finding, and the sentences made from it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from alerts.alert import Alert, Transition
from alerts.metric import Metric, Reading, Readings
from alerts.monitor import Kind, Phase
from alerts.rule import Band, Comparison, Rule, Severity
from app.wording.sentences import sentence
from app.wording.today import cause, cause_name
from exposures.book import Position
from exposures.gravity import Country, chosen, countries, move, rank, worst
from exposures.limits import Limit, LimitUse, assess

LIMIT = Rule(
    "X1",
    "country_utilisation",
    "percent",
    "limits",
    warning=Band(Comparison.AT_LEAST, 80),
    critical=Band(Comparison.AT_LEAST, 90),
)
PRICES = replace(LIMIT, id="P1", metric="CPI", family="prices")
SPREAD = replace(LIMIT, id="S1", metric="EMBI", family="spread")


def alert(rule: Rule = PRICES, severity: Severity = Severity.CRITICAL, country: str = "TR") -> Alert:
    """A firing alert of one country."""
    known, on = datetime(2026, 5, 22, 18, tzinfo=UTC), date(2026, 5, 22)
    fired = Transition(Kind.FIRED, on, 92.0, 90.0, severity, known, 1, known)
    where = {"country": country}
    return Alert(
        "A-0001", rule, where, Phase.FIRING, severity, "percent", 92.0, on, 90.0, 90.0,
        on, on, known, None, None, None, False, None, None, (fired,),
    )  # fmt: skip


def position(code: str, used: int, pending: int = 0) -> Position:
    zero = dict.fromkeys(("outstanding", "accrued_interest", "undrawn", "contingent", "market_exposure"), Decimal(0))
    return Position(code, None, 1, zero | {"outstanding": Decimal(used), "pending": Decimal(pending)})


def limited(code: str, used: int, limit: int | None, pending: int = 0) -> LimitUse:
    use = assess(None if limit is None else Decimal(limit), Decimal(used), Decimal(pending))
    return LimitUse(code, None if limit is None else Limit(code, Decimal(limit), "USD"), use)


def country(code: str, used: int, limit: int | None = None, pending: int = 0, *alerts: Alert) -> Country:
    """A country with drawn `used`, a limit on it, and alerts; amounts in millions."""
    return Country(position(code, used, pending), limited(code, used, limit, pending), alerts)


def order(*rows: Country) -> list[str | None]:
    return [row.position.key for row in rank(rows)]


def test_more_critical_families_lead_even_a_broken_limit():
    """The lira and the limit at critical are two families, a breach alone is one."""
    turkey = country("TR", 95, 100, 0, alert())
    assert order(country("NG", 208, 200), turkey) == ["TR", "NG"]


def test_of_as_many_critical_families_the_broken_limit_leads():
    assert order(country("TR", 900, 1000), country("NG", 105, 100)) == ["NG", "TR"]
    # an expected breach is not one yet: pending would take it to 110 %
    assert order(country("TR", 900, 1000), country("NG", 70, 100, 40)) == ["TR", "NG"]


def test_then_the_families_at_warning_then_the_exposure():
    milder = alert(SPREAD, Severity.WARNING)
    assert order(country("BR", 900), country("TR", 10, None, 0, milder), country("ZA", 950)) == ["TR", "ZA", "BR"]
    assert order(country("BR", 85, 100), country("TR", 10, 100, 0, milder), country("CL", 85, 100, 0, milder)) == [
        "CL",
        "BR",
        "TR",
    ]


def test_a_family_counts_once_at_its_gravest():
    row = country("TR", 85, 100, 0, alert(PRICES, Severity.WARNING), alert(PRICES), alert(LIMIT, Severity.WARNING))
    assert [(each.family, each.gravity) for each in row.causes] == [("prices", 2), ("limits", 1)]
    assert country("TR", 10, 100).causes == ()


def test_a_limit_alert_that_outlives_its_limit_still_counts():
    row = country("TR", 10, 100, 0, alert(LIMIT))
    assert [(each.family, each.gravity) for each in row.causes] == [("limits", 2)]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        # used 85, 95, 105 of 100: past 80 % warning, past 90 % critical, over 100 % broken
        (country("TR", 85, 100), "Turkey. 85 % of its limit is used, past the warning line."),
        (country("TR", 95, 100), "Turkey. 95 % of its limit is used, past the critical line."),
        (country("TR", 105, 100), "Turkey. Its limit is broken: 105 % is used."),
        (country("TR", 70, 100, 40), "Turkey. What is pending would take it to 110 % of its limit."),
        (country("TR", 5, 0), "Turkey. There is exposure where the limit is zero."),
        (country("TR", 10, 100, 0, alert(LIMIT)), "Turkey. Past its critical line: Country limit, with pending."),
        (country("TR", 105, 100, 0, alert()), "Turkey. Past the critical line: Inflation 92 %, limit broken, 105 %."),
        (
            country("TR", 5, 0, 0, alert()),
            "Turkey. Past the critical line: Inflation 92 %, exposure where the limit is zero.",
        ),
        (
            country("TR", 85, 100, 0, alert(PRICES, Severity.WARNING)),
            "Turkey. Past the warning line: Inflation 92 %, limit 85 %.",
        ),
    ],
)
def test_the_country_that_hurts_is_named_with_its_causes(row, said):
    assert sentence(worst((row, country("CL", 10, 100)))) == said
    assert all(cause(each.told).startswith(cause_name(each.told)[:5]) or each.use for each in row.causes)


def test_no_country_hurts_and_no_limit_to_measure_against_are_told_apart():
    assert worst((country("TR", 10, 100),)).case == "country.calm"
    assert worst((country("TR", 10), country("CL", 5))).case == "country.none_limited"
    assert worst(()).case == "country.empty"
    for rows in ((country("TR", 10, 100),), (country("TR", 10),), ()):
        assert sentence(worst(rows)).endswith(".")


def test_flagged_countries_are_shown_though_calm_and_keep_their_place():
    rows = countries(
        [position(code, used) for code, used in (("CL", 900), ("EG", 85), ("BR", 800), ("AR", 5))],
        {"EG": limited("EG", 85, 100)},
        [alert(country="XX")],
        {},
        ("AR", "TR"),
    )
    assert [row.position.key for row in rows] == ["EG", "CL", "BR", "AR", "TR"]
    assert rows[-1].position.amount() == 0
    assert [row.position.key for row in chosen(rows, 3)] == ["EG", "AR", "TR"]
    assert [row.position.key for row in chosen(rows, 4)] == ["EG", "CL", "AR", "TR"]


def readings(*values: float | None) -> Readings:
    day, known = date(2026, 5, 1), datetime(2026, 6, 1, tzinfo=UTC)
    metric = Metric("FX", "TRY per USD", {"country": "TR"})
    return Readings.of(
        metric, [Reading(metric, day + timedelta(place), value, known, False) for place, value in enumerate(values)]
    )


def test_a_currency_moves_by_its_value():
    """43.02 → 45.82 is v = −6.11 % (the worked example of the source document); the long change needs 21 rates."""
    found = move(readings(43.02, 43, 44, 45, 45, 45.82))
    assert found is not None
    assert found.on == date(2026, 5, 6)
    assert found.short == pytest.approx(-6.11, abs=0.005)
    assert found.long is None


def test_missing_rates_are_no_observations():
    found = move(readings(40.0, *[None] * 3, *[41.0] * 4, 50.0, None))
    assert found is not None
    assert found.on == date(2026, 5, 9)
    assert found.short == pytest.approx(-20)  # 40 / 50 − 1
    assert move(readings(None)) is None
