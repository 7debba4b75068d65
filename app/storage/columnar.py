"""Columns of lines as one file of bytes that can be mapped into memory, read column by column, and checked whole.

A text is a small number and a place in the column's list of texts; an amount takes as few bytes as the column's
largest needs; a column without any value takes none. Behind the magic word stand the hash of everything after it, the
length of the head, the head (JSON: what the file says of itself, and where each part begins) and the parts, each at a
multiple of eight bytes.
"""

import json
import mmap
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.storage.distinct import Distinct
from exposures.exposure import FIELD, SOURCE_COLUMNS, Kind
from exposures.labels import Labels
from exposures.lines import DTYPES

Array = npt.NDArray[Any]
#: Changes whenever the bytes mean something else. SQL keeps such bytes for good (`batch_lines`): whoever changes them
#: still reads the earlier ones. A file with another word is made again.
_MAGIC = b"TWCOL001"
_HASH = 32
_STEP = 8
#: A text that stands in so many lines, on average, is one that people look for and sort by.
_OFTEN = 4
_NO_DAY = np.iinfo("int32").min
_HELD = {
    Kind.MONEY: "int64",
    Kind.INTEGER: "int64",
    Kind.NUMBER: "float64",
    Kind.FLAG: "bool",
    Kind.DATE: "int32",
}
#: What stands where a number is missing.
_EMPTY: dict[str, Any] = {"int64": 0, "float64": np.nan, "bool": False, "int32": _NO_DAY}


class Damaged(Exception):
    """The bytes are not the ones that were written."""


@dataclass(frozen=True)
class Texts:
    """A column of texts: `codes` are places in `texts`, -1 where there is none."""

    codes: Array
    stored: Array  # the texts as JSON: a list of a million is read only where somebody asks for it

    @cached_property
    def texts(self) -> list[str]:
        """The different texts, in the order of their codes."""
        found: list[str] = json.loads(self.stored.tobytes())
        return found

    @property
    def values(self) -> Array:
        """The same as an array, whose last is NaN."""
        values = np.empty(len(self.texts) + 1, object)
        values[:-1] = self.texts
        values[-1] = np.nan
        return values

    def taken(self, places: Array | None) -> "Texts":
        """The same of some lines; None: of all."""
        if places is None:
            return self
        taken = Texts(self.codes[places], self.stored)
        taken.__dict__["texts"] = self.texts  # read once, however many parts are taken
        return taken


@dataclass(frozen=True)
class Numbers:
    """A column of numbers, days or flags; `missing` is None where none is."""

    values: Array
    missing: Array | None

    def taken(self, places: Array | None) -> "Numbers":
        """The same of some lines; None: of all."""
        if places is None:
            return self
        return Numbers(self.values[places], None if self.missing is None else self.missing[places])


Column = Texts | Numbers


@dataclass(frozen=True)
class Columns:
    """What a file holds: what it says of itself, arrays by name, and the columns that have any value."""

    head: Mapping[str, Any]
    arrays: Mapping[str, Array]
    columns: Mapping[str, Column]


def packed(
    head: Mapping[str, Any], arrays: Mapping[str, Array], frame: pd.DataFrame, texts: Distinct | None = None
) -> bytes:
    """Arrays and a frame of lines (columns of DTYPES) as the bytes of a file; `texts` are those of that very frame."""
    told = texts or Distinct(frame)
    parts: list[Array] = []
    places: list[tuple[int, int, str]] = []

    def add(values: Array) -> int:
        begins = places[-1][0] + -(-places[-1][1] // _STEP) * _STEP if places else 0
        places.append((begins, values.nbytes, values.dtype.str))
        parts.append(np.ascontiguousarray(values))
        return len(places) - 1

    said = {
        "head": dict(head),
        "arrays": {name: add(values) for name, values in arrays.items()},
        "columns": {name: found for name in DTYPES if (found := _stored(frame, told, name, add)) is not None},
        "places": places,
    }
    text = json.dumps(said).encode()
    text += b" " * (-len(text) % _STEP)
    body = b"".join(
        [len(text).to_bytes(8, "little"), text]
        + [piece for values in parts for piece in (values.tobytes(), bytes(-values.nbytes % _STEP))]
    )
    return _MAGIC + blake2b(body, digest_size=_HASH).digest() + body


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; raises OSError."""
    path.parent.mkdir(exist_ok=True)
    # Another program may write the same at the same moment: each has a file of its own until it is whole.
    draft = path.with_name(f"{path.name}.{os.getpid()}-{os.urandom(4).hex()}.part")
    try:
        draft.write_bytes(content)
        os.replace(draft, path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise


def read(path: Path) -> Columns:
    """Map a file into memory; raises FileNotFoundError, and Damaged where it is not what was written."""
    try:
        with path.open("rb") as stream:
            return unpacked(memoryview(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)))
    except FileNotFoundError:
        raise
    except (OSError, ValueError) as error:  # an empty file cannot be mapped
        raise Damaged(str(error)) from error


def unpacked(content: memoryview) -> Columns:
    """The columns in the bytes of a file, which stay where they are; raises Damaged where their hash is another."""
    begin = len(_MAGIC) + _HASH
    if len(content) < begin + 8 or content[: len(_MAGIC)] != _MAGIC:
        raise Damaged("not a file of columns")
    if blake2b(content[begin:], digest_size=_HASH).digest() != content[len(_MAGIC) : begin]:
        raise Damaged("the hash differs")
    length = int.from_bytes(content[begin : begin + 8], "little")
    said = json.loads(bytes(content[begin + 8 : begin + 8 + length]))

    def part(place: int) -> Array:
        offset, size, kind = said["places"][place]
        dtype = np.dtype(kind)
        return np.frombuffer(content, dtype, size // dtype.itemsize, begin + 8 + length + offset)

    arrays = {name: part(place) for name, place in said["arrays"].items()}
    return Columns(said["head"], arrays, {name: _read_column(found, part) for name, found in said["columns"].items()})


def labels(parts: Sequence[tuple[Column | None, int]], count: int) -> Labels:
    """A column of texts by places in a sorted list; parts one after the other, each with its number of lines."""
    texts = [column.texts for column, _ in parts if isinstance(column, Texts)]
    several = len(texts) > 1
    found = sorted({value for some in texts for value in some} if several else texts[0]) if texts else []
    values = tuple(found)
    places = {value: place for place, value in enumerate(values)} if texts and (several or found != texts[0]) else None
    codes = np.zeros(count, "int32") if not values else np.empty(count, "int32")
    begin = 0
    for column, lines in parts:
        part = codes[begin : begin + lines]
        if not isinstance(column, Texts):
            part[:] = len(values)
        elif places is None:  # the texts are in order already
            part[:] = column.codes
            part[part < 0] = len(values)
        else:
            meant = np.array([*map(places.__getitem__, column.texts), len(values)], "int32")
            meant.take(column.codes, out=part, mode="wrap")
        begin += lines
    return Labels(codes, values)


def joined(name: str, parts: Sequence[tuple[Column | None, int]], count: int) -> Any:
    """A column of lines in its type, from parts one after the other, each with its number of lines."""
    if not any(column for column, _ in parts):
        return pd.Series(index=pd.RangeIndex(count), dtype=DTYPES[name]).array
    if DTYPES[name] == "str":
        pieces = [
            np.full(lines, np.nan, object) if not isinstance(column, Texts) else column.values.take(column.codes)
            for column, lines in parts
        ]
        return pd.array(np.concatenate(pieces) if len(pieces) > 1 else pieces[0], dtype="str", copy=False)
    numbers = [(column if isinstance(column, Numbers) else None, count) for column, count in parts]
    kind = _HELD[_kind(name)]
    filled = [
        np.full(count, _EMPTY[kind], kind) if column is None else column.values.astype(kind, copy=False)
        for column, count in numbers
    ]
    values = np.concatenate(filled) if len(filled) > 1 else filled[0]
    if kind == "float64":
        return values
    if kind == "int32":
        days = values.astype("datetime64[D]").astype("datetime64[s]")
        days[values == _NO_DAY] = np.datetime64("NaT")
        return days
    gaps = [
        np.full(count, column is None) if column is None or column.missing is None else column.missing
        for column, count in numbers
    ]
    missing = np.concatenate(gaps) if len(gaps) > 1 else gaps[0]
    if kind == "bool":
        return pd.arrays.BooleanArray(values, missing)
    return pd.arrays.IntegerArray(values, missing)


def _kind(name: str) -> Kind:
    if name in SOURCE_COLUMNS:
        return Kind.TEXT if name == SOURCE_COLUMNS[0] else Kind.INTEGER
    return FIELD[name].kind


def _stored(frame: pd.DataFrame, told: Distinct, name: str, add: Any) -> dict[str, Any] | None:
    """Where the parts of a column are put; None where it has no value."""
    column, kind = frame[name], _kind(name)
    if DTYPES[name] == "str":
        codes, values = told.of(name)
        if not len(values):
            return None
        if len(values) * _OFTEN <= len(codes):  # in order, so that whoever compares or sorts need not put them so
            order = np.argsort(values)
            ranks = np.empty(len(values) + 1, "int64")
            ranks[order], ranks[-1] = np.arange(len(values)), -1
            codes, values = ranks[codes], values[order]
        texts = json.dumps(values.tolist(), ensure_ascii=False).encode()
        return {"codes": add(_narrow(codes)), "texts": add(np.frombuffer(texts, np.uint8))}
    missing = column.isna().to_numpy(dtype=bool)
    if missing.all():
        return None
    gaps = add(np.packbits(missing)) if missing.any() else None
    match kind:
        case Kind.MONEY | Kind.INTEGER:
            return {"numbers": add(_narrow(column.fillna(0).to_numpy(dtype="int64"))), "missing": gaps}
        case Kind.NUMBER:
            return {"numbers": add(column.to_numpy(dtype="float64")), "missing": None}
        case Kind.FLAG:
            return {"numbers": add(column.fillna(False).to_numpy(dtype=bool).view(np.uint8)), "missing": gaps}
        case _:
            days = column.to_numpy().astype("datetime64[D]").astype("int64")
            return {"numbers": add(np.where(missing, _NO_DAY, days).astype("int32")), "missing": None}


def _narrow(values: Array) -> Array:
    """The same whole numbers in as few bytes as the largest needs."""
    if not len(values):
        return values.astype("int8")
    low, high = int(values.min()), int(values.max())
    kind = next(k for k in ("int8", "int16", "int32", "int64") if np.iinfo(k).min <= low and high <= np.iinfo(k).max)
    return values.astype(kind, copy=False)


def _read_column(stored: Mapping[str, Any], part: Any) -> Column:
    if "codes" in stored:
        return Texts(part(stored["codes"]), part(stored["texts"]))
    numbers = part(stored["numbers"])
    gaps = None
    if stored["missing"] is not None:
        gaps = np.unpackbits(part(stored["missing"]), count=len(numbers)).view(bool)
    return Numbers(numbers, gaps)
