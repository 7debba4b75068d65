"""The sheet that owners fill in: its rows from the lists, its words, and which word is which status."""

from collections.abc import Mapping, Sequence

from app import i18n
from app.spreadsheets.fill_choices import FillRow, FillWords
from app.spreadsheets.fill_sheet import Chosen, plain
from app.wording import filling as said
from app.wording import reviews as terms
from app.wording.terms import loan_class
from exposures.exposure import CLASSES
from exposures.reviews.item import ACTIONS, SETTLED
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
            decided = (
                ("", "", "")
                if decision is None
                else (decision.action.value, plain(decision.target), decision.new_grade or "")
            )
            found.append(FillRow(item.id, shown, item.owner or "", item.due, item.status.value, decided))
    return tuple(found)


def words() -> FillWords:
    """The sheet's texts in the language spoken now."""
    return FillWords(
        said.title(),
        said.explanation(),
        said.headings(),
        list(_words_now()),
        said.bad_date(),
        said.bad_amount(),
        _actions(),
        _grades(),
    )


def chosen() -> Chosen:
    """What can be chosen by what it is called in every language, in small letters."""
    statuses: dict[str, str] = {}
    grades: dict[str, str] = {}
    actions: dict[str, dict[str, str]] = {list_id: {} for list_id in ACTIONS}
    for language in i18n.LANGUAGES:
        with i18n.speaking(language):
            statuses |= {word.casefold(): code for word, code in _words_now().items()}
            grades |= {word.casefold(): code for code, word in _grades().items()}
            for list_id, words_of in _actions().items():
                actions[list_id] |= {word.casefold(): code for code, word in words_of.items()}
    return Chosen(statuses, actions, grades)


def _actions() -> Mapping[str, Mapping[str, str]]:
    return {
        list_id: {action.value: terms.action(action.value) for action in actions}
        for list_id, actions in ACTIONS.items()
    }


def _grades() -> Mapping[str, str]:
    return {code: loan_class(code) for code in CLASSES}


def _words_now() -> Mapping[str, str]:
    return {said.status(status.value): status.value for status in FILLED_STATUSES}
