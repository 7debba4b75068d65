"""An officer reads the lists that show figures of their own: each has items, figures, actions, and no text is cut."""

import os
from pathlib import Path

import pytest

from app.bootstrap import Program
from app.wording import reviews as words
from app.wording.review_figures import fact, fact_value
from exposures.reviews import REVIEW_LISTS
from exposures.reviews.item import ACTIONS
from tests.ui.cuts import cuts
from ui.pictures import settle

#: L1 and L3 have journeys of their own.
WITH_FIGURES = tuple(one.id for one in REVIEW_LISTS if one.id not in ("L1", "L3"))


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_each_list_shows_its_own_figures(open_window, sample: Program, language: str):
    lists = {one.id: one for one in sample.reviewing.lists()}
    window = open_window(page="reviews", over=sample)
    window.speak(language)
    page = window.pages["reviews"]
    for name in WITH_FIGURES:
        made = lists[name]
        assert made.items, name
        assert made.result is not None
        assert made.result.ties
        page.lists.table.select(name)
        settle(window)
        (first, *_rest) = (item for item in made.items if item.id == page.items.table.current)
        shown = page.lines.amounts.texts()
        assert made.making is not None
        for own in first.proposal.facts:
            place = shown.index(fact(own.code))
            assert shown[place + 1] == fact_value(own, made.making.currency)
        offered = [page.decision.action.itemText(place) for place in range(page.decision.action.count())]
        assert offered[1:] == [words.action(action.value) for action in ACTIONS[name]]
        if "R1_PICTURES" in os.environ:
            window.grab().save(str(Path(os.environ["R1_PICTURES"]) / f"{name}-{language}.png"))
        assert cuts(page) == [], name
    window.speak("en")
