"""What each view of the page writes into a workbook."""

from datetime import date
from typing import Protocol

from app.i18n import gettext as _
from app.spreadsheets.workbook import SheetContent
from app.wording import formats
from ui.pages.countries.comparing import CompareView
from ui.pages.countries.figures import FiguresCard
from ui.pages.countries.flows import FlowsCard
from ui.pages.countries.home import HomeView
from ui.pages.countries.score import ScoreCard
from ui.pages.countries.stake import StakeCard
from ui.tables.origin import sheet
from ui.tables.view import TableView
from ui.widgets.card import Card


class Views(Protocol):
    """The cards of the page that hold tables."""

    figures: FiguresCard
    score: ScoreCard
    stake: StakeCard
    compare: CompareView
    flows: FlowsCard
    home: HomeView


def past(day: date) -> str:
    """That what is shown is of a past day."""
    return _("What was known at the end of {day}").format(day=formats.day(day))


def sheets(views: Views, view: str, known_on: date | None) -> list[SheetContent]:
    """The tables in sight, each with its answer and what it says of its figures; of a past day they say so."""
    facts = [] if known_on is None else [(_("As known on"), past(known_on))]
    made = [
        sheet(
            table,
            name,
            card.question.text(),
            answer=card.answer.text(),
            facts=[*facts, *([(_("Note"), card.note.text())] if card.note.text() else ())],
        )
        for name, card, table in _tables(views, view)
    ]
    sources = views.compare.comparison.sources() if view == "compare" else None
    return made if sources is None else [*made, sources]


def _tables(views: Views, view: str) -> list[tuple[str, Card, TableView]]:
    match view:
        case "compare":
            return [(_("Comparison"), views.compare.comparison, views.compare.comparison.table)]
        case "flows":
            return [(_("Flows"), views.flows, views.flows.table)]
        case "home":
            return [(_("Home side"), views.home.figures, views.home.figures.table)]
    return [
        (_("Indicators"), views.figures, views.figures.table),
        (_("Score"), views.score, views.score.inputs),
        (_("What moved it"), views.score, views.score.moves),
        (_("At stake"), views.stake, views.stake.table),
    ]
