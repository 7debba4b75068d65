from collections import defaultdict

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from exposures.labels import Labels, sums


def labels(*texts: str | None) -> Labels:
    return Labels.of(pd.Series(texts, dtype="str"))


def test_a_label_is_a_place_in_a_sorted_list_and_missing_comes_last() -> None:
    found = labels("TR", None, "AR", "TR")
    assert found.values == ("AR", "TR")
    assert found.codes.tolist() == [1, 2, 0, 1]
    assert [found.key(code) for code in found.codes.tolist()] == ["TR", None, "AR", "TR"]
    assert found.are("TR").tolist() == [True, False, False, True]
    assert found.are(None).tolist() == found.missing.tolist() == [False, True, False, False]
    assert not found.are("XX").any()
    assert found.taken(np.array([2, 1])).codes.tolist() == [0, 2]


def test_sums_beyond_64_bits_lose_nothing() -> None:
    amounts = np.array([[2**62], [2**62], [2**62]], dtype=np.int64)
    [(keys, (total,), count)] = sums([labels("a", "a", "a")], amounts, np.arange(3))
    assert (keys, total, count) == (("a",), 3 * 2**62, 3)


def test_a_line_of_several_rows_counts_once_in_a_group() -> None:
    """Line 0 has two rows in TR (a guarantee and the rest, both there) and one in DE."""
    rows = sums([labels("TR", "DE", "TR", "TR")], np.ones((4, 1), np.int64), np.array([0, 0, 0, 1]))
    assert list(rows) == [(("DE",), (1,), 1), (("TR",), (3,), 2)]


_TEXT = st.sampled_from(["a", "b", "c", None])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(_TEXT, _TEXT, st.integers(-(2**40), 2**40), st.integers(0, 4)), max_size=25))
def test_sums_are_those_of_a_dictionary(rows: list[tuple[str | None, str | None, int, int]]) -> None:
    expected: dict[tuple[str | None, str | None], int] = defaultdict(int)
    lines = defaultdict(set)
    for one, other, amount, line in rows:
        expected[one, other] += amount
        lines[one, other].add(line)
    columns = [labels(*(row[place] for row in rows)) for place in (0, 1)]
    amounts = np.array([[row[2]] for row in rows], dtype=np.int64).reshape(-1, 1)
    found = {keys: (total, n) for keys, (total,), n in sums(columns, amounts, np.array([r[3] for r in rows], np.int64))}
    assert found == {key: (total, len(lines[key])) for key, total in expected.items()}
