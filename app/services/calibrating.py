"""What the criteria of a review list depend on: each parameter as it is set, as shipped, and every change of it."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from app.refusals import Misused
from app.services.configuring import Configuring, Standing
from app.storage import audit
from app.storage.database import Database
from exposures.reviews import REVIEW_LISTS
from exposures.reviews.item import Priority
from exposures.reviews.marks import MARKS, marks_of
from exposures.reviews.parameter import Changed, Parameter

#: What every list goes by.
_COMMON = ("reviews.minimum_amount",)
#: What one of them goes by beside its marks.
_OWN: Mapping[str, tuple[str, ...]] = {
    "L2": ("reviews.income_hurdle", "bank.net_capital"),
    "L3": (
        *("reviews.reduce_to_limit", "reviews.reduce_to_exposure"),
        *("reviews.funding_cap", "reviews.currency_tolerance"),
    ),
    "L4": ("reviews.exempt_lending", "reviews.reduce_to_limit", "reviews.reduce_to_exposure"),
    "L5": ("reviews.approval_tiers", "reviews.tenor_limit"),
    "L9": ("reviews.loss_between", "reviews.failure_share", "reviews.lgd", "bank.net_capital"),
    "L10": ("reviews.tier_1", "reviews.derivative_add_on", "bank.securities_haircut"),
}
_MARKS, _DUE = "reviews.marks", "reviews.due_days"


class Calibrating:
    """A change counts from the next making of the lists on; what it was before stays in the audit trail."""

    def __init__(self, database: Database, configuring: Configuring) -> None:
        self._database, self._configuring = database, configuring

    def parameters(self, list_id: str) -> tuple[Parameter, ...]:
        """What a list goes by; Misused "reviews.no_such_list"."""
        known = tuple(one.id for one in REVIEW_LISTS)
        if list_id not in known:
            raise Misused("reviews.no_such_list", list=list_id, known=known)
        standing = {one.key: one for one in self._configuring.all()}
        wanted = [(key, "") for key in (*_COMMON, *_OWN.get(list_id, ()))]
        wanted += [(_MARKS, name) for name in marks_of(list_id)]
        wanted += [(_DUE, priority.value) for priority in Priority]
        trails: dict[str, list[Mapping[str, Any]]] = {}
        with self._database.read() as connection:
            for key, _entry in wanted:
                if key not in trails:
                    trails[key] = audit.trail(connection, subject=key)
        return tuple(
            Parameter(
                key,
                entry,
                _written(standing[key].value, entry),
                _shipped(standing[key], entry),
                tuple(_changes(trails[key], entry)),
            )
            for key, entry in wanted
        )

    def set(self, list_id: str, name: str, text: str) -> Parameter:
        """Set a parameter of a list; Misused "reviews.no_such_parameter", "configuring.bad_value"."""
        one = self._find(list_id, name)
        text = text.strip()
        if one.entry:
            whole = {**self._value(one.key), one.entry: _number(one.key, text)}
            self._configuring.set(one.key, json.dumps(whole))
        else:
            self._configuring.set(one.key, _read(one, self._value(one.key), text))
        return self._find(list_id, name)

    def reset(self, list_id: str, name: str) -> Parameter:
        """A parameter as shipped again; Misused "reviews.no_such_parameter"."""
        one = self._find(list_id, name)
        if not one.entry:
            self._configuring.reset(one.key)
        elif one.key == _MARKS:
            self._configuring.set(one.key, json.dumps({k: v for k, v in self._value(_MARKS).items() if k != one.entry}))
        else:
            self._configuring.set(one.key, json.dumps({**self._value(one.key), one.entry: int(one.shipped)}))
        return self._find(list_id, name)

    def _find(self, list_id: str, name: str) -> Parameter:
        known = self.parameters(list_id)
        found = next((one for one in known if name in (one.name, one.entry or one.name)), None)
        if found is None:
            raise Misused("reviews.no_such_parameter", name=name, known=tuple(one.name for one in known))
        return found

    def _value(self, key: str) -> Any:
        return next(one.value for one in self._configuring.all() if one.key == key)


def _written(value: Any, entry: str) -> str:
    """A value as a person writes it; a mark that is not set is as shipped."""
    if entry:
        found = value.get(entry)
        return str(MARKS[entry].shipped if found is None else found)
    if value is None:
        return ""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _shipped(standing: Standing, entry: str) -> str:
    return _written(standing.setting.default, entry)


def _read(one: Parameter, value: Any, text: str) -> str:
    """What is written, as the settings take it: lists as JSON."""
    listed = isinstance(value, list) or one.key == "reviews.approval_tiers"
    return json.dumps([part.strip() for part in text.split(",") if part.strip()]) if listed else text


def _number(key: str, text: str) -> Any:
    """An entry of a table: days are whole numbers, marks decimals as they are written."""
    return int(text) if key == _DUE and text.isdecimal() else text


def _changes(trail: list[Mapping[str, Any]], entry: str) -> Iterator[Changed]:
    for row in trail:
        if row["action"] not in ("setting.put", "setting.clear"):
            continue
        before, after = (_said(row[side], entry) for side in ("before", "after"))
        if before != after:
            yield Changed(row["at"], row["who"], before, after)


def _said(text: str | None, entry: str) -> str:
    """What a row of the trail says a value was; "" where it was not set."""
    if text is None:
        return ""
    value = json.loads(text)
    if entry:
        return str(value[entry]) if isinstance(value, dict) and entry in value else ""
    return _written(value, "")
