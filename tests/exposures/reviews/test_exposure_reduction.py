"""L3 on the worked example of its notes (USD m), on books without liabilities, and on what books do not say."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from exposures.calendar import BankCalendar
from exposures.flags import FiringAlert, LimitStanding, Tide, live_causes, update_flags
from exposures.limits import Limit, uses
from exposures.reviews.exposure_reduction import ExposureReduction
from exposures.reviews.item import Action, Priority, Proposal
from exposures.reviews.reduction import Means, NetPosition, Target
from exposures.reviews.review_list import Grounds, ListResult, ReviewBook
from exposures.reviews.run_off import horizon
from exposures.tide import release_tide, update_tide
from tests.exposures.reviews.books import EM_SET, REPORTED, TODAY, book, line, policy_flags, settings

M = Decimal(10**6)
SOON, LATE = date(2026, 8, 31), date(2028, 6, 30)  # before and after the horizon, 30 September 2026
LIRA = FiringAlert("E1", "fx", "critical", "fx.change_5", -6.1, -5.0, "%", date(2026, 5, 25), "A-1", {"country": "TR"})


def standing(review: ReviewBook, country: str, limit: int, basis: str = "guarantor") -> LimitStanding:
    """A country's limit held against the book as the program itself does it."""
    from exposures.book import Basis

    (use,) = (one for one in uses(review.book, [Limit(country, limit * M, "USD", Basis(basis))])
              if one.country == country)  # fmt: skip
    assert use.use.limit is not None
    return LimitStanding(
        "country", country, use.use.limit, use.use.used, use.use.pending, basis, REPORTED, "v31", "USD"
    )


def made(
    review: ReviewBook, *limits: LimitStanding, acting: bool = True, countries: tuple[str, ...] = ("TR",), **own: Any
) -> ListResult:
    """The list with these countries flagged, Turkey in tier A where `acting`."""
    alerts = (LIRA,) if acting else ()
    causes = live_causes(EM_SET, countries, alerts, (), (), Tide(on=False), TODAY)
    flags = update_flags((), causes, TODAY, BankCalendar())
    return ExposureReduction().build(Grounds(review, flags, alerts, limits, settings(**own), TODAY))


def item(result: ListResult, subject: str = "TR") -> Proposal:
    (found,) = (one for one in result.items if one.key.subject == subject)
    assert found.reduction is not None
    return found


def debt(line_id: str, country: str, drawn: float, **fields: Any) -> dict[str, Any]:
    return line(line_id, line_id, country, drawn, side="liability", instrument="deposit", **fields)


def turkey() -> list[dict[str, Any]]:
    """E 1,842: N 110 + 24; 60 cancellable, a bond of 40, a guarantor named for 50, the rest long loans."""
    guarantor = {"guarantor_name": "Hanse", "guarantor_country": "DE", "guarantee_percent": 100.0}
    return [
        line("repaid", "A", "TR", 110, maturity=SOON, revolving=False),
        line("lc", "B", "TR", 0, contingent=14, instrument="guarantee", maturity=SOON),
        line("expiring", "C", "TR", 0, undrawn=10, undrawn_kind="cancellable", maturity=SOON),
        line("open", "D", "TR", 300, undrawn=60, undrawn_kind="cancellable", maturity=LATE),
        line("bond", "E", "TR", 40, instrument="bond", maturity=LATE),
        line("named", "F", "TR", 50, maturity=LATE, **guarantor),
        line("long", "G", "TR", 1258, maturity=LATE),
    ]


def test_the_worked_example_of_the_asset_side():
    review = book(*turkey())
    result = made(review, standing(review, "TR", 2000))
    found = item(result)
    side = found.reduction.assets
    assert (side.exposure, side.target, side.rule) == (1842 * M, 1600 * M, Target.LIMIT)
    assert (side.required, side.run_off, side.gap) == (242 * M, 134 * M, 108 * M)
    assert [(fill.means, fill.amount) for fill in side.fills] == [
        (Means.CANCEL_UNDRAWN, 60 * M), (Means.SELL, 40 * M), (Means.COVER, 8 * M),
    ]  # fmt: skip
    assert side.fills[2].moves_to == ("DE",)
    assert side.shortfall == 0
    assert found.reduction.horizon == date(2026, 9, 30)
    assert (found.action, found.amount, found.tier) == (Action.REDUCE, 242 * M, "A")
    assert result.ties
    assert result.control.amount == review.book.total()
    # What runs off or is touched stands beneath, each line once.
    gives = {each.line_id: (each.action, each.run_off, each.gives) for each in found.lines}
    assert gives == {
        "repaid": (Action.RUN_OFF, 110 * M, 0), "lc": (Action.RUN_OFF, 14 * M, 0),
        "expiring": (Action.RUN_OFF, 10 * M, 0), "open": (Action.CANCEL_UNDRAWN, 0, 60 * M),
        "bond": (Action.SELL, 0, 40 * M), "named": (Action.COVER, 0, 8 * M),
    }  # fmt: skip


def test_the_worked_example_of_the_liability_side():
    # 690 of 11,500 = 6.0 %: cap 575, R 115, N 35, gap 80.
    owed = [
        debt("term", "TR", 35, maturity=SOON), debt("demand", "TR", 600), debt("rolling", "TR", 55, maturity=SOON,
        revolving=True), debt("elsewhere", "HK", 10_810, maturity=SOON),
    ]  # fmt: skip
    result = made(book(line("a", "A", "TR", 10, maturity=LATE), *owed), acting=False)
    side = item(result).reduction.liabilities
    assert (side.exposure, side.reference, side.target) == (690 * M, 11_500 * M, 575 * M)
    assert (side.required, side.run_off, side.gap) == (115 * M, 35 * M, 80 * M)
    # Of the 80 the book offers 55 that need not be renewed; it does not say which of the rest may be repaid early.
    assert [(fill.means, fill.amount) for fill in side.fills] == [(Means.NO_RENEWAL, 55 * M)]
    assert side.shortfall == 25 * M
    assert item(result).reduction.assets.required == 0
    assert result.liabilities.ties
    assert result.liabilities.amount == 11_500 * M
    funding = next(one for one in item(result).reasons if one.metric == "funding_share")
    assert (funding.value, funding.threshold) == (Decimal(6), Decimal(5))


def test_the_worked_example_of_the_lira():
    # 142 − 88 = +54; at the horizon 130 − 78 = +52; tolerance 30 → hedge 22 (one lira is a dollar here).
    lira = {"currency": "TRY"}
    review = book(
        line("a", "A", "TR", 130, maturity=LATE, **lira),
        line("b", "B", "TR", 12, maturity=SOON, revolving=False, **lira),
        debt("c", "TR", 78, **lira),
        debt("d", "TR", 10, maturity=SOON, **lira),
        debt("e", "HK", 5_000),
        rates={"TRY": Decimal(1)},
    )
    found = item(made(review, acting=False, currency_tolerance=30 * M), "currency:TRY")
    assert found.reduction.net == NetPosition("TRY", 142 * M, 88 * M, 130 * M, 78 * M, 30 * M)
    assert (found.reduction.net.now, found.reduction.net.then, found.reduction.net.hedge) == (54 * M, 52 * M, 22 * M)
    assert (found.action, found.amount, found.priority) == (Action.HEDGE, 22 * M, Priority.MEDIUM)
    # As shipped the tolerance is blank: the position is not judged, and the list says so.
    blank = made(review, acting=False)
    assert [(one.subject, one.why) for one in blank.not_assessable if one.family == "currency"] == [
        ("currency:TRY", "tolerance_blank")
    ]
    assert not [one for one in blank.items if one.key.subject.startswith("currency:")]


def test_a_cut_of_liabilities_never_counts_toward_the_assets():
    review = book(*turkey(), debt("x", "TR", 690, maturity=SOON), debt("y", "HK", 10_810))
    with_debts = item(made(review, standing(review, "TR", 2000))).reduction
    alone = item(made(book(*turkey()), standing(review, "TR", 2000))).reduction
    assert with_debts.assets == alone.assets
    # 690 run off on one side against 134 + 108 on the other: the gap that this opens is told.
    assert with_debts.opens_gap == 690 * M - 242 * M


def test_a_book_without_liabilities_says_so_and_shows_the_assets_alone():
    result = made(book(*turkey()))
    assert item(result).reduction.liabilities is None
    assert "liabilities_not_supplied" in {one.why for one in result.not_assessable}
    assert result.liabilities is None
    assert result.ties


def test_tier_a_without_a_limit_comes_down_by_a_tenth_and_tier_b_has_no_target():
    review = book(*turkey())
    side = item(made(review)).reduction.assets
    assert (side.target, side.rule, side.reference) == (Decimal("1657.8") * M, Target.TIER, None)
    watched = made(review, acting=False)
    assert watched.items == ()
    assert ("TR", "limit", "no_limit") in {(one.subject, one.family, one.why) for one in watched.not_assessable}
    assert watched.empty.case == "l3.empty.no_target"
    assert watched.ties


def test_pending_is_no_exposure_here():
    review = book(line("a", "A", "TR", 79, maturity=LATE), line("b", "B", "TR", 0, pending=21, stage="approved"))
    use = standing(review, "TR", 100)
    assert (use.used, use.pending) == (79 * M, 21 * M)
    assert made(review, use, acting=False).empty.case == "l3.empty.within"


def test_exactly_at_the_target_is_not_listed_and_a_cent_above_is():
    at = book(line("a", "A", "TR", 80, maturity=LATE))
    assert made(at, standing(at, "TR", 100), acting=False).items == ()
    above = book(line("a", "A", "TR", "80.00000001", maturity=LATE))
    found = item(made(above, standing(above, "TR", 100), acting=False))
    assert found.reduction.assets.required == Decimal("0.01")


def test_the_limits_basis_decides_what_counts():
    cover = {f"guarantee_{name}": True for name in ("explicit", "irrevocable", "unconditional", "in_force")}
    cover |= {"guarantor_country": "DE", "guarantor_name": "Hanse", "guarantee_percent": 50.0}
    review = book(line("a", "A", "TR", 100, maturity=LATE, **cover))
    by_guarantor = made(review, standing(review, "TR", 100), acting=False)
    assert by_guarantor.items == ()  # 50 of 100
    immediate = item(made(review, standing(review, "TR", 100, "immediate"), acting=False)).reduction.assets
    assert (immediate.exposure, immediate.required, immediate.basis) == (100 * M, 20 * M, "immediate")
    assert immediate.fills == ()
    assert immediate.shortfall == 20 * M


def test_what_cannot_be_told_from_the_book_is_said():
    review = book(
        line("a", "A", "TR", 50, maturity=SOON),
        line("b", "B", "TR", 40, undrawn=7, maturity=LATE),
        line("c", "C", "TR", 3),
    )
    side = item(made(review, standing(review, "TR", 50), acting=False)).reduction.assets
    # A loan of which the book does not say that it does not revolve is no run-off; it need not be renewed.
    assert side.run_off == 0
    assert [(fill.means, fill.amount, fill.by) for fill in side.fills] == [(Means.NO_RENEWAL, 50 * M, SOON)]
    assert {(one.what, one.lines, one.amount) for one in side.unknown} == {
        ("revolving", 1, 50 * M), ("undrawn_kind", 1, 7 * M), ("maturity", 1, 3 * M),
    }  # fmt: skip
    assert side.shortfall == 10 * M


@pytest.mark.parametrize(
    ("drawn", "limit", "priority"),
    [(110, 100, Priority.HIGH), (90, 100, Priority.HIGH)],
)
def test_nothing_of_what_must_fall_runs_off_is_high(drawn, limit, priority):
    review = book(line("a", "A", "TR", drawn, maturity=LATE))
    assert item(made(review, standing(review, "TR", limit), acting=False)).priority is priority


def test_priority_by_what_run_off_leaves():
    def of(running: float) -> Priority:
        review = book(
            line("a", "A", "TR", 90 - running, maturity=LATE), line("b", "A", "TR", running, maturity=SOON,
            revolving=False),
        )  # fmt: skip
        return item(made(review, standing(review, "TR", 100), acting=False)).priority

    # R is 10: run-off of 5 leaves half, 6 leaves less, 10 nothing.
    assert (of(5), of(6), of(10)) == (Priority.HIGH, Priority.MEDIUM, Priority.LOW)


def test_the_order_is_the_share_left_then_the_gap():
    review = book(
        line("a", "A", "TR", 100, maturity=LATE),
        line("b", "B", "AR", 50, maturity=LATE),
        line("c", "C", "AR", 50, maturity=SOON, revolving=False),
        line("d", "D", "CL", 200, maturity=LATE),
    )
    limits = [standing(review, country, limit) for country, limit in (("TR", 100), ("AR", 50), ("CL", 200))]
    result = made(review, *limits, acting=False, countries=("AR", "CL", "TR"))
    # Chile 40 of 40, Turkey 20 of 20, Argentina 10 of 60.
    assert [(one.key.country, one.rank) for one in result.items] == [("CL", 1), ("TR", 2), ("AR", 3)]


def test_a_group_with_a_limit_is_a_row_of_its_own():
    review = book(
        line("a", "A", "TR", 60, group_id="Anadolu", maturity=LATE),
        line("b", "B", "GB", 40, group_id="Anadolu", maturity=SOON, revolving=False),
        line("c", "C", "TR", 5, maturity=LATE),
    )
    group = LimitStanding("group", "Anadolu", 100 * M, 100 * M, Decimal(0), "immediate", REPORTED, "v31", "USD")
    found = item(made(review, group, acting=False), "group:Anadolu")
    side = found.reduction.assets
    assert (found.key.country, found.reduction.kind) == ("TR", "group")
    assert (side.exposure, side.required, side.run_off, side.gap) == (100 * M, 20 * M, 40 * M, 0)
    assert found.action is Action.RUN_OFF


def test_a_row_is_split_by_group_currency_and_tenor_on_both_sides():
    review = book(
        line("a", "A", "TR", 60, group_id="Anadolu", maturity=LATE),
        line("b", "B", "TR", 40, currency="TRY", maturity=SOON, revolving=False),
        debt("c", "TR", 30, maturity=SOON),
        debt("d", "HK", 100),
        rates={"TRY": Decimal(1)},
    )
    splits = item(made(review)).reduction.splits
    told = {(one.dimension, one.key): (one.assets, one.assets_run_off, one.liabilities) for one in splits}
    assert told == {
        ("group", "Anadolu"): (60 * M, 0, 0), ("group", ""): (40 * M, 40 * M, 30 * M),
        ("currency", "USD"): (60 * M, 0, 30 * M), ("currency", "TRY"): (40 * M, 40 * M, 0),
        ("tenor", "years_5"): (60 * M, 0, 0), ("tenor", "days_180"): (40 * M, 40 * M, 30 * M),
    }  # fmt: skip


def test_small_countries_are_one_row_and_the_parts_tie():
    review = book(
        line("a", "A", "TR", "0.4", maturity=LATE), line("b", "B", "AR", 9, maturity=LATE),
        line("c", "C", "CL", 7, maturity=LATE), line("d", "D", "XX", 5), line("e", "E", "DE", 5),
        line("f", "F", "TR", 0), line("g", "G", "TR", 5, currency="TRY"),
    )  # fmt: skip
    result = made(review, standing(review, "AR", 10), acting=True, countries=("TR", "AR"))
    cases = {part.case: (part.lines, part.amount) for part in result.control.parts}
    assert cases["items"] == (1, 9 * M)
    assert cases["not_screened"] == (1, Decimal("0.4") * M)
    assert (cases["not_flagged"][0], cases["outside"][0]) == (2, 1)
    assert (cases["not_live"][0], cases["not_converted"]) == (1, (1, None))
    assert result.ties


def test_nothing_flagged_is_told():
    result = ExposureReduction().build(Grounds(book(*turkey()), (), (), (), settings(), TODAY))
    assert (result.items, result.empty.case) == ((), "l3.empty.no_flags")
    assert result.ties


def test_the_dollar_tide_is_a_reason():
    fed = FiringAlert("L1", "corridor", "critical", "sofr_iorb", 12.0, 5.0, "bp", date(2026, 5, 25), "A-2", {})
    review = book(*turkey())
    limits = (standing(review, "TR", 2000),)
    result = ExposureReduction().build(Grounds(review, policy_flags("TR"), (fed,), limits, settings(), TODAY))
    assert "tide" in {reason.metric for reason in item(result).reasons}


def test_a_tide_that_is_held_stays_a_reason_with_its_values_until_it_is_released():
    fed = FiringAlert("L1", "corridor", "critical", "sofr_iorb", 12.0, 5.0, "bp", date(2026, 5, 25), "A-2", {})
    review = book(*turkey())
    rose = update_tide(Tide(on=False), (fed,), date(2026, 5, 25), BankCalendar())
    held = update_tide(rose, (), TODAY, BankCalendar())  # nothing fires any more, nobody released it
    assert (held.on, held.ended) == (True, TODAY)

    def reasons(tide: Tide) -> list[tuple[str, str]]:
        given = Grounds(review, policy_flags("TR"), (), (standing(review, "TR", 2000),), settings(), TODAY, held=tide)
        found = item(ExposureReduction().build(given)).reasons
        return [(str(one.value), one.date.isoformat()) for one in found if one.metric == "tide"]

    assert reasons(held) == [("12.0", "2026-05-25")]
    assert reasons(release_tide(held)) == []


def test_the_tide_is_a_reason_of_a_currency_too():
    fed = FiringAlert("L1", "corridor", "critical", "sofr_iorb", 12.0, 5.0, "bp", date(2026, 5, 25), "A-2", {})
    lira = {"currency": "TRY"}
    review = book(line("a", "A", "TR", 130, maturity=LATE, **lira), debt("e", "HK", 5_000), rates={"TRY": Decimal(1)})
    own = {"currency_tolerance": 30 * M}
    given = Grounds(review, policy_flags("TR"), (fed,), (), settings(**own), TODAY)
    found = item(ExposureReduction().build(given), "currency:TRY")
    assert "tide" in {reason.metric for reason in found.reasons}


@pytest.mark.parametrize(
    ("reported", "expected"),
    [
        # 22 May + 90 = 20 August; 2 July + 90 = 30 September itself; 3 July + 90 = 1 October.
        (date(2026, 5, 22), date(2026, 9, 30)),
        (date(2026, 7, 2), date(2026, 9, 30)),
        (date(2026, 7, 3), date(2026, 12, 31)),
        (date(2026, 10, 3), date(2027, 3, 31)),
        (date(2026, 12, 31), date(2027, 3, 31)),
    ],
)
def test_the_horizon_is_the_first_quarter_end_at_least_ninety_days_away(reported, expected):
    assert horizon(reported) == expected


def test_instalments_run_off_on_both_sides_and_a_renewal_that_is_asked_for_does_not():
    """To 30 September: 10 a month from 15 June are 40 of 100, of a debt 20 of 40; what is to be renewed stays."""
    plan = {"instalment_months": 1, "next_instalment": date(2026, 6, 15), "maturity": LATE}
    review = book(
        line("plan", "A", "TR", 100, instalment_amount=10, **plan),
        line("old", "B", "TR", 50, maturity=SOON, revolving=False),
        line("new", "B", "TR", pending=60, stage="in_approval", replaces_line_id="old", available_from=SOON),
        debt("D", "TR", 40, instalment_amount=5, **plan),
    )
    reduction = item(made(review, standing(review, "TR", 150))).reduction
    assert (reduction.assets.exposure, reduction.assets.run_off) == (150 * M, 40 * M)
    assert (reduction.liabilities.exposure, reduction.liabilities.run_off) == (40 * M, 20 * M)
    assert not {one.what for one in reduction.assets.unknown} & {"revolving", "maturity"}


def test_what_is_left_on_a_line_that_is_not_live_counts_as_it_does_against_the_limit():
    review = book(
        line("a", "A", "TR", 90, maturity=LATE),
        line("b", "B", "TR", "0.0000004", maturity=SOON, revolving=False),
        tolerance="0.5",
    )
    use = standing(review, "TR", 100)
    result = made(review, use, acting=False)
    found = item(result)
    assert found.reduction.assets.exposure == use.used == 90 * M + Decimal("0.4")
    assert [each.line_id for each in found.lines] == []  # and is never listed
    assert result.ties
