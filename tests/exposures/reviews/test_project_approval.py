"""L5 on the worked example of its notes (USD m), on every condition, on lapsed approvals, and on what is missing."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from exposures.book import Basis
from exposures.calendar import BankCalendar
from exposures.class_rules import ClassRules
from exposures.flags import FiringAlert, LimitStanding, Tide, live_causes, update_flags
from exposures.limits import Limit, uses
from exposures.reviews.item import Action, Priority, Proposal
from exposures.reviews.project_approval import ProjectApproval
from exposures.reviews.review_list import Grounds, ListResult
from tests.exposures.reviews.books import EM_SET, REPORTED, TODAY, book, line, settings

M = Decimal(10**6)
TIERS = (20 * M, 100 * M, 500 * M)
LIRA = FiringAlert("E1", "fx", "critical", "fx.change_5", -6.1, -5.0, "%", date(2026, 5, 25), "A-1", {"country": "TR"})


def built(*lines: dict[str, Any], acting: bool = True, limit: int | None = 2000, basis: str = "guarantor",
          flagged=("TR",), **own: Any) -> ListResult:  # fmt: skip
    review = book(*lines)
    causes = live_causes(EM_SET, flagged, (LIRA,) if acting and flagged else (), (), (), Tide(on=False), TODAY)
    flags = update_flags((), causes, TODAY, BankCalendar())
    limits = []
    if limit is not None:
        asked = [Limit("TR", limit * M, "USD", Basis(basis))]
        use = next(one.use for one in uses(review.book, asked) if one.country == "TR")
        limits.append(LimitStanding("country", "TR", limit * M, use.used, use.pending, basis, REPORTED, "v31"))
    return ProjectApproval().build(Grounds(review, flags, (), tuple(limits), settings(**own), TODAY))


def project(line_id: str, amount: float, stage: str | None = "in_approval", **fields: Any) -> dict[str, Any]:
    given = {"pending": amount, "stage": stage, "instrument": "project", "local_revenue": False} | fields
    return line(line_id, line_id, "TR", 0, **given)


def only(result: ListResult) -> Proposal:
    (item,) = result.items
    return item


def facts(item: Proposal) -> dict[str, Any]:
    return {fact.code: fact.value for fact in item.facts}


def metrics(item: Proposal) -> set[str]:
    return {reason.metric for reason in item.reasons}


def test_the_worked_example():
    # 60 on 1,842, L 2,000: (1,842 + 60)/2,000 = 95.1 % → top tier. Normal tier 2 of 4, tier A → 4. 7 y over 5 y.
    years_7 = date(2033, 5, 22)
    result = built(line("rest", "R", "TR", 1842), project("P", 60, maturity=years_7), approval_tiers=TIERS,
                   tenor_limit=Decimal(5))  # fmt: skip
    item = only(result)
    told = facts(item)
    assert (told["use_before"], told["use_after"]) == (Decimal("95.1"), Decimal("95.1"))  # it is pending already
    assert (told["tier_normal"], told["tier_needed"], told["tiers_up"]) == (2, 4, 2)
    assert (item.action, item.priority, item.amount) == (Action.TOP_TIER, Priority.MEDIUM, 60 * M)
    assert round(told["tenor"], 1) == 7
    assert {"limit_after", "needs_insurance", "project_stage"} <= metrics(item)
    assert item.size == 60 * M
    assert [(part.case, part.lines) for part in result.control.parts if part.lines] == [
        ("items", 1), ("no_project", 1),
    ]  # fmt: skip
    assert result.ties


@pytest.mark.parametrize(
    ("amount", "stage", "action", "use"),
    [
        (200, "in_approval", Action.TOP_TIER, "100"),  # exactly the limit is no breach
        (201, "in_approval", Action.DECLINE, "100.05"),
        (0.5, "in_approval", None, None),  # below the minimum
        (201, "planned", Action.DECLINE, "100.05"),  # counts in no limit yet, and would
        (201, None, Action.DECLINE, "100.05"),
        (201, "effective", None, None),  # past its signing
    ],
)
def test_the_limit_with_the_project(amount, stage, action, use):
    result = built(line("rest", "R", "TR", 1800), project("P", amount, stage))
    assert [item.action for item in result.items] == ([] if action is None else [action])
    assert [facts(item)["use_after"] for item in result.items] == ([] if use is None else [Decimal(use)])
    assert result.ties


def test_what_is_signed_is_used_already_and_is_not_added_again():
    signed = line("S", "S", "TR", 0, undrawn=100, stage="signed", local_revenue=False)
    approved = project("A", 60, "approved")
    result = built(line("rest", "R", "TR", 1640), signed, approved)
    by_subject = {item.key.subject: item for item in result.items}
    # Each with the other: 1,640 + 100 + 60 of 2,000 = 90.0 %, which is not above 90 %.
    assert {key: facts(item)["use_after"] for key, item in by_subject.items()} == {"S": 90, "A": 90}
    assert {item.action for item in by_subject.values()} == {Action.HIGHER_TIER}
    assert {key: facts(item)["project_stage"] for key, item in by_subject.items()} == {"S": "signed", "A": "approved"}
    assert result.items[0].key.subject == "S"  # the larger of two equal uses
    assert result.ties


def test_tier_b_raises_by_one_and_blank_tiers_are_stated():
    one = project("P", 60)
    watched = only(built(one, acting=False, approval_tiers=TIERS))
    assert (facts(watched)["tier_normal"], facts(watched)["tier_needed"]) == (2, 3)
    assert facts(only(built(project("P", 600), approval_tiers=TIERS)))["tier_needed"] == 4  # at most the top
    result = built(one, limit=None)
    told = facts(only(result))
    assert (told["tier_needed"], told["use_after"], told["tiers_up"]) == (None, None, 2)
    assert {miss.why for miss in result.not_assessable} == {
        "approval_tiers_blank", "tenor_limit_blank", "no_limit_for_use", "undated",
    }  # fmt: skip


def test_each_condition():
    bad = line("bad", "P", "TR", 5, loan_class="pass", days_past_due=120)
    asked = project("P", 60, local_revenue=True, sector="public", maturity=date(2027, 1, 1))
    assert {"needs_hedge", "needs_opinion", "needs_cure"} <= metrics(only(built(bad, asked)))
    clean = metrics(only(built(project("P", 60, maturity=date(2027, 1, 1)))))
    assert not {"needs_hedge", "needs_opinion", "needs_cure", "needs_insurance"} & clean
    group = line("sister", "Q", "TR", 5, group_id="G", loan_class="pass", days_past_due=120)
    assert "needs_cure" in metrics(only(built(group, project("P", 60, group_id="G"))))
    late = ClassRules(across_banks={"P": Decimal(21)})  # and the bank's own rules: 21 % of its debt late elsewhere
    fine = line("fine", "P", "TR", 5, loan_class="pass")
    assert "needs_cure" in metrics(only(built(fine, asked, class_rules=late)))
    assert "needs_cure" not in metrics(only(built(fine, asked)))
    unknown = built(project("P", 60, local_revenue=None, sector=None))
    assert {"local_revenue_unknown", "sector_unknown"} <= {miss.why for miss in unknown.not_assessable}


@pytest.mark.parametrize(
    ("given", "metric"),
    [
        (date(2026, 2, 20), "approval_old"),  # 91 days before 22 May
        (date(2026, 2, 21), "approval_before_tier"),  # 90 days, and the tier rose on 26 May
        (None, None),
    ],
)
def test_an_old_approval_lapses(given, metric):
    result = built(project("P", 60, "approved", signing_date=given))
    item = only(result)
    assert (item.action is Action.APPROVE_AGAIN) == (metric is not None)
    assert metric is None or metric in metrics(item)
    assert ("no_approval_date" in {miss.why for miss in result.not_assessable}) == (given is None)


def test_a_zero_limit_is_declined_and_ranks_first():
    result = built(project("P", 60), limit=0)
    assert only(result).action is Action.DECLINE
    assert facts(only(result))["use_after"] is None


def test_on_the_guarantor_basis_a_project_covered_abroad_adds_nothing():
    cover = dict.fromkeys(("guarantee_explicit", "guarantee_irrevocable", "guarantee_unconditional",
                           "guarantee_in_force", "guarantee_covers_undrawn"), True)  # fmt: skip
    covered = project("P", 60, guarantor_name="H", guarantor_country="DE", guarantee_percent=100.0, **cover)
    rest = line("rest", "R", "TR", 1842)
    assert facts(only(built(rest, covered)))["use_after"] == Decimal("92.1")
    assert facts(only(built(rest, covered, basis="immediate")))["use_after"] == Decimal("95.1")


def test_why_nothing_qualifies():
    assert built(line("x", "X", "TR", 5)).empty.case == "l5.empty.none"
    assert built(project("P", 0.5)).empty.case == "l5.empty.small"
    assert built(project("P", 60), flagged=()).empty.case == "l5.empty.no_flags"


@pytest.mark.parametrize("stage", ["in_approval", "planned"])
def test_a_renewal_uses_the_limit_by_its_increase_and_says_so(stage):
    """30 in place of 10, 1,842 used with it, L 2,000: (1,842 + 30 − 10)/2,000 = 93.1 %, not 93.6 %."""
    may = date(2026, 5, 22)
    old = line("old", "P", "TR", 10, maturity=may)
    new = project("P", 30, stage, replaces_line_id="old", available_from=may)
    item = only(built(line("rest", "R", "TR", 1832), old, new))
    assert facts(item)["use_after"] == Decimal("93.1")
    (told,) = (reason for reason in item.reasons if reason.metric == "renewal")
    assert (told.value, item.size) == (20 * M, 30 * M)


def test_a_renewal_that_cannot_be_set_against_its_old_line_counts_in_full_and_says_so():
    result = built(line("rest", "R", "TR", 1842), project("P", 60, replaces_line_id="gone"))
    assert facts(only(result))["use_after"] == Decimal("95.1")
    assert "renewal" not in metrics(only(result))
    assert "renewal_in_full" in {miss.why for miss in result.not_assessable}
