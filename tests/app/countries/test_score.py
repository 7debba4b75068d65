from datetime import date, timedelta
from decimal import Decimal
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.countries.change import APPEARED_OR_VANISHED, explain, finding
from app.countries.formula import INPUTS, parse
from app.countries.score import Figure, State, Status, score
from app.refusals import Refused

TEXT = files("app.countries").joinpath("score.toml").read_text("utf-8")
FORMULA = parse(TEXT)
TODAY = date(2026, 5, 26)

#: CALCULATIONS 7, Turkey: every input but the spread.
TURKEY = {
    "fx_250": "16", "fx_20": "8.5", "reserves_change": "-9", "import_cover": "3.6",
    "reserves_debt": Decimal("58.4") / Decimal(171) * 100, "current_account": "-1.9", "cpi": "38.1",
    "real_rate": "4.4", "external_debt": "46",
}  # fmt: skip
STRAINS = {
    "fx_250": "64.00", "fx_20": "85.00", "reserves_change": "30.00", "import_cover": "80.00",
    "reserves_debt": "100.00", "current_account": "31.67", "cpi": "100.00", "real_rate": "0.00",
    "external_debt": "53.33",
}  # fmt: skip


def figures(values, *, age=5, missed=()):
    return {
        id: Figure(Decimal(value), TODAY - timedelta(days=age), int(id in missed), "test")
        for id, value in values.items()
    }


def turkey(**changes):
    return {id: value for id, value in (TURKEY | changes).items() if value is not None}


def rounded(value, places="0.1"):
    return None if value is None else value.quantize(Decimal(places))


def test_the_shipped_formula_is_the_table_of_the_document():
    rows = {one.id: (int(one.calm), int(one.stress), int(one.weight), one.max_age) for one in FORMULA.inputs}
    assert rows == {
        "fx_250": (0, 25, 15, 10), "fx_20": (0, 10, 10, 10), "reserves_change": (0, -30, 10, 120),
        "import_cover": (6, 3, 10, 730), "reserves_debt": (200, 100, 15, 730), "current_account": (0, -6, 10, 730),
        "cpi": (5, 25, 10, 120), "real_rate": (2, -10, 5, 120), "external_debt": (30, 60, 10, 730),
        "spread": (200, 1000, 5, 30),
    }  # fmt: skip
    assert FORMULA.weight == 100
    assert (FORMULA.minimum_coverage, FORMULA.watch, FORMULA.warning, FORMULA.critical) == (70, 50, 60, 70)
    assert {one.id for one in FORMULA.inputs if one.mark == "S"} == {
        "fx_250", "import_cover", "reserves_debt", "spread",
    }  # fmt: skip


def test_turkey():
    found = score(FORMULA, figures(TURKEY), TODAY)
    assert {part.input.id: str(rounded(part.strain, "0.01")) for part in found.parts if part.strain is not None} == (
        STRAINS
    )
    weighted = sum(part.input.weight * part.strain for part in found.parts if part.strain is not None)
    assert rounded(weighted, "1") == 6260
    assert rounded(found.value) == Decimal("65.9")
    assert found.coverage == 95
    assert (rounded(found.low), rounded(found.high)) == (Decimal("62.6"), Decimal("67.6"))
    assert found.state is State.WARNING
    assert found.part("spread").status is Status.MISSING


def test_turkey_with_external_debt_too_old():
    given_figures = figures(TURKEY)
    given_figures["external_debt"] = Figure(Decimal(46), TODAY - timedelta(days=731))
    found = score(FORMULA, given_figures, TODAY)
    assert found.part("external_debt").status is Status.TOO_OLD
    assert found.part("external_debt").age == 731
    assert (rounded(found.value), found.coverage) == (Decimal("67.4"), 85)


def test_chile_without_short_term_debt_external_debt_and_spread_still_has_a_score():
    found = score(FORMULA, figures(turkey(reserves_debt=None, external_debt=None)), TODAY)
    assert found.coverage == 70
    assert found.value is not None
    less = score(FORMULA, figures(turkey(reserves_debt=None, external_debt=None, real_rate=None)), TODAY)
    assert (less.coverage, less.value, less.state) == (65, None, State.NONE)
    assert all(part.share is None or part.share >= 0 for part in less.parts)


def test_nothing_known_is_no_score_and_any_range():
    found = score(FORMULA, {}, TODAY)
    assert (found.value, found.coverage, found.low, found.high, found.newest) == (None, 0, 0, 100, None)


@pytest.mark.parametrize("id", INPUTS)
def test_an_input_is_used_up_to_its_greatest_age_and_no_longer(id):
    one = next(one for one in FORMULA.inputs if one.id == id)
    for age, status in ((one.max_age, Status.FRESH), (one.max_age + 1, Status.TOO_OLD)):
        assert score(FORMULA, figures({id: "1"}, age=age), TODAY).part(id).status is status


def test_a_missed_release_makes_the_score_provisional_at_full_weight():
    late = score(FORMULA, figures(TURKEY, missed=("cpi",)), TODAY)
    assert late.provisional
    assert late.part("cpi").status is Status.PROVISIONAL
    assert late.value == score(FORMULA, figures(TURKEY), TODAY).value
    assert not score(FORMULA, figures(TURKEY), TODAY).provisional


@pytest.mark.parametrize(
    ("value", "state"),
    [
        ("49.99", "calm"),
        ("50", "watch"),
        ("59.99", "watch"),
        ("60", "warning"),
        ("69.99", "warning"),
        ("70", "critical"),
    ],
)
def test_states_begin_exactly_at_their_mark(value, state):
    # one anchor pair that reads its own value: calm 0, stress 100, everything else weight 0
    text = TEXT.replace("weight = 1", "weight = 0 # 1").replace("weight = 5", "weight = 0")
    text = text.replace("calm = 0\nstress = 25\nweight = 0 # 15", "calm = 0\nstress = 100\nweight = 100")
    assert score(parse(text), figures({"fx_250": value}), TODAY).state.value == state


# ---------------------------------------------------------------- why it changed


def _explained(before, after):
    return explain(score(FORMULA, figures(before), TODAY), score(FORMULA, figures(after), TODAY))


def test_the_change_is_explained_input_by_input():
    # d20 from 2 % (20) to 8.5 % (85): weight 10 of 95 → 650/95 = 6.84 points; nothing else moved
    change = _explained(turkey(fx_20="2"), TURKEY)
    assert change is not None
    assert (change.moves[0].input, rounded(change.moves[0].points, "0.01")) == ("fx_20", Decimal("6.84"))
    assert abs(sum(move.points for move in change.moves) - change.points) < Decimal("1e-20")
    assert change.came_or_went == ()


def test_what_appears_or_vanishes_has_a_row_of_its_own():
    change = _explained(turkey(external_debt=None), TURKEY)
    assert change is not None
    last = change.moves[-1]
    # external debt: 10 × 53.33 / 95 = 5.61 points appear; the other inputs lose weight against Σw 95 instead of 85
    assert (last.input, rounded(last.points, "0.01")) == (APPEARED_OR_VANISHED, Decimal("5.61"))
    assert change.came_or_went == ("external_debt",)


VALUES = st.dictionaries(
    st.sampled_from(INPUTS),
    st.decimals(min_value=-1000, max_value=1000, places=4, allow_nan=False),
    min_size=8,
)


@given(before=VALUES, after=VALUES)
def test_the_rows_sum_to_the_change(before, after):
    change = _explained(before, after)
    if change is None:
        assert any(score(FORMULA, figures(one), TODAY).value is None for one in (before, after))
        return
    assert abs(sum(move.points for move in change.moves) - change.points) < Decimal("1e-20")


@given(values=VALUES)
def test_the_range_holds_the_score_and_shares_add_up_to_it(values):
    found = score(FORMULA, figures(values), TODAY)
    assert 0 <= found.low <= found.high <= 100
    if found.value is not None:
        assert found.low - Decimal("1e-20") <= found.value <= found.high + Decimal("1e-20")
        shares = sum(part.share for part in found.parts if part.share is not None)
        assert abs(shares - found.value) < Decimal("1e-20")


def test_what_the_card_says():
    now, little = score(FORMULA, figures(TURKEY), TODAY), score(FORMULA, {}, TODAY)
    assert finding(little, None).case == "score.none"
    assert finding(now, None).case == "score.alone"
    up = finding(now, _explained(turkey(fx_20="2", reserves_change="0"), TURKEY))
    assert (up.case, up.values["drivers"]) == ("score.up", ("fx_20", "reserves_change"))
    assert finding(now, _explained(turkey(fx_20="10"), TURKEY)).case == "score.down"
    assert finding(now, _explained(TURKEY, TURKEY)).case == "score.still"


# ---------------------------------------------------------------- the bank's own file


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("dated = 2026-11-22", "", "dated"),
        ("weight = 15", "weight = 'much'", "fx_250.weight"),
        ("stress = 25\n", "stress = 0\n", "fx_250.stress"),
        ("max_age = 10 ", "max_age = 0 ", "fx_250.weight, fx_250.max_age"),
        ('id = "spread"', 'id = "cds"', "input"),
        ("warning = 60", "warning = 40", "watch, warning, critical"),
        ("minimum_coverage = 70", "minimum_coverage = 0", "minimum_coverage, weight"),
        ("[[input]]", "[[input", ""),
    ],
)
def test_a_file_that_cannot_be_used_names_what_is_wrong(old, new, key):
    with pytest.raises(Refused) as refused:
        parse(TEXT.replace(old, new, 1))
    assert (refused.value.code, refused.value.values["key"]) == ("country.bad_formula", key)
