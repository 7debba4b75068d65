"""The parameters of a list: set one by one, taken back, every change kept, counted from the next making on."""

import pytest

from app.bootstrap import Program
from app.refusals import Misused
from app.wording import parameters
from app.wording.sentences import sentence
from exposures.reviews.parameter import Parameter
from tests.app.services.test_deciding import two as two  # a fixture
from tests.conftest import Clock


def of(program: Program, list_id: str, name: str) -> Parameter:
    return next(one for one in program.calibrating.parameters(list_id) if one.name == name)


def test_a_mark_is_set_counts_from_the_next_making_on_and_each_version_is_kept(two: tuple[Program, Program]) -> None:
    li, wu = two
    share = "reviews.marks/l2.share"
    assert (of(li, "L2", share).value, of(li, "L2", share).changes) == ("10", ())
    li.calibrating.set("L2", share, " 12.5 ")
    wu.calibrating.set("L2", "l2.growth", "30")  # another mark of the same table
    wu.calibrating.set("L2", share, "15")
    found = of(li, "L2", share)
    assert (found.value, found.shipped) == ("15", "10")
    assert [(one.who, one.before, one.after) for one in found.changes] == [("li", "", "12.5"), ("Wu", "12.5", "15")]
    made = li.reviewing.lists()[1].result
    assert made is not None
    assert "10 % or more of the entity" in " ".join(map(sentence, made.criteria)), "a list says what it was made by"
    again = li.reviewing.generate().made[1].result
    assert again is not None
    said = " ".join(map(sentence, again.criteria))
    assert "15 % or more of the entity" in said
    assert "growth of 30 % or more" in said
    back = li.calibrating.reset("L2", share)
    assert (back.value, back.changes[-1].after) == ("10", "")
    assert of(li, "L2", "reviews.marks/l2.growth").value == "30"


def test_what_was_changed_since_the_list_was_made_is_said(two: tuple[Program, Program], clock: Clock) -> None:
    li, _wu = two
    clock.advance(days=1)
    li.calibrating.set("L8", "l8.haircut", "30")

    def said() -> str:
        return parameters.applied(li.reviewing.lists()[7], li.calibrating.parameters("L8"))

    assert said().endswith("1 parameter was changed since: make the lists again.")
    clock.advance(days=1)
    li.reviewing.generate()
    assert said().endswith("to book v1.")


def test_days_amounts_and_lists_are_set_as_they_are_written(two: tuple[Program, Program]) -> None:
    li, _wu = two
    assert li.calibrating.set("L1", "reviews.due_days/high", "3").value == "3"
    assert of(li, "L1", "reviews.due_days/low").value == "20"
    assert li.calibrating.reset("L1", "reviews.due_days/high").value == "5"
    assert of(li, "L10", "bank.securities_haircut").value == ""
    assert li.calibrating.set("L10", "bank.securities_haircut", "25").value == "25"
    assert li.calibrating.set("L5", "reviews.approval_tiers", "5000000, 20000000").value == "5000000, 20000000"
    assert li.calibrating.set("L4", "reviews.exempt_lending", "cash").value == "cash"
    assert li.calibrating.set("L3", "reviews.currency_tolerance", "30000000").shipped == ""
    assert li.calibrating.reset("L3", "reviews.currency_tolerance").value == ""


@pytest.mark.parametrize(
    ("list_id", "name", "text", "code"),
    [
        ("L2", "l2.share", "101", "configuring.bad_value"),
        ("L2", "l2.share", "", "configuring.bad_value"),
        ("L2", "l2.share", "=1+1", "configuring.bad_value"),
        ("L1", "l1.medium", "6", "configuring.bad_value"),  # above high
        ("L1", "reviews.due_days/high", "soon", "configuring.bad_value"),
        ("L2", "l8.haircut", "5", "reviews.no_such_parameter"),
        ("L11", "l1.high", "5", "reviews.no_such_list"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(
    program: Program, list_id: str, name: str, text: str, code: str
) -> None:
    with pytest.raises(Misused) as refused:
        program.calibrating.set(list_id, name, text)
    assert refused.value.code == code
    assert not any(one.changes for one in program.calibrating.parameters("L2"))


def test_every_list_has_parameters_that_it_says(program: Program) -> None:
    for list_id in (f"L{number}" for number in range(1, 11)):
        names = [one.name for one in program.calibrating.parameters(list_id)]
        assert "reviews.minimum_amount" in names
        assert len(names) == len(set(names))
