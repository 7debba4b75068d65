"""The card "Are country-risk reserves enough?": required against held, and major exposures."""

from app.i18n import gettext as _
from app.i18n import pgettext
from app.wording import formats, terms
from app.wording.countries import level
from app.wording.sentences import sentence
from app.wording.stress import missing_setting
from exposures import country_risk
from exposures.country_risk import MAJOR_SHARE, CountryRisk, CountryRisks
from ui.pages.exposures.survey import millions
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.view import TableView
from ui.widgets.card import Card


class ReservesCard(Card):
    """Level, required and held reserve, and the share of net capital, by country or region."""

    def __init__(self, state: State) -> None:
        super().__init__()
        self._risks: CountryRisks | None = None
        self.table = TableView(
            (
                Column("country", lambda: _("Country or region"), stretch=1, width=110, priority=0),
                Column("level", lambda: pgettext("country risk", "Level"), priority=1),
                Column("base", lambda: _("Exposure"), Kind.NUMBER, decimals=1, unit=self._unit, priority=0),
                Column(
                    "required",
                    lambda: pgettext("reserve", "Required"),
                    Kind.NUMBER,
                    decimals=1,
                    unit=self._unit,
                    priority=1,
                ),
                Column(
                    "held", lambda: pgettext("reserve", "Held"), Kind.NUMBER, decimals=1, unit=self._unit, priority=1
                ),
                Column(
                    "gap",
                    lambda: pgettext("reserve", "Missing"),
                    Kind.NUMBER,
                    decimals=1,
                    unit=self._unit,
                    strong=True,
                    priority=0,
                ),
                Column(
                    "share",
                    lambda: _("Of net capital"),
                    Kind.NUMBER,
                    decimals=1,
                    unit=lambda: "%",
                    tone="state",
                    priority=0,
                ),
                Column("lacks", lambda: _("Cannot be computed without"), stretch=1, width=90, priority=1, note="lacks"),
            ),
            title="",
            name="structure.reserves",
            state=state,
        )
        self.body.addWidget(self.table, 1)

    def _unit(self) -> str:
        return _("{currency} m").format(currency=formats.currency(self._risks.currency if self._risks else "USD"))

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("Are country-risk reserves enough?"))
        self.table.setAccessibleName(_("Country-risk reserves, the largest exposure first"))
        if self._risks is not None:
            self.show_risks(self._risks)

    def show_risks(self, risks: CountryRisks) -> None:
        """Show every country in millions of the book's currency."""
        self._risks = risks
        self.say(sentence(country_risk.finding(risks)))
        rows = risks.rows
        self.table.rows.load(
            {
                "country": [terms.country(row.country) for row in rows],
                "level": [level(row.level) if row.level else "" for row in rows],
                "base": [millions(row.base) for row in rows],
                "required": [millions(row.required) for row in rows],
                "held": [millions(row.held) for row in rows],
                "gap": [millions(row.gap) for row in rows],
                "share": [row.capital_share for row in rows],
                "state": ["warning" if row.major else "" for row in rows],
                "lacks": [_lacking(row) for row in rows],
            },
            keys=[row.country for row in rows],
        )
        notes = [_("A surplus in one country never covers a gap in another.")]
        if risks.net_capital is None:
            notes.append(_("No major exposure is marked: set the group's net capital."))
        else:
            notes.append(
                _("Above {mark} of net capital an exposure is a major one.").format(
                    mark=formats.percent(MAJOR_SHARE, 0)
                )
            )
        self.add_note(formats.together(notes))


def _lacking(row: CountryRisk) -> str:
    return _(", ").join(map(missing_setting, row.lacks))
