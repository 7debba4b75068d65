"""Where counterparties are, as another sheet of the workbook says it, for lines whose own country is blank."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from exposures.cells import Cells
from exposures.coded import Mask, Objects
from exposures.issues import Issue, Rule, Severity


@dataclass(frozen=True, slots=True)
class Place:
    """A country or region by its code, and the sheet and cell that say it."""

    country: str
    sheet: str
    cell: str


#: By the counterparty's number.
Places = Mapping[str, Place]
#: They are looked up only where a line has no country.
Asked = Callable[[], Places]


def supply(
    cells: Cells, column: int, owing: Objects, blank: Mask, known: Places, countries: Objects
) -> tuple[Issue, ...]:
    """Fill `countries` in place where a row is `blank` and its counterparty known; one issue of each counterparty.

    The issue stands at the cell that says the country, and names the first line's cell in `column`.
    """
    gained: dict[str, list[int]] = {}
    for index in np.flatnonzero(blank).tolist():
        if owing[index] in known:
            countries[index] = known[owing[index]].country
            gained.setdefault(owing[index], []).append(index)
    issues = []
    for key, indices in gained.items():
        told = known[key]
        first = f"{cells.sheet}!{cells.address(indices[0], column)}"
        said = {"count": len(indices), "first": first, "counterparty": key}
        issues.append(
            Issue(told.sheet, told.cell, Rule.COUNTRY_SUPPLIED, Severity.INFO, told.country, "country", values=said)
        )
    return tuple(issues)
