"""Treasury's TIC tables in the shape that is assumed of them."""

from datetime import date

import pytest

from app.refusals import Refused
from app.sources import tic
from app.sources.source import Span

TITLE = "Table 3: U.S. Treasury Securities Held by Foreign Residents\n(Millions of dollars)\n\n"
HEADER = "country\tcountry_code\tdate\tfor_treas_pos\tfor_treas_net\tfor_lt_treas_pos"


def body(*rows: str, title: str = TITLE, header: str = HEADER) -> bytes:
    return (title + "\n".join([header, *rows])).encode()


def test_totals_and_countries_by_their_codes() -> None:
    batches = tic.parse(
        body(
            "Japan\t42609\t2026-07\t1116700\t3000\t1",
            '"China, Mainland"\t41408\t2026-07\t"633,400"\t-9600\t1',
            "Of Which: Foreign Official\t99990\t2026-07\t3773100\t-7200\t1",
            "Grand Total\t99996\t2026-07\t9299000\t41500\t1",
            "Grand Total\t99996\t2022-12\t7400000\tn.a.\t1",
            "",
            "Notes: the figures are estimates",
        ),
        "slt_table3",
    )
    july, december = date(2026, 7, 31), date(2022, 12, 31)
    assert {one.unit for one in batches} == {"USD millions"}
    assert {one.series_id: one.values for one in batches} == {
        "TIC_TREASURY_NET": ((july, 41500.0),),
        "TIC_OFFICIAL_TREASURY_NET": ((july, -7200.0),),
        "TIC_TREASURY_HELD": ((december, 7400000.0), (july, 9299000.0)),
        "TIC_TREASURY_HELD_CN": ((july, 633400.0),),
    }


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (b"<html>", "source.html"),
        (b"PK\x03\x04", "source.archive"),
        (b"Major foreign holders\nJapan 1116.7\n", "source.header"),
        (body("Grand Total\t99996\t2026-07\t1\t1\t1", title="Billions of dollars\n"), "source.unit"),
        (body("x\t1\t2026-07\t1", header="country\tcountry_code\tdate\tsomething_else"), "source.unknown_series"),
        (body("Grand Total\t99996\t2026-07\t1"), "source.truncated"),
        (body("Grand Total\t99996\tJul 2026\t1\t1\t1"), "source.date"),
        (body("Grand Total\t99996\t2026-07\tmuch\t1\t1"), "source.number"),
        (body(*(f"Grand Total\t99996\t2026-07\t{value}\t1\t1" for value in (1, 2))), "source.twice"),
        (body("Japan\t42609\t2026-07\t1\t1\t1"), "source.empty"),
    ],
)
def test_anything_else_is_refused_with_its_reason(file: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        tic.parse(file, "slt_table3")
    assert refused.value.code == code


def test_files_are_known_by_the_line_of_names() -> None:
    assert tic.recognises(body("Japan\t42609\t2026-07\t1\t1\t1"))
    assert not tic.recognises(b"country,country_code,date\n")


def test_what_is_asked() -> None:
    paths = [one.path for one in tic.requests(Span(date(2026, 5, 26)))]
    assert [path.rsplit("/", 1)[1] for path in paths] == ["slt_table1.txt", "slt_table3.txt"]
