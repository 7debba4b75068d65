"""What officers and auditors reject (reference, section 14), line by line over the sample's ten lists.

Where a line has its own tests they are named beside it; what is left is here.
"""

import importlib
import re
from decimal import Decimal

import pytest

from app.bootstrap import Program
from app.settings import BANK_SETTINGS, REVIEW_SETTINGS
from app.wording import reviews as words
from exposures.reviews import REVIEW_LISTS
from exposures.reviews.review_list import Grounds
from tests.exposures.reviews.books import TODAY, book, line, policy_flags, settings

#: A line of section 14, the module of its own tests, and their names.
ELSEWHERE = {
    "a silent change of basis": (
        "tests.exposures.reviews.test_exposure_reduction",
        ("test_the_limits_basis_decides_what_counts",),
    ),
    "a list that proposes again what was decided": (
        "tests.app.services.test_deciding",
        (
            "test_keep_and_rejection_are_confirmed_too",
            "test_a_release_that_is_declined_leaves_the_decision_confirmed_and_is_not_proposed_again",
        ),
    ),
    "improved through exchange rates alone": (
        "tests.exposures.reviews.test_workflow",
        ("test_exchange_rates_alone_achieve_nothing",),
    ),
    "a total that does not tie": (
        "tests.app.services.test_reporting",
        ("test_every_list_ends_with_a_control_total_that_ties_to_the_book",),
    ),
    'an item closed by typing "done"': (
        "tests.exposures.reviews.test_workflow",
        ("test_typing_done_says_nothing", "test_what_a_closing_lacks"),
    ),
    "a notice that reveals a class": (
        "tests.app.services.test_noticing",
        ("test_a_template_of_the_bank_cannot_give_anything_away", "test_a_client_reads_of_itself_only"),
    ),
}
#: Section 15: what the program may not take for the bank's, or the regulator's.
BLANK = {
    *("net_capital", "reserve_ratios", "reserves_held", "pd_scale", "lgd_floor", "securities_haircut"),
    *("tier_1", "currency_tolerance", "derivative_add_on", "income_hurdle", "exempt_lending", "approval_tiers"),
    *("tenor_limit", "lgd", "owners", "rating_scale", "holds", "holidays", "make_up_days"),
}


@pytest.mark.parametrize("about", ELSEWHERE)
def test_a_line_has_its_own_tests(about: str) -> None:
    module, names = ELSEWHERE[about]
    found = importlib.import_module(module)
    assert [name for name in names if not hasattr(found, name)] == []


def test_every_number_leads_to_a_row_of_a_file_or_a_release(sample: Program) -> None:
    books = {f"v{batch.id}" for batch in sample.surveying.batches()}
    alerts = {alert.id: alert for alert in sample.monitoring.alerts()}
    people = {one.approver for one in sample.levelling.proposals() if one.approved}
    supplied = {row.origin for version in sample.supplying.versions() for row in version.rows}
    frame = sample.surveying.book().lines
    rows = {f"{one.source_sheet}!{int(one.source_row)}" for one in frame.itertuples()}
    for made in sample.reviewing.lists():
        assert made.items, made.id
        for item in made.items:
            for reason in item.proposal.reasons:
                assert reason.date <= sample.reviewing.today(), (item.id, reason)
                known = reason.source in {*books, *alerts, *people, *supplied, "score", "policy list"}
                assert known, (item.id, reason.metric, reason.source)
            assert {one.source for one in item.proposal.lines} <= rows, item.id


def test_every_number_says_its_unit(sample: Program) -> None:
    signs = {"percent": r"%$", "money": r"^[A-Z]{3} .* m$", "basis points": r"bp$"}
    for made in sample.reviewing.lists():
        assert made.making is not None
        for item in made.items:
            for reason in item.proposal.reasons:
                if isinstance(reason.value, Decimal) and reason.unit in signs:
                    told = words.figure(reason.value, reason.unit, made.making.currency)
                    assert re.search(signs[reason.unit], told), (item.id, reason.metric, told)


def test_one_borrower_of_hundreds_of_lines_is_one_item_of_a_list() -> None:
    kinds = ("loan", "trade_finance", "placement", "derivative", "guarantee")
    lines = [
        line(f"N{at}", "EGE", "TR", 2, undrawn=1, instrument=kinds[at % 5], sector="bank", booking_entity="Istanbul",
             group_id="G", maturity="2026-06-10", local_revenue=True, loan_class="special_mention")
        for at in range(300)
    ]  # fmt: skip
    grounds = Grounds(book(*lines), policy_flags("TR"), (), (), settings(), TODAY)
    for review_list in REVIEW_LISTS:
        found = [item.key for item in review_list.build(grounds).items]
        assert len(found) == len(set(found)) <= 2, review_list.id  # L8: the bank and its banking system


def test_no_default_stands_for_the_banks_or_the_regulators_figure() -> None:
    shipped = {one.key: one.default for one in (*BANK_SETTINGS, *REVIEW_SETTINGS)}
    assert {key for key in BLANK if shipped[key] not in (None, {}, [], "")} == set()
