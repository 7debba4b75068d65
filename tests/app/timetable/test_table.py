"""The bank's own calendar: what it says counts; what is wrong in it is named by file and line."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.refusals import Refused
from app.series.releases import NONE
from app.timetable import table
from app.wording.formats import together
from app.wording.sentences import refusal

GOOD = """# ours
[XFED]
shut = [2026-12-24]

[moved.h41]
2026-12-23 = 2026-12-28T16:30:00
"""


def _refused(tmp_path: Path, text: str) -> Refused:
    path = tmp_path / "calendar.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        table.read(path)
    overrides, fault = table.read_or_own(path)
    assert overrides == NONE
    assert fault is not None
    assert fault.code == refused.value.code
    return refused.value


def test_what_it_says_counts(tmp_path: Path) -> None:
    path = tmp_path / "calendar.toml"
    assert table.read_or_own(path) == (NONE, None)
    path.write_text(GOOD, encoding="utf-8")
    found, fault = table.read_or_own(path)
    assert fault is None
    assert ("XFED", date(2026, 12, 24)) in found.shut
    assert found.moved["h41", date(2026, 12, 23)] == datetime(2026, 12, 28, 21, 30, tzinfo=UTC)  # 16:30 in New York


@pytest.mark.parametrize(
    ("text", "code", "line", "said"),
    [
        ("[XFED]\nshut = [2026-12-24\nopen = 3\n", "calendar.unreadable", 3, "calendar.toml, line 3 cannot be read"),
        ("[XFED]\nshut\n", "calendar.unreadable", 2, "calendar.toml, line 2"),
        ("[XFED]\nshut = [2026-12-24", "calendar.unreadable", 2, "calendar.toml, line 2"),
        ("\n[XFED]\nshut = ['24 December']\n", "calendar.wrong", 3, "line 3: XFED.shut must be a list of dates"),
        ("[XFED]\nclosed = []\n", "calendar.unknown", 2, "line 2: there is nothing called XFED.closed"),
        ("[XXXX]\n", "calendar.unknown", 1, "line 1: there is nothing called XXXX"),
        ("[moved.h41]\n# why\nsoon = 2026-12-28T16:30:00\n", "calendar.wrong", 3, "moved.h41.soon must be a date"),
        ("[moved.h41]\n2026-12-23 = 5\n", "calendar.wrong", 2, "moved.h41.2026-12-23 must be a date and time"),
        ("moved = 3\n", "calendar.wrong", 1, "line 1: moved must be a table"),
    ],
)
def test_a_fault_names_file_line_and_remedy(tmp_path: Path, text: str, code: str, line: int, said: str) -> None:
    error = _refused(tmp_path, text)
    assert (error.code, error.values["line"]) == (code, line)
    sentence = together(refusal(error))
    assert said in sentence
    assert sentence.endswith(".")


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "calendar.toml"
    path.write_bytes(b"\xff\xfe[\x00")
    _overrides, fault = table.read_or_own(path)
    assert fault is not None
    assert "calendar.toml cannot be read" in together(refusal(fault))
