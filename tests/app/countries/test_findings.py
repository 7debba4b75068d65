from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from app.countries import findings
from app.countries.findings import Flow, Stake
from app.countries.indicators import Curve
from app.countries.score import Figure, score
from app.series.points import points
from app.series.series import Basis, Observation
from exposures.flags import Cause, CountryFlag, Tier
from exposures.reason import Reason
from tests.app.countries.test_score import FORMULA, TODAY, TURKEY, figures

FIRST = date(2024, 1, 1)


def rate(*values) -> Curve:
    known = datetime(2026, 1, 1, tzinfo=UTC)
    rows = [
        Observation(FIRST + timedelta(days=place), value, known, Basis.FETCHED, "t")
        for place, value in enumerate(values)
    ]
    return Curve(points(rows), ("FX_TRY",))


@pytest.mark.parametrize(
    ("values", "case"),
    [
        ((), "fx.no_data"),
        ((40.0,) * 5, "fx.too_few"),
        ((40.0,) * 6, "fx.still"),
        ((40.0,) * 5 + (40.1,), "fx.still"),  # −0.25 %
        ((40.0,) * 5 + (42.0,), "fx.fell"),  # the past year is not known, so nothing is called the fastest
        ((40.0,) * 5 + (38.0,), "fx.rose"),
        ((40.0,) * 300 + (42.0,), "fx.fastest"),
        ((40.0,) * 200 + (44.0,) * 100 + (45.0,), "fx.fell"),  # it fell faster within the year
        ((40.0,) * 520 + (50.0,), "fx.crash"),
    ],
)
def test_how_fast_it_falls(values, case):
    assert findings.falling(rate(*values)).case == case


def test_which_figures_are_known():
    def known(**more):
        return findings.known(score(FORMULA, more.get("given", {}), TODAY))

    full = figures(TURKEY | {"spread": "418"})
    assert known().case == "indicators.none"
    assert known(given=figures(TURKEY)).case == "indicators.lacking"
    assert known(given=full).case == "indicators.all"
    late = full | {"cpi": Figure(Decimal(38), TODAY, 1)}
    assert (known(given=late).case, known(given=late).values["late"]) == ("indicators.late", ("cpi",))
    old = full | {"spread": Figure(Decimal(418), TODAY - timedelta(days=31))}
    assert known(given=old).values["old"] == ("spread",)


def test_who_is_weakest():
    strong = score(FORMULA, figures(TURKEY | {"cpi": "2", "fx_20": "0"}), TODAY)
    weak, none = score(FORMULA, figures(TURKEY), TODAY), score(FORMULA, {}, TODAY)
    assert findings.compared({}).case == "comparison.none"
    assert findings.compared({"CL": none}).case == "comparison.no_scores"
    assert findings.compared({"CL": none, "TR": weak}).case == "comparison.one"
    found = findings.compared({"AR": strong, "TR": weak, "CL": none})
    assert (found.case, found.values["country"], found.values["next"]) == ("comparison.worst", "TR", "AR")
    assert (found.values["rated"], found.values["count"]) == (2, 3)


@pytest.mark.parametrize(
    ("flow", "case"),
    [
        (Flow(FIRST, 3.0), "flows.in"),
        (Flow(FIRST, -9.8), "flows.out"),
        (Flow(FIRST, -9.8, china=-1.0), "flows.out"),
        (Flow(FIRST, -9.8, china=-17.5), "flows.out_china"),
    ],
)
def test_whether_money_leaves(flow, case):
    assert findings.flowing([Flow(FIRST, 1.0), flow]).case == case


def test_the_documents_month_was_chinas():
    # MISSION M14 and erratum 9: −9.8 = −6.7 equity − 3.1 debt; China −17.5, so the others +7.7
    month = Flow(date(2022, 3, 31), -9.8, -6.7, -3.1, -17.5)
    assert round((month.equity or 0) + (month.debt or 0), 6) == month.total
    assert month.without_china == 7.7
    assert findings.flowing([]).case == "flows.none"


def test_the_home_side():
    assert findings.at_home(rate(), rate()).case == "home.no_data"
    assert findings.at_home(rate(7.1), rate()).case == "home.rate"
    assert findings.at_home(rate(7.1), rate(-1.4)).case == "home.inverted"
    assert findings.at_home(rate(7.1), rate(0.4)).case == "home.normal"
    cases = [findings.at_hand(there).case for there in ([True, True], [True, False], [False, False])]
    assert cases == ["home_figures.all", "home_figures.some", "home_figures.none"]


def test_what_is_at_stake():
    def stake(immediate, guarantor):
        amounts = (Decimal(immediate), Decimal(guarantor))
        nothing = Decimal(0)
        return Stake(TODAY, 1, "USD", *amounts, *(nothing,) * 3, 2, Decimal(guarantor) / 4, None, None, "no_limit", ())

    assert findings.at_stake(None).case == "stake.no_book"
    assert findings.at_stake(stake(0, 0)).case == "stake.nothing"
    assert findings.at_stake(stake(100, 80)).values["due"] == 25
    assert findings.at_stake(stake(100, 0)).values["due"] is None


def test_whether_it_is_flagged():
    def said(flag, **where):
        return findings.flagged(flag, **({"in_set": True, "home": False} | where)).case

    def flag(tier, *, ended=None, release=False):
        reason = Reason("policy_list", "country", None, None, "code", TODAY, "policy list")
        return CountryFlag("TR", 1, TODAY, tier, (Cause("policy", tier, reason, TODAY, ended),), release)

    assert said(None) == "flag.none"
    assert said(None, in_set=False) == "flag.outside"
    assert said(None, in_set=False, home=True) == "flag.home"
    assert said(flag(Tier.WATCH)) == "flag.watch"
    assert said(flag(Tier.ACT)) == "flag.act"
    assert said(flag(Tier.ACT, ended=TODAY)) == "flag.act"  # held
    assert said(flag(Tier.WATCH, ended=TODAY, release=True)) == "flag.release_proposed"
