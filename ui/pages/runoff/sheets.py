"""What each view writes into a workbook."""

from typing import Protocol

from app.i18n import gettext as _
from app.spreadsheets.workbook import SheetContent
from app.wording.sentences import sentence
from ui.pages.runoff.account import AccountCard
from ui.pages.runoff.maturities import MaturitiesCard
from ui.pages.runoff.months import MonthsCard
from ui.pages.runoff.proof import ProofCard
from ui.pages.runoff.result import ResultCard
from ui.pages.runoff.scenarios import ScenariosCard
from ui.pages.runoff.work import Shown
from ui.tables.origin import sheet


class Views(Protocol):
    """The cards of the page, and what the simulator shows."""

    shown: Shown | None
    result: ResultCard
    months: MonthsCard
    proof: ProofCard
    scenarios: ScenariosCard
    account: AccountCard
    maturities: MaturitiesCard


def sheets(views: Views, view: str) -> tuple[SheetContent, ...]:
    """The sheets of the view that is in sight, each with its answer and sources."""
    return {"maturities": _maturities, "account": _account, "scenarios": _scenarios}.get(view, _simulator)(views)


def _maturities(views: Views) -> tuple[SheetContent, ...]:
    card = views.maturities
    return (
        sheet(card.shares, _("Remaining life"), card.question.text(), answer=card.answer.text()),
        sheet(card.months, _("Months"), card.months.accessibleName()),
    )


def _account(views: Views) -> tuple[SheetContent, ...]:
    card = views.account
    return (sheet(card.table, _("Run-off"), card.question.text(), answer=card.answer.text()),)


def _scenarios(views: Views) -> tuple[SheetContent, ...]:
    card = views.scenarios
    return (sheet(card.table, _("Scenarios"), card.question.text(), answer=card.answer.text()),)


def _simulator(views: Views) -> tuple[SheetContent, ...]:
    course = views.shown.course if views.shown else None
    facts = [(_("Assumption"), sentence(note)) for note in (course.simulation.notes if course else ())]
    question, answer = views.result.question.text(), views.result.answer_text()
    proofs = tuple(
        sheet(
            episode.table,
            id,
            views.proof.question.text(),
            answer=views.proof.answer.text(),
        )
        for id, episode in views.proof.episodes.items()
        if episode.table.rows.rowCount()
    )
    return (sheet(views.months.table, _("Months"), question, answer=answer, facts=facts), *proofs)
