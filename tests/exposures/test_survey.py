from datetime import date
from decimal import Decimal

import pytest

from exposures.book import Basis, Measure
from exposures.limits import Limit, uses
from exposures.survey import due_first, money, notices, tight, where
from tests.exposures.lines import ELIGIBLE, book, line, section_2

D = Decimal


def limit(country: str, amount: int, currency: str = "USD") -> Limit:
    return Limit(country, D(amount), currency)


def test_no_book() -> None:
    assert [finding.case for finding in where(None, ())] == ["book.none"]
    assert money(None, ()).case == "book.none"


def test_nothing_that_can_be_added() -> None:
    found = book(line("1", "TR", "TRY", outstanding=5))
    assert where(found, ())[0].case == money(found, ()).case == "book.where.empty"
    assert where(found, ())[0].values["not_converted"] == 1


def test_largest_and_tightest() -> None:
    found = book(line("1", "TR", outstanding=90), line("2", "AR", outstanding=10))
    used = uses(found, [limit("TR", 100), limit("AR", 100)])
    assert where(found, used)[0].case == "book.where.largest_and_tightest"
    assert where(found, used)[0].values == {"country": "TR", "amount": 90, "currency": "USD"}


def test_largest_but_another_is_tightest() -> None:
    found = book(line("1", "TR", outstanding=90), line("2", "AR", outstanding=10))
    (finding,) = where(found, uses(found, [limit("TR", 1000), limit("AR", 10)]))
    assert finding.case == "book.where.largest_other_tightest"
    assert finding.values["tightest"] == "AR"


def test_largest_without_limits() -> None:
    found = book(line("1", "TR", outstanding=90))
    assert where(found, uses(found, []))[0].case == "book.where.largest"


def test_measure_decides_who_is_largest() -> None:
    found = book(line("1", "TR", outstanding=50), line("2", "AR", outstanding=10, undrawn=90))
    assert where(found, (), measure=Measure.DRAWN)[0].values["country"] == "TR"
    assert where(found, ())[0].values["country"] == "AR"


def test_what_falls_due_first() -> None:
    """From 22 May 2026, 90 days end on 20 August: bonds of 21 August do not count."""

    def loan(n: str, instrument: str, amount: int, maturity: date | None) -> dict[str, object]:
        return line(n, "TR", outstanding=amount, instrument=instrument, maturity=maturity)

    rows = [
        loan("1", "placement", 10, date(2026, 6, 1)),
        loan("2", "trade_finance", 30, date(2026, 8, 20)),
        loan("3", "bond", 99, date(2026, 8, 21)),
        loan("4", "loan", 5, date(2026, 5, 1)),  # overdue counts
        loan("5", "project", 99, None),
    ]
    found = book(*rows)
    assert due_first(found, "TR", Basis.GUARANTOR) == ("trade_finance", "placement")
    case = where(found, ())[1]
    assert (case.case, case.values["first"], case.values["second"]) == ("book.due.two", "trade_finance", "placement")
    assert where(book(rows[3]), ())[1].case == "book.due.one"
    assert len(where(book(rows[2]), ())) == 1


@pytest.mark.parametrize(
    ("limits", "case", "breaches", "expected", "near"),
    [
        ([], "book.limits.none", None, None, None),
        ([limit("TR", 100, "EUR")], "book.limits.not_comparable", None, None, None),
        ([limit("TR", 89)], "book.limits.breaches", 1, 0, 0),
        ([limit("TR", 89), limit("AR", 12)], "book.limits.breaches", 1, 0, 1),
        ([limit("TR", 89), limit("CL", 11)], "book.limits.breaches_and_expected", 1, 1, 0),
        ([limit("CL", 11), limit("AR", 10)], "book.limits.expected", 0, 1, 1),
        ([limit("AR", 11)], "book.limits.near", 0, 0, 1),
        ([limit("TR", 200)], "book.limits.fine", 0, 0, 0),
        ([limit("ZA", 200)], "book.limits.unused", 0, 0, 0),
    ],
)
def test_tight(limits: list[Limit], case: str, breaches: int, expected: int, near: int) -> None:
    """TR 90 drawn; AR 10 drawn; CL 10 drawn and 2 pending."""
    rows = (
        line("1", "TR", outstanding=90),
        line("2", "AR", outstanding=10),
        line("3", "CL", outstanding=10, pending=2),
    )
    finding = tight(uses(book(*rows), limits))
    assert finding.case == case
    if breaches is not None:
        assert [finding.values[name] for name in ("breaches", "expected", "near")] == [breaches, expected, near]


def test_tightest_of_fine_limits_is_named() -> None:
    found = book(line("1", "TR", outstanding=57), line("2", "AR", outstanding=10))
    finding = tight(uses(found, [limit("TR", 100), limit("AR", 100)]))
    assert (finding.values["country"], finding.values["share"], finding.values["mark"]) == ("TR", 57, 80)


@pytest.mark.parametrize(
    ("limits", "case"),
    [
        ([limit("TR", 2000)], "book.money.limited"),
        ([limit("AR", 2000)], "book.money.no_limit"),
        ([limit("TR", 0)], "book.money.zero_limit"),
        ([limit("TR", 2000, "EUR")], "book.money.not_comparable"),
    ],
)
def test_money(limits: list[Limit], case: str) -> None:
    found = book(line("1", "TR", outstanding=1840), line("2", "AR", outstanding=10))
    finding = money(found, uses(found, limits))
    assert (finding.case, finding.values["country"], finding.values["amount"]) == (case, "TR", 1840)
    assert finding.values.get("share", 92) == 92


def test_money_with_pending_says_both() -> None:
    found = book(line("1", "TR", outstanding=1842, pending=60))
    finding = money(found, uses(found, [limit("TR", 2000)]))
    assert finding.case == "book.money.limited_with_pending"
    assert (finding.values["share"], finding.values["with_pending"]) == (D("92.1"), D("95.1"))


def test_notices() -> None:
    plain = book(line("1", "TR", outstanding=1))
    assert [finding.case for finding in notices(plain)] == ["book.basis.same"]
    assert notices(plain, Basis.IMMEDIATE) == ()
    assert notices(book(*section_2())) == ()
    weak = line("W", "TR", outstanding=1, guarantor_country="DE", **ELIGIBLE | {"guarantee_in_force": False})
    assert [(f.case, f.values) for f in notices(book(*section_2(), weak))] == [("book.basis.ineligible", {"lines": 1})]
    unknown = book(*section_2(), line("U", "TR", "TRY", outstanding=1), line("V", "TR", None, outstanding=1))
    assert [(f.case, f.values) for f in notices(unknown)] == [
        ("book.not_converted", {"lines": 2, "currencies": ("TRY",)})
    ]
    assert notices(book(*section_2(), line("V", "TR", None, outstanding=1)))[0].case == "book.no_currency"
