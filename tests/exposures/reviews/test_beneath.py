"""Lines that are made when they are looked at are as if they had been there."""

from dataclasses import replace
from datetime import date

from exposures.reviews.beneath import Beneath
from exposures.reviews.item import Action, Amounts, ItemLine

LINES = tuple(
    ItemLine(f"l{at}", "", "loan", "USD", Amounts(), date(2027, 1, at + 1), None, None, None, Action.WATCH)
    for at in range(4)
)


def test_they_are_a_sequence_like_any_other():
    made: list[int] = []

    def make(at: int) -> ItemLine:
        made.append(at)
        return LINES[at]

    beneath = Beneath([3, 1, 2], make)
    assert (len(beneath), bool(beneath), made) == (3, True, [])  # how many is known without one being made
    assert (beneath[1], beneath[-1], made) == (LINES[1], LINES[2], [1, 2])
    assert tuple(beneath) == (LINES[3], LINES[1], LINES[2])
    assert beneath == (LINES[3], LINES[1], LINES[2])
    assert (LINES[3], LINES[1], LINES[2]) == beneath
    assert beneath[1:] == [LINES[1], LINES[2]]
    assert hash(beneath) == hash(tuple(beneath))
    assert beneath != (LINES[3], LINES[1])
    assert beneath != (LINES[3], LINES[1], replace(LINES[2], line_id="other"))
    assert beneath != "abc"
    assert not Beneath((), make)
