from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exposures.maturity import BUCKETS, due, finding, ladder, rungs, tenor
from tests.exposures.lines import ON, book, line

D = Decimal


def worked_example():
    """CALCULATIONS 4, 22 May 2026: assets 10 due 20 May, 20 due 23 May, 30 due 21 June; 15 on demand, 25 due 29 May."""
    return book(
        line("1", "TR", outstanding=10, maturity=date(2026, 5, 20)),
        line("2", "TR", outstanding=20, maturity=date(2026, 5, 23)),
        line("3", "TR", outstanding=30, maturity=date(2026, 6, 21)),
        line("4", "TR", side="liability", outstanding=15, instrument="deposit"),
        line("5", "TR", side="liability", outstanding=25, maturity=date(2026, 5, 29), instrument="borrowing"),
    )


def test_worked_example() -> None:
    made = {rung.bucket: rung for rung in ladder(worked_example()).rungs}
    assert made["overdue"].gap == 10
    assert made["overdue"].cumulative is None
    assert [made[bucket].gap for bucket in ("days_1", "days_7", "days_30")] == [5, -25, 30]
    assert [made[bucket].cumulative for bucket in ("days_1", "days_7", "days_30")] == [5, -20, 10]


def test_what_was_assumed_is_counted() -> None:
    made = ladder(worked_example())
    assert (made.bullet, made.on_demand, made.not_converted) == (4, 1, 0)


@pytest.mark.parametrize(
    ("days", "bucket"),
    [
        *((-1, "overdue"), (0, "days_1"), (1, "days_1"), (2, "days_7"), (7, "days_7"), (8, "days_30")),
        *((30, "days_30"), (31, "days_90"), (90, "days_90"), (91, "days_180"), (180, "days_180")),
        *((181, "days_365"), (365, "days_365"), (366, "years_2"), (730, "years_2"), (731, "years_5")),
        *((1826, "years_5"), (1827, "longer"), (None, "undated")),
    ],
)
def test_the_edges_of_the_buckets(days: int | None, bucket: str) -> None:
    assert tenor(days) == bucket
    maturity = {} if days is None else {"maturity": ON + timedelta(days=days)}
    (filled,) = (rung.bucket for rung in ladder(book(line("1", "TR", outstanding=7, **maturity))).rungs if rung.assets)
    assert filled == bucket


def test_a_debt_without_a_date_is_payable_at_once_only_where_it_is_a_deposit() -> None:
    debts = (line("1", "TR", side="liability", outstanding=3, instrument=kind) for kind in ("deposit", "borrowing"))
    made = {rung.bucket: rung.liabilities for rung in ladder(book(*debts)).rungs}
    assert (made["days_1"], made["undated"]) == (3, 3)


def test_without_debts_there_is_no_gap() -> None:
    made = ladder(book(line("1", "TR", outstanding=3)))
    assert {rung.gap for rung in made.rungs} == {None}
    assert not made.has_debts


def test_a_part_of_a_book_with_debts_owes_nothing_where_it_has_none() -> None:
    debt = line("2", "AR", side="liability", outstanding=5, instrument="deposit")
    made = ladder(book(line("1", "TR", outstanding=3, maturity=ON), debt), country="TR")
    assert made.rungs[1].liabilities == 0
    assert made.rungs[1].cumulative == 3


def test_lines_without_a_rate_stand_outside() -> None:
    made = ladder(book(line("1", "TR", "TRY", outstanding=3, maturity=ON), line("2", "TR", outstanding=4, maturity=ON)))
    assert (made.rungs[1].assets, made.not_converted) == (4, 1)


def test_an_amount_is_converted_at_the_books_rate() -> None:
    """36 TRY for a dollar: 72 is 2."""
    made = ladder(book(line("1", "TR", "TRY", outstanding=72, maturity=ON), rates={"TRY": D(36)}))
    assert made.rungs[1].assets == 2


amounts = st.dictionaries(st.sampled_from(BUCKETS), st.decimals(0, 10**12, places=2))


@given(amounts, amounts)
def test_the_last_cumulative_gap_is_everything_that_has_a_date_ahead(assets, debts) -> None:
    made = rungs(assets, debts)
    ahead = [rung for rung in made if rung.bucket not in ("overdue", "undated")]
    assert ahead[-1].cumulative == sum((rung.assets - rung.liabilities for rung in ahead), D(0))
    assert sum((rung.gap for rung in made), D(0)) == sum(assets.values()) - sum(debts.values())


def _case(assets: dict[str, int], debts: dict[str, int] | None) -> tuple[str, dict[str, object]]:
    made = ladder(book())
    whole = rungs(
        {key: D(value) for key, value in assets.items()},
        None if debts is None else {key: D(value) for key, value in debts.items()},
    )
    found = finding(type(made)(ON, "USD", whole))
    return found.case, dict(found.values)


def test_finding_short() -> None:
    case, values = _case({"days_1": 5, "days_90": 30}, {"days_7": 20, "days_30": 10})
    assert case == "book.ladder.short"
    assert (values["first"], values["bucket"], values["amount"]) == ("days_7", "days_30", 25)


def test_finding_covered_beyond_a_year_does_not_count() -> None:
    case, values = _case({"days_1": 5}, {"years_2": 20})
    assert case == "book.ladder.covered"
    assert (values["bucket"], values["amount"]) == ("days_1", 5)


def test_what_has_not_begun_is_not_the_least_to_spare() -> None:
    case, values = _case({"days_30": 8, "days_90": 2}, {"days_90": 5})
    assert (case, values["bucket"], values["amount"]) == ("book.ladder.covered", "days_90", 5)


def test_finding_without_debts_and_without_anything() -> None:
    case, values = _case({"days_7": 5, "overdue": 2, "days_90": 1}, None)
    assert case == "book.ladder.no_debts"
    assert (values["due"], values["overdue"]) == (5, 2)
    assert _case({}, None)[0] == "book.ladder.empty"


@pytest.mark.parametrize(
    ("days", "case"),
    [((), "nothing"), ((-3, 5), "overdue"), ((5, 900), "soon"), ((40, 900), "later"), ((None,), "later")],
)
def test_when_a_part_of_the_book_is_due(days: tuple[int | None, ...], case: str) -> None:
    rows = [
        line(str(place), "TR", outstanding=7, **({} if one is None else {"maturity": ON + timedelta(days=one)}))
        for place, one in enumerate(days)
    ]
    assert due(ladder(book(*rows))).case == f"book.due_from.{case}"
