"""L9 on the worked example of its notes (USD m), on each thing that makes an item, and on what books do not say."""

from datetime import date
from decimal import Decimal
from typing import Any

from exposures.class_rules import ClassRules
from exposures.contagion import Edge
from exposures.reviews.debt_contagion import DebtContagion
from exposures.reviews.item import Action, Priority, Proposal
from exposures.reviews.review_list import Grounds, ListResult
from exposures.supplied import NOTHING_SUPPLIED, Capital, Link, Supplied
from tests.exposures.reviews.books import TODAY, book, line, policy_flags, settings

M = Decimal(10**6)
DAY = date(2026, 3, 31)
OWED = {"A": 30, "B": 20, "C": 10, "D": 40}
SUPPLIED = Supplied(
    links=tuple(
        Link("claim", lender, debtor, amount * M, "USD", DAY, "annual reports")
        for lender, debtor, amount in (("B", "A", 15), ("C", "A", 5), ("C", "B", 18), ("D", "B", 10), ("D", "C", 20))
    ),
    capital=tuple(
        Capital(name, amount * M, "USD", DAY, "annual reports")
        for name, amount in {"A": 10, "B": 8, "C": 12, "D": 20}.items()
    ),
)
TERMS = {"explicit": True, "irrevocable": True, "unconditional": True, "in_force": True}


def built(*lines: dict[str, Any], flagged=(), supplied=NOTHING_SUPPLIED, **own: Any) -> ListResult:
    grounds = Grounds(book(*lines), policy_flags(*flagged), (), (), settings(**own), TODAY, supplied=supplied)
    return DebtContagion().build(grounds)


def only(result: ListResult) -> Proposal:
    (item,) = result.items
    return item


def facts(item: Proposal) -> dict[str, Any]:
    return {fact.code: fact.value for fact in item.facts}


def metrics(item: Proposal) -> set[str]:
    return {reason.metric for reason in item.reasons}


def guaranteed(line_id: str, subject: str, drawn: float, guarantor: str, country: str = "TR", **fields: Any):
    named = {"guarantor_name": guarantor, "guarantor_country": country}
    return line(line_id, subject, fields.pop("of", "TR"), drawn, **named, **fields)


def test_the_worked_example():
    lines = [line(name.lower(), name, "TR", amount) for name, amount in OWED.items()]
    result = built(*lines, supplied=SUPPLIED, lgd=Decimal(45), net_capital=300 * M)
    first = result.items[0]
    # 27.0 on net capital 300 = 9 % → item.
    assert (first.key.subject, facts(first)["knock_on"], facts(first)["of_net_capital"]) == ("A", 27 * M, 9)
    assert [step.bank_loss for step in first.contagion.steps] == [Decimal("13.5") * M, 9 * M, Decimal("4.5") * M, 0]
    assert (first.priority, first.action, first.amount) == (Priority.HIGH, Action.HEDGE, 24 * M)  # down to 3
    assert {member.id: member.round for member in first.contagion.members} == {"A": 0, "B": 1, "C": 2, "D": None}
    assert next(one.lost for one in first.contagion.members if one.id == "D") == 18 * M
    # B alone takes C down (13.8 ≥ 12 needs A's 3.0: 10.8 does not), C alone nobody: A is the only item.
    assert len(result.items) == 1
    assert result.ties


def test_without_what_the_loss_needs_it_says_so_and_is_never_zero():
    lines = [line(name.lower(), name, "TR", amount) for name, amount in OWED.items()]
    result = built(*lines, supplied=SUPPLIED)
    assert result.items == ()
    assert result.empty.case == "l9.empty.fine"
    assert {miss.why for miss in result.not_assessable} == {"lgd_blank", "net_capital_blank"}
    assert {miss.why for miss in built(*lines).not_assessable} == {"links_missing", "lgd_blank", "net_capital_blank"}
    assert built(*lines).empty.case == "l9.empty.no_links"


def test_one_treasury_that_guarantees_every_loan_of_a_country_is_found_although_nothing_moves():
    rest = {f"guarantee_{name}": None for name in TERMS}
    lines = [guaranteed(f"l{n}", f"B{n}", 50, "Treasury", **rest) for n in range(3)]
    result = built(*lines)  # nobody is flagged
    item = only(result)
    assert (item.name, item.key.country, item.action) == ("Treasury", "TR", Action.REPLACE_GUARANTOR)
    assert {reason.metric: reason.value for reason in item.reasons} == {"guarantee_share": 100}
    assert (facts(item)["guaranteed"], facts(item)["falls_back"], facts(item)["knock_on"]) == (150 * M, 150 * M, None)
    assert (len(item.lines), item.amounts.immediate, item.priority) == (3, 150 * M, Priority.LOW)
    assert "guarantees_vague" in {miss.why for miss in result.not_assessable}
    with_loss = only(built(*lines, flagged=("TR",), lgd=Decimal(45), net_capital=300 * M))
    # The guarantor alone: no loss, the risk falls back; both: 45 % of 150.
    assert (facts(with_loss)["knock_on"], facts(with_loss)["if_both"]) == (0, Decimal("67.5") * M)
    assert metrics(with_loss) == {"guarantee_share", "guaranteed", "policy_list"}
    assert with_loss.priority is Priority.MEDIUM


def test_a_guarantor_of_less_than_a_tenth_is_listed_only_where_it_is_flagged():
    def lines(part: float) -> list[dict[str, Any]]:
        return [guaranteed("g", "B1", part, "Agency", "DE"), line("r", "B2", "TR", 100 - part)]

    assert metrics(only(built(*lines(10)))) == {"guarantee_share"}  # exactly 10 %
    assert built(*lines(9)).items == ()
    assert metrics(only(built(*lines(9), flagged=("DE",)))) == {"guaranteed", "policy_list"}
    assert built(guaranteed("g", "B1", 0.5, "Agency"), flagged=("TR",)).items == ()  # below the minimum
    # In a country that is no emerging market a share says nothing, and who guarantees himself is no guarantor.
    assert built(guaranteed("g", "B1", 50, "Agency", "DE", of="DE")).items == ()
    assert built(guaranteed("g", "B1", 50, "B1 A.Ş.")).items == ()
    # A line without a country is a share of none.
    assert metrics(only(built(guaranteed("n", "B3", 50, "Agency", "DE", of=None), *lines(10)))) == {"guarantee_share"}


def test_a_group_with_a_member_in_trouble():
    sound = line("a", "A", "TR", 30, group_id="G")
    assert built(sound, line("b", "B", "CL", 20, group_id="G")).items == ()
    bad = line("b", "B", "CL", 20, group_id="G", loan_class="substandard")
    item = only(built(sound, bad, lgd=Decimal(50)))
    assert (item.key.subject, item.key.country, item.name) == ("group:G", "CL", "G")
    assert (item.action, item.priority, item.amounts.immediate) == (Action.CAP_GROUP, Priority.MEDIUM, 50 * M)
    assert metrics(item) == {"group_members", "member_class"}
    assert [step.failed for step in item.contagion.steps] == [1, 2]
    assert facts(item)["knock_on"] == 25 * M
    assert built(bad, line("c", "C", "CL", 20)).items == ()  # one member is no group
    late = line("b", "B", "CL", 20, group_id="G", loan_class="pass", days_past_due=40)
    assert metrics(only(built(sound, late))) == {"group_members", "member_finding"}
    # By the bank's own rules: Chile's level allows no pass; B owes 21 % of its debt elsewhere over 90 days late.
    fine = line("b", "B", "CL", 20, group_id="G", loan_class="pass")
    assert built(sound, fine).items == ()
    for rules in (ClassRules({"high": "loss"}, {"CL": "high"}), ClassRules(across_banks={"B": Decimal(21)})):
        assert metrics(only(built(sound, fine, class_rules=rules))) == {"group_members", "member_finding"}
    # High in L1: special mention 2, own limit none, due in 30 days 1, B+ 1, uncovered 1 → 5.
    high = line("a", "A", "TR", 30, group_id="G", loan_class="special_mention", rating="B",
                maturity=date(2026, 6, 1), collateral_kind="cash", collateral_value=1)  # fmt: skip
    assert "member_high" in metrics(only(built(high, line("b", "B", "CL", 20, group_id="G"), flagged=("TR",))))


def test_chains_and_circles_of_guarantees():
    chain = [
        line("p", "P", "CL", 1),
        guaranteed("q", "Q", 20, "P A.Ş.", "CL", of="CL"),
        guaranteed("r", "R", 1, "Q A.Ş.", "CL", of="CL"),
        line("x", "X", "CL", 1000),
    ]
    item = only(built(*chain))
    assert (item.key.subject, metrics(item), item.priority) == ("P", {"guarantee_chain"}, Priority.MEDIUM)
    reason = item.reasons[0]
    assert (reason.value, reason.labels["subject"]) == (2, "P A.Ş. → Q A.Ş. → R A.Ş.")
    assert built(*chain[:2], chain[3]).items == ()  # one link
    circle = [guaranteed("p", "P", 20, "Q A.Ş.", "CL", of="CL"), guaranteed("q", "Q", 20, "P A.Ş.", "CL", of="CL")]
    item = only(built(*circle, line("x", "X", "CL", 1000)))
    assert (item.key.subject, metrics(item)) == ("P", {"guarantee_cycle"})


def test_parents_guarantors_and_others_become_edges():
    lines = [line("s", "S", "CL", 20, parent_id="P"), line("p", "P", "CL", 5),
             guaranteed("g", "G1", 30, "Agency", "DE", guarantor_id="AG", of="CL",
                        **{f"guarantee_{name}": value for name, value in TERMS.items()},
                        guarantee_percent=50.0, maturity=date(2030, 1, 1))]  # fmt: skip
    outside = Supplied(links=(Link("claim", "P", "Outside Ltd", 9 * M, "USD", DAY, "s"),))
    result = built(*lines, supplied=outside, lgd=Decimal(45), net_capital=100 * M)
    items = {item.key.subject: item for item in result.items}
    # Half of 30 is covered; the parent takes its subsidiary: 45 % of 25 = 11.25 is 11.25 % of 100.
    assert facts(items["P"])["of_net_capital"] == Decimal("11.25")
    assert items["guarantor:AG"].contagion.edges == (Edge("guarantee", "guarantor:AG", "G1", 15 * M, eligible=True),)
    # Who is hit and has no known capital is named: P through its claim on Outside Ltd, were that to fail.
    assert items["P"].contagion.members[0].kind == "counterparty"
