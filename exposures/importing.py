"""A table of cells becomes lines of the book and every issue at once; no file access."""

from collections.abc import Callable, Sequence
from collections.abc import Mapping as Map
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from exposures import columns, conventions, crosschecks, headers, layout, rows, staging
from exposures.cells import Cells, address, filled
from exposures.columns import Fault, text_of
from exposures.crosschecks import Table
from exposures.exposure import FIELD, FIELDS, MONEY_FIELDS, Field, Kind
from exposures.findings import Findings
from exposures.imported import Imported, set_aside_rows, typed_series
from exposures.issues import Issue, Rule, Severity
from exposures.mapping import Mapping
from exposures.rates import Rate
from exposures.reconciliation import Reconciliation, reconcile
from exposures.spelling import spaced

__all__ = ["Imported", "Reconciliation", "read_lines"]


def read_lines(cells: Cells, mapping: Mapping, reporting_date: date, rates: Sequence[Rate] = ()) -> Imported:
    """Every valid line, every row set aside and everything found wrong, in one pass."""
    return _Reading(cells, mapping, reporting_date, rates).outcome()


class _Reading:
    """One pass over one table: the columns read so far, and what was found."""

    def __init__(self, cells: Cells, mapping: Mapping, reporting_date: date, rates: Sequence[Rate]) -> None:
        whole = cells
        if mapping.hidden == "skip":
            cells = cells.without_hidden()
        self.cells, self.mapping, self.reporting_date, self.rates = cells, mapping, reporting_date, rates
        self.plan = layout.lay_out(cells, mapping)
        self.values: dict[str, list[Any]] = {}
        self.numbers: dict[str, list[Decimal | None]] = {}
        self.unreadable: dict[str, npt.NDArray[np.bool_]] = {}
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
        self.lines: list[int] = np.flatnonzero(self.counted).tolist()
        self.factors = dict(self.plan.factors)

    def outcome(self) -> Imported:
        for place, issue in self.plan.issues:
            self.findings.found.append((*place, issue))
        self.findings.tell_other_rows(self.others)
        self.findings.tell_marked_cells(self.plan.columns, self.plan.fallbacks)
        if not self.plan.blocked:
            self._read_identity()
            self._read_money()
            for spec in FIELDS:
                if spec.name not in self.values:
                    self._read_plain(spec)
            self._move()
            self._derive()
            self._check()
        return self._assemble()

    # columns

    def _column(self, name: str, parse: Callable[[Any], columns.Outcome]) -> list[Any]:
        """A field's values: its column, or its constant for all rows, blank cells filled with the constant."""
        constant = self.mapping.constants.get(name)
        filler = None if constant is None else parse(constant)[0]
        if name not in self.plan.columns:
            return [filler] * self.cells.count
        column = self.plan.columns[name]
        values, faults = columns.read(self.cells.columns[column], parse)
        self.findings.add_all(faults, column, name)
        if filler is not None:
            raw = self.cells.columns[column]
            values = [filler if raw[index] is None else value for index, value in enumerate(values)]
        return values

    def _read_identity(self) -> None:
        own = self.mapping.values.get("currency", {})
        declared = self.plan.currency
        values = self._column("currency", lambda cell: columns.currency_reader(own.get(text_of(cell), cell)))
        column = self.plan.columns.get("currency")
        if declared is not None:
            blank = [True] * len(values) if column is None else [cell is None for cell in self.cells.columns[column]]
            values = [declared if value is None and blank[i] else value for i, value in enumerate(values)]
        self.values["currency"] = values
        self._require("currency", Rule.MISSING_CURRENCY)
        for spec in FIELDS:
            if spec.kind is Kind.COUNTRY:
                self._read_country(spec.name)
        self._require("country", Rule.MISSING_COUNTRY)

    def _read_country(self, name: str) -> None:
        own = {**self.mapping.countries, **self.mapping.values.get(name, {})}
        parse = columns.country_reader(self.mapping.areas, own)
        values = self._column(name, parse)
        if name in self.plan.fallbacks:
            column = self.plan.fallbacks[name]
            primary = self.plan.columns.get(name)
            second, faults = columns.read(self.cells.columns[column], parse)
            blank = [primary is None or self.cells.columns[primary][i] is None for i in range(self.cells.count)]
            self.findings.add_all([(index, fault) for index, fault in faults if blank[index]], column, name)
            for index, code in enumerate(second):
                if values[index] is None and blank[index] and code is not None:
                    values[index] = code
                    if self.counted[index]:
                        fault = Fault(Rule.COUNTRY_FROM_NAME, Severity.INFO, values={"code": code})
                        self.findings.add(index, column, fault, name)
        self.values[name] = values

    def _require(self, name: str, rule: Rule) -> None:
        """An error in every counted row whose cell is blank (an unreadable one has its own)."""
        column = self.plan.columns.get(name, self.plan.fallbacks.get(name))
        if column is None:
            column = self.plan.columns.get("line_id", 0)
        already = {(row, c) for row, c, issue in self.findings.found if issue.severity is Severity.ERROR}
        for index in self.lines:
            if self.values[name][index] is None and (int(self.cells.rows[index]), column) not in already:
                self.findings.add(index, column, Fault(rule), name)

    def _read_money(self) -> None:
        tolerance = self.mapping.tolerance
        for name in MONEY_FIELDS:
            if name not in self.plan.columns:
                self.values[name] = [None] * self.cells.count
                continue
            column = self.plan.columns[name]
            numbers, faults = columns.read(self.cells.columns[column], columns.number_reader(self._mark(column, name)))
            self.findings.add_all(faults, column, name)
            self.unreadable[name] = np.zeros(self.cells.count, dtype=bool)
            self.unreadable[name][[index for index, _ in faults]] = True
            factor = self.factors.get(name, Decimal(1))
            exact, plain = columns.plain_minors(self.cells.columns[column], factor, self.values["currency"])
            held = exact.astype(object)
            held[~(plain & self.counted)] = None
            minors: list[int | None] = held.tolist()
            rest = self.counted & ~plain
            if not (self.cells.errors or self.cells.uncached):
                rest &= filled(self.cells.columns[column])
            for index in np.flatnonzero(rest).tolist():
                number = numbers[index]
                if number is None:
                    self.unreadable[name][index] |= self.findings.is_marked(index, column)
                    continue
                currency = self.values["currency"][index] or ""
                minors[index], fault = columns.to_minor(name, number, factor, currency, tolerance)
                if fault is not None:
                    self.findings.add(index, column, fault, name)
                if fault is not None and fault.rule is Rule.AMOUNT_TOO_LARGE:
                    numbers[index] = None  # nothing to add up
                    self.unreadable[name][index] = True
            self.numbers[name], self.values[name] = numbers, minors
        by_column = {self.plan.columns[name]: self.numbers[name] for name in self.numbers}
        for total in rows.check_totals(self.cells, self.others, sorted(by_column), by_column):
            rule, severity = (
                (Rule.TOTAL_AGREES, Severity.INFO) if total.agrees else (Rule.TOTAL_DIFFERS, Severity.WARNING)
            )
            said = {"stated": total.stated, "computed": total.computed, "difference": total.stated - total.computed}
            self.findings.add(total.index, total.column, Fault(rule, severity, values=said))

    def _read_plain(self, spec: Field) -> None:
        column = self.plan.columns.get(spec.name)
        if spec.kind is Kind.DATE and column is not None:
            self.values[spec.name] = self._column(spec.name, self._dates(column, spec.name))
            return
        words: Map[str, str] = self.mapping.values.get(spec.name, {})
        numeric = spec.kind in (Kind.NUMBER, Kind.INTEGER)
        mark = self._mark(column, spec.name) if numeric and column is not None else self.cells.decimal_mark
        values = self._column(spec.name, columns.reader(spec, words, self.mapping.date_format, mark))
        self.values[spec.name] = columns.scale_shares(spec.name, values) if spec.kind is Kind.NUMBER else values

    # how a whole column is written

    def _dates(self, column: int, name: str) -> Callable[[Any], columns.Outcome]:
        """The reader of a column of dates: as the layout says, else as the column as a whole shows."""
        written = self.mapping.date_format
        if not written and (order := conventions.day_order(self.cells.columns[column])) is not None:
            written = order.value
            self._tell_column(Rule.DAY_ORDER, Severity.INFO, column, name, order=written)
        return columns.reader(FIELD["maturity"], {}, written, self.cells.decimal_mark)

    def _mark(self, column: int, name: str) -> str:
        """The decimal mark of a column: as the layout says, else as the column shows; in doubt the file's, told."""
        if self.mapping.decimal_mark:
            return self.mapping.decimal_mark
        mark, certain = conventions.decimal_mark(self.cells.columns[column], self.cells.decimal_mark)
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
        moves = self.mapping.stages
        moved = staging.move(self.values["stage"], moves, self.numbers, self.values, self.unreadable, self.factors)
        for stage, source, target, count in moved:
            said = {"stage": stage, "target": target, "count": count}
            self._tell_column(Rule.COUNTED_ELSEWHERE, Severity.INFO, self.plan.columns[source], source, **said)

    def _derive(self) -> None:
        derived = dict(self.mapping.derived)
        if "counterparty_id" not in self.plan.columns:
            derived.setdefault("counterparty_id", ("country", "counterparty_name"))
        for name, parts in derived.items():
            joined = []
            for index in range(self.cells.count):
                pieces = [self.values[part][index] for part in parts]
                texts = [spaced(p) if FIELD[part].kind is Kind.TEXT and p else p
                         for part, p in zip(parts, pieces, strict=True)]  # fmt: skip
                given = self.values[name][index] if name in self.plan.columns else None
                joined.append(given or (None if None in pieces else "/".join(map(str, texts))))
            self.values[name] = joined

    # checks across columns

    def _check(self) -> None:
        mapping = self.mapping
        crosschecks.check(
            Table(
                self.cells, self.plan, self.values, self.unreadable, self.lines, self.findings, mapping.tolerance,
                self.reporting_date,
            )
        )  # fmt: skip
        if self.plan.reporting_date is not None:
            column = self.plan.reporting_date
            values, _ = columns.read(self.cells.columns[column], self._dates(column, ""))
            for index in self.lines:
                if values[index] is not None and values[index] != self.reporting_date:
                    said = {"date": values[index], "reporting_date": self.reporting_date}
                    self.findings.add(index, column, Fault(Rule.REPORTING_DATE_DIFFERS, Severity.ERROR, values=said))
        rated = {rate.currency for rate in self.rates} | {"USD"}
        used = {code for index, code in enumerate(self.values["currency"]) if code and self.counted[index]}
        for code in sorted(used - rated):
            issue = Issue(self.cells.sheet, "", Rule.NO_RATE, Severity.WARNING, code, "currency", values={"code": code})
            self.findings.found.append((0, 0, issue))

    # the outcome

    def _assemble(self) -> Imported:
        count = self.cells.count
        aside = np.zeros(count, dtype=bool)
        aside[[index for index in self.findings.bad if self.counted[index]]] = True
        if self.plan.blocked:
            aside = self.counted.copy()
        valid = self.counted & ~aside
        kept = np.flatnonzero(valid)
        frame = {spec.name: typed_series(spec, self.values.get(spec.name), kept) for spec in FIELDS}
        frame["source_sheet"] = pd.Series([self.cells.sheet] * len(kept), dtype=object)
        frame["source_row"] = pd.Series(self.cells.rows[kept], dtype="int64")
        reconciliation: tuple[Reconciliation, ...] = ()
        if not self.plan.blocked:
            reconciliation = reconcile(
                self.numbers,
                {name: self.factors.get(name, Decimal(1)) for name in self.numbers},
                {name: self.values[name] for name in self.numbers},
                self.unreadable,
                self.values["currency"],
                self.values["country"],
                valid,
                self.counted,
            )
        self.findings.found.sort(key=lambda found: found[:2])
        return Imported(
            lines=pd.DataFrame(frame),
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
