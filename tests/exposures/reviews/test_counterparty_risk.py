"""L10 on the worked example of its notes (USD m), on what selects a counterparty, and on what books do not say."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from exposures.allocation import Factors
from exposures.flags import FiringAlert, LimitStanding
from exposures.reviews.counterparty_risk import CounterpartyRisk
from exposures.reviews.item import Action, Priority, Proposal
from exposures.reviews.review_list import Grounds, ListResult
from tests.exposures.reviews.books import REPORTED, TODAY, book, line, policy_flags, settings

M = Decimal(10**6)
ALARM = FiringAlert("E1", "fx", "critical", "fx.x", -6.1, -5.0, "%", date(2026, 5, 25), "A-1", {"country": "TR"})


def built(*lines: dict[str, Any], limit: int | None = None, flagged=("TR",), haircut: str | None = "0.15", alerts=(),
          **own: Any) -> ListResult:  # fmt: skip
    review = book(*lines)
    factors = Factors(securities_haircut=None if haircut is None else Decimal(haircut))
    review = replace(review, book=replace(review.book, factors=factors))
    limits = () if limit is None else (
        LimitStanding("counterparty", "BANK", limit * M, 0 * M, 0 * M, "immediate", REPORTED, "v31"),
    )  # fmt: skip
    return CounterpartyRisk().build(Grounds(review, policy_flags(*flagged), alerts, limits, settings(**own), TODAY))


def example(collateral_country: str) -> list[dict[str, Any]]:
    return [
        line("pl", "BANK", "TR", 50, instrument="placement", sector="bank"),
        line("lc", "BANK", "TR", 0, contingent=30, instrument="trade_finance", sector="bank"),
        line("dv", "BANK", "TR", 0, market_exposure=5, instrument="derivative", sector="bank"),
        line("rp", "BANK", "TR", 20, instrument="repo", sector="bank", collateral_kind="securities",
             collateral_value=22, collateral_country=collateral_country),
    ]  # fmt: skip


SUPPLIED = {"derivative_add_on": Decimal(1), "notionals": {"dv": 200 * M}, "settlements_ahead": {"BANK": 15 * M}}


def only(result: ListResult) -> Proposal:
    (item,) = result.items
    return item


def facts(item: Proposal) -> dict[str, Any]:
    return {fact.code: fact.value for fact in item.facts}


def test_the_worked_example():
    # Placement 50 + LC 30 + derivative max(0, 5) + 1 % × 200 = 7 + repo 20 − 22 × 0.85 = 1.3: 88.3; settlement apart.
    result = built(*example("DE"), limit=100, **SUPPLIED)
    item = only(result)
    told = facts(item)
    parts = [told[f"of_{kind}"] for kind in ("placement", "trade_finance", "derivative", "repo")]
    assert parts == [50 * M, 30 * M, 7 * M, Decimal("1.3") * M]
    assert (told["exposure"], told["limit_use"]) == (Decimal("88.3") * M, Decimal("88.3"))
    assert told["settlement"] == 15 * M
    assert (item.action, item.priority) == (Action.WATCH, Priority.LOW)
    assert item.not_assessable == ()
    assert result.ties


def test_wrong_way_collateral_counts_zero_and_breaches():
    # Repo on TR government bonds with a TR bank: repo 20, total 107.0; limit 100 → breach.
    item = only(built(*example("TR"), limit=100, **SUPPLIED))
    assert (facts(item)["exposure"], facts(item)["of_repo"], facts(item)["against"]) == (107 * M, 20 * M, 22 * M)
    assert (item.action, item.amount, item.priority) == (Action.ADD_COLLATERAL, 7 * M, Priority.HIGH)
    assert {"wrong_way", "limit_counterparty"} <= {reason.metric for reason in item.reasons}


def test_what_the_book_lacks_is_stated_and_marked_incomplete():
    result = built(*example("DE"), haircut=None)
    item = only(result)
    assert facts(item)["of_derivative"] == 5 * M  # current exposure only
    assert facts(item)["of_repo"] == 20 * M  # collateral without a haircut counts nothing
    assert (facts(item)["limit_use"], facts(item)["settlement"]) == (None, None)
    assert item.not_assessable == ("haircut_blank", "no_notional")
    assert {miss.why for miss in result.not_assessable} == {
        "settlement_missing", "tier_1_blank", "no_counterparty_limit", "reference_missing", "haircut_blank",
        "no_notional",
    }  # fmt: skip


def test_each_mark_selects_a_counterparty_outside_flagged_countries():
    placed = line("pl", "BANK", "DE", 90, instrument="placement")
    assert built(placed).items == ()
    assert only(built(placed, limit=100)).action is Action.STOP_TRADES  # exactly 90 %
    assert built(placed, limit=101).items == ()
    assert only(built(placed, tier_1=900 * M)).priority is Priority.MEDIUM  # exactly 10 %
    assert built(placed, tier_1=901 * M).items == ()
    breach = only(built(placed, limit=89))
    assert (breach.action, breach.priority, breach.tier) == (Action.STOP_TRADES, Priority.HIGH, "")
    branch = line("br", "BRANCH", "GB", 5, instrument="placement", head_office_country="TR", dependent_branch=True)
    assert only(built(branch)).key.country == "TR"


def test_settlement_ahead_with_a_critical_alert_is_paid_after_receipt():
    placed = line("pl", "BANK", "TR", 5, instrument="placement")
    assert only(built(placed, alerts=(ALARM,), **SUPPLIED)).action is Action.PAY_AFTER_RECEIPT
    assert only(built(placed, **SUPPLIED)).action is Action.WATCH


def test_parts_and_why_nothing_qualifies():
    result = built(line("a", "A", "DE", 5, instrument="placement"), line("b", "B", "DE", "0.5", instrument="repo"),
                   line("c", "C", "TR", 5))  # fmt: skip
    assert {part.case: part.lines for part in result.excluded if part.lines} == {
        "not_selected": 1, "not_screened": 1, "not_traded": 1,
    }  # fmt: skip
    assert result.ties
    assert result.empty.case == "l10.empty.fine"
    assert built(line("c", "C", "TR", 5)).empty.case == "l10.empty.none"
    assert built(line("a", "A", "DE", 5, instrument="repo"), flagged=()).empty.case == "l10.empty.no_flags"
