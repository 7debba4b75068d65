"""What an import says beside the book before: amounts a hundred times as large, numbers under another name."""

from collections.abc import Iterator
from datetime import date

import numpy as np
import pandas as pd

from exposures.cells import Cells, address
from exposures.currencies import minor_units
from exposures.held import Held
from exposures.imported import Imported
from exposures.issues import Issue, Rule, Severity
from exposures.mapping import Mapping as Layout
from exposures.spelling import letters, spaced

#: An amount so many times as large or as small looks like another unit [choice], from so many units of currency on.
TIMES, LEAST = 100, 1_000_000
#: So many are told one by one; of more, the column is told.
_NAMED = 20
_AMOUNTS = ("outstanding", "undrawn", "contingent")


def check(found: Imported, cells: Cells, layout: Layout, before: Held, day: date) -> list[Issue]:
    """Warnings about lines of the main sheet, each at its cell; `before` are the lines of the book of `day`."""
    lines = found.lines[(found.lines["source_sheet"] == cells.sheet).to_numpy(dtype=bool)]
    if lines.empty or not len(before):
        return []
    headers = {letters(header): place for place, header in reversed(list(enumerate(cells.headers))) if header}
    where = {name: headers[letters(header)] for name, header in layout.columns.items() if letters(header) in headers}
    return [*_jumps(lines, cells, where, before, day), *_names(lines, cells, where, before, day)]


def _jumps(lines: pd.DataFrame, cells: Cells, where: dict[str, int], before: Held, day: date) -> Iterator[Issue]:
    ids = before.labels("line_id")
    place_of = np.full(len(ids.values), -1, dtype=np.int64)
    place_of[ids.codes[~ids.missing]] = np.flatnonzero(~ids.missing)
    known = pd.Index(ids.values).get_indexer(pd.Index(lines["line_id"]))
    both = np.flatnonzero(known >= 0)
    then = place_of[known[both]]
    money, now_money = before.labels("currency"), lines["currency"].to_numpy(dtype=object)[both]
    was_money = np.array([*money.values, None], dtype=object)[money.codes[then]]
    same = np.asarray(was_money == now_money, dtype=bool)
    both, then = both[same], then[same]
    least = np.array([LEAST * 10 ** minor_units(code) for code in now_money[same]], dtype=np.int64)
    for name in _AMOUNTS:
        if name not in where or not before.says(name):
            continue
        was = before.amounts(name)[then]
        now = lines[name].fillna(0).to_numpy(dtype=np.int64)[both]
        large, small = np.maximum(np.abs(now), np.abs(was)), np.minimum(np.abs(now), np.abs(was))
        far = np.flatnonzero((small > 0) & (large >= least) & (large // TIMES >= small))
        if len(far) > _NAMED:
            cell, said = address(cells.header_row, where[name]), {"count": len(far), "date": day, "times": TIMES}
            yield Issue(cells.sheet, cell, Rule.AMOUNTS_JUMPED, Severity.WARNING, field=name, values=said)
            continue
        for at in far.tolist():
            row = lines.iloc[int(both[at])]
            ratio = round(int(large[at]) / int(small[at]))
            said = {"times": ratio, "date": day, "larger": bool(abs(now[at]) > abs(was[at]))}
            cell = address(int(row["source_row"]), where[name])
            value = str(cells.columns[where[name]][int(np.searchsorted(cells.rows, row["source_row"]))])
            yield Issue(cells.sheet, cell, Rule.AMOUNT_JUMPED, Severity.WARNING, value, name, values=said)


def _names(lines: pd.DataFrame, cells: Cells, where: dict[str, int], before: Held, day: date) -> Iterator[Issue]:
    if not {"counterparty_id", "counterparty_name"} <= where.keys():
        return
    numbers, names = before.labels("counterparty_id"), before.labels("counterparty_name")
    pairs = pd.DataFrame({"id": numbers.codes, "name": names.codes})[~numbers.missing & ~names.missing]
    was: dict[str, dict[str, str]] = {}
    for number, name in pairs.drop_duplicates().itertuples(index=False, name=None):
        was.setdefault(numbers.values[number], {})[spaced(names.values[name])] = names.values[name]
    first = lines[["counterparty_id", "counterparty_name", "source_row"]].dropna()
    first = first.drop_duplicates(["counterparty_id", "counterparty_name"])
    told = 0
    for number, name, row in first.itertuples(index=False, name=None):
        if number in was and spaced(name) not in was[number] and told < _NAMED:
            told += 1
            said = {"name": min(was[number].values()), "number": number, "date": day}
            cell = address(int(row), where["counterparty_name"])
            yield Issue(cells.sheet, cell, Rule.NAME_CHANGED, Severity.WARNING, name, "counterparty_name", values=said)
