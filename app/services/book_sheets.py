"""The other sheets of a workbook beside the one with the lines: more lines, and tables that fill them in."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache

from sqlalchemy import Connection

from app.services import layouts
from app.storage import audit, limits
from exposures import counterparty_sheet, headers, importing, limit_sheet, renewal_checks, sheets
from exposures.cells import Cells, Workbook
from exposures.counterparty_places import Asked, Places
from exposures.excerpt import Excerpt, excerpt
from exposures.imported import Imported
from exposures.issues import Issue, Rule, Severity
from exposures.limits import Limit
from exposures.mapping import Mapping as Layout
from exposures.rates import Rate
from exposures.sheets import Part, Role


def places(workbook: Workbook, main: str) -> Asked:
    """What sheets of counterparties beside the main one say of where they are; looked at once, when first asked."""

    @cache
    def found() -> Places:
        return counterparty_sheet.places([cells for cells, _ in _tables(workbook, main)])

    return found


def _tables(workbook: Workbook, main: str) -> list[tuple[Cells, Role]]:
    """The sheets that fill lines in."""
    return [
        (cells, what)
        for sheet in workbook.sheets
        if (what := sheets.role(sheet.name)) in (Role.COUNTERPARTIES, Role.RATINGS)
        and sheet.name != main
        and sheet.visible
        and (cells := headers.find_table(sheet)) is not None
    ]


def excerpts(
    workbook: Workbook, main: Cells, issues: Sequence[Issue], *, by_itself: bool = False
) -> tuple[Excerpt, ...]:
    """Rows of the main sheet, then of the others that belong to a book by their names, in the workbook's order.

    `by_itself`: somebody chose the sheet, and the others were not looked at.
    """
    found = [main]
    for sheet in () if by_itself else workbook.sheets:
        what = sheets.role(sheet.name)
        if what is None or sheet.name == main.sheet or not sheet.visible:
            continue
        cells = headers.find_table(sheet, wanted=limit_sheet.WANTED if what is Role.LIMITS else ())
        if cells is not None:
            found.append(cells)
    return tuple(excerpt(cells, issues) for cells in found)


def alone(main: Part) -> Imported:
    """What was read of a sheet that somebody chose, without the others."""
    return replace(main.found, issues=(*main.found.issues, *renewal_checks.check(main.found, [main])))


def with_others(
    workbook: Workbook,
    main: Part,
    known: Mapping[str, Layout],
    on: date,
    given_rates: Sequence[Rate],
    known_places: Asked = dict,
) -> Imported:
    """What was read of the main sheet, with what other sheets add; those that are not read are told."""
    tables = _tables(workbook, main.cells.sheet)
    parts, of_limits, read = [main], [], {main.cells.sheet, *(cells.sheet for cells, _ in tables)}
    for sheet in workbook.sheets:
        what = sheets.role(sheet.name)
        if what is None or sheet.name in read or not sheet.visible:
            continue
        if what is Role.LIMITS:
            cells = headers.find_table(sheet, wanted=limit_sheet.WANTED)
            if cells is not None:
                of_limits.append(cells)
                read.add(sheet.name)
        elif what in sheets.OF_LINES and sheets.role(main.cells.sheet) in sheets.OF_LINES:
            cells = headers.find_table(sheet)
            if cells is None:
                continue
            proposed = layouts.recognised_or_proposed(cells, known, sheet.name)
            layout = sheets.layout_of(cells, proposed, with_places=bool(tables))
            if layout is not None:
                found = importing.read_lines(cells, layout, on, given_rates, known_places)
                parts.append(Part(cells, layout, found))
                read.add(sheet.name)
    whole = sheets.put_together(parts)
    for table, role in tables:
        whole = counterparty_sheet.fill(whole, table, role.value)
    for table in of_limits:
        whole = _with_limits(whole, table, main.layout.constants.get("currency"))
    renewed = renewal_checks.check(whole, parts)
    return replace(whole, issues=(*whole.issues, *renewed, *sheets.told(workbook.names, read)))


def _with_limits(whole: Imported, table: Cells, currency: str | None) -> Imported:
    """What was read, with the limits of a sheet, their faults, and whose lines are not in the book."""
    rows, issues = limit_sheet.read_limits(table, currency)
    lines = whole.lines
    known = {str(one) for name in ("counterparty_id", "counterparty_name") for one in lines[name].dropna()}
    lost = limit_sheet.orphans(rows, table.sheet, known, set(lines["group_id"].dropna()))
    said = Issue(table.sheet, "", Rule.LIMITS_READ, Severity.INFO, values={"count": len(rows)})
    found = (*whole.limits, *(replace(row.limit, source=row.limit.source or table.sheet) for row in rows))
    return replace(whole, limits=found, issues=(*whole.issues, *issues, *lost, said))


def set_limits(
    connection: Connection, given: Sequence[Limit], *, batch: int, user: str, at: datetime, about: str
) -> None:
    """Store the limits of a workbook that differ from those in force; they count as long as the batch is not undone.

    In the caller's unit of work; `about` is what the audit trail calls the book.
    """
    standing = {stored.limit.subject: replace(stored.limit, excesses=()) for stored in limits.in_force(connection)}
    new = [limit for limit in given if standing.get(limit.subject) != limit]
    for limit in new:
        limits.add(connection, limit, user, at, batch=batch)
    if new:
        audit.record(
            connection,
            at=at,
            who=user,
            action="limits.import",
            subject=about,
            after={"limits": len(new)},
            data={"batch": batch},
        )
