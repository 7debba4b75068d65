"""`demo`: the sample workspace, and the main job done on it from end to end."""

import argparse
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from app import bootstrap
from app.cli.command import Outcome, add_command
from app.wording import sample as words
from app.wording.sentences import sentence

if TYPE_CHECKING:
    from app.cli.command import Commands

#: The workbook that the demonstration leaves in its output folder.
WORKBOOK = "review_lists_SAMPLE.xlsx"


def add(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Put the command on the command line."""
    parser = add_command(
        commands,
        "demo",
        run,
        "Build the sample workspace and run the main job on it: import, limits, alerts, review lists. "
        "Refuses a workspace that holds other data; doing it again is safe.",
    )
    parser.add_argument("--output", metavar="DIR", help="where the files go (default: output/ in the workspace)")
    parser.add_argument("--untouched", action="store_true", help="leave every item and notice as it was proposed")
    parser.add_argument("--no-window", action="store_true", help="do not open the window afterwards")


def _begin(sample: bootstrap.Program) -> None:
    """The sample bank's people begin their work on the lists, each under an account of their own."""
    from app.services.sample.under_way import APPROVER, OFFICER, OTHER, Desk, UnderWay

    with ExitStack() as opened:
        desks = {}
        for who in (OFFICER, APPROVER, OTHER):
            own = opened.enter_context(bootstrap.open_program(sample.workspace.root, user=who))
            desks[who] = Desk(own.database, own.reviewing, own.deciding, own.noticing)
        UnderWay(desks, sample.user).begin(sample.clock())


def run(program: bootstrap.Program, chosen: argparse.Namespace) -> Outcome:
    """Claim the workspace, fill it, evaluate the rules, make the lists and export them."""
    # Only this command needs the sample's data and the writer of workbooks.
    from app.services.sample.building import Building, claim

    root = program.workspace.root
    output = Path(chosen.output) if chosen.output else root / "output"
    claim(program.database)
    # From here on the workspace has its own day, so it is opened anew.
    with bootstrap.open_program(root) as sample:
        building = Building(sample.database, sample.workspace, sample.clock, sample.user)
        built = building.build(output)
        evaluation = sample.monitoring.evaluate()
        sample.checking.run(sample.checking.business_date())
        sample.reviewing.generate()
        if not chosen.untouched:
            _begin(sample)
        if not sample.backing_up.kept():
            sample.backing_up.keep_daily(sample.clock())
        (screening, *_others) = sample.reviewing.lists()
        exported = sample.reviewing.export(output / WORKBOOK)
        limits = sample.limiting.in_force()
    lines = (
        words.opening(),
        words.workspace_line(str(root)),
        words.history_line(built.observations),
        words.book_line(built.ledger.name, built.book.rows_read, built.book.imported, built.book.quarantined),
        words.limits_line(len(limits)),
        words.alerts_line(sentence(evaluation.finding)),
        words.reviews_line(sentence(screening.finding)),
        words.workbook_line(str(exported.path)),
    )
    data = {
        "workspace": str(root),
        "observations": built.observations,
        "batch": built.book.id,
        "rows_read": built.book.rows_read,
        "imported": built.book.imported,
        "quarantined": built.book.quarantined,
        "limits": len(limits),
        "firing": sum(alert.phase.value == "firing" for alert in evaluation.alerts),
        "items": len(screening.items),
        "ledger": str(built.ledger),
        "workbook": str(exported.path),
    }
    return Outcome(data, lines)
