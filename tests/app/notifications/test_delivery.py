"""How long to wait: doubled each time, half of it left to chance, never shorter than asked."""

import random
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.notifications.delivery import LONGEST_ASKED, LONGEST_WAIT, clipped, wait


def test_the_spans_double_up_to_an_hour() -> None:
    """30 s, 1 min, 2 min … 64 min, which is cut to an hour; of each the upper half."""
    dice = random.Random(7)
    for failures, whole in [(1, 30), (2, 60), (3, 120), (7, 1920), (8, 3600), (500, 3600)]:
        drawn = [wait(failures, dice).total_seconds() for _ in range(50)]
        assert whole / 2 <= min(drawn) < max(drawn) <= whole


@given(st.integers(1, 200), st.integers(0, 10**6), st.integers())
def test_what_the_receiver_asked_for_counts(failures: int, seconds: int, seed: int) -> None:
    asked = timedelta(seconds=seconds)
    waited = wait(failures, random.Random(seed), asked)
    assert waited >= min(asked, LONGEST_ASKED)
    assert waited <= max(LONGEST_WAIT, min(asked, LONGEST_ASKED))
    assert waited == wait(failures, random.Random(seed), asked)


def test_what_a_server_says_is_one_bearable_line() -> None:
    assert clipped("550 no\r\nsuch \x1b[31muser" + "x" * 900).startswith("550 no such [31muserx")
    assert len(clipped("x" * 900)) == 300
