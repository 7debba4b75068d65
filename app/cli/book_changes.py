"""`book changes`: what changed since the book before, and why the total moved."""

import argparse
from decimal import ROUND_HALF_EVEN, Decimal

from app.bootstrap import Program
from app.cli.command import Commands, Outcome, add_command, iso_date
from app.i18n import gettext as _
from app.wording import changes as change_words
from app.wording import terms
from app.wording.formats import number
from app.wording.sentences import sentence
from exposures.book import Dimension
from exposures.changes import BY, COLUMNS, why
from exposures.currencies import minor_units


def add(group: "Commands[argparse.ArgumentParser]") -> None:
    """Add the command to the group of the book."""
    compared = add_command(group, "changes", changes, "what changed since the book before, and why the total moved")
    compared.add_argument("--since", metavar="DATE", type=iso_date, help="the earlier book (default: the one before)")
    compared.add_argument("--to", metavar="DATE", type=iso_date, help="the later book (default: the newest)")
    compared.add_argument("--by", choices=[item.value for item in BY], default="country", help="(default: country)")


def changes(program: Program, arguments: argparse.Namespace) -> Outcome:
    """What changed from one book to the next: the bridge, then by country, group or entity, then line by line."""
    found = program.comparing.changes(arguments.to, arguments.since)
    rows = found.by[Dimension(arguments.by)]
    told = found.lines[list(COLUMNS)].astype(object)
    unit = Decimal(1).scaleb(-minor_units(found.currency))

    def shown(amount: Decimal) -> Decimal:
        return amount.quantize(unit, rounding=ROUND_HALF_EVEN)

    bridge = {
        "before": found.bridge.before,
        **{kind.value: amount for kind, amount in found.bridge.parts.items()},
        "fx": found.bridge.fx,
        "rates": found.bridge.rates,
        "after": found.bridge.after,
    }
    data = {
        "before": found.before,
        "after": found.after,
        "currency": found.currency,
        "bridge": {name: shown(amount) for name, amount in bridge.items()},
        "counts": dict(found.counts),
        "by": arguments.by,
        "rows": [
            {
                arguments.by: row.key, "lines": row.lines, "before": shown(row.before), "after": shown(row.after),
                "fx": shown(row.fx), "volume": shown(row.volume),
            }
            for row in rows
        ],
        "lines": [
            dict(zip(COLUMNS, line, strict=True))
            for line in told.where(told.notna(), None).itertuples(index=False, name=None)
        ],
    }  # fmt: skip
    lines = [sentence(finding) for finding in why(found)]
    lines += [f"{change_words.kind(name):<40} {number(amount, 2):>24}" for name, amount in bridge.items()]
    heads = (_("Before"), _("After"), _("Exchange rates"), _("Volume"))
    lines.append(f"{'':<40} {heads[0]:>24} {heads[1]:>24} {heads[2]:>20} {heads[3]:>20}")
    lines += [
        f"{_key(arguments.by, row.key):<40} {number(row.before, 2):>24} {number(row.after, 2):>24} "
        f"{number(row.fx, 2, sign=True):>20} {number(row.volume, 2, sign=True):>20}"
        for row in rows
    ]
    return Outcome(data, tuple(lines))


def _key(by: str, key: str | None) -> str:
    return terms.country(key) if by == "country" else key or "–"
