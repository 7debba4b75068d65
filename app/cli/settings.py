"""`settings …`: the bank's own settings, and what stops working while one is blank."""

import argparse
import json
from typing import Any

from app.bootstrap import Program
from app.cli.command import Commands, Outcome, add_command, add_group
from app.i18n import gettext as _
from app.services.configuring import Standing
from app.wording.configuring import meaning, while_blank


def add(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add the group."""
    group = add_group(commands, "settings", "the bank's own settings")
    add_command(group, "list", listing, "every setting, its value, and what a blank one stops")
    put = add_command(group, "set", set_one, "set one from now on")
    put.add_argument("key", metavar="KEY", help="for example bank.net_capital")
    put.add_argument("value", metavar="VALUE", help="an amount or a word; tables and lists as JSON")
    back = add_command(group, "reset", reset, "back to what is shipped, which may be blank")
    back.add_argument("key", metavar="KEY", help="for example bank.net_capital")


def listing(program: Program, _chosen: argparse.Namespace) -> Outcome:
    """Every setting."""
    known = program.configuring.all()
    return Outcome({"settings": [_plain(one) for one in known]}, tuple(_line(one) for one in known))


def set_one(program: Program, chosen: argparse.Namespace) -> Outcome:
    """Set one."""
    made = program.configuring.set(chosen.key, chosen.value)
    return Outcome(_plain(made), (_line(made),))


def reset(program: Program, chosen: argparse.Namespace) -> Outcome:
    """Back to the default."""
    made = program.configuring.reset(chosen.key)
    return Outcome(_plain(made), (_line(made),))


def _plain(one: Standing) -> dict[str, Any]:
    return {
        "key": one.key,
        "value": one.value,
        "blank": one.blank,
        "meaning": meaning(one.key),
        "while_blank": while_blank(one.key) if one.blank else "",
    }


def _line(one: Standing) -> str:
    if not one.blank:
        shown = one.value if isinstance(one.value, str) else json.dumps(one.value, ensure_ascii=False)
        return _("{key}: {value} ({meaning})").format(key=one.key, value=shown, meaning=meaning(one.key))
    stops = while_blank(one.key)
    if not stops:
        return _("{key}: blank ({meaning})").format(key=one.key, meaning=meaning(one.key))
    return _("{key}: blank, so {stops} ({meaning})").format(key=one.key, stops=stops, meaning=meaning(one.key))
