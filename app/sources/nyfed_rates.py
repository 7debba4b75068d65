"""The New York Fed's reference rates: the rate, the percentiles behind it and the volume, newest first."""

from datetime import date
from typing import Any

from app.refusals import Refused
from app.series.catalogue import carried_by
from app.series.series import Batch
from app.sources.source import batch_of, day_of, field_of, put_once, value_of

#: Rates of which the catalogue has series, with the part of the address that leads to each and its first day.
RATES = {
    "SOFR": ("secured/sofr", date(2018, 4, 2)),
    "EFFR": ("unsecured/effr", date(2000, 7, 3)),
    "OBFR": ("unsecured/obfr", date(2016, 3, 1)),
}
_FIELDS = {
    "": "percentRate",
    "1": "percentPercentile1",
    "25": "percentPercentile25",
    "75": "percentPercentile75",
    "99": "percentPercentile99",
    "VOL": "volumeInBillions",
}


def series_of(rate: str) -> tuple[str, ...]:
    """The series that one rate's answer fills."""
    return tuple(f"{rate}{suffix}" for suffix in _FIELDS)


def parse(rows: Any, name: str, source: str) -> tuple[Batch, ...]:
    """Rate, percentiles and volume by day. Rows of other rates, and of the averages, are left out."""
    known = carried_by(source)
    values: dict[str, dict[date, float]] = {}
    found = set()
    for line, row in enumerate(rows, 1):
        found.add(rate := str(field_of(row, "type", name)))
        if rate not in RATES:
            continue
        day = day_of(field_of(row, "effectiveDate", name), name, line)
        field_of(row, "percentRate", name)  # its absence is a renamed column, not a missing value
        for suffix, key in _FIELDS.items():
            value = value_of(row.get(key), name, line)
            put_once(values.setdefault(f"{rate}{suffix}", {}), day, value, name, line)
    if found and not found & set(RATES):
        raise Refused("source.unknown_series", name=name, found=", ".join(sorted(found)))
    return tuple(
        batch_of(known[id].id, source, told, "USD billions" if id.endswith("VOL") else "percent")
        for id, told in values.items()
        if told and id in known
    )
