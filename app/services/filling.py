"""The sheet that owners fill in: its rows from the lists, its words, and which word is which status."""

from collections.abc import Mapping, Sequence

from app import i18n
from app.spreadsheets.fill_sheet import FillRow, FillWords
from app.wording import filling as said
from app.wording import reviews as terms
from exposures.reviews.item import SETTLED
from exposures.reviews.made import MadeList
from exposures.reviews.merging import FILLED_STATUSES


def rows(lists: Sequence[MadeList]) -> tuple[FillRow, ...]:
    """Every open item of every list that was made."""
    found = []
    for made in lists:
        for item in made.items:
            if item.status in SETTLED or made.making is None:
                continue
            proposal, decision = item.proposal, item.decision
            action = (decision.action if decision else proposal.action).value
            amount = decision.target if decision else proposal.amount
            shown = (
                said.list_of(made.id),
                terms.item_name(proposal.name, proposal.key),
                said.step(action, amount, made.making.currency),
                terms.status(item.status.value),
            )
            found.append(FillRow(item.id, shown, item.owner or "", item.due, item.status.value))
    return tuple(found)


def words() -> FillWords:
    """The sheet's texts in the language spoken now."""
    return FillWords(said.title(), said.explanation(), said.headings(), list(_words_now()), said.bad_date())


def statuses() -> Mapping[str, str]:
    """Statuses by what they are called in every language, in small letters."""
    found: dict[str, str] = {}
    for language in i18n.LANGUAGES:
        with i18n.speaking(language):
            found |= {word.casefold(): code for word, code in _words_now().items()}
    return found


def _words_now() -> Mapping[str, str]:
    return {said.status(status.value): status.value for status in FILLED_STATUSES}
