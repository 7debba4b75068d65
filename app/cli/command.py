"""What every headless command shares: its place on the command line, its outcome, and numbers in canonical form."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

from app.bootstrap import Program

DONE, REFUSED, MISUSED = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command did: `data` for --json, `lines` for people, and the exit code."""

    data: Any
    lines: tuple[str, ...] = ()
    exit_code: int = DONE
    warnings: tuple[str, ...] = field(default=())  # to stderr, also with --json


Run = Callable[[Program, argparse.Namespace], Outcome]
RunOnClosed = Callable[[Path, argparse.Namespace], Outcome]
Commands = argparse._SubParsersAction  # argparse gives it no public name


def add_command(
    commands: "Commands[argparse.ArgumentParser]", name: str, run: Run, help_text: str
) -> argparse.ArgumentParser:
    """A command with --workspace and --json; the caller adds its own arguments."""
    parser = commands.add_parser(name, help=help_text, description=help_text)
    parser.add_argument("--workspace", metavar="DIR", help="the workspace's folder (default: your own)")
    parser.add_argument("--json", action="store_true", help="print JSON for other programs")
    parser.set_defaults(run=run, run_on_closed=None)
    return parser


def add_command_on_closed(
    commands: "Commands[argparse.ArgumentParser]", name: str, run: RunOnClosed, help_text: str
) -> argparse.ArgumentParser:
    """A command on a workspace that this program must not have open: it is handed the folder."""
    parser = add_command(commands, name, _cannot_run, help_text)
    parser.set_defaults(run_on_closed=run)
    return parser


def _cannot_run(_program: Program, _chosen: argparse.Namespace) -> Outcome:
    raise AssertionError("the workspace must not be open")


def add_group(
    commands: "Commands[argparse.ArgumentParser]", name: str, help_text: str
) -> "Commands[argparse.ArgumentParser]":
    """A word with commands beneath it: `book import`, `book show`."""
    parser = commands.add_parser(name, help=help_text, description=help_text)
    return parser.add_subparsers(metavar="COMMAND", required=True)


def iso_date(text: str) -> date:
    """An argument in the form 2022-05-18."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"not a date of the form 2022-05-18: {text!r}") from None


def canonical(value: Any) -> Any:
    """Numbers as decimal strings without exponent, ISO dates, UTC instants; missing is null."""
    match value:
        case None | bool() | str() | int() if not isinstance(value, Enum):
            return value
        case Enum():
            return value.value
        case float() if value != value:
            return None
        case float():
            return canonical(Decimal(repr(value)))
        case Decimal():
            text = format(value, "f")
            return text.removesuffix(".0") if text.endswith(".0") else text
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case dict():
            return {str(key): canonical(part) for key, part in value.items()}
        case list() | tuple() | set() | frozenset():
            return [canonical(part) for part in value]
    raise TypeError(f"no canonical form for {type(value).__name__}")
