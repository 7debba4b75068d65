"""A table of cells becomes lines of the book and every issue at once; no file access."""

from collections.abc import Callable, Sequence
from collections.abc import Mapping as Map
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from exposures import columns, conventions, crosschecks, headers, layout, rows, staging
from exposures.amount_columns import read_amounts
from exposures.cells import Cells, address, filled
from exposures.coded import Objects
from exposures.columns import Fault, text_of
from exposures.counterparty_places import Asked, supply
from exposures.crosschecks import Table
from exposures.exposure import FIELD, FIELDS, MONEY_FIELDS, Field, Kind
from exposures.findings import Findings
from exposures.imported import Imported, amounts_series, set_aside_rows, typed_series
from exposures.issues import Issue, Rule, Severity
from exposures.mapping import Mapping
from exposures.money import Amounts, digits_of
from exposures.rates import Rate, check_rates
from exposures.reconciliation import Reconciliation, reconcile
from exposures.spelling import spaced

__all__ = ["Imported", "Reconciliation", "read_lines"]


def read_lines(
    cells: Cells, mapping: Mapping, reporting_date: date, rates: Sequence[Rate] = (), places: Asked = dict
) -> Imported:
    """Every valid line, every row set aside and everything found wrong, in one pass.

    `places` gives the country of counterparties that another sheet lists; it is asked only where a line has none.
    """
    return _Reading(cells, mapping, reporting_date, rates, places).outcome()


class _Reading:
    """One pass over one table: the columns read so far, and what was found."""

    def __init__(self, cells: Cells, mapping: Mapping, on: date, rates: Sequence[Rate], places: Asked) -> None:
        whole = cells
        if mapping.hidden == "skip":
            cells = cells.without_hidden()
        self.cells, self.mapping, self.reporting_date, self.rates = cells, mapping, on, rates
        self.places = places
        self.plan = layout.lay_out(cells, mapping, lambda: {"country"} if places() else set())
        self.values: dict[str, Objects] = {}
        self.amounts: dict[str, Amounts] = {}
        self.doubtful: set[int] = set()  # columns whose decimal mark nobody can tell
        self.money = [name for name in MONEY_FIELDS if name in self.plan.columns]
        money_columns = [self.plan.columns[name] for name in self.money]
        self.others = rows.find_others(
            cells, self.plan.columns.get("line_id"), sorted(self.plan.columns.values()), money_columns
        )
        self.counted = ~self.others.all
        self.findings = Findings(cells, mapping.severities, self.counted)
        if mapping.hidden == "skip" and (whole.count > cells.count or whole.headers != cells.headers):
            said = {
                "rows": whole.count - cells.count,
                "columns": len(whole.hidden_columns & set(range(len(cells.headers)))),
            }
            issue = Issue(cells.sheet, "", Rule.HIDDEN_LEFT_OUT, Severity.WARNING, values=said)
            self.findings.found.append((0, 0, issue))

    def outcome(self) -> Imported:
        for place, issue in self.plan.issues:
            self.findings.found.append((*place, issue))
        self.findings.tell_other_rows(self.others)
        self.findings.tell_shifted_rows()
        self.findings.tell_marked_cells(self.plan.columns, self.plan.fallbacks)
        if not self.plan.blocked:
            self._read_identity()
            self._read_money()
            for spec in FIELDS:
                if spec.name not in self.values and spec.kind is not Kind.MONEY:
                    self._read_plain(spec)
            self._move()
            self._derive()
            self._check()
        return self._assemble()

    # columns

    def _column(self, name: str, parse: Callable[[Any], columns.Outcome]) -> Objects:
        """A field's values: its column, or its constant for all rows, blank cells filled with the constant."""
        constant = self.mapping.constants.get(name)
        filler = None if constant is None else parse(constant)[0]
        if name not in self.plan.columns:
            return np.full(self.cells.count, filler, dtype=object)
        column = self.plan.columns[name]
        values, faults = columns.read(self.cells.coded(column), parse)
        self.findings.add_all(faults, column, name)
        if filler is not None:
            values[~self.cells.coded(column).filled] = filler
        return values

    def _read_identity(self) -> None:
        own = self.mapping.values.get("currency", {})
        declared = self.plan.currency
        values = self._column("currency", lambda cell: columns.currency_reader(own.get(text_of(cell), cell)))
        column = self.plan.columns.get("currency")
        if declared is not None:
            blank = np.ones(len(values), dtype=bool) if column is None else ~self.cells.coded(column).filled
            values[blank & ~filled(values)] = declared
        self.values["currency"] = values
        self._require("currency", Rule.MISSING_CURRENCY)
        for spec in FIELDS:
            if spec.kind is Kind.COUNTRY:
                self._read_country(spec.name)
        self._supply_countries()
        self._require("country", Rule.MISSING_COUNTRY)

    def _read_country(self, name: str) -> None:
        own = {**self.mapping.countries, **self.mapping.values.get(name, {})}
        parse = columns.country_reader(self.mapping.areas, own)
        values = self._column(name, parse)
        if name in self.plan.fallbacks:
            column = self.plan.fallbacks[name]
            primary = self.plan.columns.get(name)
            second, faults = columns.read(self.cells.coded(column), parse)
            blank = np.ones(len(values), dtype=bool) if primary is None else ~self.cells.coded(primary).filled
            self.findings.add_all([(index, fault) for index, fault in faults if blank[index]], column, name)
            for index in np.flatnonzero(blank & filled(second) & ~filled(values)).tolist():
                values[index] = second[index]
                if self.counted[index]:
                    fault = Fault(Rule.COUNTRY_FROM_NAME, Severity.INFO, values={"code": second[index]})
                    self.findings.add(index, column, fault, name)
        self.values[name] = values

    def _supply_countries(self) -> None:
        """The country that another sheet gives of a line's counterparty, where the line's own cell is blank."""
        column = self.plan.columns.get("country", self.plan.fallbacks.get("country"))
        blank = self.counted & ~filled(self.values["country"])
        if "counterparty_id" not in self.plan.columns or not blank.any() or not (known := self.places()):
            return
        self._read_plain(FIELD["counterparty_id"])
        found = self.findings.found  # what cannot be read is not blank
        wrong = [row for row, _, one in found if one.field == "country" and one.severity is Severity.ERROR]
        blank &= ~np.isin(self.cells.rows, wrong)
        if column is not None:
            blank[[i for i in np.flatnonzero(blank).tolist() if self.findings.is_marked(i, column)]] = False
        at = self.plan.columns["line_id"] if column is None else column
        told = supply(self.cells, at, self.values["counterparty_id"], blank, known, self.values["country"])
        self.findings.found.extend((0, 0, issue) for issue in told)

    def _require(self, name: str, rule: Rule) -> None:
        """An error in every counted row whose cell is blank (an unreadable one has its own)."""
        column = self.plan.columns.get(name, self.plan.fallbacks.get(name))
        if column is None:
            column = self.plan.columns.get("line_id", 0)
        missing = np.flatnonzero(self.counted & ~filled(self.values[name])).tolist()
        already = {(row, c) for row, c, issue in self.findings.found if missing and issue.severity is Severity.ERROR}
        for index in missing:
            if (int(self.cells.rows[index]), column) not in already:
                self.findings.add(index, column, Fault(rule), name)

    def _read_money(self) -> None:
        digits = digits_of(self.values["currency"])
        for name in self.money:
            column = self.plan.columns[name]
            self.amounts[name], faults = read_amounts(
                self.cells, column, name, self._mark(column, name), self.plan.factors.get(name, Decimal(1)),
                self.values["currency"], digits, self.counted, self.mapping.tolerance, doubtful=column in self.doubtful,
            )  # fmt: skip
            self.findings.add_all(faults, column, name)
        by_column = {self.plan.columns[name]: found for name, found in self.amounts.items()}
        for total in rows.check_totals(self.cells, self.others, by_column):
            rule, severity = (
                (Rule.TOTAL_AGREES, Severity.INFO) if total.agrees else (Rule.TOTAL_DIFFERS, Severity.WARNING)
            )
            said = {"stated": total.stated, "computed": total.computed, "difference": total.stated - total.computed}
            self.findings.add(total.index, total.column, Fault(rule, severity, values=said))

    def _read_plain(self, spec: Field) -> None:
        column = self.plan.columns.get(spec.name)
        words: Map[str, str] = self.mapping.values.get(spec.name, {})
        if spec.kind is Kind.DATE and column is not None:
            self.values[spec.name] = self._column(spec.name, self._dates(column, spec.name))
            return
        if spec.kind is Kind.TEXT and column is not None and spec.name not in self.mapping.constants:
            self.values[spec.name], faults = columns.read_texts(self.cells.coded(column), spec.name, words)
            self.findings.add_all(faults, column, spec.name)
            return
        numeric = spec.kind in (Kind.NUMBER, Kind.INTEGER)
        mark = self._mark(column, spec.name) if numeric and column is not None else self.cells.decimal_mark
        values = self._column(spec.name, columns.reader(spec, words, self.mapping.date_format, mark))
        if spec.kind is Kind.NUMBER:
            if column is not None and (fault := columns.shares_fault(spec.name, values[self.counted])) is not None:
                self._tell_column(fault.rule, fault.severity, column, spec.name, **fault.values)
            values = columns.scale_shares(spec.name, values)
        self.values[spec.name] = values

    # how a whole column is written

    def _dates(self, column: int, name: str) -> Callable[[Any], columns.Outcome]:
        """The reader of a column of dates: as the layout says, else as the column as a whole shows."""
        written = self.mapping.date_format
        if not written and (order := conventions.day_order(self.cells.coded(column).values)) is not None:
            written = order.value
            self._tell_column(Rule.DAY_ORDER, Severity.INFO, column, name, order=written)
        cells = self.cells
        return columns.reader(FIELD["maturity"], {}, written, cells.decimal_mark, since_1904=cells.since_1904)

    def _mark(self, column: int, name: str) -> str:
        """The decimal mark of a column: as the layout says, else as the column shows; in doubt the file's, told."""
        if self.mapping.decimal_mark:
            return self.mapping.decimal_mark
        mark, certain = conventions.decimal_mark(self.cells.coded(column).values, self.cells.decimal_mark)
        self.doubtful |= set() if certain else {column}
        if not certain or mark != self.cells.decimal_mark:
            severity = Severity.INFO if certain else Severity.WARNING
            self._tell_column(Rule.DECIMAL_MARK, severity, column, name, mark=mark, certain=certain)
        return mark

    def _tell_column(self, rule: Rule, severity: Severity, column: int, name: str, **said: Any) -> None:
        row, header = self.cells.header_row, self.cells.headers[column]
        severity = self.mapping.severities.get(rule, severity)
        issue = Issue(self.cells.sheet, address(row, column), rule, severity, header, name, values=said)
        self.findings.found.append((row, column, issue))

    def _move(self) -> None:
        """Amounts that count elsewhere because of their line's stage, each told once."""
        moved = staging.move(self.values["stage"], self.mapping.stages, self.amounts, self.plan.factors)
        for stage, source, target, count in moved:
            said = {"stage": stage, "target": target, "count": count}
            self._tell_column(Rule.COUNTED_ELSEWHERE, Severity.INFO, self.plan.columns[source], source, **said)

    def _derive(self) -> None:
        derived = dict(self.mapping.derived)
        if "counterparty_id" not in self.plan.columns:
            derived.setdefault("counterparty_id", ("country", "counterparty_name"))
        for name, parts in derived.items():
            joined = np.full(self.cells.count, None, dtype=object)
            for index in range(self.cells.count):
                pieces = [self.values[part][index] for part in parts]
                texts = [spaced(p) if FIELD[part].kind is Kind.TEXT and p else p
                         for part, p in zip(parts, pieces, strict=True)]  # fmt: skip
                given = self.values[name][index] if name in self.plan.columns else None
                joined[index] = given or (None if None in pieces else "/".join(map(str, texts)))
            self.values[name] = joined

    def _check(self) -> None:
        mapping = self.mapping
        crosschecks.check(
            Table(
                self.cells, self.plan, self.values, self.amounts, self.counted, self.findings, mapping.tolerance,
                self.reporting_date,
            )
        )  # fmt: skip
        if self.plan.reporting_date is not None:
            column = self.plan.reporting_date
            values, _ = columns.read(self.cells.coded(column), self._dates(column, ""))
            differs = self.counted & filled(values) & np.asarray(values != self.reporting_date, dtype=bool)
            for index in np.flatnonzero(differs).tolist():
                said = {"date": values[index], "reporting_date": self.reporting_date}
                self.findings.add(index, column, Fault(Rule.REPORTING_DATE_DIFFERS, Severity.ERROR, values=said))
        used = set(self.values["currency"][self.counted].tolist()) - {None}
        told = check_rates(self.cells.sheet, used, self.rates, self.reporting_date)
        self.findings.found.extend((0, 0, issue) for issue in told)

    def _assemble(self) -> Imported:
        count = self.cells.count
        aside = np.zeros(count, dtype=bool)
        aside[[index for index in self.findings.bad if self.counted[index]]] = True
        if self.plan.blocked:
            aside = self.counted.copy()
        valid = self.counted & ~aside
        kept = np.flatnonzero(valid)
        frame = {
            spec.name: amounts_series(self.amounts.get(spec.name), kept)
            if spec.kind is Kind.MONEY
            else typed_series(spec, self.values.get(spec.name), kept)
            for spec in FIELDS
        }
        frame["source_sheet"] = pd.Series([self.cells.sheet] * len(kept), dtype=object)
        frame["source_row"] = pd.Series(self.cells.rows[kept], dtype="int64")
        reconciliation: tuple[Reconciliation, ...] = ()
        if not self.plan.blocked:
            reconciliation = reconcile(
                self.amounts, self.values["currency"], self.values["country"], valid, self.counted
            )
        self.findings.found.sort(key=lambda found: found[:2])
        return Imported(
            lines=pd.DataFrame(frame, copy=False),
            quarantined=set_aside_rows(self.cells, np.flatnonzero(aside), self.findings.bad, self._blocking()),
            issues=tuple(issue for _, _, issue in self.findings.found),
            rows_read=count,
            not_counted=int((~self.counted).sum()),
            reconciliation=reconciliation,
            fingerprint=headers.fingerprint(self.cells.headers),
            blocked=self.plan.blocked,
        )

    def _blocking(self) -> set[str]:
        return {str(issue.rule) for _, issue in self.plan.issues if issue.severity is Severity.ERROR}
