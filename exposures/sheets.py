"""Several sheets of one workbook: what each holds, and lines of several put together."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import pandas as pd

from exposures.cells import Cells
from exposures.exposure import MONEY_FIELDS
from exposures.imported import Imported
from exposures.issues import Issue, Rule, Severity
from exposures.mapping import Mapping as Layout
from exposures.reconciliation import Reconciliation
from exposures.spelling import letters


class Role(StrEnum):
    """What a sheet holds, as its name says."""

    ASSETS = "assets"
    LIABILITIES = "liabilities"
    PIPELINE = "pipeline"
    COUNTERPARTIES = "counterparties"
    RATINGS = "ratings"
    LIMITS = "limits"
    CLAIMS = "claims"  # between others: what third parties owe each other


_NAMES: Mapping[Role, str] = {
    Role.ASSETS: "asset|assets|资产|資產|资产端|资产方|债权|assets book|loans and other assets",
    Role.LIABILITIES: "liability|liabilities|负债|負債|负债端|负债方|债务|liabilities book|funding",
    Role.PIPELINE: "pipeline|projects|project pipeline|pending|储备项目|項目儲備|项目储备|审批中|在途项目|待批项目"
    "|储备",
    Role.COUNTERPARTIES: "counterparties|counterparty|customers|clients|客户|客戶|交易对手|交易對手|客户信息|客户清单",
    Role.RATINGS: "rating|ratings|评级|評級|客户评级|评级表",
    Role.LIMITS: "limit|limits|country limits|限额|限額|国别限额|额度",
    Role.CLAIMS: "claims|claims between others|third-party claims|第三方债权|他方债权|对外债权债务",
}
#: Roles whose sheets have lines of the book.
OF_LINES = (Role.ASSETS, Role.LIABILITIES, Role.PIPELINE)
_KNOWN = {letters(name): role for role, names in _NAMES.items() for name in names.split("|")}


def role(name: str) -> Role | None:
    """The role that a sheet's name says exactly, capitals and spaces aside; None for any other name."""
    return _KNOWN.get(letters(name))


def layout_of(cells: Cells, proposed: Layout, *, with_places: bool = False) -> Layout | None:
    """How a sheet of lines is read beside the others: its name says the side and what is pending; None: no lines.

    `with_places`: another sheet says where counterparties are, so that their number is enough.
    """
    found = role(cells.sheet)
    needed = {"line_id", "counterparty_id" if with_places and "country" not in proposed.columns else "country"}
    if found not in OF_LINES or not needed <= proposed.columns.keys():
        return None
    if not set(MONEY_FIELDS) & proposed.columns.keys():
        return None
    columns, constants = dict(proposed.columns), dict(proposed.constants)
    if "side" not in columns:
        constants["side"] = "liability" if found is Role.LIABILITIES else "asset"
    if found is Role.PIPELINE:
        if "pending" not in columns and "outstanding" in columns:
            columns["pending"] = columns.pop("outstanding")
        if "stage" not in columns:
            constants["stage"] = "in_approval"
    return replace(proposed, columns=columns, constants=constants)


@dataclass(frozen=True)
class Part:
    """A sheet that was read, with where its line numbers stand."""

    cells: Cells
    layout: Layout
    found: Imported


def put_together(parts: Sequence[Part]) -> Imported:
    """The lines of all sheets as one book; a sheet that repeats line numbers of another is left out and told.

    Nobody knows which of the two is right, and adding both would count them twice.
    """
    first, *others = parts
    whole = first.found
    if not others:
        return whole
    taken = set(whole.lines["line_id"])
    for part in others:
        repeated = taken & set(part.found.lines["line_id"])
        if repeated:
            said = {"count": len(repeated), "sheet": first.cells.sheet}
            issue = Issue(part.cells.sheet, "", Rule.SHEET_REPEATS, Severity.WARNING, min(repeated), values=said)
            whole = replace(whole, issues=(*whole.issues, issue))
            continue
        taken |= set(part.found.lines["line_id"])
        found = part.found
        whole = replace(
            whole,
            lines=_stacked([whole.lines, found.lines]),
            quarantined=_stacked([whole.quarantined, found.quarantined]),
            issues=(*whole.issues, *_told_anew(found.issues, whole.issues)),
            rows_read=whole.rows_read + found.rows_read,
            not_counted=whole.not_counted + found.not_counted,
            reconciliation=_added(whole.reconciliation, found.reconciliation),
        )
    return whole


def _told_anew(issues: Sequence[Issue], told: Sequence[Issue]) -> list[Issue]:
    """Without what an earlier sheet said of the rate of a currency."""
    rates = (Rule.NO_RATE, Rule.RATE_OLD, Rule.RATE_LATER)
    known = {(issue.rule, issue.value) for issue in told if issue.rule in rates}
    return [issue for issue in issues if (issue.rule, issue.value) not in known]


def _stacked(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    held = [frame for frame in frames if len(frame)]
    if len(held) < 2:
        return held[0] if held else frames[0]
    columns = {
        name: pd.concat([frame[name].astype(object) for frame in held], ignore_index=True).astype(held[0][name].dtype)
        for name in held[0].columns
    }
    return pd.DataFrame(columns)


def _added(one: Sequence[Reconciliation], other: Sequence[Reconciliation]) -> tuple[Reconciliation, ...]:
    sums: dict[tuple[str, str | None, str | None], Reconciliation] = {}
    for row in (*one, *other):
        key = (row.field, row.currency, row.country)
        held = sums.get(key)
        sums[key] = row if held is None else Reconciliation(
            *key, held.rows + row.rows, held.in_file + row.in_file, held.imported + row.imported,
            held.quarantined + row.quarantined, held.unreadable + row.unreadable,
        )  # fmt: skip
    return tuple(sums.values())


def told(names: Collection[str], read: Collection[str]) -> list[Issue]:
    """Sheets whose name says that they belong to a book and that an import does not read."""
    found = []
    for name in names:
        what = role(name)
        if what is not None and name not in read:
            found.append(Issue(name, "", Rule.SHEET_NOT_READ, Severity.WARNING, values={"role": what.value}))
    return found
