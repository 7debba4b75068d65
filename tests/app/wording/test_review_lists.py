"""Every list has words for its name, its question, its criteria, its parts, and the codes that it brings."""

import pytest

from app.wording import reviews as words
from app.wording.review_parts import criterion, part, short_part
from app.wording.review_reasons import OWN_WORDS, family, why_not_assessable
from app.wording.sentences import sentence
from exposures.reviews import REVIEW_LISTS
from exposures.reviews.item import ACTIONS, Action
from exposures.reviews.review_list import Grounds
from tests.exposures.reviews.books import TODAY, book, policy_flags
from tests.exposures.reviews.books import settings as shipped


@pytest.mark.parametrize("review_list", REVIEW_LISTS, ids=lambda one: one.id)
def test_names_criteria_actions_and_parts_have_words(review_list):
    assert words.list_name(review_list.id) != review_list.id
    assert words.list_question(review_list.id).endswith("?")
    for found in review_list.criteria(shipped()):
        assert criterion(found.case)
        assert "{" not in sentence(found)
    assert {words.action(action.value) for action in ACTIONS[review_list.id]}
    result = review_list.build(Grounds(book(), policy_flags(), (), (), shipped(), TODAY))
    assert result.empty is not None
    assert "flagged" in sentence(result.empty)
    assert all(part(one.case) and short_part(one.case) for one in result.control.parts)


def test_every_action_and_every_word_of_a_list_can_be_said():
    assert all(words.short_action(action.value) for action in Action)
    for own in OWN_WORDS:
        assert set(own.briefs()) == set(own.reasons())
        assert all(text.format(value="1") for text in own.briefs().values())
        assert all(why_not_assessable(code, "1") for code in own.missing())
        assert all(family(code) for code in own.families())
