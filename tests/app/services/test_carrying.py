"""Which question to a source was about which of its series."""

from datetime import UTC, datetime

import pytest

from app.series.catalogue import SERIES
from app.series.releases import NONE
from app.services.carrying import carried
from app.storage.fetches import Asked

NOW = datetime(2026, 5, 26, 0, 31, tzinfo=UTC)


@pytest.mark.parametrize(
    ("series", "source", "resource", "failed"),
    [
        ("FX_TRY", "bis", "WS_XRU", True),
        ("FX_TRY", "bis", "WS_XRU from 2026-04-01", True),
        ("POLICY_RATE_TR", "bis", "WS_XRU", False),  # another flow of the same source
        ("CPI_TR", "imf", "CPI from 2024-01-01", True),
        ("RESERVES_TR", "imf", "CPI", False),
        ("IMPORT_COVER_TR", "worldbank", "FI.RES.TOTL.MO", True),
        ("IMPORT_COVER_TR", "worldbank", "file indicators.json", True),  # a file may hold anything of its source
        ("FX_ARS", "bcra", "Cotizaciones 2026-05-25", True),
        ("WALCL", "fredgraph", "TREAST", False),
        ("WALCL", "fredgraph", "WALCL", True),
        ("WALCL", "ddp", "H41/condition", True),
    ],
)
def test_a_question_counts_for_the_series_that_it_is_about(
    series: str, source: str, resource: str, failed: bool
) -> None:
    asked = Asked(source, resource, NOW, "failed", "source.status", "status=503")
    found = carried(SERIES[series], source, {(source, resource): asked}, {}, NOW, NONE)
    assert (found.fault is not None) is failed
