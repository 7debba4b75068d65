"""The Board's whole H.4.1 release: a ZIP with one XML file of some 125 MB, read as a stream and never held whole."""

import zipfile
from collections.abc import Mapping
from datetime import date
from typing import IO
from xml.parsers import expat

from app.refusals import Refused
from app.series.series import Batch, Series
from app.sources.source import batch_of, day_of, put_once, value_of

#: The file in the archive, and the most it may expand to (bytes).
_DATA, _LARGEST = "_data.xml", 1_000_000_000
#: What an observation says of itself: there is a value, or there is none (then the value is a sentinel such as -9999).
_NORMAL, _NONE = "A", frozenset({"NA", "ND", "NC"})
_MULTIPLIERS = {1: "USD", 10**3: "USD thousands", 10**6: "USD millions", 10**9: "USD billions"}
_CHUNK = 1 << 18


def is_release(start: bytes) -> bool:
    """Whether a file begins as the release does, in its archive or out of it."""
    if start.startswith(b"PK"):
        return (b"H41_" in start[:400] and _DATA.encode() in start[:400]) or b"H41_struct" in start[:400]
    return start.removeprefix(b"\xef\xbb\xbf")[:200].lstrip().startswith(b"<?xml") and b":DataSet" in start[:20_000]


def read(file: IO[bytes], name: str, source: str, wanted: Mapping[str, Series]) -> tuple[Batch, ...]:
    """The wanted series (by the Board's code) of a release in its archive or out of it; Refused on any other shape."""
    if file.read(2) != b"PK":
        file.seek(0)
        return _Reader(name, source, wanted).read(file)
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as packed:
            data = next((one for one in packed.infolist() if one.filename.endswith(_DATA)), None)
            if data is None:
                raise Refused("source.archive", name=name)
            if data.file_size > _LARGEST:
                raise Refused("source.too_large", name=name, most=_LARGEST)
            with packed.open(data) as stream:
                return _Reader(name, source, wanted).read(stream)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise Refused("source.cut", name=name, detail=str(error)) from None


class _Reader:
    def __init__(self, name: str, source: str, wanted: Mapping[str, Series]) -> None:
        self._name, self._source, self._wanted = name, source, wanted
        self._values: dict[str, dict[date, float]] = {}
        self._units: dict[str, str] = {}
        self._inside: str | None = None
        self._codes: list[str] = []
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.EntityDeclHandler = self._entity

    def read(self, file: IO[bytes]) -> tuple[Batch, ...]:
        """Read to the end; only the wanted values are kept."""
        try:
            while chunk := file.read(_CHUNK):
                self._parser.Parse(chunk)
            self._parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise Refused("source.cut", name=self._name, detail=str(error)) from None
        if not self._values:
            raise Refused("source.unknown_series", name=self._name, found=", ".join(self._codes))
        return tuple(
            batch_of(self._wanted[code].id, self._source, values, self._units[code])
            for code, values in self._values.items()
        )

    def _start(self, tag: str, given: dict[str, str]) -> None:
        kind = tag.rpartition(":")[2]
        if kind == "Series":
            code = self._attribute(given, "SERIES_NAME")
            if len(self._codes) < 5:
                self._codes.append(code)
            self._inside = code if code in self._wanted else None
            if self._inside is not None:
                self._units[code] = self._unit(code, given)
                self._values.setdefault(code, {})
        elif kind == "Obs" and self._inside is not None:
            self._observe(self._inside, given)

    def _end(self, tag: str) -> None:
        if tag.rpartition(":")[2] == "Series":
            self._inside = None

    def _observe(self, code: str, given: dict[str, str]) -> None:
        line, status = self._parser.CurrentLineNumber, self._attribute(given, "OBS_STATUS")
        if status in _NONE:
            return
        if status != _NORMAL:
            raise Refused("source.flag", name=self._name, line=line, status=status)
        day = day_of(self._attribute(given, "TIME_PERIOD"), self._name, line)
        value = value_of(self._attribute(given, "OBS_VALUE"), self._name, line)
        put_once(self._values[code], day, value, self._name, line)

    def _unit(self, code: str, given: dict[str, str]) -> str:
        unit, currency, multiplier = (given.get(key, "") for key in ("UNIT", "CURRENCY", "UNIT_MULT"))
        try:
            declared = _MULTIPLIERS.get(int(float(multiplier)))
        except (ValueError, OverflowError):
            declared = None
        if unit != "Currency" or currency != "USD" or declared is None:
            raise Refused("source.unit", name=self._name, column=code, unit=f"{unit} {currency} × {multiplier}")
        return declared

    def _attribute(self, given: dict[str, str], key: str) -> str:
        if key not in given:
            raise Refused("source.column", name=self._name, column=key, found=", ".join(given)[:120])
        return given[key]

    def _entity(self, *_declared: object) -> None:
        """An entity of a document's own can grow without end; the release has none."""
        raise Refused("source.cut", name=self._name, detail="entity")
