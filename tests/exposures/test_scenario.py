from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exposures.scenario import InvalidScenario, RollOver, read_scenario

D = Decimal

WHOLE = """
name = "Lira loses 30 %"
why = "2018 and 2021"
[value_loss]
TRY = 30
[notches]
TR = 1
[collateral_loss]
TR = 12.5
[levels]
TR = "high"
[roll_over]
countries = ["Turkey", "AR"]
days = 60
drawn = 40
"""


def test_a_whole_scenario() -> None:
    made = read_scenario(WHOLE)
    assert (made.name, made.why) == ("Lira loses 30 %", "2018 and 2021")
    assert made.value_loss == {"TRY": D(30)}
    assert (made.notches, made.levels) == ({"TR": 1}, {"TR": "high"})
    assert made.collateral_loss == {"TR": D("12.5")}
    assert made.stopped == ("TR", "AR")
    assert made.roll_over == RollOver(60, D(50), D(100), D(40))


@pytest.mark.parametrize(
    ("text", "place", "problem"),
    [
        ("", "name", "missing"),
        ("name = ''", "name", "missing"),
        ("name = 'a'\nfx = 1", "fx", "unknown_key"),
        ("name = 'a'\nvalue_loss = 3", "value_loss", "not_a_table"),
        ("name = 'a'\n[value_loss]\nTRX = 3", "value_loss.TRX", "unknown_currency"),
        ("name = 'a'\n[value_loss]\nTRY = 100", "value_loss.TRY", "not_a_percent"),
        ("name = 'a'\n[value_loss]\nTRY = -1", "value_loss.TRY", "not_a_percent"),
        ("name = 'a'\n[value_loss]\nTRY = nan", "value_loss.TRY", "not_a_percent"),
        ("name = 'a'\n[value_loss]\nTRY = true", "value_loss.TRY", "not_a_percent"),
        ("name = 'a'\n[notches]\nTR = 1.5", "notches.TR", "not_whole"),
        ("name = 'a'\n[notches]\nAtlantis = 1", "notches.Atlantis", "unknown_country"),
        ("name = 'a'\n[levels]\nTR = 'dire'", "levels.TR", "unknown_level"),
        ("name = 'a'\n[roll_over]\ncountries = 'TR'", "roll_over.countries", "not_a_list"),
        ("name = 'a'\n[roll_over]\ndays = -1", "roll_over.days", "not_whole"),
        ("name = 'a'\n[roll_over]\nwhen = 1", "roll_over.when", "unknown_key"),
    ],
)
def test_what_is_wrong_is_named(text: str, place: str, problem: str) -> None:
    with pytest.raises(InvalidScenario) as refused:
        read_scenario(text)
    assert (refused.value.place, refused.value.problem) == (place, problem)


@given(st.text() | st.text(alphabet='name="[value_loss]\nTRY=30.{}'))
def test_no_text_does_anything_but_parse_or_name_its_fault(text: str) -> None:
    try:
        problem = "" if read_scenario(text).name else "nameless"
    except InvalidScenario as refused:
        problem = refused.problem
    assert problem in {"", "syntax", "missing", "unknown_key", "not_a_table"}
