"""What an import has to say about a cell, a row or a header: an enumerated rule and its values, never a sentence."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """An error sets its row aside; a warning keeps it and asks for a look; an info explains what was done."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Rule(StrEnum):
    """Everything that can be said; `app.wording.importing` has a sentence for each."""

    # the file itself: what was met on the way in, and what was done about it
    MACROS = "macros"
    STRICT_FORM = "strict_form"
    EXTERNAL_LINKS = "external_links"
    COMMENTS = "comments"
    DATES_FROM_1904 = "dates_from_1904"
    HIDDEN_SHEET = "hidden_sheet"
    EXTENT_CLAIMED = "extent_claimed"
    BLANK_TEXTS = "blank_texts"
    TEXTS_MISSING = "texts_missing"
    TEXT_FORM = "text_form"
    # several sheets
    SHEET_REPEATS = "sheet_repeats"
    SHEET_NOT_READ = "sheet_not_read"
    FILLED_IN = "filled_in"
    COUNTRY_SUPPLIED = "country_supplied"
    ORPHANS = "orphans"
    WITHOUT_LINES = "without_lines"
    LISTED_AGAIN = "listed_again"
    MASTER_DIFFERS = "master_differs"
    # a sheet of limits
    LIMIT_COLUMN_MISSING = "limit_column_missing"
    LIMIT_UNREADABLE = "limit_unreadable"
    LIMIT_REPEATED = "limit_repeated"
    LIMIT_WITHOUT_LINES = "limit_without_lines"
    LIMITS_READ = "limits_read"
    # the sheet and its headers
    HEADER_MISSING = "header_missing"
    HEADER_DUPLICATE = "header_duplicate"
    FIELD_MISSING = "field_missing"
    MERGED_HEADER = "merged_header"
    MERGED_CELLS = "merged_cells"
    HEADER_UNIT = "header_unit"
    COLUMN_NOT_READ = "column_not_read"
    UNIT_UNCLEAR = "unit_unclear"
    OTHER_CURRENCY = "other_currency"
    HIDDEN_ROW = "hidden_row"
    HIDDEN_COLUMN = "hidden_column"
    HIDDEN_LEFT_OUT = "hidden_left_out"
    REPORTING_DATE_DIFFERS = "reporting_date_differs"
    # rows that are no lines
    TOTAL_AGREES = "total_agrees"
    TOTAL_DIFFERS = "total_differs"
    CONTROL_AGREES = "control_agrees"
    CONTROL_DIFFERS = "control_differs"
    REPEATED_HEADER = "repeated_header"
    NOTE_ROW = "note_row"
    # any cell
    ERROR_CELL = "error_cell"
    NO_CACHED_VALUE = "no_cached_value"
    OUTSIDE_COLUMNS = "outside_columns"
    ROW_SHIFTED = "row_shifted"
    # identity
    MISSING_ID = "missing_id"
    DUPLICATE_ID = "duplicate_id"
    ID_ROUNDED = "id_rounded"
    MISSING_COUNTERPARTY = "missing_counterparty"
    # amounts
    TEXT_IN_NUMBER = "text_in_number"
    AMBIGUOUS_NUMBER = "ambiguous_number"
    NEGATIVE_AMOUNT = "negative_amount"
    NEGATIVE_WITHIN_TOLERANCE = "negative_within_tolerance"
    MORE_DECIMALS = "more_decimals"
    MORE_DIGITS = "more_digits"
    AMOUNT_TOO_LARGE = "amount_too_large"
    # the other kinds
    IMPOSSIBLE_DATE = "impossible_date"
    AMBIGUOUS_DATE = "ambiguous_date"
    DATE_FROM_NUMBER = "date_from_number"
    DAY_ORDER = "day_order"
    DECIMAL_MARK = "decimal_mark"
    SHARES_READ = "shares_read"
    MISSING_COUNTRY = "missing_country"
    UNKNOWN_COUNTRY = "unknown_country"
    COUNTRY_FROM_NAME = "country_from_name"
    MISSING_CURRENCY = "missing_currency"
    UNKNOWN_CURRENCY = "unknown_currency"
    CURRENCY_ALIAS = "currency_alias"
    UNKNOWN_CODE = "unknown_code"
    UNREADABLE_FLAG = "unreadable_flag"
    NOT_WHOLE_NUMBER = "not_whole_number"
    OUT_OF_RANGE = "out_of_range"
    # across columns and lines
    COUNTED_ELSEWHERE = "counted_elsewhere"
    LEI_WRONG = "lei_wrong"
    MATURITY_BEFORE_SIGNING = "maturity_before_signing"
    MATURITY_PASSED = "maturity_passed"
    ENDED_WITH_AMOUNT = "ended_with_amount"
    GUARANTOR_MISSING = "guarantor_missing"
    OVERRIDE_WITHOUT_REASON = "override_without_reason"
    COUNTERPARTY_DIFFERS = "counterparty_differs"
    RENEWAL_ORPHAN = "renewal_orphan"
    RENEWAL_OTHER_PARTY = "renewal_other_party"
    RENEWAL_OVERLAPS = "renewal_overlaps"
    RENEWAL_NO_DATES = "renewal_no_dates"
    # against the book before
    AMOUNT_JUMPED = "amount_jumped"
    AMOUNTS_JUMPED = "amounts_jumped"
    NAME_CHANGED = "name_changed"
    # rates
    NO_RATE = "no_rate"
    RATE_LATER = "rate_later"
    RATE_OLD = "rate_old"
    RATES_NOT_PER_USD = "rates_not_per_usd"
    RATE_TWICE = "rate_twice"
    RATE_UNREADABLE = "rate_unreadable"


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing found. `cell` is an address such as J388 ("" where none fits), `value` the cell as text.

    `suggestion` is what the person may have meant (the text to put into the cell), "" where there is none.
    """

    sheet: str
    cell: str
    rule: Rule
    severity: Severity
    value: str = ""
    field: str = ""
    suggestion: str = ""
    values: Mapping[str, Any] = dataclasses.field(default_factory=dict)


#: Issues by columns: their fields but the last; then the keys of their mappings, whose these are, and the values of
#: each key with whether they are texts of decimals.
Packed = tuple[tuple[list[Any], ...], list[tuple[tuple[str, ...], list[int], list[tuple[bool, list[Any]]]]]]
_PLAIN = ("sheet", "cell", "rule", "severity", "value", "field", "suggestion")


def packed(found: Sequence[Issue]) -> Packed:
    """Issues for `pickle`, which takes long over each object."""
    alike: dict[tuple[str, ...], list[int]] = {}
    for place, issue in enumerate(found):
        alike.setdefault(tuple(issue.values), []).append(place)
    said = []
    for keys, places in alike.items():
        held = [[found[place].values[key] for place in places] for key in keys]
        said.append((keys, places, [_texts(column) for column in held]))
    return tuple([getattr(issue, name) for issue in found] for name in _PLAIN), said


def unpacked(held: Packed) -> tuple[Issue, ...]:
    """The issues again."""
    plain, said = held
    values: list[Mapping[str, Any]] = [{}] * len(plain[0])
    for keys, places, columns in said:
        read = [map(Decimal, column) if exact else column for exact, column in columns]
        for place, *row in zip(places, *read, strict=True):
            values[place] = dict(zip(keys, row, strict=True))
    return tuple(map(Issue, *plain, values))


def _texts(column: list[Any]) -> tuple[bool, list[Any]]:
    """A column of decimals by their texts, any other as it is."""
    exact = set(map(type, column)) == {Decimal}
    return exact, list(map(str, column)) if exact else column
