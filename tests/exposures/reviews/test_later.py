"""What is made when it is looked at is made once, and is as if it had been there."""

from exposures.reviews.later import Later


def test_it_is_made_once_and_is_a_sequence_like_any_other():
    made: list[int] = []

    def make() -> tuple[int, ...]:
        made.append(1)
        return 3, 1, 2

    later = Later(make)
    assert made == []
    assert (len(later), later[0], later[-1], later[1:], tuple(later)) == (3, 3, 2, (1, 2), (3, 1, 2))
    assert made == [1]
    assert later == (3, 1, 2)
    assert later == [3, 1, 2]
    assert later != (3, 1)
    assert later != "312"
    assert hash(later) == hash((3, 1, 2))
    assert repr(later) == "Later(3, 1, 2)"
