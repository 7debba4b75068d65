"""Marks of the lists: the criteria say each as it is set, and a list goes by what is set."""

from decimal import Decimal

import pytest

from app.wording.marks import meaning, shown
from app.wording.sentences import sentence
from exposures.reviews import REVIEW_LISTS
from exposures.reviews.asset_screening import AssetScreening
from exposures.reviews.item import Action, Priority
from exposures.reviews.marks import MARKS, fit, marks_of
from exposures.reviews.overseas_layout import OverseasLayout
from exposures.reviews.points import priority_of
from exposures.reviews.review_list import Grounds
from exposures.reviews.soundness import Light, bank_signs, stressed_capital, together
from tests.exposures.reviews.books import TODAY, book, line, policy_flags, settings

D = Decimal


def criteria(list_id: str, **marks: D) -> str:
    one = next(one for one in REVIEW_LISTS if one.id.lower() == list_id)
    made = settings(marks=marks, approval_tiers=(D(1), D(2)))
    return " ".join(sentence(said) for said in one.criteria(made))


@pytest.mark.parametrize("name", MARKS)
def test_the_criteria_say_every_mark_as_it_is_set(name: str) -> None:
    mark = MARKS[name]
    value = mark.shipped + (D("0.37") if mark.unit == "percent" else D(1))
    list_id = name.partition(".")[0]
    assert name in marks_of(list_id.upper())
    before, after = criteria(list_id), criteria(list_id, **{name: value})
    assert shown(mark.unit, value) in after
    assert before != after
    assert meaning(name)


def test_only_what_fits_can_be_set() -> None:
    assert fit({})
    assert fit({"l1.high": D(6), "l2.share": D("7.5")})
    for wrong in (
        {"l1.points": D(1)},  # there is none
        {"l1.high": D("5.5")},
        {"l2.share": D(101)},
        {"l1.medium": D(6)},  # above high
        {"l8.capital_red": D(11)},  # red milder than amber
        {"l8.fall_amber": D(60)},
    ):
        assert not fit(wrong), wrong


def test_points_and_cover_of_l1_go_by_the_marks() -> None:
    """A stage 2 loan, covered in cash by 40 of 100: 2 points and 1 below 50 %; at a mark of 30 % only 2."""
    held = {"collateral_kind": "cash", "collateral_value": 40, "collateral_country": "TR"}
    lines = [line("1", "EGE", "TR", 100, ifrs_stage=2, **held)]
    flags = policy_flags("TR")

    def points(**marks: D) -> tuple[int, Priority]:
        made = settings(marks=marks)
        (item,) = AssetScreening().build(Grounds(book(*lines), flags, (), (), made, TODAY)).items
        return item.points, item.priority

    assert points() == (3, Priority.MEDIUM)
    assert points(**{"l1.cover": D(30)}) == (2, Priority.LOW)
    assert points(**{"l1.high": D(3)}) == (3, Priority.HIGH)
    assert priority_of(4, settings()) is Priority.MEDIUM
    assert priority_of(4, settings(marks={"l1.high": D(4)})) is Priority.HIGH
    assert priority_of(0, settings()) is Priority.MINOR


def test_triggers_of_l2_go_by_the_marks() -> None:
    """Istanbul has 100 in Turkey of 1,000, 10 %: a trigger at the shipped 10 %, none at 11 %."""
    lines = [
        line("1", "EGE", "TR", 100, booking_entity="Istanbul"),
        line("2", "RHEIN", "DE", 900, booking_entity="Istanbul"),
    ]

    def listed(**marks: D) -> list[Action]:
        grounds = Grounds(book(*lines), policy_flags("TR"), (), (), settings(marks=marks), TODAY)
        return [item.action for item in OverseasLayout().build(grounds).items]

    assert listed() == [Action.KEEP]
    assert listed(**{"l2.share": D(11)}) == []
    assert listed(**{"l2.many": D(1)}) == [Action.SHRINK]


def test_the_lights_of_l8_go_by_the_marks() -> None:
    """CET1 12 less 20 % of 20 on 100: 8 %, amber; less 30 %: 6 %, red. Amber from 7 % only: 8 % is green."""
    figures = {"cet1": D(12), "sovereign": D(20), "rwa": D(100)}

    def light(**set_to: D) -> Light:
        made = settings(marks=set_to)
        return bank_signs(figures, None, made.rating_scale, made.mark)[0].light

    assert stressed_capital(figures) == 8
    assert light() is Light.AMBER
    assert light(**{"l8.haircut": D(30)}) is Light.RED
    assert light(**{"l8.capital_amber": D(7), "l8.capital_red": D(6)}) is Light.GREEN
    few = bank_signs(figures, None, settings().rating_scale)
    assert together(few) is Light.NOT_ASSESSABLE
    assert together(few, settings(marks={"l8.most_grey": D(6)}).mark) is Light.GREEN
