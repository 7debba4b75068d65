"""A sheet of figures to enter: one figure a row with its series, or a date a row and a series a column."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import isfinite
from typing import Any

from app.series.catalogue import SERIES
from app.storage.entries import Draft
from exposures.cells import Sheet, address

#: What a heading may be called, in small letters.
_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "series": ("series", "series id", "id", "序列", "指标", "指标代码", "指标编号"),
    "date": ("date", "日期", "月份", "month", "period"),
    "value": ("value", "数值", "值", "figure"),
    "source": ("source", "来源", "数据来源"),
    "note": ("note", "备注", "说明", "remark"),
}
_DATES = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日", "%Y-%m", "%Y/%m", "%Y年%m月")
#: Headings stand within the first rows; titles may stand above them.
_SEARCHED = 20


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell: no_headings, unknown_series, bad_date, bad_value, no_source, future, twice."""

    cell: str
    problem: str
    value: str = ""


def drafts_of(sheet: Sheet, file: str, source: str = "") -> tuple[list[Draft], list[Fault]]:
    """The figures of a sheet and every fault; `source` counts where the row says none. An empty sheet gives neither."""
    head = _head(sheet.rows)
    if head is None:
        empty = not any(value is not None for row in sheet.rows for value in row)
        return [], [] if empty else [Fault(f"{sheet.name}!A1", "no_headings")]
    row, columns, wide = head
    drafts: list[Draft] = []
    faults: list[Fault] = []
    seen: dict[tuple[str, date], str] = {}
    for number, cells in enumerate(sheet.rows[row + 1 :], start=row + 2):
        if not any(value is not None for value in cells):
            continue
        day = _date(_at(cells, columns["date"]))
        if day is None:
            text = _text(_at(cells, columns["date"]))
            faults.append(Fault(_place(sheet, number, columns["date"]), "bad_date", text))
            continue
        said = _text(_at(cells, columns.get("source"))) or source
        if not said:
            faults.append(Fault(_place(sheet, number, columns.get("source", 0)), "no_source"))
            continue
        note = _text(_at(cells, columns.get("note")))
        figures = wide or {columns["value"]: _text(_at(cells, columns["series"])).upper()}
        for column, series_id in figures.items():
            place, raw = _place(sheet, number, column), _at(cells, column)
            if series_id not in SERIES:
                faults.append(Fault(_place(sheet, number, columns["series"]), "unknown_series", series_id))
                continue
            if raw is None and wide:
                continue
            value = _number(raw, sheet.decimal_mark)
            if value is None:
                faults.append(Fault(place, "bad_value", _text(raw)))
            elif (other := seen.get((series_id, day))) is not None:
                faults.append(Fault(place, "twice", other))
            else:
                seen[series_id, day] = place
                drafts.append(Draft(series_id, day, value, said, note, file, place))
    return drafts, faults


def _head(rows: Sequence[Sequence[Any]]) -> tuple[int, dict[str, int], dict[int, str]] | None:
    """The row of the headings, the columns by what they hold, and in a wide sheet the series by column."""
    names = {spelling: name for name, spellings in _HEADINGS.items() for spelling in spellings}
    for place, row in enumerate(rows[:_SEARCHED]):
        columns = {names[text]: c for c, value in enumerate(row) if (text := _text(value).casefold()) in names}
        wide = {c: id for c, value in enumerate(row) if (id := _text(value).upper()) in SERIES}
        if "date" in columns and {"series", "value"} <= columns.keys():
            return place, columns, {}
        if "date" in columns and wide:
            return place, columns, wide
    return None


def _place(sheet: Sheet, row: int, column: int) -> str:
    return f"{sheet.name}!{address(row, column)}"


def _at(cells: Sequence[Any], column: int | None) -> Any:
    return cells[column] if column is not None and column < len(cells) else None


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


def _date(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = _text(value)
    for form in _DATES:
        try:
            found = datetime.strptime(text, form).date()  # noqa: DTZ007 (a date has no zone)
        except ValueError:
            continue
        return found if "d" in form else _month_end(found)
    return None


def _month_end(first: date) -> date:
    """A figure of a month is dated by its last day, as everywhere in the catalogue."""
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def _number(value: Any, decimal_mark: str) -> float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value) if isfinite(value) else None
    text = _text(value).replace("\u2212", "-").replace(" ", "").replace("\u00a0", "").rstrip("%")
    text = text.replace(".", "").replace(",", ".") if decimal_mark == "," else text.replace(",", "")
    try:
        found = float(text)
    except ValueError:
        return None
    return found if isfinite(found) else None
