from datetime import date
from decimal import Decimal

import pytest

from alerts.finding import Finding
from app.refusals import Refused
from app.wording import formats
from app.wording import reviews as words
from app.wording.sentences import refusal, sentence
from exposures.exposure import CLASSES
from exposures.flags import LIMIT_WATCH, LimitStanding, limit_reason
from exposures.reason import Reason
from exposures.reviews.asset_screening import AssetScreening
from exposures.reviews.item import Action, Priority, Status
from exposures.reviews.outlook import Due
from tests.exposures.reviews.books import settings

DAY = date(2026, 5, 26)
WAITING = {"waiting": 14, "items": 112, "amount": Decimal("1286400000"), "currency": "USD", "overdue": 0}
BENEATH = {"lines": 4, "amount": Decimal("161500000"), "due": Decimal(60_000_000), "currency": "USD"}


@pytest.mark.parametrize(
    ("case", "values", "text"),
    [
        ("reviews.never_made", {}, "The lists have not been made yet."),
        ("reviews.need_decision", WAITING, "14 of 112 items need a decision; USD 1,286 m."),
        (
            "reviews.need_decision",
            WAITING | {"waiting": 1, "items": 1, "amount": Decimal(1_500_000)},
            "1 of 1 item needs a decision; USD 1.5 m.",
        ),
        (
            "reviews.need_decision_overdue",
            WAITING | {"overdue": 1},
            "14 of 112 items need a decision; USD 1,286 m. One is overdue.",
        ),
        (
            "reviews.need_decision_overdue",
            WAITING | {"overdue": 3},
            "14 of 112 items need a decision; USD 1,286 m. 3 are overdue.",
        ),
        ("reviews.all_decided", WAITING, "All 112 items have a decision; none is overdue."),
        ("reviews.all_decided_overdue", WAITING | {"overdue": 1}, "All 112 items have a decision; 1 is overdue."),
        ("reviews.all_decided_overdue", WAITING | {"overdue": 2}, "All 112 items have a decision; 2 are overdue."),
        ("reviews.all_settled", {"items": 1}, "Nothing is open; 1 item is settled."),
        ("reviews.all_settled", {"items": 5}, "Nothing is open; 5 items are settled."),
        ("reviews.none_open", {}, "Nothing is open."),
        ("reviews.unassigned", {"unassigned": 1, "items": 36}, "1 of 36 open items has no owner."),
        ("reviews.unassigned", {"unassigned": 3, "items": 36}, "3 of 36 open items have no owner."),
        ("reviews.none_dated", {"items": 1}, "1 item is open and has no due date."),
        ("reviews.none_dated", {"items": 2}, "2 items are open; none has a due date."),
        ("reviews.high_first_due", {"high": 10, "first": DAY}, "10 are high; the first is due on 26 May."),
        ("reviews.high_first_due", {"high": 1, "first": DAY}, "1 is high; the first is due on 26 May."),
        ("reviews.first_due", {"high": 0, "first": DAY}, "None is high; the first is due on 26 May."),
        ("reviews.accounted", {"left": 390, "lines": 484}, "390 of 484 lines are left out, each for one reason."),
        ("reviews.not_accounted", {}, "The parts do not add up to the book: a fault of the program."),
        (
            "reviews.weight",
            {"reasons": 8, "points": 10, "priority": "high"},
            "Risk: High; 10 points from 8 reasons.",
        ),
        ("reviews.lines_of_banks", BENEATH | {"lines": 0}, "USD 162 m by its banks, which have their own items."),
        ("reviews.lines_due", BENEATH, "4 lines, USD 162 m; USD 60 m falls due within 90 days."),
        ("reviews.lines", BENEATH | {"lines": 1}, "1 line, USD 162 m; nothing falls due within 90 days."),
        ("l1.empty.no_flags", {}, "Nothing qualifies: no country or region is flagged."),
        (
            "l1.empty.no_lines",
            {"countries": ("AR", "CL")},
            "Nothing qualifies: the book has no live claim in Argentina, Chile.",
        ),
        (
            "l1.empty.all_small",
            {"lines": 1, "amount": Decimal(1_000_000)},
            "Nothing qualifies: 1 line in flagged countries belongs to subjects below 1,000,000.",
        ),
        (
            "l1.empty.all_small",
            {"lines": 2, "amount": Decimal(1_000_000)},
            "Nothing qualifies: 2 lines in flagged countries belong to subjects below 1,000,000.",
        ),
    ],
)
def test_sentences(case, values, text):
    assert sentence(Finding(case, values)) == text


def test_every_criterion_has_a_topic_and_a_sentence():
    criteria = AssetScreening().criteria(settings())
    topics = [words.criterion(criterion.case) for criterion in criteria]
    assert len(set(topics)) == len(criteria) == 11
    texts = [sentence(criterion) for criterion in criteria]
    assert "1,000,000" in texts[1]
    assert "high 5, medium 10, low 20, minor 30" in texts[8]


def test_every_code_has_a_word():
    assert len({words.action(action) for action in Action}) == len(Action)
    assert len({words.status(code) for code in (*Status, "overdue")}) == len(Status) + 1
    assert len({words.priority(priority) for priority in Priority}) == len(Priority)
    for case in (
        "items",
        "shown_twice",
        "not_screened",
        "not_flagged",
        "outside",
        "not_live",
        "not_converted",
        "liabilities",
    ):
        assert words.part(case)
    for code in (
        "no_class_days_stage",
        "no_country_level",
        "unrated",
        "local_revenue_unknown",
        "undated",
        "no_cover_fields",
    ):
        assert words.why_not_assessable(code, "").endswith(".")
    assert words.why_not_assessable("unmapped", "Ba3") == "The grade Ba3 is not on the rating scale."


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (None, "code", "\u2013"),
        (Decimal("92.04"), "percent", "92.0 %"),
        (Decimal("118000000"), "money", "USD 118 m"),
        (Decimal("-6.1"), "percent", "\u22126.1 %"),
        (Decimal(34), "days", "34"),
        ("special_mention", "class", "Special mention"),
        ("12.5", "class", "12.5"),
        ("B+", "grade", "B+"),
        ("high", "level", "High"),
        (Decimal("1.0"), "flag", "yes"),  # a rule's reading reads as on the page of alerts
        (Decimal("1930.0"), "basis points", "1,930 bp"),
    ],
)
def test_figures(value, unit, text):
    assert words.figure(value, unit, "USD") == text


def test_reasons_say_what_they_are_about():
    use = LimitStanding("country", "TR", Decimal(100), Decimal(95), Decimal(0), "guarantor", DAY, "v31")
    country = limit_reason(use, "limit_country", "limit", LIMIT_WATCH, 1)
    assert words.reason(country) == "Limit of Turkey used"
    alert = Reason("fx_debt", "fx", Decimal("-6.1"), Decimal(-5), "percent", DAY, "A-0003", 2, {"rule": "E9-TR"})
    assert words.reason(alert) == "Foreign-currency debt, alert E9-TR"
    assert words.source(country, "book.xlsx") == "Book v31, book.xlsx"
    assert words.source(alert, "book.xlsx") == "Alert A-0003"
    policy = Reason("policy_list", "country", None, None, "code", DAY, "policy list")
    assert (words.reason(policy), words.source(policy, "b")) == ("On the policy list", "Policy list")


@pytest.mark.parametrize("code", sorted(words.REFUSALS))
def test_every_refusal_has_a_cause_and_a_remedy(code):
    values = {"item": "L1-0001", "line": "L1", "status": "closed", "target": Decimal(-1), "file": "f", "detail": "d"}
    values |= {"who": "wu", "achieved": Decimal(5), "step": "send", "text": "much"}
    values |= {"list": "L11", "name": "reach", "known": ("L1", "L2")}
    what, remedy = refusal(Refused(code, **values))
    assert what.endswith(".")
    assert remedy.endswith(".")
    assert "{" not in what + remedy


def test_classes_are_those_of_the_book():
    assert [words.figure(name, "class", "USD") for name in CLASSES] == [
        "Pass", "Special mention", "Substandard", "Doubtful", "Loss",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("metric", "value", "unit", "labels", "text"),
    [
        ("policy_list", None, "code", {}, "Policy list"),
        ("country_alert", Decimal("-6.1"), "percent", {"rule": "E9"}, "Alert E9"),
        ("tide", None, "", {"rule": "L1"}, "Alert L1"),
        ("fx_debt", Decimal("-6.1"), "percent", {"rule": "E9"}, "Foreign-currency debt"),
        ("limit_country", Decimal(104), "percent", {}, "Country limit 104.0 %"),
        ("limit_active_breach", Decimal(104), "percent", {}, "Country limit 104.0 %"),
        ("limit_group", Decimal(92), "percent", {}, "Group limit 92.0 %"),
        ("limit_counterparty", None, "percent", {}, "Own limit \u2013"),
        ("days_past_due", Decimal(290), "days", {}, "290 days late"),
        ("days_past_due", Decimal(1), "days", {}, "1 day late"),
        ("ifrs_stage", Decimal(3), "stage", {}, "Stage 3"),
        ("rating", "B-", "grade", {}, "Rated B-"),
        ("rating_down", "CCC", "grade", {}, "Lowered to CCC"),
        ("due_30", Decimal(60_000_000), "money", {}, "USD 60 m due in 30 days"),
        ("cover", Decimal(0), "percent", {}, "Cover 0.0 %"),
        ("country_score", Decimal(74), "score", {}, "Score 74"),
        ("country_level", "high", "level", {}, "Country risk High"),
        ("class", "doubtful", "class", {}, "Doubtful"),
        ("finding_below_minimum", "pass", "class", {}, "Class finding"),
    ],
)
def test_a_reason_in_two_or_three_words(metric, value, unit, labels, text):
    given = Reason(metric, "x", value, None, unit, DAY, "v1", 0, labels)
    assert words.brief(given, "USD") == text


def test_short_words_for_narrow_columns():
    assert words.short_action("recover") == "Recover"
    assert [words.short_action(action.value) for action in Action if action is not Action.RECOVER] == [
        words.action(action.value) for action in Action if action is not Action.RECOVER
    ]
    assert words.short_part("not_screened") == "Too small"
    assert [words.due(kind.value) for kind in Due] == ["Overdue", "In 7 days", "Later", "No date"]


def test_names_in_a_sentence_are_joined_once():
    assert [formats.listed("ABC"[:count]) for count in range(4)] == ["", "A", "A and B", "A, B and C"]
    assert formats.opening("limit 92 %") == "Limit 92 %"
