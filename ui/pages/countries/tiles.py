"""The row of tiles: the country's figures at a glance, each with its change, date and what is missing."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.countries.score import Status
from app.i18n import gettext as _
from app.i18n import ngettext
from app.services.profiles import Country, Indicator
from app.wording import countries as words
from app.wording import formats
from ui.pages.countries.figures import known
from ui.widgets.badge import Mark
from ui.widgets.freshness import Freshness
from ui.widgets.text import label, restyle

#: What the tiles show.
SHOWN = ("fx", "reserves", "policy_rate", "cpi", "short_debt", "current_account", "spread")


class Tile(QWidget):
    """Name, figure with unit, change, date; a missing figure says why."""

    def __init__(self) -> None:
        super().__init__()
        self._name, self._figure, self._unit = label("label"), label("figure"), label("small")
        self._change, self._mark, self._freshness = label("small"), Mark("", 12), Freshness()
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(self._name)
        top.addStretch(1)
        top.addWidget(self._mark)
        middle = QHBoxLayout()
        middle.setSpacing(5)
        middle.addWidget(self._figure)
        middle.addWidget(self._unit)
        middle.addStretch(1)
        low = QHBoxLayout()
        low.addWidget(self._freshness)
        low.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addLayout(middle)
        column.addWidget(self._change)
        column.addLayout(low)

    def fill(self, one: Indicator, name: str, change: str, state: str) -> None:
        """Show one figure."""
        self._name.setText(name)
        self._figure.setText(words.figure(one.value, one.unit))
        self._figure.setProperty("tone", state if state in ("critical", "warning") else "")
        restyle(self._figure)
        self._unit.setText(words.unit(one.unit, one.value) if one.value is not None else "")
        self._mark.show_state(state)
        self._mark.setVisible(bool(state))
        self._change.setText(change)
        note = _("{series}, from {source}").format(series=one.series, source=one.source or "–")
        if one.entry is not None:
            note = _("{series}, {source}: entered by {who}, checked by {checker}").format(
                series=one.series, source=one.entry.draft.source, who=one.entry.who, checker=one.entry.checked_by
            )
        said = "" if one.on is None else _("observed {day}").format(day=formats.day(one.on))
        since = known(one)
        told = "" if since is None else _("known from {known}").format(known=since)
        self.setToolTip("\n".join(text for text in (note, said, told) if text))
        if one.on is None:
            self._freshness.show_date("", _("enter or import") if one.absence else _("no data"), gone=True)
            return
        late = ""
        if one.status is Status.TOO_OLD:
            late = ngettext("{age} day old", "{age} days old", one.age or 0).format(age=formats.number(one.age or 0))
        elif one.missed:
            late = ngettext("missed {count}", "missed {count}", one.missed).format(count=one.missed)
        self._freshness.show_date(_when(one), late)


def _when(one: Indicator) -> str:
    assert one.on is not None
    return formats.day(one.on) if (one.age or 0) > 300 else formats.short_day(one.on)


class TilesCard(QFrame):
    """Seven tiles with rules between them."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("r", "card")
        self._shown: Country | None = None
        self.tiles = {concept: Tile() for concept in SHOWN}
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 14, 8)
        row.setSpacing(12)
        for place, tile in enumerate(self.tiles.values()):
            if place:
                line = QFrame()
                line.setProperty("r", "rule")
                line.setFixedWidth(1)
                row.addWidget(line)
            row.addWidget(tile, 1)

    def retranslate(self) -> None:
        """Set every text anew."""
        if self._shown is not None:
            self.show_country(self._shown)

    def show_country(self, shown: Country) -> None:
        """Show the figures of a country or region."""
        self._shown = shown
        found = {one.concept: one for one in shown.indicators} | {"fx": shown.rate}
        gravest = "critical" if any(_critical(one) for one in shown.alerts if one.rule.family == "fx") else ""
        for concept, tile in self.tiles.items():
            one = found.get(concept)
            tile.setVisible(one is not None)
            if one is None:
                continue
            if concept == "fx":
                week = None if shown.moves is None else shown.moves.value[5]
                said = "" if week is None else _("{week}, 5 obs.").format(week=formats.percent(week, 1, sign=True))
                name = _("USD/{currency}").format(currency=one.series.removeprefix("FX_")) if one.series else _("FX")
                tile.fill(one, name, said or _("too few"), gravest)
            else:
                tile.fill(one, words.concept(concept), _change(one), "")


def _critical(alert: object) -> bool:
    severity = getattr(alert, "severity", None)
    return severity is not None and severity.value == "critical"


def _change(one: Indicator) -> str:
    if one.value is None:
        return _("No value")
    if one.change is None:
        return ""
    if not one.change:
        return _("unchanged")
    return _("{change} since {day}").format(change=words.figure(one.change, one.unit, sign=True), day=_month(one))


def _month(one: Indicator) -> str:
    assert one.before is not None
    return formats.short_day(one.before) if (one.age or 0) <= 300 else formats.number(one.before.year).replace(",", "")
