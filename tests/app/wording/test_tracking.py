"""Every case of the liquidity pages has a sentence in both languages."""

from datetime import date

import pytest

from alerts.finding import Finding
from app import i18n
from app.refusals import Misused
from app.wording import bridge, impact, tracking
from app.wording.bridge import step_label, verdict_label
from app.wording.sentences import refusal, sentence

DAY = date(2026, 5, 20)
VALUES = {
    "missing": ("total_assets",), "series": "WALCL", "on": DAY, "against": DAY, "date": DAY, "change": -774_000,
    "assets": -698_900, "line": "tga", "amount": 20_200, "residual": 1_400, "reported": -774_000, "table": "1",
    "amounts": 44, "agrees": 40, "explained": 2, "differs": 1, "no_data": 1, "level": 3_130.0, "peak": 4_275.0,
    "peak_date": DAY, "share": 46.6, "of": "total_liabilities", "since": DAY, "last": DAY, "net": -12.5,
    "source": "Taxes", "use": "Medicare", "jump": 4.0, "worst": 16.0, "worst_date": DAY, "before": 31.0, "first": 4.48,
    "second": 3.35, "loans": 3.6, "reserves": 59.9, "us_jp": 2.1, "us_ea": 1.4, "printed": 7, "same": 1, "apart": 4,
    "start": DAY, "end": DAY,
}  # fmt: skip
CASES = sorted(tracking.SENTENCES | bridge.SENTENCES | impact.SENTENCES)
MEASURES = ("lending.no_data",)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("case", CASES)
def test_every_case_has_a_sentence(case: str, language: str) -> None:
    i18n.set_language(language)
    values = VALUES | ({"missing": ("loan_growth",)} if case in MEASURES else {})
    said = sentence(Finding(case, values))
    assert said
    assert "{" not in said


def test_a_bridge_whose_line_is_unknown_still_has_a_sentence() -> None:
    for case in (case for case in CASES if case.startswith("bridge.") and ("fell" in case or "rose" in case)):
        assert sentence(Finding(case, VALUES | {"line": None}))


def test_refusals_name_the_remedy() -> None:
    said, remedy = refusal(Misused("document.unknown", table="3", known=("1", "2")))
    assert said == "The source document has no table 3."
    assert remedy == "Choose one of 1, 2."
    assert refusal(Misused("balance_sheet.one_date"))[1] == "Give another date with --against."


def test_steps_and_verdicts_have_words() -> None:
    assert step_label("residual") == "Residual"
    assert step_label("tga") == "Treasury (TGA)"
    assert verdict_label("explained") == "differs, explained"
