"""Copies of the workspace on the command line: made, listed and restored; and everything for other programs."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from app import bootstrap
from app.bootstrap import Program
from app.cli.command import Outcome, add_command, add_command_on_closed
from app.wording import backup as words
from app.wording import formats
from app.wording.sentences import sentence

if TYPE_CHECKING:
    from app.cli.command import Commands


def add(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Put the commands on the command line."""
    parser = add_command(
        commands,
        "backup",
        back_up,
        "Copy the whole workspace into one file. Other programs may use the workspace meanwhile.",
    )
    parser.add_argument("file", metavar="FILE", help="the backup's file; an older backup of that name is replaced")
    add_command(commands, "backups", list_copies, "The copies the program keeps by itself, each read whole.")
    parser = add_command_on_closed(
        commands,
        "restore",
        restore,
        "Make the workspace what it was when a backup was made: all of it or nothing. No program may have it open.",
    )
    parser.add_argument("file", metavar="FILE", help="a file that backup has written")
    parser.add_argument(
        "--replace", action="store_true", help="replace a workspace that holds data (kept among its backups)"
    )
    parser = add_command(
        commands, "export-all", export_all, "Write everything the workspace holds as CSV and as Excel workbooks."
    )
    parser.add_argument("folder", metavar="DIR", help="a new or an empty folder")


def back_up(program: Program, chosen: argparse.Namespace) -> Outcome:
    """Make a backup."""
    made = program.backing_up.back_up(Path(chosen.file))
    rows = sum(made.manifest.rows.values())
    data = {
        "file": str(made.file),
        "bytes": made.size,
        "schema": made.manifest.schema,
        "made_at": made.manifest.made_at,
        "rows": rows,
        "parts": [part.name for part in made.manifest.parts],
    }
    return Outcome(data, (words.made(str(made.file), made.size, rows),))


def list_copies(program: Program, _chosen: argparse.Namespace) -> Outcome:
    """Every kept copy, newest first: when, why, how large, and whether it can be restored."""
    found = program.keeping.copies()
    data, lines = [], [sentence(found.finding)]
    for copy in found.copies:
        kept, fault = copy.kept, None if copy.fault is None else copy.fault.code
        data.append(
            {
                "file": str(kept.file),
                "made_at": kept.made_at,
                "reason": kept.reason,
                "bytes": kept.size,
                "whole": fault is None,
                "fault": fault,
                "rows": None if copy.manifest is None else sum(copy.manifest.rows.values()),
            }
        )
        told = (
            formats.dated_moment(kept.made_at),
            words.state(fault)[1],
            words.reason(kept.reason),
            words.size(kept.size),
            str(kept.file),
        )
        lines.append("  ".join(told))
    return Outcome(data, tuple(lines))


def restore(workspace: Path, chosen: argparse.Namespace) -> Outcome:
    """Put a backup in the place of a workspace that nobody has open."""
    done = bootstrap.restore_workspace(workspace, Path(chosen.file), replace=chosen.replace)
    rows = sum(done.manifest.rows.values())
    data = {
        "workspace": str(workspace),
        "made_at": done.manifest.made_at,
        "schema": done.manifest.schema,
        "rows": rows,
        "replaced": None if done.replaced is None else str(done.replaced),
    }
    lines = [words.restored(str(workspace), done.manifest.made_at, rows)]
    if done.replaced is not None:
        lines.append(words.replaced(str(done.replaced)))
    return Outcome(data, tuple(lines))


def export_all(program: Program, chosen: argparse.Namespace) -> Outcome:
    """Write everything."""
    done = program.exporting.export_all(Path(chosen.folder))
    rows = sum(done.rows.values())
    data = {"folder": str(done.folder), "rows": done.rows, "notes": list(done.notes)}
    return Outcome(data, (words.exported(str(done.folder), len(done.rows), rows),))
