"""The simulator against what happened, on the published series; and the principal that the levels tell."""

import csv
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from app.liquidity import backtest
from app.liquidity.backtest import EPISODES, Fan, measured_pay_down
from app.liquidity.ladder import AssumedLadder, Ladder
from app.series.points import Points, points
from app.series.series import Basis, Observation

KNOWN = datetime(2026, 6, 30, tzinfo=UTC)


def _points(rows: list[tuple[date, float]]) -> Points:
    return points(Observation(day, value, KNOWN, Basis.ASSUMED, "t") for day, value in rows)


def ladder(_on: date, bills: int | None) -> Ladder:
    return AssumedLadder(Decimal("1.4"), 4, bills or 0)


@pytest.fixture(scope="module")
def real(shared_data: Path) -> dict[str, Points]:
    found = {"WSHOBL": _points([])}
    for id in backtest.LINES.values():
        with (shared_data / "fred" / f"{id}.csv").open() as file:
            rows = list(csv.reader(file))[1:]
        found[id] = _points([(date.fromisoformat(day), float(value)) for day, value in rows if value])
    return found


@pytest.mark.shared
@pytest.mark.parametrize(
    ("id", "months", "assets"),
    # Total assets of the first and the last date as published, USD billions (WALCL).
    [("QT1", 23, (4_460.422, 3_761.508)), ("QT2", 42, (8_915.050, 6_535.781))],
)
def test_both_episodes_against_the_published_path(
    real: dict[str, Points], id: str, months: int, assets: tuple[float, float]
) -> None:
    test = backtest.run(EPISODES[id], real, ladder)
    assert test is not None
    assert len(test.dates) == months + 1
    actual = test.actual["total_assets"]
    assert (actual[0], actual[-1]) == pytest.approx(assets)
    assert test.simulated["total_assets"][0] == pytest.approx(assets[0])
    assert not test.has_ladder
    assert not test.pay_down.measured  # the twelve months before bought MBS
    for error in test.errors:
        guess, truth = test.simulated[error.line], test.actual[error.line]
        differences = [a - b for a, b in zip(guess[1:], truth[1:], strict=True)]
        assert error.at_end == pytest.approx(differences[-1])
        assert error.mean_absolute == pytest.approx(sum(abs(d) for d in differences) / months)
        assert abs(error.largest) == pytest.approx(max(abs(d) for d in differences))
        assert error.mean_percent == pytest.approx(
            sum(abs(d) / b for d, b in zip(differences, truth[1:], strict=True)) / months * 100
        )


@pytest.mark.shared
def test_the_caps_carry_the_treasuries_to_within_three_percent(real: dict[str, Points]) -> None:
    for episode in EPISODES.values():
        test = backtest.run(episode, real, ladder)
        assert test is not None
        assert abs(test.error("treasuries").end_percent) < 3
        assert test.error("total_assets").mean_percent < 2


@pytest.mark.shared
def test_the_fan_is_the_mean_error_of_every_start(real: dict[str, Points]) -> None:
    fan = backtest.fan(real, ladder)
    assert fan.starts == 23 + 42
    assert len(fan.percent) == 43
    assert fan.percent[0] == 0
    # Only QT2's first month reaches 42 months ahead: there the fan is that back-test's own error.
    whole = backtest.run(EPISODES["QT2"], real, ladder)
    assert whole is not None
    assert fan.percent[42] == pytest.approx(abs(whole.error("total_assets").end_percent))


@pytest.mark.shared
def test_the_principal_of_the_last_twelve_months(real: dict[str, Points]) -> None:
    # May 2025 (2,172,945) to May 2026 (1,981,060): 8.8 % of what was held, 0.77 % a month.
    found = measured_pay_down(real["WSHOMCB"], date(2026, 5, 20))
    assert found.measured
    assert float(found.percent) == pytest.approx(100 * (1 - (1_981_060 / 2_172_945) ** (1 / 12)), abs=0.001)
    assert not measured_pay_down(real["WSHOMCB"], date(2022, 6, 1)).measured  # MBS were bought
    assert not measured_pay_down(real["WSHOMCB"], date(2018, 10, 3)).measured  # the caps held it


def test_levels_of_less_than_a_year_tell_nothing() -> None:
    weeks = [(date(2026, 1, 7) + timedelta(weeks=w), 2_000_000.0 - w) for w in range(20)]
    assert not measured_pay_down(_points(weeks), date(2026, 5, 20)).measured
    assert not measured_pay_down(_points([]), date(2026, 5, 20)).measured


def test_an_episode_without_its_data_is_none_and_so_is_its_fan() -> None:
    nothing = dict.fromkeys(backtest.SERIES_IDS, _points([]))
    assert backtest.run(EPISODES["QT1"], nothing, ladder) is None
    assert backtest.fan(nothing, ladder) == Fan((), 0)


@pytest.mark.shared
def test_the_answer_for_none_one_and_all(real: dict[str, Points]) -> None:
    tests = [test for episode in EPISODES.values() if (test := backtest.run(episode, real, ladder))]
    assert backtest.answer([]).case == "backtest.none"
    one = backtest.answer(tests[:1])
    assert (one.case, one.values["episode"]) == ("backtest.one", "QT1")
    both = backtest.answer(tests)
    assert both.case == "backtest.all"
    assert both.values["percent"] == max(test.error("total_assets").mean_percent for test in tests)
