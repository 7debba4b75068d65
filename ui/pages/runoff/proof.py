"""The card "How wrong was it before?": both past run-offs, simulated against what happened, with their errors."""

from datetime import datetime

import numpy as np
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.i18n import gettext as _
from app.i18n import pgettext
from app.liquidity.backtest import EPISODES, Backtest
from app.services.simulating import Proof
from app.wording import formats
from app.wording.runoff import line_name
from app.wording.sentences import sentence
from ui.charts.chart import Chart
from ui.charts.parts import Line, Pane
from ui.pages.runoff.origin import of_test
from ui.tables.column import Column, Kind
from ui.tables.origin import tell
from ui.tables.view import TableView
from ui.widgets.card import Card
from ui.widgets.text import label


class Episode(QWidget):
    """One back-test: total assets as a chart, the errors of every line as a table."""

    def __init__(self) -> None:
        super().__init__()
        self._test: Backtest | None = None
        self._title, self._unit = label("strong"), label("caption")
        self.chart = Chart(ranges=("all",), chosen="all", ranges_apart=True, unrevised="simulated")
        self.chart.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.chart.setMinimumHeight(90)
        self.table = TableView(
            (
                Column("line", lambda: pgettext("balance sheet", "Line"), stretch=1, priority=0),
                Column("mean", lambda: _("Mean\nabs."), Kind.NUMBER, priority=1),
                Column("end", lambda: _("At the\nend"), Kind.NUMBER, sign=True, priority=1),
                Column("percent", lambda: _("Mean,\n%"), Kind.NUMBER, decimals=1, strong=True, priority=0),
            ),
            title="",
            row="dense",
            whole=True,
            selectable=False,
            name="runoff.errors",
        )
        top = QHBoxLayout()
        top.addWidget(self._title)
        top.addStretch(1)
        top.addWidget(self._unit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(self.chart, 1)
        column.addWidget(self.table)

    def show_test(self, test: Backtest) -> None:
        """Show a back-test."""
        self._test = test
        dates = np.array(test.dates, "datetime64[D]")
        title = _("{first} to {last}").format(first=test.dates[0].year, last=test.dates[-1].year)
        self._title.setText(title)
        self._unit.setText(_("Total assets, USD tn"))
        trillions = {
            kind: np.array(levels["total_assets"]) / 1000
            for kind, levels in (("actual", test.actual), ("model", test.simulated))
        }
        self.chart.title = _("Back-test {episode}").format(episode=test.episode.id)
        self.chart.show_panes(
            Pane(
                (
                    Line(
                        _("Actual"),
                        dates,
                        trillions["actual"],
                        "treasuries_and_total_assets",
                        decimals=2,
                        source="WALCL",
                        known_from=np.full(len(dates), _naive(test.known_from)),
                    ),
                    Line(_("Model"), dates, trillions["model"], "text2", decimals=2, dash=True, source=_("simulated")),
                ),
                unit=_("USD tn"),
            )
        )
        self.table.setAccessibleName(_("Errors of {episode}").format(episode=test.episode.id))
        tell(self.table, of_test(test, _("simulated less actual, USD bn and %")))
        self.table.rows.load(
            {
                "line": [line_name(error.line) for error in test.errors],
                "mean": [error.mean_absolute for error in test.errors],
                "end": [error.at_end for error in test.errors],
                "percent": [error.mean_percent for error in test.errors],
            },
            keys=[error.line for error in test.errors],
        )
        self.table.restyle()

    def retranslate(self) -> None:
        """Set every text anew."""
        self.chart.retranslate()
        if self._test is not None:
            self.show_test(self._test)


def _naive(instant: datetime | None) -> np.datetime64:
    return np.datetime64("NaT") if instant is None else np.datetime64(instant.replace(tzinfo=None))


class ProofCard(Card):
    """The evidence beside every result."""

    def __init__(self) -> None:
        super().__init__()
        self._proof: Proof | None = None
        self.episodes = {id: Episode() for id in EPISODES}
        for episode in self.episodes.values():
            self.body.addWidget(episode, 1)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("How wrong was it before?"))
        for episode in self.episodes.values():
            episode.retranslate()
        if self._proof is not None:
            self.show_proof(self._proof)

    def show_proof(self, proof: Proof) -> None:
        """Show the back-tests that have data."""
        self._proof = proof
        self.clear_error()
        if not proof.tests:
            self.show_empty(
                "liquidity",
                _("No back-test yet"),
                _("Total assets, Treasuries and agency MBS of 2017 to 2019, or of 2022 to 2025, belong here."),
            )
            self.say(sentence(proof.finding))
            self.add_note("")
            return
        self.show_content()
        self.say(sentence(proof.finding))
        shown = {test.episode.id: test for test in proof.tests}
        for id, episode in self.episodes.items():
            episode.setVisible(id in shown)
            if id in shown:
                episode.show_test(shown[id])
        ladder = all(test.has_ladder for test in proof.tests)
        caps = _("Same code, caps as announced; errors in USD bn. Crisis lending of March 2023 is not modelled.")
        self.add_note(caps if ladder else formats.together([caps, _("No maturity ladder.")]))
