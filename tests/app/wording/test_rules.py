"""Words of rules: every condition, finding, notice and refusal has its own."""

from datetime import UTC, date, datetime

import pytest

from alerts.backtest import BackTest, Episode
from alerts.conditions import CONDITIONS
from alerts.finding import Finding
from alerts.notices import Silence, Told
from alerts.rule import Band, Comparison, Severity
from app.refusals import Refused
from app.storage.answers import Outcome
from app.wording import answers, conditions, rules
from app.wording.sentences import refusal, sentence
from tests.alerts.test_conditions import EXAMPLES
from tests.alerts.timeline import rule

VALUES = {
    "count": 4, "a_year": 0.5, "start": date(2018, 4, 4), "years": 8.0, "longest": 3, "crises": 2, "called": 1,
    "noise": 0.25,
}  # fmt: skip


@pytest.mark.parametrize("one", EXAMPLES, ids=lambda one: one.kind)
def test_every_condition_has_a_title_a_sentence_and_a_name(one: object) -> None:
    assert conditions.titled("X", one).startswith("X")  # type: ignore[arg-type]
    assert conditions.sentence(one).endswith(".")  # type: ignore[arg-type]
    assert len({conditions.kind(of.kind) for of in CONDITIONS}) == len(CONDITIONS)


@pytest.mark.parametrize(
    ("case", "text"),
    [
        ("no_values", "There is no value to test on yet."),
        ("silent", "It would never have fired since 4 Apr 2018."),
        ("fired", "It would have fired 4 times since 4 Apr 2018, 0.5 a year, the longest for 3 days."),
        ("missed", "It would have fired 4 times and called none of the crises: 2."),
        ("called", "It called 1 of 2 crises, 4 alerts in all; noise to signal 0.25."),
        ("noise", "It called 1 of 2 crises, but noise to signal is 0.25: above 1 it says no more than chance."),
    ],
)
def test_what_a_past_says(case: str, text: str) -> None:
    assert sentence(Finding(f"backtest.{case}", VALUES)) == text


def test_a_band_in_a_line() -> None:
    of = Band(Comparison.AT_LEAST, 3, 5, 2.5)
    assert rules.band(Severity.WARNING, of, "percent") == "Warning ≥ 3 %, clears at 2.5 %, for 5 observations"
    days = Band(Comparison.BELOW, 3, 1, in_days=True)
    assert rules.band(Severity.CRITICAL, days, "months") == "Critical < 3 months, for 1 day"


def test_an_episode_says_why() -> None:
    one = Episode(
        {}, date(2019, 9, 16), date(2019, 9, 16), None, Severity.CRITICAL, 23, 20, 282, 2,
        datetime(2019, 9, 17, 12, tzinfo=UTC), True,
    )  # fmt: skip
    text = rules.episode(one, rule())
    assert text == (
        "16 Sep 2019: 23 unit beyond 20 unit, at worst 282 unit, Critical; known 17 Sep 2019 by the calendar; "
        "still firing"
    )
    past = BackTest(rule(), {}, None, None, 7, 4, (one,), None, ())
    assert rules.known(past) == "4 of 7 observations have a time of release taken from the calendar."


@pytest.mark.parametrize("code", [*rules.REFUSALS, *answers.REFUSALS])
def test_every_refusal_says_what_and_what_next(code: str) -> None:
    values = {
        "id": "A-1", "version": 3, "other": "B", "count": 2, "file": "f.toml", "problem": "values", "place": "series 1",
        "value": 5.0, "text": "x", "fault": Finding("rulefile.syntax", {"problem": "x"}), "unit": "percent", "days": 90,
        "end": datetime(2026, 5, 1, tzinfo=UTC),
    }  # fmt: skip
    said, remedy = refusal(Refused(code, **values))
    assert said
    assert remedy


def test_notices_outcomes_and_silences_have_words() -> None:
    assert len({answers.told(one) for one in Told}) == len(Told)
    assert len({answers.outcome(one.value) for one in Outcome}) == len(Outcome)
    end = datetime(2026, 5, 2, 9, tzinfo=UTC)
    text = answers.silence(Silence(1, {"rule": "E9", "country": "TR"}, end, end, "li", "audited"))
    assert text.startswith("Turkey, rule E9: silenced by li until")
    assert text.endswith("audited")
    assert answers.hidden("silence:3") == "hidden by silence 3"
