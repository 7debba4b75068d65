"""Every word about countries: figures, inputs, states, levels, flags, findings and refusals, in both languages."""

from datetime import date
from decimal import Decimal

import pytest

from alerts.finding import Finding
from app import i18n
from app.countries.formula import INPUTS
from app.countries.score import State, Status
from app.refusals import Refused
from app.services.entry_tables import Fault
from app.services.indicating import CONCEPTS
from app.services.profiling import HOME_SHARES
from app.wording import countries as words
from app.wording.sentences import refusal, sentence
from exposures.country_risk import LEVELS
from exposures.flags import TIDE_FAMILIES
from exposures.reason import Reason

DAY = date(2026, 5, 26)
ALERT = Reason(
    "country_alert", "country", Decimal("-6.1"), Decimal(-5), "percent", DAY, "A-0001",
    labels={"rule": "E9", "alert_metric": "FX", "country": "TR"},
)  # fmt: skip
#: What any finding of the page may hold.
VALUES = {
    "value": Decimal("65.9"), "state": "warning", "coverage": Decimal(95), "lacking": ("spread",), "low": Decimal(62),
    "high": Decimal(67), "change": Decimal("8.2"), "since": DAY, "drivers": ("fx_20", "spread"), "series": ("FX_TRY",),
    "on": DAY, "rate": 45.82, "week": -6.1, "year": 16.0, "crash": 25.0, "missing": ("spread",), "old": (), "count": 10,
    "late": ("cpi",), "rated": 2, "country": "TR", "next": "AR", "next_value": Decimal(50), "month": DAY, "total": -9.8,
    "equity": -6.7, "debt": -3.1, "china": -17.5, "others": 7.7, "spread": -1.4, "spread_on": DAY, "day": DAY,
    "amount": Decimal(10**9), "currency": "USD", "counterparties": 3, "due": Decimal(40), "immediate": Decimal(10**9),
    "reasons": (ALERT,), "episode": 1, "live": 1, "families": ("corridor",), "critical": ("corridor",), "ended": DAY,
    "days": 20, "there": 3,
}  # fmt: skip


@pytest.fixture(params=["en", "zh_CN"])
def language(request: pytest.FixtureRequest) -> str:
    i18n.set_language(request.param)
    return str(request.param)


@pytest.mark.parametrize("case", sorted(words.SENTENCES))
def test_every_case_has_a_sentence(case: str, language: str) -> None:
    text = sentence(Finding(case, VALUES))
    assert text.endswith((".", "。", "！", "？"))
    assert "{" not in text


@pytest.mark.parametrize("code", sorted(words.REFUSALS))
def test_every_refusal_says_what_to_do(code: str, language: str) -> None:
    values = {
        "country": "TR", "file": "score.toml", "key": "dated", "detail": "x", "level": "high", "known": LEVELS,
        "who": "wu", "most": 500, "series": "SPREAD_TR", "date": DAY, "entry": 3, "suggestion": "",
        "faults": (Fault("S!A1", "no_headings"), Fault("S!B2", "bad_value", "many")),
    }  # fmt: skip
    what, remedy = refusal(Refused(code, **values))
    assert what
    assert remedy
    assert "{" not in what + remedy


def test_every_code_has_a_word(language: str) -> None:
    concepts = ("fx", *CONCEPTS, "yield_home", "yield_us", *(id.lower() for id in HOME_SHARES))
    assert all(words.concept(one) for one in concepts)
    assert all(words.input_name(one) and words.input_value(one, 3.0) for one in INPUTS)
    assert len({words.score_state(one.value)[1] for one in State}) == len(State)
    assert len({words.status(one.value)[1] for one in Status}) == len(Status)
    assert len({words.level(one) for one in LEVELS}) == 5
    assert all(words.family(one) for one in TIDE_FAMILIES)


def test_a_figure_carries_its_unit() -> None:
    assert words.figure(58_400.0, "USD millions") == "58.4"
    assert words.unit("USD millions") == "USD bn"
    assert words.figure(45.82, "TRY per USD") == "45.82"
    assert words.figure(418.0, "basis points") == "418"
    assert words.figure(None, "percent") == "–"
    assert words.input_value("spread", 418.0) == "418 bp"
    assert words.input_value("real_rate", 4.4) == "+4.4 pp"
    assert words.input_value("spread", None) == "no value"


def test_the_sentences_of_the_document() -> None:
    up = Finding("score.up", VALUES | {"change": Decimal(9), "drivers": ("fx_20", "reserves_change")})
    assert sentence(up) == "Up 9.0 points in a month: 20-obs. dollar rise and Reserves, 12 months."
    none = Finding("score.none", VALUES | {"value": None, "coverage": Decimal(65)})
    assert sentence(none) == "No score: the inputs cover 65 % of the weights. Missing: Sovereign spread."
    assert words.cause(ALERT) == "Turkish Lira −6.1 %"
