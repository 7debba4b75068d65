from hypothesis import given
from hypothesis import strategies as st

from ui.tables.column import Column, Kind
from ui.tables.fitting import fit

NAME = Column("name", lambda: "Name", stretch=1, priority=0)
NOTE = Column("note", lambda: "Note", stretch=2, width=100, priority=1)
AMOUNT = Column("amount", lambda: "Amount", Kind.NUMBER, priority=0)
DATE = Column("date", lambda: "Date", Kind.DATE, priority=2)
ALL = (NAME, NOTE, AMOUNT, DATE)
NEEDED = {"name": 120, "note": 300, "amount": 80, "date": 70}
HEADS = dict.fromkeys(NEEDED, 50)


def test_what_is_left_goes_out_by_stretch():
    widths, fits = fit(ALL, NEEDED, HEADS, {}, 870)  # 300 over
    assert widths == {"name": 220, "note": 500, "amount": 80, "date": 70}
    assert fits


def test_an_elastic_column_gives_back_before_any_goes():
    widths, fits = fit(ALL, NEEDED, HEADS, {}, 400)
    assert list(widths) == ["name", "note", "amount", "date"]
    assert (widths["name"], widths["amount"], widths["date"]) == (120, 80, 70)
    assert sum(widths.values()) <= 400
    assert fits


def test_the_least_important_go_first_and_what_never_goes_is_never_cut():
    widths, _ = fit(ALL, NEEDED, HEADS, {}, 320)  # 120 + 100 + 80 leave no room for the date
    assert list(widths) == ["name", "note", "amount"]
    widths, fits = fit(ALL, NEEDED, HEADS, {}, 150)
    assert widths == {"name": 120, "amount": 80}
    assert not fits  # the table scrolls instead of cutting


def test_a_dragged_width_is_kept():
    widths, _ = fit(ALL, NEEDED, HEADS, {"name": 333}, 1200)
    assert widths["name"] == 333


@given(st.integers(1, 2000), st.lists(st.integers(20, 400), min_size=4, max_size=4))
def test_widths_never_pass_the_room_when_they_are_said_to_fit(room, sizes):
    needed = {name: max(50, size) for name, size in zip(NEEDED, sizes, strict=True)}
    widths, fits = fit(ALL, needed, HEADS, {}, room)
    assert {"name", "amount"} <= set(widths)
    assert widths["name"] >= needed["name"]
    assert widths["amount"] >= needed["amount"]
    if fits:
        assert sum(widths.values()) <= room
