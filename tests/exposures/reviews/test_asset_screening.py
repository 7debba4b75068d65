from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import settings as run
from hypothesis import strategies as st

from exposures.class_rules import ClassRules
from exposures.flags import FiringAlert, LimitStanding
from exposures.reviews.asset_screening import AssetScreening
from exposures.reviews.item import Action, Priority
from exposures.reviews.review_list import Grounds
from tests.exposures.reviews.books import REPORTED, TODAY, book, line, policy_flags, settings

M = Decimal(1_000_000)
LIRA = FiringAlert(
    "E9-TR", "fx", "critical", "fx.TRY.change5", -6.1, -5.0, "percent", date(2026, 5, 25), "A-0003", {"country": "TR"}
)


def limit(scope: str, subject: str, amount: str, used: str, pending: str = "0") -> LimitStanding:
    return LimitStanding(
        scope, subject, Decimal(amount) * M, Decimal(used) * M, Decimal(pending) * M, "guarantor", REPORTED, "v31"
    )


def build(lines, flags=("TR",), alerts=(), limits=(), **changes):
    reviewed = lines if not isinstance(lines, list) else book(*lines)
    given = Grounds(reviewed, policy_flags(*flags), tuple(alerts), tuple(limits), settings(**changes), TODAY)
    return AssetScreening().build(given)


def reasons(item):
    return {reason.metric: reason for reason in item.reasons}


def test_worked_example_reduces_by_50_4():
    # CALCULATIONS 12, L1: 关注 2 + group limit 386.4/420 = 92 % 2 + critical lira, dollar debt 2 + 118 due in 30 d 1
    # = 7, high; class in order -> reduce 386.4 − 336 = 50.4.
    lines = [
        line("A1", "ANADOLU", "TR", 118, group_id="G", loan_class="special_mention", local_revenue=True,
             maturity=date(2026, 6, 10), collateral_kind="cash", collateral_value=118, collateral_country="TR"),
        line("A2", "ANADOLU", "TR", "268.4", group_id="G", loan_class="special_mention", local_revenue=True,
             maturity=date(2030, 1, 1), collateral_kind="cash", collateral_value="150", collateral_country="TR"),
    ]  # fmt: skip
    (item,) = build(lines, alerts=[LIRA], limits=[limit("group", "G", "420", "386.4")]).items
    by_metric = reasons(item)
    assert {name: reason.points for name, reason in by_metric.items()} == {
        "class": 2, "limit_group": 2, "fx_debt": 2, "due_30": 1, "policy_list": 0,
    }  # fmt: skip
    assert (item.points, item.priority) == (7, Priority.HIGH)
    assert (item.action, item.amount) == (Action.REDUCE, Decimal("50.4") * M)
    assert by_metric["limit_group"].value == 92
    assert by_metric["limit_group"].threshold == 90
    assert by_metric["due_30"].value == 118 * M
    assert by_metric["fx_debt"].value == Decimal("-6.1")
    assert by_metric["fx_debt"].threshold == -5
    assert by_metric["fx_debt"].date == date(2026, 5, 25)
    assert by_metric["class"].date == REPORTED
    assert by_metric["class"].source == "v31"
    assert item.due == date(2026, 6, 2)  # 5 business days after Tue 26 May


def test_a_shared_limit_is_reduced_in_proportion_to_drawn():
    # Excess of the group: 100 − 80 = 20; drawn 60 and 20 of 80, so 15 and 5.
    lines = [line("1", "X", "TR", 60, group_id="G", loan_class="pass"), line("2", "Y", "TR", 20, group_id="G")]
    items = build(lines, limits=[limit("group", "G", "100", "80", "20")]).items
    assert {item.key.subject: item.amount for item in items} == {"X": 15 * M, "Y": 5 * M}


def test_nothing_of_a_shared_reduction_falls_to_whom_nothing_is_drawn_by():
    """Y has 20 undrawn: the excess of 20 is all X's; Y, late and so high, is not told to reduce by nothing."""
    late = {"days_past_due": 120, "loan_class": None}
    lines = [line("1", "X", "TR", 80, group_id="G"), line("2", "Y", "TR", 0, group_id="G", undrawn=20, **late)]
    items = build(lines, limits=[limit("group", "G", "100", "100")]).items
    assert {item.key.subject: (item.action, item.amount) for item in items} == {
        "X": (Action.REDUCE, 20 * M),
        "Y": (Action.NO_RENEWAL, None),
    }


@pytest.mark.parametrize(
    ("fields", "points"),
    [
        ({}, 0),
        ({"loan_class": "special_mention"}, 2),
        ({"days_past_due": 1}, 2),
        ({"days_past_due": 90}, 2),
        ({"ifrs_stage": 2}, 2),
        ({"loan_class": "substandard"}, 4),
        ({"days_past_due": 91}, 4),
        ({"ifrs_stage": 3}, 4),
        ({"loan_class": "special_mention", "days_past_due": 30, "ifrs_stage": 2}, 2),  # the maximum, not the sum
        ({"rating": "BB-"}, 0),
        ({"rating": "B+"}, 1),
        ({"rating": "CCC"}, 1),
        ({"maturity": date(2026, 6, 21)}, 1),  # day 30
        ({"maturity": date(2026, 6, 22)}, 0),
        ({"maturity": date(2026, 5, 20)}, 1),  # overdue is due
    ],
)
def test_points_by_family(fields, points):
    covered = {"collateral_kind": "cash", "collateral_value": 5, "collateral_country": "TR"}
    (item,) = build([line("1", "X", "TR", 10, **covered, **fields)]).items
    assert item.points == points


def test_a_lower_grade_than_in_the_last_book_counts_two():
    covered = {"collateral_kind": "cash", "collateral_value": 5, "collateral_country": "TR"}
    lines = [line("1", "X", "TR", 10, rating="BB", **covered)]
    assert build(lines, prior_ratings={"X": "BB+"}).items[0].points == 2
    assert build(lines, prior_ratings={"X": "BB-"}).items[0].points == 0


@pytest.mark.parametrize(
    ("use", "scope", "points"),
    [("89.9", "country", 0), ("90", "country", 1), ("90", "counterparty", 2), ("100", "group", 2),
     ("100.1", "group", 3), ("100.1", "country", 3)],
)  # fmt: skip
def test_limit_points(use, scope, points):
    subject = {"country": "TR", "counterparty": "X", "group": "G"}[scope]
    covered = {"collateral_kind": "cash", "collateral_value": 5, "collateral_country": "TR"}
    lines = [line("1", "X", "TR", 10, group_id="G", **covered)]
    (item,) = build(lines, limits=[limit(scope, subject, "100", use)]).items
    assert item.points == points


@pytest.mark.parametrize(("share", "uncovered"), [("4.999", True), ("5", False)], ids=["below half", "exactly half"])
def test_cover_below_half_counts_one(share, uncovered):
    lines = [line("1", "X", "TR", 10, collateral_kind="cash", collateral_value=share, collateral_country="TR")]
    (item,) = build(lines).items
    assert ("cover" in reasons(item)) is uncovered


def test_a_warning_on_the_currency_counts_one_and_only_for_foreign_debt_with_local_revenue():
    mild = replace(LIRA, severity="warning")

    def points(**fields):
        covered = {"collateral_kind": "cash", "collateral_value": 100, "collateral_country": "TR"}
        rates = {"TRY": Decimal(40)}
        made = build(book(line("1", "X", "TR", 100, **covered, **fields), rates=rates), alerts=[mild])
        return made.items[0].points, [missing.why for missing in made.not_assessable if missing.family == "fx"]

    assert points(local_revenue=True) == (1, [])
    assert points(local_revenue=True, currency="TRY") == (0, [])
    assert points(local_revenue=False) == (0, [])
    assert points() == (0, ["local_revenue_unknown"])


def action(points_from, **fields):
    (item,) = build([line("1", "X", "TR", 10, **fields)], **points_from).items
    return item


def test_actions_first_that_holds():
    covered = {"collateral_kind": "cash", "collateral_value": 6, "collateral_country": "TR"}
    near, far = date(2026, 8, 1), date(2026, 12, 1)
    bad = action({}, loan_class="doubtful", ifrs_stage=3, days_past_due=300)
    assert (bad.action, bad.amount) == (Action.RECOVER, 10 * M)
    late = action({"limits": [limit("counterparty", "X", "10", "10")]}, loan_class="pass", days_past_due=95)
    assert (late.action, late.amount, late.proposed_class) == (Action.DOWNGRADE, 10 * M, "substandard")
    tight = action({"limits": [limit("counterparty", "X", "10", "9")]}, loan_class="pass")
    assert (tight.action, tight.amount) == (Action.REDUCE, 1 * M)
    high = action({}, ifrs_stage=3, rating="B", maturity=near, **covered)  # 4 + 1
    assert (high.priority, high.action, high.amount) == (Priority.HIGH, Action.NO_RENEWAL, 10 * M)
    land = {"collateral_kind": "property", "collateral_value": 20}  # moves nothing, covers nothing
    uncovered = action({}, ifrs_stage=2, maturity=far, **land)  # 2 + 1 for the missing cover
    assert (uncovered.priority, uncovered.action, uncovered.amount) == (Priority.MEDIUM, Action.ADD_COLLATERAL, 5 * M)
    called = action({}, ifrs_stage=2, rating="B", **covered)
    assert (called.priority, called.action, called.amount) == (Priority.MEDIUM, Action.CALL_REPORT, None)
    low = action({}, ifrs_stage=2, **covered)
    assert (low.priority, low.action) == (Priority.LOW, Action.WATCH)
    minor = action({}, **covered)
    assert (minor.priority, minor.action) == (Priority.MINOR, Action.KEEP)


def test_rank_by_points_then_exposure():
    lines = [line("1", "SMALL", "TR", 5), line("2", "BIG", "TR", 50), line("3", "BAD", "TR", 2, ifrs_stage=3)]
    assert [(item.rank, item.key.subject) for item in build(lines).items] == [(1, "BAD"), (2, "BIG"), (3, "SMALL")]


def test_a_country_counts_as_immediate_or_guarantor_and_the_item_says_which():
    promise = {"guarantee_explicit": True, "guarantee_irrevocable": True, "guarantee_unconditional": True,
               "guarantee_in_force": True, "guarantee_percent": 100.0}  # fmt: skip
    lines = [
        line("A", "PLAIN", "TR", 10),
        line("B", "BRANCH", "GB", 50, dependent_branch=True, head_office_country="TR"),
        line("C", "COVERED", "TR", 20, guarantor_country="DE", **promise),
        line("D", "ELSEWHERE", "DE", 30),
    ]
    result = build(lines)
    assert {item.key.subject: item.role for item in result.items} == {
        "PLAIN": "both", "BRANCH": "guarantor", "COVERED": "immediate",
    }  # fmt: skip
    by_subject = {item.key.subject: item.amounts for item in result.items}
    assert (by_subject["COVERED"].immediate, by_subject["COVERED"].guarantor) == (20 * M, 0)
    assert (by_subject["BRANCH"].immediate, by_subject["BRANCH"].guarantor) == (50 * M, 50 * M)
    assert result.control.ties


def test_small_dead_unconverted_and_liabilities_are_left_out_and_counted():
    lines = [
        line("1", "BIG", "TR", 10),
        line("2", "TINY", "TR", "0.9"),
        line("3", "BIG", "TR", 0),
        line("4", "DUST", "TR", "0.0000004"),
        line("5", "LOST", "TR", 7, currency="ARS"),
        line("6", "ZA", "ZA", 3),
        line("7", "HOME", "CN", 100),
        line("8", "SAVER", "TR", 40, side="liability", instrument="deposit"),
    ]
    result = build(book(*lines, tolerance="0.5"))
    assert [item.key.subject for item in result.items] == ["BIG"]
    assert [found.line_id for found in result.items[0].lines] == ["1"]
    parts = {part.case: (part.lines, part.amount) for part in result.control.parts}
    assert parts == {
        "items": (1, 10 * M),
        "not_screened": (1, Decimal("0.9") * M),
        "not_flagged": (1, 3 * M),
        "outside": (1, 100 * M),
        "not_live": (2, Decimal("0.4")),
        "not_converted": (1, None),
        "liabilities": (1, None),
    }
    assert result.control.ties
    assert result.control.book_amount == Decimal("113.9") * M + Decimal("0.4")
    assert [(row.country, row.amount) for row in result.summary] == [("ZA", 3 * M)]


def test_what_cannot_be_judged_is_listed_and_not_zero():
    result = build([line("1", "X", "TR", 10), line("2", "Y", "TR", 5, rating="Ba3", loan_class="pass")])
    missing = {(row.subject, row.family): (row.why, row.value) for row in result.not_assessable}
    assert missing == {
        ("X", "credit"): ("no_class_days_stage", ""),
        ("X", "rating"): ("unrated", ""),
        ("X", "maturity"): ("undated", ""),
        ("X", "cover"): ("no_cover_fields", ""),
        ("Y", "rating"): ("unmapped", "Ba3"),
        ("Y", "maturity"): ("undated", ""),
        ("Y", "cover"): ("no_cover_fields", ""),
    }


def test_an_empty_list_says_why():
    assert build([line("1", "X", "TR", 10)], flags=()).empty.case == "l1.empty.no_flags"
    nothing = build([line("1", "X", "ZA", 10)])
    assert (nothing.empty.case, nothing.empty.values["countries"]) == ("l1.empty.no_lines", ("TR",))
    small = build([line("1", "X", "TR", "0.5")])
    assert (small.empty.case, small.empty.values["lines"]) == ("l1.empty.all_small", 1)
    assert build([line("1", "X", "TR", 10)]).empty is None


def test_the_owner_table_comes_first_then_the_only_relationship_manager():
    lines = [line("1", "X", "TR", 10, booking_entity="Istanbul", relationship_owner="Sun Yi")]
    assert build(lines, owners={"Istanbul": "Chen Li"}).items[0].owner == "Chen Li"
    assert build(lines).items[0].owner == "Sun Yi"
    assert build([line("1", "X", "TR", 10)]).items[0].owner is None


countries = st.sampled_from(["TR", "AR", "CL", "ZA", "DE", "CN", None])
amounts = st.integers(-50, 3000).map(lambda tenths: str(Decimal(tenths) / 1000))


@st.composite
def books(draw):
    lines = []
    for number in range(draw(st.integers(1, 12))):
        fields = {
            "currency": draw(st.sampled_from(["USD", "TRY", "CLP", "EUR"])),
            "undrawn": draw(amounts),
            "side": draw(st.sampled_from(["asset", "asset", "liability"])),
            "dependent_branch": draw(st.booleans()),
            "head_office_country": draw(countries),
            "loan_class": draw(st.sampled_from(["pass", "special_mention", "loss", None])),
        }
        lines.append(line(f"L{number}", draw(st.sampled_from("PQR")), draw(countries), draw(amounts), **fields))
    rates = {"TRY": Decimal("39.07"), "CLP": Decimal("943.1")}  # EUR stays without a rate
    return book(*lines, rates=rates)


@run(max_examples=60, deadline=None)
@given(books())
def test_every_line_of_any_book_stands_in_one_part_and_the_parts_tie(reviewed):
    result = build(reviewed, flags=("TR", "AR", "CL"), minimum_amount=Decimal(100_000))
    assert result.control.lines == len(reviewed.book.lines)
    assert result.control.ties
    assert len({item.key for item in result.items}) == len(result.items)


def test_the_banks_own_rules_call_for_a_class_and_name_what_cannot_be_checked():
    """Turkey's level allows 关注 at best; X owes 20.1 % of its debt elsewhere over 90 days late: at least 次级."""
    rules = ClassRules({"relatively_high": "special_mention"}, {"TR": "relatively_high"}, {"X": Decimal("20.1")})
    lines = [line("1", "X", "TR", 10, loan_class="pass"), line("2", "Y", "TR", 5, loan_class="pass")]
    by_subject = {item.key.subject: item for item in build(lines, class_rules=rules).items}
    told = {who: sorted(set(reasons(item)) & {"finding_below_level", "finding_across_banks"})
            for who, item in by_subject.items()}  # fmt: skip
    assert told == {"X": ["finding_across_banks", "finding_below_level"], "Y": ["finding_below_level"]}
    assert {who: (item.action, item.proposed_class) for who, item in by_subject.items()} == {
        "X": (Action.DOWNGRADE, "substandard"), "Y": (Action.DOWNGRADE, "special_mention"),
    }  # fmt: skip
    blank = build(lines)
    assert not any("finding" in name for item in blank.items for name in reasons(item))
    no_level = build(lines, class_rules=replace(rules, levels={}))
    found = {(miss.subject, miss.why, miss.value) for miss in no_level.not_assessable if miss.family == "credit"}
    assert found == {("X", "no_country_level", "TR"), ("Y", "no_country_level", "TR")}
    assert "no_country_level" not in {miss.why for miss in (*blank.not_assessable,)}
