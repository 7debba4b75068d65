from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.jobs import Cancelled
from ui.tables import arranging
from ui.tables.arranging import Arranger, Wish, in_order
from ui.tables.coded import Coded, Numbered
from ui.tables.column import Column, Kind

COLUMNS = (
    Column("name", lambda: "Name"),
    Column("place", lambda: "Place"),
    Column("amount", lambda: "Amount", Kind.NUMBER, decimals=1),
    Column("due", lambda: "Due", Kind.DATE),
    Column("state", lambda: "State", Kind.SEVERITY, detail="word"),
    Column("source", lambda: "Source"),
)


def coded(*texts: str | None) -> Coded:
    words = sorted({text for text in texts if text is not None})
    return Coded(np.array([-1 if text is None else words.index(text) for text in texts], "int8"), words)


@pytest.fixture
def arranger(monkeypatch):
    monkeypatch.setattr(arranging, "LONG", 0)
    arrays = {
        "name": coded("Toros", "anadolu", None, "Marmara"),
        "place": coded("TR", "TR", "AR", "AR"),
        "amount": np.array([9.04, 100.0, np.nan, 1410.0]),
        "due": np.array(["2026-06-09", "NaT", "2026-05-28", "2026-06-01"], "datetime64[D]"),
        "state": coded("ok", "critical", None, "warning"),
        "word": coded("None", "Critical", None, "Warning"),
        "source": Numbered(
            coded("Book", "Book", "Book", "Abroad"), np.array([7.0, 12.0, np.nan, 3.0]), "{word}!{number}"
        ),
    }
    return Arranger(COLUMNS, arrays, 4, list)


def order(arranger, *keys, needle=""):
    return arranger.order(Wish(keys, needle)).tolist()


def test_several_columns_the_most_important_first(arranger):
    """AR before TR; within a place the larger amount first, and the missing one last."""
    assert order(arranger, ("place", False), ("amount", True)) == [3, 2, 1, 0]
    assert order(arranger, ("place", True), ("name", False)) == [1, 0, 3, 2]


@pytest.mark.parametrize("name", ["name", "amount", "due", "state", "source"])
def test_what_is_missing_comes_last_whichever_way(arranger, name):
    missing = {"due": 1}.get(name, 2)
    up, down = order(arranger, (name, False)), order(arranger, (name, True))
    assert up[-1] == down[-1] == missing
    assert up[:-1] == down[:-1][::-1]


def test_severities_from_the_gravest_and_texts_without_case(arranger):
    assert order(arranger, ("state", False)) == [1, 3, 0, 2]
    assert order(arranger, ("name", False)) == [1, 3, 0, 2]
    assert order(arranger, ("source", False)) == [3, 0, 1, 2]


@pytest.mark.parametrize(
    ("needle", "rows"),
    [
        ("mar", [3]), ("tr", [0, 1]), ("ar warning", [3]), ("28 may", [2]), ("critical", [1]), ("9.0", [0]), ("9", [0]),
        ("1,410", [3]), ("410", []), ("book", [0, 1, 2]), ("12", [1]), ("x", []),
    ],
)  # fmt: skip
def test_in_a_long_table_a_number_is_found_by_its_value(arranger, needle, rows):
    assert order(arranger, needle=needle) == rows


def test_a_filter_keeps_the_order(arranger):
    assert order(arranger, ("amount", False), needle="tr") == [0, 1]


def test_it_can_be_stopped(arranger):
    def stop():
        raise Cancelled

    with pytest.raises(Cancelled):
        arranger.order(Wish((("name", False),)), stop)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["a", "B", "b", None]), st.integers(-3, 3)), max_size=30), st.booleans())
def test_codes_sort_as_the_texts_themselves(rows, down):
    """Against Python's own stable sort of the folded texts."""
    texts = [text for text, _ in rows]
    arrays = {"name": coded(*texts), "amount": np.array([number for _, number in rows], "int64")}
    found = Arranger(COLUMNS, arrays, len(rows), list).order(Wish((("name", down), ("amount", False)))).tolist()
    present = [place for place, text in enumerate(texts) if text is not None]
    present.sort(key=lambda place: rows[place][1])
    present.sort(key=lambda place: texts[place].casefold(), reverse=down)
    missing = sorted((place for place, text in enumerate(texts) if text is None), key=lambda place: rows[place][1])
    assert found == present + missing


def test_words_are_changed_once_each():
    asked: list[str] = []

    def longer(word: str) -> str | None:
        asked.append(word)
        return None if word == "AR" else f"{word}!"

    changed = coded("TR", "AR", "TR", None).mapped(longer)
    assert asked == ["AR", "TR"]
    assert list(changed) == ["TR!", None, "TR!", None]
    assert list(changed.or_else(coded("x", "y", None, None))) == ["TR!", "y", "TR!", None]


def test_flags_and_days_are_words_too():
    assert list(Coded.flagged(np.array([True, False]), "warning")) == ["warning", None]
    days = np.array(["2026-05-28", "NaT"], "datetime64[D]")
    assert list(Coded.of_days(days, date.isoformat)) == ["2026-05-28", None]
    assert Coded(np.array([-1, -1]), ["x"]).empty
    assert not coded("x").empty


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from([0.0, -0.0, 1.5, -3.0, np.nan, 1e300]), st.integers(0, 3)), max_size=30))
def test_rows_of_equal_values_stay_as_they_came(rows):
    """Against Python's stable sort, with fractions, with small and with large whole numbers, and by a second value."""
    values = np.array([value for value, _ in rows], float)
    then = np.array([other for _, other in rows], float)
    by = [(value != value, 0 if value != value else value) for value, _ in rows]
    assert in_order(values).tolist() == sorted(range(len(rows)), key=by.__getitem__)
    both = [(*key, other) for key, (_, other) in zip(by, rows, strict=True)]
    assert in_order(values, then=then).tolist() == sorted(range(len(rows)), key=both.__getitem__)
    whole = then.astype(int)
    for numbers in (whole.astype("uint16"), whole, whole * 2**61, whole - 2):
        expected = sorted(range(len(rows)), key=numbers.tolist().__getitem__)
        assert in_order(numbers).tolist() == expected
    places = np.arange(len(rows))[::-1]
    assert in_order(whole[places], places).tolist() == sorted(places.tolist(), key=whole.tolist().__getitem__)


def test_rows_stand_as_their_page_says_until_somebody_sorts_them():
    made = Arranger(COLUMNS, {"place": coded("TR", "AR", "TR", "AR")}, 4, list, np.array([3, 0, 2, 1]))
    assert order(made) == [3, 0, 2, 1]
    assert order(made, ("place", False)) == [3, 1, 0, 2]
    assert made.order(Wish(mask=np.array([True, False, True, True]))).tolist() == [3, 0, 2]


@pytest.mark.parametrize("days", [["2026-06-09", "NaT", "1999-01-01", "9999-12-31"], ["NaT", "NaT"], []])
def test_days_sort_both_ways_and_are_found_by_their_texts(days):
    cells = np.array(days, "datetime64[s]")
    given_days = [place for place, day in enumerate(days) if day != "NaT"]
    missing = [place for place, day in enumerate(days) if day == "NaT"]
    up = sorted(given_days, key=days.__getitem__)
    made = Arranger(COLUMNS, {"due": cells}, len(days), list)
    assert order(made, ("due", False)) == up + missing
    assert order(made, ("due", True)) == up[::-1] + missing
    coded_days = Coded.of_days(cells, str)
    assert list(coded_days) == [None if day == "NaT" else day for day in days]
    assert coded_days.holding("1999").tolist() == [day == "1999-01-01" for day in days]


def test_a_word_that_is_none_is_missing():
    some = Coded(np.array([0, 1, 2, -1]), ["b", None, "a"])
    assert list(some) == ["b", None, "a", None]
    assert list(some.mapped(str.upper)) == ["B", None, "A", None]
    assert list(some.mapped({"a": "x"}.get)) == [None, None, "x", None]
    other = Coded(np.array([0, 0, -1, -1]), ["c"])
    assert list(some.or_else(other)) == ["b", "c", "a", None]
    assert not some.empty
    assert Coded(np.array([0, 0]), [None]).empty
    ranks, last = some.sort_keys()
    assert ranks.tolist() == [1, last, 0, last]
    assert some.holding("a").tolist() == [False, False, True, False]
