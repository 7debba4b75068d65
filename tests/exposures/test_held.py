"""Lines by columns say what their frame says, all of them or some."""

import numpy as np
import pandas as pd

from exposures.held import FILE, Held
from exposures.labels import Labels, merged
from tests.exposures.lines import frame, line

LINES = frame(
    line("1", "TR", outstanding=5, undrawn=2, maturity=pd.Timestamp("2026-06-01"), dependent_branch=True, pd=0.5),
    line("2", None, outstanding=7, source_row=4),
    line("3", "AR", maturity=pd.Timestamp("2027-01-05")),
)


def test_a_column_is_what_the_frame_says_and_what_is_missing_is_no_zero_text() -> None:
    held = Held.of(LINES)
    assert len(held) == 3
    assert held.amounts("outstanding").tolist() == [500, 700, 0]
    assert held.amounts("contingent").tolist() == [0, 0, 0]
    assert held.flags("dependent_branch").tolist() == [True, False, False]
    assert held.ratios("source_row")[1] == 4
    assert np.isnan(held.ratios("source_row")[[0, 2]]).all()
    assert np.isnan(held.ratios("lgd")).all()
    assert held.days("maturity").astype("datetime64[D]").astype(str).tolist() == ["2026-06-01", "NaT", "2027-01-05"]
    assert np.isnat(held.days("guarantee_end")).all()
    assert [held.labels("country").key(code) for code in held.labels("country").codes.tolist()] == ["TR", None, "AR"]
    assert held.labels(FILE).missing.all()
    assert (held.says("undrawn"), held.says("contingent"), held.says("no such column")) == (True, False, False)


def test_some_lines_of_some_lines() -> None:
    part = Held.of(LINES).taken(np.array([0, 2])).taken(np.array([1]))
    assert len(part) == 1
    assert part.amounts("outstanding").tolist() == [0]
    assert part.days("maturity").astype("datetime64[D]").astype(str).tolist() == ["2027-01-05"]
    assert part.labels("country").key(int(part.labels("country").codes[0])) == "AR"
    assert part.frame["line_id"].tolist() == ["3"]
    assert part.taken(None) is part


def test_the_frame_of_all_lines_is_the_one_that_was_given() -> None:
    held = Held.of(LINES)
    assert not held.is_of(LINES)  # nobody has asked for it yet
    assert held.frame is LINES
    assert held.is_of(LINES)
    assert not held.is_of(LINES.copy())


def test_columns_over_one_list_of_values_can_be_compared() -> None:
    one, other = merged(
        (Labels.of(pd.Series(["TR", None], dtype="str")), Labels.of(pd.Series(["AR", "TR"], dtype="str")))
    )
    assert one.values == other.values == ("AR", "TR")
    assert [one.key(code) for code in one.codes.tolist()] == ["TR", None]
    assert other.codes.tolist() == [0, 1]
    assert merged((Labels.none(2), Labels.none(2)))[0].missing.all()
