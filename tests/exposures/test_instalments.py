"""Repayment plans: hand calculations of days and amounts; nothing of a line's principal is lost or made."""

from datetime import date

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from exposures.instalments import before_maturity, due_within, payments, scheduled
from exposures.maturity import ladder
from tests.exposures.lines import book, frame, line


def plan(**fields: object) -> list[tuple[date | None, int]]:
    made = payments(frame(line("1", "TR", **fields)))
    days = [None if pd.isna(day) else day.date() for day in made["due"]]
    return [(day, amount // 100) for day, amount in zip(days, made["amount"], strict=True)]


def test_what_instalments_leave_is_due_at_maturity() -> None:
    """100 in instalments of 30 a quarter until 30 November: 30 and 30 fall before it, 40 are left."""
    terms = {"next_instalment": date(2026, 5, 31), "instalment_months": 3, "maturity": date(2026, 11, 30)}
    assert plan(outstanding=100, instalment_amount=30, **terms) == [
        (date(2026, 5, 31), 30),
        (date(2026, 8, 31), 30),
        (date(2026, 11, 30), 40),
    ]


def test_a_short_month_pays_on_its_last_day_and_the_next_on_the_usual_one() -> None:
    terms = {"next_instalment": date(2026, 1, 31), "instalment_months": 1}
    days = [day for day, _ in plan(outstanding=30, instalment_amount=10, **terms)]
    assert days == [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)]


def test_a_plan_without_an_end_leaves_the_rest_undated() -> None:
    made = payments(frame(line("1", "TR", outstanding=7, instalment_amount="0.01", instalment_months=1,
                               next_instalment=date(2026, 6, 1))))  # fmt: skip
    assert made["amount"].sum() == 700
    assert made.loc[made["due"].isna(), "amount"].tolist() == [100]  # 600 payments of a cent


def test_only_a_whole_plan_counts() -> None:
    whole = {"outstanding": 5, "instalment_amount": 1, "instalment_months": 1, "next_instalment": date(2026, 6, 1)}
    lines = [line("whole", "TR", **whole)]
    lines += [line(name, "TR", **{key: value for key, value in whole.items() if key != name}) for name in whole]
    assert scheduled(frame(*lines)).tolist() == [True, False, False, False, False]


def test_the_ladder_uses_the_plan_and_counts_only_bullets() -> None:
    """Date 22 May 2026. 90 in monthly 30 from 1 June with 1 of interest: 31 in 8–30 days, 30 and 30 in 31–90."""
    made = ladder(
        book(
            line("1", "TR", outstanding=90, accrued_interest=1, instalment_amount=30, instalment_months=1,
                 next_instalment=date(2026, 6, 1), maturity=date(2026, 8, 1)),
            line("2", "TR", outstanding=5, maturity=date(2026, 6, 1)),
        )
    )  # fmt: skip
    rungs = {rung.bucket: rung.assets for rung in made.rungs if rung.assets}
    assert rungs == {"days_30": 36, "days_90": 60}
    assert made.bullet == 1


def test_a_missed_instalment_is_overdue_and_a_line_without_a_rate_counts_once() -> None:
    terms = {"instalment_amount": 10, "instalment_months": 1, "next_instalment": date(2026, 5, 1)}
    made = ladder(book(line("1", "TR", outstanding=20, **terms), line("2", "TR", "TRY", outstanding=40, **terms)))
    assert {rung.bucket: rung.assets for rung in made.rungs if rung.assets} == {"overdue": 10, "days_30": 10}
    assert made.not_converted == 1


@settings(max_examples=25, deadline=None)
@given(
    st.integers(1, 10_000),
    st.integers(1, 400),
    st.integers(1, 24),
    st.dates(date(2026, 1, 1), date(2030, 12, 31)),
    st.none() | st.dates(date(2025, 1, 1), date(2040, 12, 31)),
)
def test_principal_is_paid_once_and_in_order(outstanding, instalment, months, first, maturity) -> None:
    made = payments(
        frame(line("1", "TR", outstanding=outstanding, instalment_amount=instalment, instalment_months=months,
                   next_instalment=first, **({} if maturity is None else {"maturity": maturity})))
    )  # fmt: skip
    assert made["amount"].sum() == outstanding * 100
    assert made["due"].dropna().is_monotonic_increasing
    if maturity is not None:
        assert (made["due"] <= pd.Timestamp(maturity)).all()


def test_what_falls_due_within_some_days() -> None:
    """Date 22 May 2026, 30 days to 21 June: one instalment of 30 with interest of 1; a bullet of 5."""
    plan_of = {"instalment_amount": 30, "instalment_months": 1, "maturity": date(2026, 9, 1)}
    lines = frame(
        line("1", "TR", outstanding=90, accrued_interest=1, next_instalment=date(2026, 6, 1), **plan_of),
        line("2", "TR", outstanding=4, accrued_interest=1, maturity=date(2026, 6, 21)),
        line("3", "TR", outstanding=7, maturity=date(2026, 6, 22)),
        line("4", "TR", outstanding=90, next_instalment=date(2026, 5, 1), **plan_of),  # the first is overdue
        line("5", "TR", outstanding=8),
    )
    assert (due_within(lines, date(2026, 5, 22), 30) // 100).tolist() == [31, 5, 0, 30, 0]


def test_instalments_before_maturity_by_days_ahead() -> None:
    """Date 22 May 2026: 30 on 1 June and 1 July; the 30 left are the balloon of 15 July, which is no instalment."""
    plan_of = {"instalment_amount": 30, "instalment_months": 1, "next_instalment": date(2026, 6, 1)}
    lines = frame(
        line("1", "TR", outstanding=4, maturity=date(2026, 6, 21)),
        line("2", "TR", outstanding=90, maturity=date(2026, 7, 15), **plan_of),
        line("3", "TR", outstanding=40, **plan_of),  # without a maturity all are instalments
    )
    assert before_maturity(lines, date(2026, 5, 22)) == {
        1: ((10, 3_000), (40, 3_000)),
        2: ((10, 3_000), (40, 1_000)),
    }
    assert before_maturity(lines[:1], date(2026, 5, 22)) == {}
