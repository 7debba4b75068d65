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
    match value:
        case Enum():
            return value.value
        case None | bool() | str() | int() | float():
            return value
        case Decimal():
            return {"decimal": format(value, "f")}
        case datetime():
            return {"instant": value.isoformat()}
        case date():
            return {"date": value.isoformat()}
        case Mapping():
            return {str(key): _plain(part) for key, part in value.items()}
        case Sequence() | set() | frozenset():
            return [_plain(part) for part in value]
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"cannot be stored: {type(value).__name__}")


@lru_cache(maxsize=256)
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _typed(kind: Any, plain: Any) -> Any:
    origin, parts = get_origin(kind), get_args(kind)
    if isinstance(plain, dict) and len(plain) == 1 and (tag := next(iter(plain))) in _TAGS:
        return _TAGS[tag](plain[tag])
    if origin in (Union, types.UnionType):
        if plain is None:
            return None
        known = [part for part in parts if is_dataclass(part) or (isinstance(part, type) and issubclass(part, Enum))]
        return _typed(known[0] if known else Any, plain)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{name: _typed(hints[name], part) for name, part in plain.items() if name in hints})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(plain)
    if isinstance(plain, list):
        return tuple(_typed(parts[0] if parts else Any, part) for part in plain)
    if isinstance(plain, dict):
        return {key: _typed(parts[1] if parts else Any, part) for key, part in plain.items()}
    return plain
