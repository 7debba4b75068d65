"""Frozen dataclasses as JSON text and back, so that what a person saw is kept exactly as it was."""

import json
import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Any, Union, get_args, get_origin, get_type_hints

#: JSON has neither decimals nor dates: they are written as {"decimal": "1.0"} and the like.
_TAGS: Mapping[str, Callable[[str], Any]] = {
    "decimal": Decimal,
    "date": date.fromisoformat,
    "instant": datetime.fromisoformat,
}

#: Longer texts are decoded every time, so that those of a large book do not stay in memory.
_SHORT = 20_000


def encode(value: Any) -> str:
    """Any value of dataclasses, mappings, sequences, enums, decimals and dates as canonical JSON."""
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def decode(kind: Any, text: str) -> Any:
    """The value of type `kind` that was encoded; raises ValueError or TypeError where the text is no such value.

    What is stored outlives the code: a field that a class gains needs a default, one that it loses is passed over.
    The same short text gives the same value, which nobody changes: a page asks for the same items several times.
    """
    return _decoded(kind, text) if len(text) < _SHORT else _typed(kind, json.loads(text))


@lru_cache(maxsize=4096)
def _decoded(kind: Any, text: str) -> Any:
    return _typed(kind, json.loads(text))


def _plain(value: Any) -> Any:
    kind = value.__class__
    if kind not in _WAYS:
        _WAYS[kind] = _way(kind)
    way = _WAYS[kind]
    return value if way is None else way(value)


#: How a value of a class is made plain, None: it is so already. A list of a large book has millions of values.
_WAYS: dict[type, Callable[[Any], Any] | None] = {}


def _way(kind: type) -> Callable[[Any], Any] | None:
    if issubclass(kind, Enum):
        return lambda value: value.value
    if issubclass(kind, (types.NoneType, bool, str, int, float)):
        return None
    if issubclass(kind, Decimal):
        return lambda value: {"decimal": format(value, "f")}
    if issubclass(kind, datetime):
        return lambda value: {"instant": value.isoformat()}
    if issubclass(kind, date):
        return lambda value: {"date": value.isoformat()}
    if issubclass(kind, Mapping):
        return lambda value: {str(key): _plain(part) for key, part in value.items()}
    if issubclass(kind, (Sequence, set, frozenset)):
        return lambda value: [_plain(part) for part in value]
    if is_dataclass(kind):
        names = tuple(field.name for field in fields(kind))
        return lambda value: {name: _plain(getattr(value, name)) for name in names}
    raise TypeError(f"cannot be stored: {kind.__name__}")


def _typed(kind: Any, plain: Any) -> Any:
    return _reader(kind)(plain)


@lru_cache(maxsize=1024)
def _reader(kind: Any) -> Callable[[Any], Any]:
    """What makes a value of type `kind` of what JSON holds; whatever the type, a tag says what it is."""
    made = _untagged(kind)

    def read(plain: Any) -> Any:
        if plain.__class__ is dict and len(plain) == 1 and (tag := next(iter(plain))) in _TAGS:
            return _TAGS[tag](plain[tag])
        return made(plain)

    return read


def _untagged(kind: Any) -> Callable[[Any], Any]:
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        known: list[Any] = [
            part for part in parts if is_dataclass(part) or (isinstance(part, type) and issubclass(part, Enum))
        ]
        inner = _reader(next(iter(known), Any))
        return lambda plain: None if plain is None else inner(plain)
    if isinstance(kind, type) and is_dataclass(kind):
        readers: dict[str, Callable[[Any], Any]] = {}

        def of_class(plain: Any) -> Any:
            if not readers:  # not before it is read: a class may hold others of its own
                readers.update({name: _reader(hint) for name, hint in get_type_hints(kind).items()})
            return kind(**{name: readers[name](part) for name, part in plain.items() if name in readers})

        return of_class
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    one, named = (parts[0] if parts else Any), (parts[1] if len(parts) > 1 else Any)

    def of_many(plain: Any) -> Any:
        if plain.__class__ is list:
            return tuple(map(_reader(one), plain))
        if plain.__class__ is dict:
            read = _reader(named)
            return {key: read(part) for key, part in plain.items()}
        return plain

    return of_many
