"""What of the lists is in sight: status, owner, due date, country, text, order and widths, kept under a name."""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from app.wording import reviews as words
from exposures.reviews.item import ReviewItem
from exposures.reviews.outlook import due_of
from ui.state import Setting, State

#: In the person's own file of the window, so that everybody has their own.
REVIEWS_VIEWS = Setting("reviews/views", "")
#: Nobody owns it; no owner is called like that.
UNASSIGNED = "\0"


@dataclass(frozen=True, slots=True)
class Sieve:
    """Which items are in sight; what is empty leaves all. `status` and `due` are codes, `owner` may be UNASSIGNED."""

    status: str = ""
    owner: str = ""
    due: str = ""
    country: str = ""

    def lets(self, item: ReviewItem, today: date) -> bool:
        """Whether an item is in sight."""
        owner = UNASSIGNED if item.owner is None else item.owner
        return (
            self.status in ("", words.standing(item, today))
            and self.owner in ("", owner)
            and self.due in ("", due_of(item, today).value)
            and self.country in ("", item.proposal.key.country)
        )


@dataclass(frozen=True, slots=True)
class View:
    """A named view: the list, the part of it, the sieve and the text, and how the table is arranged."""

    name: str
    list_id: str
    part: str
    sieve: Sieve = field(default_factory=Sieve)
    text: str = ""
    widths: dict[str, int] = field(default_factory=dict)
    order: tuple[str, bool] | None = None


def read(state: State) -> tuple[View, ...]:
    """Every kept view by name; what cannot be read is left out."""
    found = []
    for one in _kept(state):
        # what another version of the program wrote
        with suppress(ValueError, TypeError, KeyError, AttributeError):
            found.append(_view(one))
    return tuple(sorted(found, key=lambda view: view.name.casefold()))


def _kept(state: State) -> list[Any]:
    try:
        kept = json.loads(state.get(REVIEWS_VIEWS) or "[]")
    except ValueError:
        return []
    return kept if isinstance(kept, list) else []


def keep(state: State, view: View) -> None:
    """Keep a view; one of the same name gives way to it."""
    _write(state, [*(one for one in read(state) if one.name.casefold() != view.name.casefold()), view])


def forget(state: State, name: str) -> None:
    """Delete a view."""
    _write(state, [one for one in read(state) if one.name != name])


def _write(state: State, views: Sequence[View]) -> None:
    state.put(REVIEWS_VIEWS, json.dumps([asdict(one) for one in views], ensure_ascii=True))


def _view(kept: dict[str, object]) -> View:
    sieve, widths, order = kept["sieve"], kept["widths"], kept["order"]
    if not isinstance(sieve, dict) or not isinstance(widths, dict):
        raise TypeError("not a view")
    return View(
        str(kept["name"]),
        str(kept["list_id"]),
        str(kept["part"]),
        Sieve(**{str(name): str(value) for name, value in sieve.items()}),
        str(kept["text"]),
        {str(name): int(width) for name, width in widths.items()},
        (str(order[0]), bool(order[1])) if isinstance(order, list) else None,
    )
