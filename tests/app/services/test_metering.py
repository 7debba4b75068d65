"""What the program knows, as the rules read it."""

from datetime import UTC, date, datetime

from alerts.metric import Metric, Reading, Readings
from app.services.metering import FedMetrics, by_metric

KNOWN = datetime(2026, 5, 1, tzinfo=UTC)
DAYS = (date(2026, 5, 4), date(2026, 5, 5))


class Watched:
    """Stored figures as the watching service gives them."""

    def __init__(self, **rows: tuple[float, float]) -> None:
        self.rows = rows
        self.asked: list[str] = []

    def readings(self, metric_ids: list[str], as_of: datetime) -> dict[str, Readings]:
        self.asked = list(metric_ids)
        return {id: self._columns(Metric(id, "percent"), self.rows.get(id, ())) for id in metric_ids}

    def _columns(self, metric: Metric, values: tuple[float, ...]) -> Readings:
        return Readings.of(
            metric, [Reading(metric, day, value, KNOWN) for day, value in zip(DAYS, values, strict=False)]
        )


def test_exchange_rates_are_labelled_by_country() -> None:
    fed = FedMetrics(Watched(FX_TRY=(43.0, 45.8), FX_CLP=(900.0, 901.0)))  # type: ignore[arg-type]
    found = {one.metric.key: one.values.tolist() for one in fed.readings({"FX"}, KNOWN)}
    assert found == {"FX{country=TR}": [43.0, 45.8], "FX{country=CL}": [900.0, 901.0]}


def test_only_what_is_known_and_wanted_is_asked() -> None:
    watched = Watched(SOFR=(4.0, 4.2), SOFR_IORB=(-5.0, 1.0))
    fed = FedMetrics(watched)  # type: ignore[arg-type]
    assert [one.metric.id for one in fed.readings({"SOFR_IORB", "country_utilisation"}, KNOWN)] == ["SOFR_IORB"]
    assert watched.asked == ["SOFR_IORB"]
    (jump,) = fed.readings({"SOFR_JUMP"}, KNOWN)
    assert (jump.metric.id, jump.values.tolist()) == ("SOFR_JUMP", [20])
    assert list(fed.readings({"country_utilisation"}, KNOWN)) == []


def test_single_readings_become_columns_per_label_and_the_later_known_counts() -> None:
    tr, ar = Metric("use", "percent", {"country": "TR"}), Metric("use", "percent", {"country": "AR"})
    later = datetime(2026, 5, 2, tzinfo=UTC)
    columns = by_metric(
        [Reading(tr, DAYS[0], 2.0, later), Reading(tr, DAYS[0], 1.0, KNOWN), Reading(ar, DAYS[1], None, KNOWN)]
    )
    found = {one.metric.scope: one for one in columns}
    assert found["country=TR"].values.tolist() == [2.0]
    assert len(found["country=AR"]) == 1
