"""The figures that a list shows of its items beside their amounts, in words."""

from app.wording.review_reasons import OWN_WORDS, figure
from exposures.reviews.item import Fact


def fact(code: str) -> str:
    """What a figure of an item is."""
    return {code: word for words in OWN_WORDS for code, word in words.facts().items()}[code]


def fact_value(given: Fact, currency: str) -> str:
    """A figure with its unit; an en dash where it is not known."""
    return figure(given.value, given.unit, currency)
