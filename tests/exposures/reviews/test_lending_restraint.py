"""L4 on the worked example of its notes (USD m), on every kind of facility in both tiers, and on what is missing."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from exposures.calendar import BankCalendar
from exposures.flags import FiringAlert, LimitStanding, Tide, live_causes, update_flags
from exposures.reviews.item import Action, Priority, Proposal
from exposures.reviews.lending_restraint import LendingRestraint
from exposures.reviews.review_list import Grounds, ListResult
from tests.exposures.reviews.books import EM_SET, REPORTED, TODAY, book, line, settings

M = Decimal(10**6)
LATE = date(2028, 6, 30)
#: 60 and 80 days after the book's date of 22 May 2026.
IN_60, IN_80 = date(2026, 7, 21), date(2026, 8, 10)
LIRA = FiringAlert("E1", "fx", "critical", "fx.change_5", -6.1, -5.0, "%", date(2026, 5, 25), "A-1", {"country": "TR"})


def built(*lines: dict[str, Any], acting: bool = True, limit: str | None = None, used: str = "0", flagged=("TR",),
          alerts: tuple[FiringAlert, ...] = (), **own: Any) -> ListResult:  # fmt: skip
    firing = ((LIRA,) if acting else ()) + alerts
    causes = live_causes(EM_SET, flagged, firing if flagged else (), (), (), Tide(on=False), TODAY)
    flags = update_flags((), causes, TODAY, BankCalendar())
    limits = () if limit is None else (
        LimitStanding("country", "TR", Decimal(limit) * M, Decimal(used) * M, 0 * M, "guarantor", REPORTED, "v31"),
    )  # fmt: skip
    return LendingRestraint().build(Grounds(book(*lines), flags, firing, limits, settings(**own), TODAY))


def facts(item: Proposal) -> dict[str, Any]:
    return {fact.code: fact.value for fact in item.facts}


def only(result: ListResult) -> Proposal:
    (item,) = result.items
    return item


def test_the_worked_example_step_by_step():
    # Limit 2,000: 1,842 (92.10 %) → cancel 20: 91.10 % → committed 42 lapses: 89.00 % → no renewal of 25: 87.75 %.
    lines = [
        line("cancel", "A", "TR", 100, undrawn=20, undrawn_kind="cancellable", maturity=LATE),
        line("lapse", "B", "TR", 0, undrawn=42, undrawn_kind="committed", maturity=IN_60),
        line("renewal", "C", "TR", 25, maturity=IN_80),
        line("rest", "D", "TR", 1655, maturity=LATE),
    ]
    result = built(*lines, limit="2000", used="1842")
    told = facts(result.items[0])
    uses = [told[code] for code in ("use_now", "use_cancelled", "use_lapsed", "use_not_renewed")]
    assert [round(use, 2) for use in uses] == [Decimal(text) for text in ("92.10", "91.10", "89.00", "87.75")]
    assert told["room"] == 0  # against min(80 % of 2,000, 90 % of 1,842) = 1,600
    # By what is free in 30 days: only the cancellation; the others by exposure.
    assert [(item.key.subject, item.action, item.amount) for item in result.items] == [
        ("A", Action.CANCEL_UNDRAWN, 20 * M), ("B", Action.LET_LAPSE, 42 * M), ("C", Action.NO_RENEWAL, 25 * M),
    ]  # fmt: skip
    assert [item.priority for item in result.items] == [Priority.HIGH, Priority.MEDIUM, Priority.MEDIUM]
    assert [(part.case, part.lines) for part in result.control.parts if part.lines] == [
        ("items", 3), ("nothing_to_lend", 1),
    ]  # fmt: skip
    assert result.ties


@pytest.mark.parametrize(
    ("fields", "in_a", "amount", "in_b"),
    [
        ({"undrawn": 9, "undrawn_kind": "cancellable", "maturity": LATE}, Action.CANCEL_UNDRAWN, 9,
         Action.NO_INCREASE),
        ({"undrawn": 9, "undrawn_kind": "draw_stop", "maturity": LATE}, Action.INVOKE_DRAW_STOP, 9,
         Action.NO_INCREASE),
        ({"undrawn": 9, "undrawn_kind": "committed", "maturity": LATE}, Action.LET_LAPSE, None, Action.NO_INCREASE),
        ({"undrawn": 9, "maturity": LATE}, Action.CHECK_CONTRACT, None, Action.NO_INCREASE),
        ({"drawn": 30, "maturity": date(2026, 8, 20)}, Action.NO_RENEWAL, 30, Action.RENEW_HIGHER),  # 90 days
        ({"drawn": 30, "pending": 5, "stage": "disbursing", "maturity": LATE}, Action.HOLD_DRAW, None,
         Action.NO_INCREASE),
    ],
)  # fmt: skip
def test_each_kind_of_facility_in_both_tiers(fields, in_a, amount, in_b):
    one = line("x", "A", "TR", fields.pop("drawn", 0), **fields)
    acting, watching = only(built(one)), only(built(one, acting=False))
    assert (acting.action, acting.amount) == (in_a, None if amount is None else amount * M)
    assert acting.lines[0].action is in_a
    assert (watching.action, watching.amount, watching.priority) == (in_b, None, Priority.LOW)


def test_what_is_committed_without_draw_stop_says_when_it_can_be_cut():
    later = line("y", "A", "TR", 0, undrawn=3, undrawn_kind="committed", maturity=date(2029, 1, 31))
    told = facts(only(built(line("x", "A", "TR", 0, undrawn=9, undrawn_kind="committed", maturity=LATE), later)))
    assert (told["locked"], told["locked_until"], told["released_90"]) == (12 * M, "2028-06-30", 0)
    undated = facts(only(built(line("x", "A", "TR", 0, undrawn=9, undrawn_kind="committed"))))
    assert (undated["locked"], undated["locked_until"]) == (9 * M, None)


def test_one_borrower_is_one_item_however_many_facilities_it_has():
    lines = [line(f"x{n}", "A", "TR", 1, undrawn=2, undrawn_kind="cancellable", maturity=LATE) for n in range(40)]
    item = only(built(*lines))
    assert len(item.lines) == 40
    assert item.amount == 80 * M
    assert {one.gives for one in item.lines} == {2 * M}


def test_the_action_names_its_own_amount_and_the_figures_the_whole():
    # 118 not renewed and 42 that lapse on the same day, 42 under a draw-stop: 202 in all.
    item = only(built(
        line("tf", "A", "TR", 118, undrawn=42, undrawn_kind="committed", maturity=date(2026, 6, 12)),
        line("ln", "A", "TR", 210, undrawn=42, undrawn_kind="draw_stop", maturity=LATE),
    ))  # fmt: skip
    assert (item.action, item.amount) == (Action.NO_RENEWAL, 118 * M)
    assert (facts(item)["released_30"], facts(item)["released_90"]) == (202 * M, 202 * M)
    assert [one.gives for one in item.lines] == [160 * M, 42 * M]


def test_the_kind_that_the_book_does_not_give_is_stated():
    result = built(line("x", "A", "TR", 0, undrawn=9, maturity=LATE))
    assert {one.why for one in result.not_assessable} == {"undrawn_kind_missing", "no_limit_for_room"}
    assert facts(result.items[0])["room"] is None  # not zero


def test_bonds_projects_bad_and_overdue_claims_are_not_renewals():
    result = built(
        line("bond", "A", "TR", 30, instrument="bond", maturity=IN_60),
        line("project", "B", "TR", 0, pending=60, stage="in_approval", instrument="project"),
        line("bad", "C", "TR", 30, loan_class="substandard", maturity=IN_60),
        line("overdue", "D", "TR", 30, maturity=date(2026, 5, 21)),
        line("far", "E", "TR", 30, maturity=date(2026, 8, 21)),  # 91 days
        line("small", "F", "TR", "0.5", maturity=IN_60),
    )
    assert result.items == ()
    assert result.empty is not None
    assert result.empty.case == "l4.empty.nothing"
    assert {part.case: part.lines for part in result.excluded if part.lines} == {
        "nothing_to_lend": 4, "not_screened": 2,  # nothing of the project is owed yet
    }  # fmt: skip
    assert result.ties


def test_exemptions_are_the_bank_s_and_blank_as_shipped():
    trade = line("t", "A", "TR", 30, instrument="trade_finance", maturity=IN_60)
    cash = line("c", "B", "TR", 30, maturity=IN_60, collateral_kind="cash", collateral_value=30)
    assert len(built(trade, cash).items) == 2
    result = built(trade, cash, exempt_lending=frozenset({"trade", "cash"}))
    assert result.items == ()
    assert result.empty is not None
    assert result.empty.case == "l4.empty.exempt"
    assert {part.case: part.lines for part in result.excluded}["exempt"] == 2


def test_the_dollar_tide_is_a_reason():
    fed = FiringAlert("F1", "corridor", "critical", "fed.x", 1, 0, "bp", date(2026, 5, 25), "A-9", {})
    item = only(built(line("x", "A", "TR", 30, maturity=IN_60), alerts=(fed,)))
    assert "tide" in {reason.metric for reason in item.reasons}


def test_without_flags_it_says_so():
    result = built(line("x", "A", "TR", 30, maturity=IN_60), acting=False, flagged=())
    assert result.empty is not None
    assert result.empty.case == "l4.empty.no_flags"


def test_a_renewal_that_is_asked_for_is_told_beside_the_facility_that_it_replaces():
    old = line("old", "C", "TR", 25, maturity=IN_80)
    new = line("new", "C", "TR", pending=40, stage="in_approval", replaces_line_id="old", available_from=IN_80)
    item = only(built(old, new))
    assert {reason.metric: reason.value for reason in item.reasons if reason.family == "facility"} == {
        "renewal_90": 25 * M,
        "renewal_asked": 40 * M,
    }
    assert item.action is Action.NO_RENEWAL
