"""The bank's own settings: what each means, what it is now, and what stops working while it is blank."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from alerts.rule import FAMILIES
from app.events import BookChanged, Events
from app.i18n import LANGUAGES
from app.refusals import Misused
from app.settings import ROOMS, Setting
from app.storage import settings
from app.storage.database import Database
from exposures.countries import resolve
from exposures.country_risk import LEVELS
from exposures.exposure import CLASSES
from exposures.reviews.item import Priority
from exposures.reviews.marks import fit
from exposures.reviews.review_list import AGENCY_GRADES

Check = Callable[[Any], bool]

_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")


@dataclass(frozen=True, slots=True)
class Standing:
    """One setting with its full key ("bank.net_capital") and its value; `blank` where nothing is set or shipped."""

    key: str
    setting: Setting
    value: Any

    @property
    def blank(self) -> bool:
        """Whether the program has nothing to go by."""
        return self.value is None or self.value == {} or self.value == "" or self.value == []


class Configuring:
    """Every change is checked as a whole and leaves a line in the audit trail."""

    def __init__(self, database: Database, events: Events, clock: Callable[[], datetime], user: str) -> None:
        self._database, self._events, self._clock, self._user = database, events, clock, user

    def all(self) -> tuple[Standing, ...]:
        """Every setting, room by room in the order of declaration."""
        with self._database.read() as connection:
            values = {room: settings.read(connection, room, declared) for room, declared in ROOMS.items()}
        return tuple(
            Standing(f"{room}.{one.key}", one, values[room][one.key])
            for room, declared in ROOMS.items()
            for one in declared
        )

    def set(self, key: str, text: str) -> Standing:
        """Set `key` from what a person wrote: an amount or a word as it is, tables and lists as JSON.

        Misused "configuring.unknown_key", "configuring.bad_value".
        """
        room, setting = _declared(key)
        value = _value(setting, text)
        if value is None or not CHECKS.get(key, _anything)(value):
            raise Misused(
                "configuring.bad_value", key=key, value=text, kind=setting.kind.__name__, meaning=setting.explanation
            )
        now = self._clock()
        with self._database.write() as connection:
            settings.put(connection, room, setting, value, at=now, who=self._user)
        self._events.publish(BookChanged())
        return Standing(key, setting, value)

    def reset(self, key: str) -> Standing:
        """Back to what is shipped, which may be blank; Misused "configuring.unknown_key"."""
        room, setting = _declared(key)
        with self._database.write() as connection:
            settings.clear(connection, room, setting, at=self._clock(), who=self._user)
        self._events.publish(BookChanged())
        return Standing(key, setting, setting.default)


def _declared(key: str) -> tuple[str, Setting]:
    room, _dot, name = key.partition(".")
    for setting in ROOMS.get(room, ()):
        if setting.key == name:
            return room, setting
    raise Misused(
        "configuring.unknown_key",
        key=key,
        known=tuple(f"{room}.{one.key}" for room, declared in ROOMS.items() for one in declared),
    )


def _value(setting: Setting, text: str) -> Any:
    """The value in the declared kind; None where the text is none of it."""
    if setting.kind is str:
        return text.strip()
    try:
        value = json.loads(text)
    except json.JSONDecodeError:
        return None
    return value if isinstance(value, setting.kind) else None


def _anything(_value: Any) -> bool:
    return True


def _amount(value: Any) -> bool:
    """A number of at least zero, given as text or as a whole number: JSON's fractions are not exact."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return False
    try:
        number = Decimal(value)
    except InvalidOperation:
        return False
    return number.is_finite() and number >= 0


def _percent(value: Any) -> bool:
    return _amount(value) and Decimal(value) <= 100


def _positive(value: Any) -> bool:
    return _amount(value) and Decimal(value) > 0


def _table(of_key: Check, of_value: Check) -> Check:
    def check(value: Mapping[Any, Any]) -> bool:
        return all(of_key(key) and of_value(part) for key, part in value.items())

    return check


def _list(of_item: Check) -> Check:
    def check(value: list[Any]) -> bool:
        return all(of_item(item) for item in value)

    return check


def _day(value: Any) -> bool:
    try:
        date.fromisoformat(value)
    except (TypeError, ValueError):
        return False
    return True


def _zone(value: Any) -> bool:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _country(value: Any) -> bool:
    return isinstance(value, str) and resolve(value) == value


def _grade(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and isinstance(value[0], str) and value[1] in AGENCY_GRADES


def _days(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 366


def _text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def is_address(value: Any) -> bool:
    """Whether a text is one mail address: a name, an @, a host; nothing that could begin another header."""
    return isinstance(value, str) and len(value) <= 254 and _ADDRESS.fullmatch(value) is not None


def is_addressee(value: Any) -> bool:
    """Whether an entry says how an institution or a client is written to: name, email, language, each optional."""
    if not isinstance(value, dict) or not set(value) <= {"name", "email", "language"}:
        return False
    known = value.get("language", "en") in LANGUAGES and all(map(_text, value.values()))
    return known and ("email" not in value or is_address(value["email"]))


def is_receiver(value: Any) -> bool:
    """Whether a text is an address to post to: https, or http on this computer."""
    try:
        parts = urlsplit(value)
        host = parts.hostname
    except (TypeError, ValueError):
        return False
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and host in ("127.0.0.1", "localhost")))


def _whole(least: int, most: int) -> Check:
    return lambda value: not isinstance(value, bool) and isinstance(value, int) and least <= value <= most


def _word(value: Any) -> bool:
    return _text(value) and not any(char.isspace() for char in value)


def _inhibition(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and set(value) <= {"source", "target", "equal"}
        and _text(value.get("source"))
        and _text(value.get("target"))
        and isinstance(value.get("equal", []), list)
        and all(map(_text, value.get("equal", [])))
    )


def _marks(value: Mapping[Any, Any]) -> bool:
    return all(map(_amount, value.values())) and fit({name: Decimal(mark) for name, mark in value.items()})


#: What a value must be, beside its kind.
CHECKS: Mapping[str, Check] = {
    "bank.net_capital": _positive,
    "bank.reserve_ratios": _table(lambda key: key in LEVELS, _percent),
    "bank.reserves_held": _table(_country, _amount),
    "bank.pd_scale": _table(_text, _percent),
    "bank.securities_haircut": _percent,
    "bank.lgd_floor": _percent,
    "bank.minimum_classes": _table(lambda key: key in LEVELS, lambda value: value in CLASSES),
    "bank.late_across_banks": _table(_text, _percent),
    "attachments.most_megabytes": _whole(1, 500),
    "notices.addressees": _table(_text, is_addressee),
    "notifications.mail_server": _word,
    "notifications.mail_user": _word,
    "notifications.ca_bundle": _text,
    "notifications.client_names": _anything,
    "notifications.mail_port": _whole(1, 65535),
    "notifications.mail_security": lambda value: value in ("starttls", "tls", "none"),
    "notifications.mail_sender": is_address,
    "notifications.webhook_url": is_receiver,
    "notifications.webhook_families": _list(lambda value: value in FAMILIES),
    "notifications.webhook_least": lambda value: value in ("warning", "critical"),
    "notifications.timeout_seconds": _whole(1, 120),
    "notifications.gather_seconds": _whole(0, 3600),
    "notifications.digest_from": _whole(2, 1000),
    "notifications.give_up_hours": _whole(1, 720),
    "notifications.repeat_hours": _whole(0, 720),
    "notifications.inhibitions": _list(_inhibition),
    "reviews.home": _country,
    "reviews.policy_list": _list(_country),
    "reviews.minimum_amount": _amount,
    "reviews.due_days": lambda value: set(value) == {one.value for one in Priority} and all(map(_days, value.values())),
    "reviews.reduce_to_limit": _percent,
    "reviews.reduce_to_exposure": _percent,
    "reviews.funding_cap": _percent,
    "reviews.currency_tolerance": _amount,
    "reviews.exempt_lending": _list(lambda value: value in ("trade", "cash")),
    "reviews.approval_tiers": _list(_positive),
    "reviews.tenor_limit": _positive,
    "reviews.tier_1": _positive,
    "reviews.derivative_add_on": _percent,
    "reviews.notionals": _table(_text, _amount),
    "reviews.settlements_ahead": _table(_text, _amount),
    "reviews.income": _table(lambda key: _text(key) and _country(key.rpartition("/")[2]), _amount),
    "reviews.income_hurdle": _percent,
    "reviews.loss_between": _percent,
    "reviews.failure_share": _positive,
    "reviews.lgd": _percent,
    "reviews.marks": _marks,
    "reviews.rating_scale": _list(_grade),
    "reviews.owners": _table(_text, _text),
    "reviews.holds": _table(_text, lambda value: value in ("recovery", "litigation", "sanctions")),
    "reviews.time_zone": _zone,
    "reviews.holidays": _list(_day),
    "reviews.make_up_days": _list(_day),
}
