"""From one book to the next: an example by hand, every kind of change, and bridges that close whatever the books."""

from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.wording.sentences import sentence
from exposures.book import Book, Dimension
from exposures.changes import Changed, Kind, compare, quality, why
from exposures.lines import typed
from exposures.sums import EXACT, added

OLD, NEW = date(2026, 5, 15), date(2026, 5, 22)


def line(number: str, amount: int, currency: str = "USD", **more: Any) -> dict[str, Any]:
    return {
        "line_id": number, "side": "asset", "counterparty_name": "Ege", "country": "TR", "currency": currency,
        "outstanding": amount, **more,
    }  # fmt: skip


def book(day: date, rows: list[dict[str, Any]], **rates: str) -> Book:
    frame = typed(pd.DataFrame(rows)) if rows else typed(pd.DataFrame(columns=["line_id"]))
    return Book(day, 1, frame, {code: Decimal(rate) for code, rate in rates.items()})


def test_volume_and_exchange_rates_are_told_apart() -> None:
    """Before: 100 USD + 4,000 TRY at 40 = 200. After: 130 USD + 4,500 TRY at 50 = 220.

    FX: 4,000 TRY were 100 USD and are 80: −20. Volume at the new rate: +30 USD and 500 TRY / 50 = +10. 200 − 20 + 40.
    """
    old = book(OLD, [line("1", 10_000), line("2", 400_000, "TRY")], TRY="40")
    new = book(NEW, [line("1", 13_000), line("2", 450_000, "TRY")], TRY="50")
    found = compare(old, new)
    bridge = found.bridge
    assert (bridge.before, bridge.after, bridge.fx, bridge.volume, bridge.rates) == (200, 220, -20, 40, 0)
    assert bridge.parts[Kind.GROWN] == 40
    assert bridge.difference == 0
    (row,) = found.by[Dimension.COUNTRY]
    assert (row.key, row.lines, row.before, row.after, row.fx, row.volume) == ("TR", 2, 200, 220, -20, 40)


def test_a_line_that_moves_leaves_one_country_and_enters_the_other() -> None:
    """What was owed stays where the earlier book had it: 100 in TR then, 150 in DE now, group and entity likewise."""
    old = book(OLD, [line("1", 10_000), line("2", 2_000, group_id="G1", booking_entity="Istanbul")])
    new = book(NEW, [line("1", 15_000, country="DE"), line("2", 2_000, booking_entity="London")])
    found = compare(old, new)
    rows = {row.key: (row.before, row.after, row.volume) for row in found.by[Dimension.COUNTRY]}
    assert rows == {"DE": (0, 150, 150), "TR": (120, 20, -100)}
    assert {row.key: (row.before, row.after) for row in found.by[Dimension.GROUP]} == {"G1": (20, 0), None: (100, 170)}
    assert {row.key: (row.before, row.after) for row in found.by[Dimension.ENTITY]} == {
        "Istanbul": (20, 0), "London": (0, 20), None: (100, 150),
    }  # fmt: skip
    assert found.counts["moved"] == 2
    assert found.lines["moved"].tolist() == [True, True]
    assert found.lines["country_was"].tolist() == ["TR", "TR"]
    (moved,) = quality(found)
    assert moved.case == "changes.moved"
    assert sentence(moved) == "2 lines moved to another country or region, group or entity."
    assert (found.bridge.before, found.bridge.after, found.bridge.difference) == (120, 170, 0)


def test_every_kind_of_change() -> None:
    due = pd.Timestamp(2026, 5, 20)
    late = pd.Timestamp(2027, 1, 1)
    old = book(
        OLD,
        [
            line("grown", 100, rating="A"),
            line("shrunk", 100, loan_class="pass"),
            line("matured", 100, maturity=due),
            line("paid at its end", 100, maturity=due),
            line("sold", 100, maturity=late),
            line("same", 100, maturity=due, rating="B"),
            line("graded", 100, rating="A", loan_class="substandard"),
        ],
    )
    new = book(
        NEW,
        [
            line("grown", 150, rating="A"),
            line("shrunk", 50, loan_class="special_mention"),
            line("paid at its end", 0, maturity=due),
            line("same", 100, maturity=due),
            line("graded", 100, rating="BBB", loan_class="pass"),
            line("fresh", 70),
        ],
    )
    found = compare(old, new)
    kinds = dict(zip(found.lines["line_id"], found.lines["kind"], strict=True))
    assert kinds == {
        "grown": Kind.GROWN, "shrunk": Kind.SHRUNK, "matured": Kind.MATURED, "paid at its end": Kind.MATURED,
        "sold": Kind.GONE, "fresh": Kind.NEW, "graded": Kind.SAME,
    }  # fmt: skip
    assert found.counts == {
        "new": 1, "grown": 1, "shrunk": 1, "matured": 2, "gone": 1, "same": 2, "regraded": 1, "class_worse": 1,
        "class_better": 1, "moved": 0,
    }  # fmt: skip
    cents = {kind: amount * 100 for kind, amount in found.bridge.parts.items()}
    assert cents == {Kind.NEW: 70, Kind.GROWN: 50, Kind.SHRUNK: -50, Kind.MATURED: -200, Kind.GONE: -100}


def test_a_line_in_another_currency_and_a_rate_that_is_lost() -> None:
    """1: 100 USD become 5,000 TRY at 50, that is 100 USD: nothing grew. 2: 3 ARS had a rate and have none now."""
    old = book(OLD, [line("1", 10_000), line("2", 30_000, "ARS")], TRY="40", ARS="100")
    new = book(NEW, [line("1", 500_000, "TRY"), line("2", 30_000, "ARS")], TRY="50")
    found = compare(old, new)
    assert found.counts["same"] == 2
    assert (found.bridge.before, found.bridge.after, found.bridge.rates) == (103, 100, -3)
    assert found.bridge.difference == 0


def test_each_sentence() -> None:
    def cases(old: list[dict[str, Any]], new: list[dict[str, Any]], **rates: str) -> list[str]:
        return [found.case for found in why(compare(book(OLD, old, TRY="40"), book(NEW, new, TRY="50")))]

    one = line("1", 100)
    assert [found.case for found in why(None)] == ["changes.one_book"]
    assert cases([one], [one]) == ["changes.none"]
    assert cases([one], [line("1", 200)]) == ["changes.grew"]
    assert cases([one], []) == ["changes.shrank"]
    assert cases([one], [line("2", 100)]) == ["changes.level"]
    assert cases([line("1", 100, rating="A")], [line("1", 100, rating="B")]) == ["changes.level", "changes.regraded"]


@pytest.mark.parametrize(
    ("worse", "better", "case"),
    [(1, 1, "changes.class_both"), (1, 0, "changes.class_worse"), (0, 2, "changes.class_better")],
)
def test_classes_are_told_before_ratings(worse: int, better: int, case: str) -> None:
    found = compare(book(OLD, [line("1", 1)]), book(NEW, [line("1", 1)]))
    counts = {**found.counts, "class_worse": worse, "class_better": better, "regraded": 3}
    changed = Changed(**{**found.__dict__, "counts": counts})
    assert [item.case for item in quality(changed)] == [case]


_LINES = st.dictionaries(
    st.sampled_from("abcdef"),
    st.tuples(
        st.integers(-(10**13), 10**13),
        st.sampled_from(["USD", "TRY", "CLP", "ARS"]),
        st.sampled_from(["TR", "AR", None]),
    ),
)  # fmt: skip
_RATE = st.decimals("0.0001", "99999", places=6)
_RATES = st.fixed_dictionaries({"TRY": _RATE, "CLP": _RATE}, optional={"ARS": _RATE})


@settings(max_examples=25, deadline=None)
@given(_LINES, _LINES, _RATES, _RATES)
def test_every_bridge_closes(old: Any, new: Any, old_rates: Any, new_rates: Any) -> None:
    """To a trillionth of a unit, the rest of dividing by a rate; and it starts and ends at the books' own totals."""

    def made(day: date, rows: Any, rates: Any) -> Book:
        lines = [line(number, amount, code, country=place) for number, (amount, code, place) in rows.items()]
        return book(day, lines, **{code: str(rate) for code, rate in rates.items()})

    before, after = made(OLD, old, old_rates), made(NEW, new, new_rates)
    found = compare(before, after)
    least = Decimal(1).scaleb(-12)
    assert abs(found.bridge.difference) < least
    assert abs(EXACT.subtract(found.bridge.before, before.total())) < least
    assert abs(EXACT.subtract(found.bridge.after, after.total())) < least
    for rows in found.by.values():
        assert abs(EXACT.subtract(added(row.after for row in rows), found.bridge.after)) < least
        assert abs(EXACT.subtract(added(row.before for row in rows), found.bridge.before)) < least
    assert sum(found.counts[kind] for kind in Kind) == len(old.keys() | new.keys())
