"""The card "What would break?": every country or region before and after, with its limit."""

from decimal import Decimal

from app.i18n import gettext as _
from app.i18n import pgettext
from app.wording import formats, terms
from app.wording.sentences import sentence
from exposures import stress
from exposures.limits import LimitState, LimitUse
from exposures.stress import StressResult
from ui.pages.exposures.matrix import severity
from ui.pages.exposures.survey import MILLION
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.view import TableView
from ui.widgets.card import Card


class EffectCard(Card):
    """Exposure on the guarantor basis and use of the limit, before and after."""

    def __init__(self, state: State) -> None:
        super().__init__()
        self._result: StressResult | None = None
        self.table = TableView(
            (
                Column("country", lambda: _("Country or region"), stretch=1, width=110, priority=0),
                Column(
                    "before", lambda: pgettext("stress", "Before"), Kind.NUMBER, decimals=1, unit=self._unit, priority=1
                ),
                Column(
                    "after", lambda: pgettext("stress", "After"), Kind.NUMBER, decimals=1, unit=self._unit, priority=0
                ),
                Column("change", lambda: _("Change"), Kind.NUMBER, decimals=1, sign=True, priority=1),
                Column("use", lambda: _("Limit used"), Kind.NUMBER, decimals=1, unit=lambda: "%", priority=1),
                Column(
                    "use_after",
                    lambda: _("Limit used after"),
                    Kind.NUMBER,
                    decimals=1,
                    unit=lambda: "%",
                    strong=True,
                    tone="state",
                    note="why",
                    priority=0,
                ),
            ),
            title="",
            name="stress.effect",
            state=state,
        )
        self.body.addWidget(self.table, 1)

    def _unit(self) -> str:
        return _("{currency} m").format(currency=formats.currency(self._result.currency if self._result else "USD"))

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("What would break?"))
        self.add_note(_("Guarantor basis, drawn and undrawn; use of the limit with what is pending."))
        self.table.setAccessibleName(_("Countries and regions before and after"))
        if self._result is not None:
            self.show_result(self._result)

    def show_result(self, result: StressResult) -> None:
        """Show a scenario's result, amounts in millions of the book's currency."""
        self._result = result
        self.say(sentence(stress.finding(result)))
        rows = result.countries
        self.table.rows.load(
            {
                "country": [terms.country(one.country) for one in rows],
                "before": [one.exposure / MILLION for one in rows],
                "after": [one.exposure_after / MILLION for one in rows],
                "change": [_change(one.exposure_after - one.exposure) for one in rows],
                "use": [_share(one.limit) for one in rows],
                "use_after": [_share(one.limit_after) for one in rows],
                "state": [_tone(one.limit_after) for one in rows],
                "why": [_("Lower only because a currency fell") if one.flattered else "" for one in rows],
            },
            keys=[one.country for one in rows],
        )


def _share(use: LimitUse | None) -> Decimal | None:
    share = use.use.share_with_pending if use is not None else None
    return None if share is None else share * 100


def _tone(use: LimitUse | None) -> str:
    """The limit's state where it is not normal: good news has no colour."""
    if use is None or use.state in (LimitState.NORMAL, LimitState.NO_LIMIT):
        return ""
    return severity(use)[0]


def _change(amount: Decimal) -> Decimal | None:
    """What does not move is left empty, so that what moves is seen."""
    return amount / MILLION if amount else None
