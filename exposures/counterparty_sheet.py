"""A sheet of counterparties or ratings beside the lines: it fills in what lines lack; whatever else differs is told.

A line's own value stands where both say something: it is what the department reported for that line, and the control
totals and limits of the book are over lines. Every difference is an issue at the sheet's cell.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from exposures import columns, conventions, headers
from exposures.cells import Cells, address
from exposures.coded import Objects
from exposures.columns import text_of
from exposures.counterparty_places import Place, Places
from exposures.exposure import FIELD, Kind
from exposures.imported import Imported, typed_series
from exposures.issues import Issue, Rule, Severity

#: What a sheet of counterparties or ratings may fill in where a line has nothing.
FILLED = (
    *("counterparty_name", "group_id", "parent_id", "sector", "lei", "rating", "head_office_country"),
    *("dependent_branch", "relationship_owner", "next_review", "local_revenue"),
)
#: What it says beside that a line always has: compared only.
COMPARED = ("country",)
_NAMED = 6


def fill(found: Imported, table: Cells, role: str = "counterparties") -> Imported:
    """Fill what lines lack, by counterparty number; tell what differs, is unreadable, or has no other side."""
    where = _where(table)
    if "counterparty_id" not in where:
        issue = Issue(table.sheet, "", Rule.SHEET_NOT_READ, Severity.INFO, values={"role": role})
        return replace(found, issues=(*found.issues, issue))
    issues = list(found.issues)
    keys = [text_of(value) for value in table.columns[where["counterparty_id"]]]
    first = _first_rows(table, keys, where["counterparty_id"], issues)
    lines = found.lines.copy()
    ids = lines["counterparty_id"]
    for name in (*FILLED, *COMPARED):
        if name not in where:
            continue
        known = _known(table, where[name], name, first, issues)
        if name in FILLED:
            given = typed_series(FIELD[name], _looked_up(ids, known), np.arange(len(lines)))
            given.index = lines.index
            gained = lines[name].isna() & given.notna()
            lines[name] = lines[name].where(~gained, given)
            if gained.any():
                issues.append(_filled(table, where[name], name, found.lines.loc[gained], first))
        issues += _differences(found.lines, table, where[name], name, first, known)
    issues += _orphans(table, set(ids.dropna()), set(first))
    return replace(found, lines=lines, issues=tuple(issues))


def places(tables: Sequence[Cells]) -> Places:
    """Where counterparties are, by their number, as sheets of counterparties or ratings say; the first sheet's counts.

    Cells that cannot be read say nothing here; `fill` tells them.
    """
    found: dict[str, Place] = {}
    for table in tables:
        where = _where(table)
        if not {"counterparty_id", "country"} <= where.keys():
            continue
        keys = [text_of(value) for value in table.columns[where["counterparty_id"]]]
        first = _first_rows(table, keys, where["counterparty_id"], [])
        for key, code in _known(table, where["country"], "country", first, []).items():
            found.setdefault(key, Place(code, table.sheet, table.address(first[key], where["country"])))
    return found


def _where(table: Cells) -> dict[str, int]:
    """The column of each field that a header names; of several the first."""
    return {
        field: place
        for place, header in reversed(list(enumerate(table.headers)))
        if (field := headers.parse(header).field) is not None
    }


def _filled(table: Cells, column: int, name: str, gained: pd.DataFrame, first: Mapping[str, int]) -> Issue:
    """What one column of the sheet gave to lines: at its header, with the first lines and the cells they are from."""
    named = zip(gained["line_id"].iloc[:_NAMED], gained["counterparty_id"].iloc[:_NAMED], strict=True)
    lines = [f"{line} ({table.address(first[str(key)], column)})" for line, key in named]
    said = {"count": len(gained), "named": ", ".join(lines)}
    where = address(table.header_row, column)
    return Issue(table.sheet, where, Rule.FILLED_IN, Severity.INFO, table.headers[column], name, values=said)


def _looked_up(ids: "pd.Series[Any]", known: Mapping[str, Any]) -> Objects:
    """What the sheet says of each line's counterparty; None where nothing."""
    given = np.full(len(ids), None, dtype=object)
    given[:] = [None if pd.isna(key) else known.get(key) for key in ids]
    return given


def _first_rows(table: Cells, keys: list[str], column: int, issues: list[Issue]) -> dict[str, int]:
    """Where each number stands first; one that stands again is told, and its later row is not read."""
    first: dict[str, int] = {}
    for index, key in enumerate(keys):
        if not key:
            continue
        if key in first:
            said = {"first": table.address(first[key], column)}
            where = table.address(index, column)
            issues.append(Issue(table.sheet, where, Rule.LISTED_AGAIN, Severity.WARNING, key, "counterparty_id",
                                values=said))  # fmt: skip
        else:
            first[key] = index
    return first


def _known(table: Cells, column: int, name: str, first: Mapping[str, int], issues: list[Issue]) -> dict[str, Any]:
    """What the sheet says of each number; a cell that cannot be read is told and says nothing."""
    spec = FIELD[name]
    written = (conventions.day_order(table.columns[column]) or "") if spec.kind is Kind.DATE else ""
    parse = columns.country_reader({}, {}) if spec.kind is Kind.COUNTRY else columns.reader(
        spec, {}, str(written), table.decimal_mark
    )  # fmt: skip
    known: dict[str, Any] = {}
    for key, index in first.items():
        raw = table.columns[column][index]
        if raw is None:
            continue
        value, fault = parse(raw)
        if fault is not None:
            issues.append(Issue(table.sheet, table.address(index, column), fault.rule, Severity.WARNING, text_of(raw),
                                name, fault.suggestion, fault.values))  # fmt: skip
        if value is not None:
            known[key] = value
    return known


def _differences(
    lines: pd.DataFrame, table: Cells, column: int, name: str, first: Mapping[str, int], known: Mapping[str, Any]
) -> list[Issue]:
    """Where lines say something else than the sheet; one issue of a counterparty and field."""
    theirs = lines["counterparty_id"].map(lambda key: known.get(key))
    both = lines[name].notna() & theirs.notna()
    differs = both & (lines[name].astype(object) != theirs)
    issues = []
    for key, part in lines[differs].groupby("counterparty_id", sort=True):
        value = part[name].iloc[0]
        said = {"count": len(part), "value": text_of(value), "line": str(part["line_id"].iloc[0])}
        where = table.address(first[str(key)], column)
        told = text_of(known[str(key)])
        issues.append(Issue(table.sheet, where, Rule.MASTER_DIFFERS, Severity.WARNING, told, name, values=said))
    return issues


def _orphans(table: Cells, of_lines: set[str], of_sheet: set[str]) -> list[Issue]:
    """Numbers of lines that the sheet lacks (a warning), and of the sheet that no line has."""
    issues = []
    for rule, severity, names in (
        (Rule.ORPHANS, Severity.WARNING, sorted(of_lines - of_sheet)),
        (Rule.WITHOUT_LINES, Severity.INFO, sorted(of_sheet - of_lines)),
    ):
        if names:
            said = {"count": len(names), "sheet": table.sheet}
            named = ", ".join(names[:_NAMED])
            issues.append(Issue(table.sheet, "", rule, severity, named, "counterparty_id", values=said))
    return issues
