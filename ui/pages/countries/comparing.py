"""The view "Compare": every country or region of the emerging-market set, and the state of the dollar tide."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.i18n import gettext as _
from app.services.profiles import Comparison, Row
from app.spreadsheets.workbook import SheetContent
from app.wording import countries as words
from app.wording import formats, terms
from app.wording.origin import Origin, joined, since
from app.wording.sentences import sentence
from ui.charts import saving
from ui.pages.booked import of_batch
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.origin import tell
from ui.tables.view import TableView
from ui.widgets.badge import Badge
from ui.widgets.card import Card
from ui.widgets.facts import Facts


class ComparisonCard(Card):
    """Countries and regions side by side; `opened(code)` when one is wanted."""

    opened = Signal(object)

    def __init__(self, state: State) -> None:
        super().__init__()
        self._shown: Comparison | None = None
        number = partial(Column, kind=Kind.NUMBER)
        self.table = TableView(
            (
                Column("country", lambda: _("Country or region"), priority=0, strong=True),
                Column("state", lambda: _("State"), Kind.SEVERITY, priority=0, detail="state_word"),
                number("score", lambda: _("Score"), decimals=1, priority=0, tone="state", note="coverage_note"),
                number("change", lambda: _("In a month"), decimals=1, sign=True, priority=1),
                number("coverage", lambda: _("Coverage\n%"), unit=lambda: "%", priority=2, quiet=True),
                number(
                    "short", lambda: _("FX, 5 obs.\n%"), unit=lambda: "%", decimals=1, sign=True, priority=1, note="fx"
                ),
                number(
                    "long", lambda: _("FX, 20 obs.\n%"), unit=lambda: "%", decimals=1, sign=True, priority=1, note="fx"
                ),
                number(
                    "rise",
                    lambda: _("Dollar, 250 obs.\n%"),
                    unit=lambda: "%",
                    decimals=1,
                    sign=True,
                    priority=2,
                    note="fx",
                ),
                number("cover", lambda: _("Import cover\nmonths"), decimals=1, priority=3, note="import_cover"),
                number("debt", lambda: _("Short debt\n% of reserves"), decimals=0, priority=3, note="short_debt"),
                number("cpi", lambda: _("CPI\n%"), unit=lambda: "%", decimals=1, priority=2, note="cpi_note"),
                number(
                    "rate", lambda: _("Policy rate\n%"), unit=lambda: "%", decimals=2, priority=3, note="policy_rate"
                ),
                number(
                    "account",
                    lambda: _("Current account\n% of GDP"),
                    decimals=1,
                    sign=True,
                    priority=4,
                    note="current_account",
                ),
                number("spread", lambda: _("Spread\nbp"), priority=3, note="spread_note"),
                Column("tier", lambda: _("Tier"), priority=1),
                Column("level", lambda: _("Level"), priority=4, fades=True),
                number("exposure", self._exposure, priority=1),
            ),
            title="comparison",
            name="countries.comparison",
            state=state,
        )
        self.table.opened.connect(self.opened)
        self.body.addWidget(self.table, 1)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("Which country or region is weakest?"))
        self.table.setAccessibleName(_("Countries and regions compared"))
        if self._shown is not None:
            self.show_comparison(self._shown)

    def _exposure(self) -> str:
        unit = _("{currency} m").format(currency=formats.currency(self._shown.currency if self._shown else "USD"))
        return f"{_('Exposure')}\n{unit}"

    def show_comparison(self, shown: Comparison) -> None:
        """Show them all."""
        self._shown = shown
        self.show_content()
        self.say(sentence(shown.finding))
        rows = shown.rows
        states = [_state(row) for row in rows]

        def figure(name: str) -> list[float | None]:
            return [row.values[name] for row in rows]

        def move(kind: str, over: int) -> list[float | None]:
            return [None if row.moves is None else getattr(row.moves, kind)[over] for row in rows]

        self.table.rows.load(
            {
                "country": [terms.country(row.code) for row in rows],
                "state": [state for state, _word in states],
                "state_word": [word for _state, word in states],
                "score": [None if row.score.value is None else float(row.score.value) for row in rows],
                "change": [None if row.change is None else float(row.change) for row in rows],
                "coverage": [float(row.score.coverage) for row in rows],
                "short": move("value", 5),
                "long": move("value", 20),
                "rise": move("rise", 250),
                "cover": figure("import_cover"),
                "debt": figure("short_debt"),
                "cpi": figure("cpi"),
                "rate": figure("policy_rate"),
                "account": figure("current_account"),
                "spread": figure("spread"),
                "tier": ["" if row.flag is None else words.tier(row.flag.tier.value) for row in rows],
                "level": ["" if row.level is None else words.level(row.level.level) for row in rows],
                "exposure": [None if row.exposure is None else float(row.exposure) / 1e6 for row in rows],
                "fx": [_told(row, "fx") for row in rows],
                "import_cover": [_told(row, "import_cover") for row in rows],
                "short_debt": [_told(row, "short_debt") for row in rows],
                "cpi_note": [_told(row, "cpi") for row in rows],
                "policy_rate": [_told(row, "policy_rate") for row in rows],
                "current_account": [_told(row, "current_account") for row in rows],
                "spread_note": [_told(row, "spread") for row in rows],
                "coverage_note": [
                    _("coverage {share}").format(share=formats.percent(row.score.coverage, 0)) for row in rows
                ],
            },
            keys=[row.code for row in rows],
        )
        tell(self.table, self._origin(shown))
        text = _("Scores of {day}; FX in value, minus means weaker; exposure on the guarantor basis").format(
            day=formats.day(shown.today)
        )
        self.add_note(_("{text}. A dash means no data, never zero.").format(text=text))

    @staticmethod
    def _origin(shown: Comparison) -> Origin:
        each = _("as the tooltip of each figure and the sheet of sources say")
        units = Origin(each, each, each, _("as the headings say"))
        return units if shown.book is None else joined([units, of_batch(shown.book, shown.currency)])

    def sources(self) -> SheetContent | None:
        """A sheet with the source, day, known-from and unit of every figure of the comparison."""
        if self._shown is None:
            return None
        headers = [_("Country or region"), _("Figure"), _("Series"), _("Source"), _("Observed"), _("Known from (UTC)")]
        headers.append(_("Unit"))
        rows = [
            [
                terms.country(row.code),
                words.concept(concept),
                told.series,
                told.source,
                told.on,
                told.known_from.replace(tzinfo=None),
                told.unit,
            ]
            for row in self._shown.rows
            for concept, told in row.told.items()
        ]
        facts = self._origin(self._shown).facts()
        return saving.sheet_of(headers, rows, _("Sources"), _("Where each figure comes from"), facts=facts)


def _covered(row: Row) -> str:
    return _("coverage {share}").format(share=formats.percent(row.score.coverage, 0))


def _told(row: Row, concept: str) -> str:
    """Where a figure comes from, of which day, known since when, in which unit."""
    told = row.told.get(concept)
    if told is None:
        return ""
    source = _("{series}, from {source}").format(series=told.series, source=told.source or "–")
    origin = Origin(source, formats.day(told.on), since(told.known_from), told.unit)
    return origin.text("\n")


def _state(row: Row) -> tuple[str, str]:
    return words.score_state(row.score.state.value)


class TideCard(Card):
    """Is the dollar tide out? The four families of Fed alerts."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: Comparison | None = None
        self.badge = Badge()
        self.corner.addWidget(self.badge)
        self.families = Facts("families")
        self.body.addWidget(self.families)
        self.body.addStretch(1)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("Is the dollar tide on?"))
        if self._shown is not None:
            self.show_comparison(self._shown)

    def show_comparison(self, shown: Comparison) -> None:
        """Show the tide of now."""
        self._shown = shown
        flags = shown.flags
        self.badge.show_state("critical" if flags.tide.on else "ok", _("On") if flags.tide.on else _("Off"))
        self.say(sentence(flags.finding))
        rows = []
        for one in flags.families:
            state = _("quiet") if one.severity is None else words.severity(one.severity)
            rows.append((words.family(one.family), state, _("; ").join(words.alert(alert) for alert in one.alerts)))
        self.families.fill_told(rows)
        self.add_note(
            _("On: one critical, or warnings in two families. While on, a score of 50 or one warning makes tier B.")
        )


class CompareView(QWidget):
    """The comparison above, the tide below."""

    def __init__(self, state: State) -> None:
        super().__init__()
        self.comparison, self.tide = ComparisonCard(state), TideCard()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.comparison, 1)
        column.addWidget(self.tide)
