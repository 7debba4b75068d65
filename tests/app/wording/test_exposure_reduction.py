from datetime import date
from decimal import Decimal

import pytest

from alerts.finding import Finding
from app.wording import exposure_reduction as words
from app.wording import reviews
from app.wording.sentences import sentence
from exposures.maturity import BUCKETS
from exposures.reviews.exposure_reduction import ExposureReduction
from exposures.reviews.item import ItemKey
from exposures.reviews.reduction import Fill, Means, Side, Split, Target, Unknown
from exposures.reviews.splits import OTHERS
from tests.exposures.reviews.books import settings

M = Decimal(10**6)
HORIZON = date(2026, 9, 30)
ROW = {"key": "TR", "name": "TR", "currency": "USD", "horizon": HORIZON, "waiting": 1, "items": 2}
SUMS = {"required": 242 * M, "run_off": 134 * M, "gap": 108 * M}
BOTH = {"assets": 242 * M, "assets_gap": 71 * M, "liabilities": 115 * M}


@pytest.mark.parametrize(
    ("case", "values", "text"),
    [
        (
            "l3.fall.assets",
            ROW | SUMS,
            ("Turkey must come down USD 242 m by 30 Sep 2026; run-off gives USD 134 m, actions must give USD 108 m. "
            "1 of 2 items need a decision."),
        ),
        (
            "l3.fall_none.assets",
            ROW | SUMS | {"waiting": 0},
            ("Turkey must come down USD 242 m by 30 Sep 2026; nothing runs off, actions must give all of it. "
            "Every item has a decision."),
        ),
        (
            "l3.runs_off.liabilities",
            ROW | SUMS | {"waiting": 1, "items": 1},
            ("Funding from Turkey must come down USD 242 m by 30 Sep 2026; run-off of USD 134 m is enough. "
            "1 of 1 item needs a decision."),
        ),
        (
            "l3.hedge",
            ROW | {"key": "currency:TRY", "name": "TRY", "required": 22 * M, "waiting": 0},
            "Net position in TRY: USD 22 m beyond the tolerance is to be hedged. Every item has a decision.",
        ),
        ("l3.left", SUMS | {"currency": "USD"}, "Of USD 242 m that must come down, USD 108 m is left to actions."),
        ("l3.left_all", SUMS | {"currency": "USD"}, "All of the USD 242 m that must come down is left to actions."),
        (
            "l3.both",
            BOTH | {"liabilities_gap": Decimal(0), "currency": "USD"},
            "Assets must come down USD 242 m, with USD 71 m left to actions; liabilities USD 115 m, with nothing left.",
        ),
        (
            "l3.opens_gap",
            {"currency": "USD", "horizon": HORIZON, "over": 335 * M},
            "To 30 Sep 2026 liabilities fall USD 335 m more than assets: both targets together open a liquidity gap.",
        ),
        (
            "l3.net",
            {"currency": "USD", "horizon": HORIZON, "now": 54 * M, "then": 52 * M, "tolerance": 30 * M},
            "Net USD 54 m now, USD 52 m at 30 Sep 2026; the tolerance is USD 30 m.",
        ),
        ("l3.empty.within", {"countries": ("AR", "TR")}, ("Nothing qualifies: nothing must come down in Argentina, "
         "Turkey.")),
    ],
)  # fmt: skip
def test_sentences(case, values, text):
    assert sentence(Finding(case, values)) == text


@pytest.mark.parametrize("tolerance", [None, 30 * M])
def test_every_criterion_has_a_topic_and_a_sentence(tolerance):
    criteria = ExposureReduction().criteria(settings(currency_tolerance=tolerance))
    assert len({reviews.criterion(one.case) for one in criteria}) == len(criteria) == 9
    texts = [sentence(one) for one in criteria]
    assert "80 %" in texts[2]
    assert "90 %" in texts[2]
    assert texts[6].startswith("Cannot be computed: set" if tolerance is None else "Spot assets")
    assert not any("{" in text for text in texts)


def test_subjects_are_countries_groups_and_currencies():
    def named(key: str, name: str) -> str:
        return reviews.item_name(name, ItemKey("L3", key, "TR", 1))

    assert named("TR", "TR") == "Turkey"
    assert named("group:Anadolu", "Anadolu") == "Anadolu group"
    assert named("currency:TRY", "TRY") == "Net position in TRY"
    assert reviews.item_name("TR", ItemKey("L1", "c1", "TR", 1)) == "TR"
    assert reviews.unjudged("", "", "L3") == "The whole book"


def test_fills_say_what_until_when_and_where_the_risk_goes():
    assert words.fill(Fill(Means.SELL, 40 * M, 1), "USD") == "Sell bonds: USD 40 m from 1 line."
    assert (
        words.fill(Fill(Means.NO_RENEWAL, 55 * M, 3, HORIZON), "USD")
        == "Do not renew what falls due: USD 55 m from 3 lines by 30 Sep 2026."
    )
    covered = words.fill(Fill(Means.COVER, 8 * M, 1, None, ("DE",)), "USD")
    assert covered == "Obtain cover: USD 8.0 m from 1 line; the risk moves to Germany."
    assert len({words.means(one.value) for one in Means}) == len(Means)


def test_what_is_not_known_is_said():
    texts = {words.unknown(Unknown(what, 2, 7 * M), "USD") for what in ("revolving", "undrawn_kind", "maturity")}
    assert len(texts) == 3
    assert all("USD 7.0 m" in text for text in texts)
    side = Side(100 * M, 80 * M, Target.LIMIT, 100 * M, Decimal(0), shortfall=20 * M)
    assert words.shortfall(side, "USD").startswith("USD 20 m stays open")
    assert words.shortfall(Side(M, M, None, None, M), "USD") == ""
    assert len({words.rule(Side(M, M, rule, None, M)) for rule in (None, *Target)}) == 4


def test_every_tenor_has_a_name_and_what_is_not_said_is_not_known():
    def name(dimension: str, key: str) -> str:
        return words.part_of(Split(dimension, key, M, M, None, None))

    tenors = list(BUCKETS)
    assert len({name("tenor", code) for code in tenors}) == len(tenors)
    assert (name("group", ""), name("group", "Ege"), name("group", OTHERS)) == ("Not known", "Ege", "Others")
