import contextlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.refusals import Refused
from app.spreadsheets.text_tables import read_text_table

TEXT = '编号,客户名称,余额\r\nL1,"博斯普鲁斯, 纺织","1,250.50"\r\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings_are_found(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "敞口.csv"
    path.write_bytes(TEXT.encode(encoding))
    sheet, note = read_text_table(path)
    named = {"gb18030": "GB18030", "utf-16": "UTF-16"}.get(encoding, "UTF-8")
    assert note.values == {"encoding": named, "delimiter": ",", "decimal_mark": "."}
    assert sheet.name == "敞口"
    assert sheet.rows == [["编号", "客户名称", "余额"], ["L1", "博斯普鲁斯, 纺织", "1,250.50"]]


@pytest.mark.parametrize(
    ("text", "encoding", "named"),
    [
        ("合約編號,客戶名稱,國別\n001,台積電,土耳其\n", "big5hkscs", "Big5"),
        ("line id,borrower\n1,Peña Ñandú\n2,Müller & Söhne\n", "cp1252", "Windows-1252"),
        ("id,name\n1,中国a\n2,镕城\n", "gb18030", "GB18030"),
    ],
)
def test_names_of_other_code_pages_are_not_read_as_other_characters(
    tmp_path: Path, text: str, encoding: str, named: str
) -> None:
    path = tmp_path / "book.csv"
    path.write_bytes(text.encode(encoding))
    sheet, note = read_text_table(path)
    assert note.values["encoding"] == named
    assert sheet.rows == [line.split(",") for line in text.splitlines()]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_are_found(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "book.csv"
    path.write_text("\n".join(delimiter.join(row) for row in (["a", "b", "c"], ["1", "", "x y"])))
    assert read_text_table(path)[0].rows == [["a", "b", "c"], ["1", None, "x y"]]


@pytest.mark.parametrize(
    ("amounts", "mark"), [(["1.234,56", "7,5"], ","), (["1,234.56", "7.5"], "."), (["1,234", "5,678"], ".")]
)
def test_the_decimal_mark_is_found(tmp_path: Path, amounts: list[str], mark: str) -> None:
    path = tmp_path / "book.csv"
    path.write_text("id;amount\n" + "\n".join(f"L{n};{amount}" for n, amount in enumerate(amounts)))
    assert read_text_table(path)[0].decimal_mark == mark


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'a,b\n1,"open', "importing.broken_csv"),
        (b"a,b\n\x00\x01", "importing.not_text"),
        (b"a\xff\xff,b", "importing.not_text"),
    ],
)
def test_what_is_no_table_of_text(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "book.csv"
    path.write_bytes(content)
    with pytest.raises(Refused) as caught:
        read_text_table(path)
    assert caught.value.code == code


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_any_bytes_are_a_table_or_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "book.csv"
    path.write_bytes(content)
    with contextlib.suppress(Refused):
        assert all(cell is None or cell.strip() for row in read_text_table(path)[0].rows for cell in row)
