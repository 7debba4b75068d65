"""`audit list` and `audit verify`: who changed what, and whether the trail still stands as it was written."""

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.bootstrap import Program
from app.cli.command import DONE, REFUSED, Commands, Outcome, add_command, add_group, iso_date
from app.storage import audit_proof
from app.wording import auditing as words
from app.wording import formats
from app.wording.sentences import sentence


def add(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add the group."""
    group = add_group(commands, "audit", "who changed what, and whether the record of it still stands")
    listed = add_command(group, "list", _list, "the audit trail, oldest row first")
    listed.add_argument("--subject", metavar="TEXT", help="only rows whose subject holds this, such as 'limit TR'")
    listed.add_argument("--since", metavar="DATE", type=iso_date, help="only rows from this bank day on")
    verify = add_command(
        group,
        "verify",
        _verify,
        "Check every row, signature and anchor; exit 1 where something was tampered with. Evidence against colleagues, "
        "not against the machine's administrator.",
    )
    verify.add_argument("backups", metavar="BACKUP", nargs="*", help="backups kept elsewhere, to check against as well")


def _list(program: Program, chosen: argparse.Namespace) -> Outcome:
    found = program.attesting.rows(chosen.subject, chosen.since)
    data = [{**row, **{name: _json(row[name]) for name in ("before", "after", "data")}} for row in found]
    return Outcome(data, tuple(_line(row) for row in found) or (words.no_rows(),))


def _line(row: Mapping[str, Any]) -> str:
    changes = " → ".join(text for text in (row["before"], row["after"]) if text is not None)
    parts = (
        f"{row['id']:>6}",
        formats.dated_moment(row["at"]),
        row["who"],
        row["action"],
        row["subject"],
        changes,
        row["reason"] or "",
        row["data"] or "",
        row["program_version"],
    )
    return "  ".join(part for part in parts if part)


def _json(text: str | None) -> Any:
    """What a row holds as a value; a text that is none stays a text."""
    try:
        return None if text is None else json.loads(text, parse_float=str)
    except ValueError:
        return text


def _verify(program: Program, chosen: argparse.Namespace) -> Outcome:
    done = program.attesting.verify(tuple(Path(name) for name in chosen.backups))
    faults = [audit_proof.plain(fault) for fault in done.faults]
    told = [words.fault(one["case"], one) for one in faults]
    notes = [sentence(note) for note in done.notes]
    data = {
        "whole": done.is_whole,
        "rows": done.rows,
        "anchored": done.anchored,
        "anchored_unsigned": done.anchored_unsigned,
        "faults": [one | {"text": text} for one, text in zip(faults, told, strict=True)],
        "notes": notes,
    }
    return Outcome(data, (sentence(done.finding), *told, *notes), DONE if done.is_whole else REFUSED)
