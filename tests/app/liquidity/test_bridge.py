"""The reserves bridge: the source document's own figures, every case of its answer, and that it always closes."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.liquidity import bridge, document
from app.liquidity.bridge import STEPS, Bridge
from app.liquidity.document import Printed, Table
from app.wording.sentences import sentence


def of(reserves: int | None = None, residual: int = 0, **changes: int | None) -> Bridge:
    """A bridge from changes of the lines in USD millions; reserves close it but for the residual."""
    known = {id: changes.get(id, 0) for id, _ in STEPS}
    if reserves is None:
        reserves = sum(sign * (known[id] or 0) for id, sign in STEPS) + residual
    return bridge._bridge(
        date(2019, 9, 4), date(2017, 10, 4), "depository_deposits", (0, reserves, reserves), known, dict.fromkeys(known)
    )


def test_the_document_s_own_figures_close_with_a_residual() -> None:
    built = bridge.printed(document.table("2"))
    effects = {step.id: step.effect for step in built.steps}
    # M3, in units of 0.1 bn: −6,989 −1,818 +1,067 −202 −1 +170 +19 = −7,754 against −7,740
    assert [effects[id] // 100 for id, _ in STEPS if id in effects] == [-6989, -1818, 1067, -202, -1, 170, 0, 19]
    assert (built.computed, built.reported, built.residual) == (-775_400, -774_000, 1_400)
    assert built.label == "source document"
    assert built.finding.case == "bridge.fell_more"
    assert (built.finding.values["line"], built.finding.values["amount"]) == ("federal_reserve_notes", 181_800)
    assert built.remainder is not None
    assert built.remainder.case == "bridge.small"  # 14 of 7,740


@pytest.mark.parametrize(
    ("changes", "case", "line"),
    [
        ({"total_assets": -100_000, "tga": 40_000}, "bridge.fell_more", "tga"),
        ({"total_assets": -100_000, "reverse_repos": -60_000}, "bridge.fell_with", "reverse_repos"),
        ({"total_assets": -100_000}, "bridge.fell_with", None),
        ({"total_assets": 50_000, "federal_reserve_notes": 90_000}, "bridge.fell_against", "federal_reserve_notes"),
        ({"total_assets": 100_000, "tga": -40_000}, "bridge.rose_more", "tga"),
        ({"total_assets": 100_000, "reverse_repos": 60_000}, "bridge.rose_with", "reverse_repos"),
        ({"total_assets": -50_000, "tga": -90_000}, "bridge.rose_against", "tga"),
        ({"total_assets": 50_000, "tga": 50_000}, "bridge.unchanged", None),
    ],
)
def test_each_case_names_the_line_that_explains_it(changes: dict[str, int], case: str, line: str | None) -> None:
    built = of(**changes)
    assert built.finding.case == case
    assert built.finding.values.get("line") == line
    assert sentence(built.finding)


def test_without_assets_or_reserves_nothing_is_said() -> None:
    built = of(reserves=5, total_assets=None)
    assert built.finding.case == "bridge.no_data"
    assert built.remainder is None
    assert sentence(built.finding) == "Cannot be said: Total assets have no figure on both dates."


@pytest.mark.parametrize(
    ("residual", "case"),
    [(12, "bridge.closes"), (-13, "bridge.small"), (4_700, "bridge.small"), (4_900, "bridge.large")],
)
def test_the_residual_is_judged_by_its_size(residual: int, case: str) -> None:
    built = of(total_assets=-100_000, residual=residual)
    assert built.residual == residual
    assert built.remainder is not None
    assert built.remainder.case == case


def test_a_line_without_a_figure_is_no_zero() -> None:
    built = of(reserves=-100_000, total_assets=-120_000, capital=None)
    step = next(step for step in built.steps if step.id == "capital")
    assert step.effect is None
    assert built.residual == 20_000
    assert built.remainder is not None
    assert built.remainder.case == "bridge.gaps"
    assert "Capital" in sentence(built.remainder)


_AMOUNT = st.one_of(st.none(), st.integers(-9_000_000, 9_000_000))


@given(st.fixed_dictionaries({id: _AMOUNT for id, _ in STEPS}), st.integers(-9_000_000, 9_000_000))
def test_it_always_closes_and_always_has_a_sentence(changes: dict[str, int | None], reserves: int) -> None:
    built = of(reserves=reserves, **changes)
    assert sentence(built.finding)
    if built.computed is not None and built.residual is not None:
        assert built.computed + built.residual == built.reported
        assert built.computed == sum(step.effect for step in built.steps if step.effect is not None)


def test_a_sheet_of_one_date_has_no_bridge() -> None:
    table = document.table("2")
    bare = Table(table.id, table.unit, table.millions, table.first, table.second, (), ())
    with pytest.raises(ValueError, match="no changes"):
        bridge.printed(replace(bare, lines=(Printed("tga", table.lines[0].first, table.lines[0].second, None),)))
