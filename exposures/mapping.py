"""Which column of a workbook is which field, and how its cells are to be read; kept as TOML."""

from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from exposures.issues import Severity


@dataclass(frozen=True)
class Mapping:
    """How one layout is read. Keys of the tables are field names of `exposures.exposure.FIELDS`.

    columns: field -> header; fallbacks: field -> header read where the first is blank or unknown (countries);
    constants: field -> value for every line (currency = "USD" is a declaration); units: field -> factor, where the
    header does not say it; values: field -> {cell text: code}; derived: field -> fields it is joined from;
    areas: codes that are no ISO country -> name; countries: further names or codes -> ISO alpha-2;
    severities: rule -> error or warning, where the layout's owner chose differently.
    `tolerance` is in units of the currency: a negative amount not below -tolerance is kept, with a warning, and an
    amount within it does not make a line live.
    """

    name: str
    columns: Map[str, str]
    sheet: str = ""
    header_row: int = 0  # 0: found
    fallbacks: Map[str, str] = field(default_factory=dict)
    constants: Map[str, Any] = field(default_factory=dict)
    units: Map[str, Decimal] = field(default_factory=dict)
    values: Map[str, Map[str, str]] = field(default_factory=dict)
    derived: Map[str, tuple[str, ...]] = field(default_factory=dict)
    areas: Map[str, str] = field(default_factory=dict)
    countries: Map[str, str] = field(default_factory=dict)
    severities: Map[str, Severity] = field(default_factory=dict)
    tolerance: Decimal = Decimal(0)
    date_format: str = ""
    decimal_mark: str = ""  # "": as the file has it
    reporting_date: str = ""  # header of the column that repeats the book's date
    fingerprint: str = ""  # of the headers it was made for
