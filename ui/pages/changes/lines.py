"""The card "Which lines?": every line that is new, gone, larger, smaller, matured, graded or classed anew."""

from typing import Any

import numpy as np
import pandas as pd
from PySide6.QtCore import Slot

from app.i18n import gettext as _
from app.i18n import ngettext
from app.wording import changes as words
from app.wording import formats, terms
from exposures.book import Dimension
from exposures.changes import BY, Changed, Kind
from exposures.currencies import minor_units
from ui.state import State
from ui.tables.column import Column
from ui.tables.column import Kind as Drawn
from ui.tables.filter_box import FilterBox
from ui.tables.view import TableView
from ui.widgets.card import Card
from ui.widgets.choice import Segments

_KINDS = ("all", "new", "grown", "shrunk", "matured", "gone", "regraded", "reclassified", "moved")


class ChangedLinesCard(Card):
    """Narrowed by kind, by what is picked above, and by what is typed."""

    def __init__(self, state: State) -> None:
        super().__init__()
        self._changed: Changed | None = None
        self._picked: tuple[str, Any] | None = None
        self.kinds = Segments(_KINDS, "all")
        self.kinds.chosen.connect(self._narrow)
        self.table = TableView(
            (
                Column("line", lambda: _("Line"), strong=True, priority=0),
                Column("what", lambda: _("What"), priority=0),
                Column("who", lambda: _("Counterparty"), stretch=2, width=110, priority=1, note="who"),
                Column("country", lambda: _("Country or region"), priority=2),
                Column("entity", lambda: _("Entity"), priority=4, fades=True),
                Column("money", lambda: _("Currency"), priority=2),
                Column("before", lambda: _("Before"), Drawn.NUMBER, decimals=2, priority=1),
                Column("after", lambda: _("After"), Drawn.NUMBER, decimals=2, priority=1),
                Column("change", lambda: _("Change"), Drawn.NUMBER, decimals=2, sign=True, strong=True, priority=0),
                Column("rating", lambda: _("Rating"), priority=3, fades=True),
                Column("class", lambda: _("Class"), priority=3, fades=True),
            ),
            title="",
            name="changes.lines",
            state=state,
        )
        self.filter = FilterBox(self.table)
        self.filter.setFixedWidth(130)
        self.corner.addWidget(self.filter)
        self.corner.addWidget(self.kinds)
        self.body.addWidget(self.table, 1)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("Which lines?"))
        self.kinds.fill([_("All"), *(words.kind(code) for code in _KINDS[1:])])
        self.add_note(_("In millions of each line’s own currency."))
        self.table.setAccessibleName(_("Lines that changed"))
        if self._changed is not None:
            self.show_changes(self._changed)

    def show_changes(self, changed: Changed) -> None:
        """Show the lines that changed, the largest first within each currency."""
        self._changed = changed
        lines = changed.lines
        money = {end: _millions(lines, end) for end in ("before", "after")}
        change = np.where(np.isnan(money["after"]), 0, money["after"]) - np.where(
            np.isnan(money["before"]), 0, money["before"]
        )
        same = (lines["currency_before"].fillna(lines["currency_after"]) == lines["currency_after"].fillna(
            lines["currency_before"])).to_numpy(dtype=bool)  # fmt: skip
        self.table.rows.load(
            {
                "line": lines["line_id"].tolist(),
                "what": [
                    _what(*row)
                    for row in zip(lines["kind"], lines["regraded"], lines["reclassified"], lines["moved"], strict=True)
                ],
                "who": _texts(lines["counterparty_name"]),
                "country": _countries(lines),
                "entity": _pairs(lines["booking_entity_was"], lines["booking_entity"]),
                "money": _pairs(lines["currency_before"], lines["currency_after"]),
                "before": _figures(money["before"]),
                "after": _figures(money["after"]),
                "change": _figures(np.where(same, change, np.nan)),
                "rating": _pairs(lines["rating_before"], lines["rating_after"], lines["regraded"]),
                "class": _classes(lines),
            },
            keys=lines["line_id"].tolist(),
        )
        self._narrow(self.kinds.current)

    def pick(self, by: str, key: Any) -> None:
        """Only the lines of one country, group or entity; None: of all."""
        self._picked = None if key is None else (by, key)
        self._narrow(self.kinds.current)

    @Slot(str)
    def _narrow(self, kind: str) -> None:
        if self._changed is None:
            return
        lines = self._changed.lines
        wanted = np.ones(len(lines), dtype=bool)
        if kind == "regraded":
            wanted = lines["regraded"].to_numpy(dtype=bool)
        elif kind == "reclassified":
            wanted = (lines["reclassified"] != 0).to_numpy(dtype=bool)
        elif kind == "moved":
            wanted = lines["moved"].to_numpy(dtype=bool)
        elif kind != "all":
            wanted = (lines["kind"] == kind).to_numpy(dtype=bool)
        if self._picked is not None:
            column = BY[Dimension(self._picked[0])]
            here = (lines[column] == self._picked[1]) | (lines[f"{column}_was"] == self._picked[1])
            wanted = wanted & here.to_numpy(dtype=bool)
        self.table.rows.filter_rows(wanted)
        count = int(wanted.sum())
        self.say(
            ngettext("{n} line changed.", "{n} lines changed.", count).format(n=formats.number(count))
            if count
            else _("No such line.")
        )


def _what(kind: str, regraded: bool, reclassified: int, moved: bool) -> str:
    said = [] if kind == Kind.SAME else [words.kind(kind)]
    if reclassified:
        said.append(words.kind("reclassified"))
    elif regraded and kind == Kind.SAME:
        said.append(words.kind("regraded"))
    if moved:
        said.append(words.kind("moved"))
    return _(", ").join(said)


def _texts(column: "pd.Series[Any]") -> list[str]:
    return ["" if pd.isna(value) else str(value) for value in column]


def _countries(lines: pd.DataFrame) -> list[str]:
    """The country or region of each line, with an arrow where it was another."""
    before, after = (
        pd.Series([terms.country(code) for code in _codes(lines[name])]) for name in ("country_was", "country")
    )
    return _pairs(before, after)


def _codes(column: "pd.Series[Any]") -> list[str | None]:
    return [None if pd.isna(value) else str(value) for value in column]


def _millions(lines: pd.DataFrame, end: str) -> "np.ndarray[Any, Any]":
    codes = lines[f"currency_{end}"]
    units = codes.map({code: 10.0 ** (minor_units(code) + 6) for code in codes.dropna().unique()})
    return np.asarray(lines[end].to_numpy(dtype=float) / units.to_numpy(dtype=float))


def _figures(values: "np.ndarray[Any, Any]") -> list[float | None]:
    return [None if value != value else float(value) for value in values]


def _pairs(before: "pd.Series[Any]", after: "pd.Series[Any]", told: Any = None) -> list[str]:
    """What it is; with an arrow where it was something else."""
    made = []
    for was, now in zip(_texts(before), _texts(after), strict=True):
        made.append(_("{before} → {after}").format(before=was, after=now) if was and now and was != now else now or was)
    return made


def _classes(lines: pd.DataFrame) -> list[str]:
    made = []
    for was, now in zip(_codes(lines["class_before"]), _codes(lines["class_after"]), strict=True):
        if was is not None and now is not None and was != now:
            made.append(_("{before} → {after}").format(before=terms.loan_class(was), after=terms.loan_class(now)))
        else:
            made.append(terms.loan_class(now or was))
    return made
