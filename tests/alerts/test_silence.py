"""Silences hide notices of what fits, for their time, and nothing else (C16 is the service's test)."""

from datetime import UTC, datetime, timedelta

import pytest

from alerts.notices import Silence
from alerts.rule import Severity

START = datetime(2026, 5, 1, tzinfo=UTC)
OF = Silence(1, {"rule": "E9", "country": "TR"}, START, START + timedelta(days=2), "Chen Li", "known")


@pytest.mark.parametrize(
    ("matchers", "fits"),
    [
        ({"rule": "E9"}, True),
        ({"rule": "E9", "country": "TR"}, True),
        ({"country": "AR"}, False),
        ({"family": "fx", "severity": "critical"}, True),
        ({"severity": "warning"}, False),
        ({"basis": "immediate"}, False),
    ],
)
def test_every_matcher_must_fit(matchers: dict[str, str], fits: bool) -> None:
    silence = Silence(1, matchers, START, START, "", "")
    assert silence.fits("E9", "fx", Severity.CRITICAL, {"country": "TR"}) is fits


def test_it_runs_from_its_start_until_before_its_end() -> None:
    assert not OF.runs(START - timedelta(seconds=1))
    assert OF.runs(START)
    assert not OF.runs(OF.end)
    early = Silence(1, {}, START, OF.end, "", "", START + timedelta(hours=1))
    assert early.until == START + timedelta(hours=1)
    assert not early.runs(START + timedelta(hours=1))
