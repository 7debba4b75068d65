"""The Board's whole release: read as a stream, by status and never by sign, in its archive and out of it."""

import io
import tracemalloc
import zipfile
from datetime import date
from pathlib import Path

import pytest

from app.refusals import Refused
from app.sources import ddp, folder
from tests.app.sources.home_mirror import release_xml

HEAD = '<?xml version="1.0" encoding="UTF-8"?><message:MessageGroup xmlns:frb="f" xmlns:kf="k" xmlns:message="m">'
SERIES = (
    '<frb:DataSet id="H41"><kf:Series CURRENCY="USD" FREQ="19" SERIES_NAME="{code}" UNIT="Currency" '
    'UNIT_MULT="{multiplier}"><frb:Annotations/>{rows}</kf:Series></frb:DataSet></message:MessageGroup>'
)


def xml(*rows: str, code: str = "RESPPMA_N.WW", multiplier: str = "1e+06") -> bytes:
    return (HEAD + SERIES.format(code=code, multiplier=multiplier, rows="".join(rows))).encode()


def obs(day: str, value: str, status: str = "A") -> str:
    return f'<frb:Obs OBS_STATUS="{status}" OBS_VALUE="{value}" TIME_PERIOD="{day}" />'


def packed(body: bytes, name: str = "H41_data.xml") -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("H41_struct.xsd", "<x/>")
        archive.writestr(name, body)
    return whole.getvalue()


ROWS = (obs("2026-07-01", "6735609"), obs("2026-07-08", "-9999", "NA"), obs("2026-07-15", "-9999", "ND"))


@pytest.mark.parametrize("body", [xml(*ROWS), packed(xml(*ROWS))])
def test_values_are_dropped_by_their_status(body: bytes) -> None:
    assert ddp.recognises(body[:64_000])
    (batch,) = ddp.parse(body, "H41")
    assert (batch.series_id, batch.unit, batch.values) == ("WALCL", "USD millions", ((date(2026, 7, 1), 6735609.0),))


def test_a_negative_value_with_a_normal_status_is_a_value() -> None:
    (batch,) = ddp.parse(xml(obs("2026-07-01", "-9999"), code="RESPPLLOP_N.WW"), "H41")
    assert batch.values == ((date(2026, 7, 1), -9999.0),)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (xml(obs("2026-07-01", "1", "Z")), "source.flag"),
        (xml(obs("2026-07-01", "1"), obs("2026-07-01", "2")), "source.twice"),
        (xml(obs("1 July", "1")), "source.date"),
        (xml(obs("2026-07-01", "x")), "source.number"),
        (xml(obs("2026-07-01", "1"), multiplier="lots"), "source.unit"),
        (xml(obs("2026-07-01", "1"), code="ELSE_N.WW"), "source.unknown_series"),
        (xml(obs("2026-07-01", "1"))[:-30], "source.cut"),
        (xml(obs("2026-07-01", "1").replace("OBS_STATUS", "STATUS")), "source.column"),
        (HEAD.replace("?>", '?><!DOCTYPE a [<!ENTITY b "bb">]>').encode() + b"<frb:DataSet/>", "source.cut"),
        (packed(xml(*ROWS))[:-40], "source.cut"),
        (packed(b"x", "H41_other.xml"), "source.archive"),
    ],
)
def test_anything_else_is_refused_with_its_reason(body: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        ddp.parse(body, "H41")
    assert refused.value.code == code


def test_another_multiplier_is_another_unit() -> None:
    (batch,) = ddp.parse(xml(obs("2026-07-01", "6735609000"), multiplier="1000"), "H41")
    assert batch.unit == "USD thousands"


def test_a_file_larger_than_memory_should_hold_is_read_as_a_stream(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Eight megabytes, most of it series nobody asked for: what is held at a time is a fraction of that."""
    body = release_xml(date(2024, 1, 1), date(2026, 11, 18), 700).encode()
    file = tmp_path / "H41_data.xml"
    file.write_bytes(body)
    monkeypatch.setattr(folder, "_LARGEST", 1_000_000)
    size = len(body)
    del body
    tracemalloc.start()
    found = folder.look(file)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (found.source, found.error) == ("ddp", None)
    assert {one.series_id for one in found.batches} >= {"WALCL", "WRESBAL", "WTREGEN"}  # type: ignore[union-attr]
    assert size > 8_000_000
    assert peak < size / 2
