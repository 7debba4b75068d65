"""Which column of a workbook is which field, and how its cells are to be read; kept as TOML."""

import tomllib
from collections.abc import Mapping as Map
from dataclasses import dataclass, field, fields
from decimal import Decimal, InvalidOperation
from importlib import resources
from typing import Any

from exposures import headers
from exposures.cells import Cells
from exposures.exposure import FIELD, MONEY_FIELDS, STAGES, Kind
from exposures.issues import Rule, Severity


class MappingError(ValueError):
    """The text is no mapping: `reason` is a code, `line` counts from 1 (0: not known), `entry` names the place."""

    def __init__(self, reason: str, line: int = 0, entry: str = "", detail: str = "") -> None:
        super().__init__(f"{reason}: {entry} {detail} (line {line})")
        self.reason, self.line, self.entry, self.detail = reason, line, entry, detail


@dataclass(frozen=True)
class Mapping:
    """How one layout is read. Keys of the tables are field names of `exposures.exposure.FIELDS`.

    columns: field -> header; fallbacks: field -> header read where the first is blank (countries);
    constants: field -> text for every line whose cell is blank or not there (currency = "USD" is a declaration);
    units: field -> factor, where the header does not say it; values: field -> {cell text: code}; derived: field ->
    fields whose normal forms it is joined from; areas: codes that are no ISO country -> name; countries: further names
    or codes -> ISO alpha-2; severities: rule -> severity, where the layout's owner chose differently;
    stages: stage -> {amount: amount it counts as}, such as
    approved -> {undrawn: pending}. `date_format` is a strptime form, dmy or mdy; "": each column tells by itself.
    `tolerance` is in units of the currency: a negative amount not below -tolerance is kept, with a warning, and an
    amount within it does not make a line live.
    """

    name: str
    columns: Map[str, str]
    sheet: str = ""
    header_row: int = 0  # 0: found
    fallbacks: Map[str, str] = field(default_factory=dict)
    constants: Map[str, str] = field(default_factory=dict)
    units: Map[str, Decimal] = field(default_factory=dict)
    values: Map[str, Map[str, str]] = field(default_factory=dict)
    derived: Map[str, tuple[str, ...]] = field(default_factory=dict)
    areas: Map[str, str] = field(default_factory=dict)
    countries: Map[str, str] = field(default_factory=dict)
    severities: Map[str, Severity] = field(default_factory=dict)
    stages: Map[str, Map[str, str]] = field(default_factory=dict)
    tolerance: Decimal = Decimal(0)
    date_format: str = ""
    decimal_mark: str = ""  # "": as the file has it
    hidden: str = ""  # "skip": hidden rows and columns are left out
    reporting_date: str = ""  # header of the column that repeats the book's date
    fingerprint: str = ""  # of the headers it was made for

    @property
    def wanted(self) -> tuple[str, ...]:
        """Every header it reads."""
        extra = (self.reporting_date,) if self.reporting_date else ()
        return (*self.columns.values(), *self.fallbacks.values(), *extra)


#: What is not signed is no commitment yet (CALCULATIONS 1.6).
_UNSIGNED = {"in_approval": {"undrawn": "pending"}, "approved": {"undrawn": "pending"}}


def propose(cells: Cells, name: str = "") -> Mapping:
    """The mapping that the headers themselves say: exact synonyms only, the first column of each field."""
    columns: dict[str, str] = {}
    for header in cells.headers:
        known = headers.parse(header).field
        if known is not None:
            columns.setdefault(known, header)
    derived = {} if "counterparty_id" in columns else {"counterparty_id": ("country", "counterparty_name")}
    return Mapping(
        name=name or cells.sheet,
        columns=columns,
        derived=derived,
        constants={} if "side" in columns else {"side": "asset"},
        stages=_UNSIGNED if {"stage", "undrawn"} <= columns.keys() else {},
        fingerprint=headers.fingerprint(cells.headers),
    )


def shipped() -> Map[str, Mapping]:
    """The mappings that come with the program, by name."""
    files = sorted(resources.files("exposures").joinpath("mappings").iterdir(), key=lambda file: file.name)
    made = [from_toml(file.read_text("utf-8")) for file in files if file.name.endswith(".toml")]
    return {mapping.name: mapping for mapping in made}


_TABLES = (
    "columns",
    "fallbacks",
    "constants",
    "units",
    "values",
    "derived",
    "areas",
    "countries",
    "severities",
    "stages",
)
_OF_FIELDS = ("columns", "fallbacks", "constants", "units", "values", "derived")
_TEXTS = ("name", "sheet", "date_format", "decimal_mark", "hidden", "reporting_date", "fingerprint")


def from_toml(text: str) -> Mapping:
    """The mapping a TOML text holds; raises MappingError naming the line and the entry."""
    try:
        data = tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        line = int(str(error).split("at line ")[1].split(",")[0]) if "at line " in str(error) else text.count("\n") + 1
        raise MappingError("not_toml", line, detail=str(error)) from None
    known = {spec.name for spec in fields(Mapping)}
    for key in data:
        if key not in known:
            raise MappingError("unknown_entry", _line_of(text, key), key)
    made: dict[str, Any] = {}
    for key, value in data.items():
        if key in _TABLES:
            if not isinstance(value, dict):
                raise MappingError("not_a_table", _line_of(text, key), key)
            made[key] = {name: _entry(text, key, name, part) for name, part in value.items()}
        elif key == "tolerance":
            made[key] = _decimal(text, key, value)
            if made[key] < 0:
                raise MappingError("negative_tolerance", _line_of(text, key), key)
        elif key == "header_row":
            if not isinstance(value, int) or isinstance(value, bool) or value < 0:
                raise MappingError("not_a_row", _line_of(text, key), key)
            made[key] = value
        elif not isinstance(value, str):
            raise MappingError("not_text", _line_of(text, key), key)
        else:
            made[key] = value
    if made.get("decimal_mark", "") not in ("", ".", ","):
        raise MappingError("decimal_mark", _line_of(text, "decimal_mark"), "decimal_mark")
    if made.get("hidden", "") not in ("", "skip"):
        raise MappingError("hidden", _line_of(text, "hidden"), "hidden")
    for needed in ("name", "columns"):
        if not made.get(needed):
            raise MappingError("missing_entry", 0, needed)
    return Mapping(**made)


def _entry(text: str, table: str, name: str, value: Any) -> Any:
    line, place = _line_of(text, name, table), f"{table}.{name}"
    if table in _OF_FIELDS and name not in FIELD:
        raise MappingError("unknown_field", line, place)
    match table:
        case "units":
            factor = _decimal(text, name, value, table)
            if factor <= 0 or FIELD[name].kind is not Kind.MONEY:
                raise MappingError("not_a_unit", line, place)
            return factor
        case "values":
            if not isinstance(value, dict) or not all(isinstance(code, str) for code in value.values()):
                raise MappingError("not_a_table", line, place)
            for word, code in value.items():
                if FIELD[name].codes and code not in FIELD[name].codes:
                    raise MappingError("unknown_code", _line_of(text, word), f"{place}.{word}", code)
            return value
        case "derived":
            if not isinstance(value, list) or not value or not all(part in FIELD for part in value):
                raise MappingError("not_fields", line, place)
            return tuple(value)
        case "stages":
            if name not in STAGES or not isinstance(value, dict):
                raise MappingError("unknown_code", line, place, name)
            for source, target in value.items():
                if not {source, target} <= set(MONEY_FIELDS) or source == target:
                    raise MappingError("unknown_field", line, f"{place}.{source}")
            return value
        case "severities":
            if name not in set(Rule) or value not in set(Severity):
                raise MappingError("not_a_severity", line, place)
            return Severity(value)
    if not isinstance(value, str) or (table != "areas" and not value):
        raise MappingError("not_text", line, place)
    return value


def _decimal(text: str, key: str, value: Any, table: str = "") -> Decimal:
    try:
        number = Decimal(value if isinstance(value, str | int) and not isinstance(value, bool) else repr(value))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise MappingError("not_a_number", _line_of(text, key, table), key)
    return number


def _line_of(text: str, key: str, table: str = "") -> int:
    """The line on which an entry stands (0: not found), for a person to look at."""
    inside = not table
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.strip()
        inside = inside or bare.startswith(f"[{table}")
        if inside and (bare.split("=")[0].strip().strip("\"'") == key or bare in (f"[{key}]", f"[{table}.{key}]")):
            return number
    return 0


def to_toml(mapping: Mapping) -> str:
    """The mapping as TOML; `from_toml` gives it back."""
    lines = [f"{key} = {_quoted(getattr(mapping, key))}" for key in _TEXTS if getattr(mapping, key)]
    if mapping.header_row:
        lines.append(f"header_row = {mapping.header_row}")
    if mapping.tolerance:
        lines.append(f'tolerance = "{mapping.tolerance}"')
    for table in _TABLES:
        entries = getattr(mapping, table)
        if table in ("values", "stages"):
            for name, words in entries.items():
                lines += ["", f"[{table}.{name}]", *(f"{_quoted(w)} = {_quoted(code)}" for w, code in words.items())]
        elif entries:
            lines += ["", f"[{table}]", *(f"{_quoted(name)} = {_value(part)}" for name, part in entries.items())]
    return "\n".join(lines) + "\n"


def _value(value: Any) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(_quoted(part) for part in value) + "]"
    return _quoted(str(value))


def _quoted(text: str) -> str:
    """A TOML basic string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(f"\\u{ord(c):04x}" if ord(c) < 32 or ord(c) == 127 else c for c in escaped) + '"'
