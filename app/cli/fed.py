"""`bridge`, `document-tables`, `errata`, `claims`, `rates`, `impact`: what the Fed's money did, between which dates."""

import argparse
from datetime import datetime
from decimal import Decimal
from typing import Any

from app.bootstrap import Program
from app.cli.balance_sheet import exact
from app.cli.command import Commands, Outcome, add_command, canonical, iso_date
from app.cli.series import end_of_day
from app.i18n import gettext as _
from app.liquidity.absorbers import Absorber
from app.liquidity.bridge import Bridge
from app.liquidity.document import ERRATA, LABEL, Comparison
from app.liquidity.rates import IORB_BEGAN
from app.liquidity.tracks import Track
from app.refusals import Misused
from app.wording.bridge import step_label, verdict_label
from app.wording.errata import erratum
from app.wording.formats import day, number
from app.wording.impact import measure_label, measure_unit
from app.wording.liquidity import line_label, unit_label
from app.wording.sentences import sentence
from app.wording.tracking import claim_label, turn_label


def add(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Put the commands on the command line."""
    bridge = add_command(commands, "bridge", _bridge, "Why reserves changed between two dates, as steps that close.")
    bridge.add_argument("date", metavar="DATE", type=iso_date, nargs="?", help="a Wednesday, such as 2019-09-04")
    bridge.add_argument("--against", metavar="DATE", type=iso_date, help="the earlier Wednesday")
    bridge.add_argument("--as-of", metavar="DATE", type=iso_date, help="as it was known at the end of this day (UTC)")
    bridge.add_argument("--document", action="store_true", help="the source document's own Table 2 instead")
    tables = add_command(
        commands, "document-tables", _tables, "The source document's tables beside the program's figures."
    )
    tables.add_argument("table", metavar="TABLE", nargs="?", choices=("1", "2"), help="1 or 2 (default: both)")
    add_command(commands, "errata", _errata, "What the source document got wrong, or counts differently.")
    claims = add_command(commands, "claims", _claims, "Reserves, ON RRP and the Treasury's account, with their shares.")
    claims.add_argument("claim", nargs="?", choices=("reserves", "on_rrp", "tga"), help="one of them (default: all)")
    add_command(commands, "rates", _rates, "The corridor of rates, spreads in bp, month- and quarter-ends, SRF.")
    add_command(commands, "impact", _impact, "Multiplier, yields, flows, prices: the source document beside today.")


def _bridge(program: Program, chosen: argparse.Namespace) -> Outcome:
    if chosen.document:
        built = program.tracking.printed_bridge()
    elif chosen.date is None or chosen.against is None or chosen.date == chosen.against:
        raise Misused("balance_sheet.one_date")
    else:
        built = program.tracking.bridge(chosen.date, chosen.against, end_of_day(chosen.as_of))
    data = {
        "date": built.on,
        "against": built.against,
        "unit": "USD millions",
        "label": built.label or None,
        "reserves": {"line": built.reserves, "first": _whole(built.start), "second": _whole(built.end)},
        "steps": [
            {"id": step.id, "effect": _whole(step.effect), "change": _whole(step.change), "source": step.source}
            for step in built.steps
        ],
        "computed": _whole(built.computed),
        "reported": _whole(built.reported),
        "residual": _whole(built.residual),
        "finding": sentence(built.finding),
        "remainder": sentence(built.remainder) if built.remainder else None,
    }
    return Outcome(data, _bridge_lines(built))


def _bridge_lines(built: Bridge) -> tuple[str, ...]:
    label = _("Source document, Table 2, USD m") if built.label else _("USD m")
    rows = [(step_label(step.id), step.effect) for step in built.steps]
    rows += [(step_label(id), getattr(built, id)) for id in ("computed", "reported", "residual")]
    heading = f"{label:34}{day(built.against)} → {day(built.on)}"
    lines = [f"{name:34}{'–' if amount is None else number(amount, sign=True):>14}" for name, amount in rows]
    remainder = (sentence(built.remainder),) if built.remainder else ()
    return (sentence(built.finding), "", heading, *lines, "", *remainder)


def _tables(program: Program, chosen: argparse.Namespace) -> Outcome:
    shown = [program.tracking.document_table(id) for id in ([chosen.table] if chosen.table else ["1", "2"])]
    return Outcome(
        {"label": LABEL, "tables": [_table(one) for one in shown]},
        tuple(line for one in shown for line in _table_lines(one)),
    )


def _table(one: Comparison) -> dict[str, Any]:
    return {
        "table": one.table.id,
        "unit": one.table.unit,
        "first": one.table.first,
        "second": one.table.second,
        "finding": sentence(one.finding),
        "errata": {str(number): erratum(number) for number in one.errata},
        "lines": [
            {
                "id": row.printed.id,
                "label": LABEL,
                "printed": {
                    "first": row.printed.first,
                    "second": row.printed.second,
                    "change": row.printed.change,
                    "first_share": row.printed.first_share,
                    "second_share": row.printed.second_share,
                },
                "ours": {
                    "first": exact(row.ours_first),
                    "second": exact(row.ours_second),
                    "change": exact(row.ours_change),
                    "first_share": row.line.against_share,
                    "second_share": row.line.share,
                },
                "verdict": {"first": row.first, "second": row.second, "change": row.change},
                "errata": row.errata,
                "source": row.line.source,
                "known_from": row.line.known_from,
            }
            for row in one.lines
        ],
    }


def _table_lines(one: Comparison) -> list[str]:
    two = any(row.printed.change is not None for row in one.lines)
    heads = [day(one.table.first), day(one.table.second), *([_("Change")] if two else [])]
    unit = unit_label(one.table.unit) if one.table.id == "1" else "亿美元"
    heading = f"{unit:30}" + "".join(f"{head:>26}" for head in heads)
    lines = [sentence(one.finding), "", heading, f"{_('(source document | program)'):30}"]
    for row in one.lines:
        cells: list[tuple[Decimal | None, Decimal | None, str]]
        cells = [(row.printed.first, row.ours_first, row.first), (row.printed.second, row.ours_second, row.second)]
        if two:
            cells.append((row.printed.change, row.ours_change, row.change or row.first))
        numbers = "".join(f"{_beside(*cell):>26}" for cell in cells)
        numbered = _("erratum {numbers}").format(numbers=", ".join(map(str, row.errata))) if row.errata else ""
        lines.append(f"{line_label(row.printed.id):30}{numbers}  {numbered}".rstrip())
    return [*lines, "", *(f"{number}. {erratum(number)}" for number in one.errata), ""]


def _beside(printed: Decimal | None, ours: Decimal | None, verdict: str) -> str:
    said = "–" if printed is None else number(printed)
    if ours is None:
        return f"{said} | –"
    mark = "" if verdict == "agrees" else f" ({verdict_label(verdict)})"
    return f"{said} | {number(ours, 1)}{mark}"


def _errata(_program: Program, _chosen: argparse.Namespace) -> Outcome:
    rows = {str(number): erratum(number) for number in ERRATA}
    return Outcome({"label": LABEL, "errata": rows}, tuple(f"{number:>2}. {text}" for number, text in rows.items()))


def _claims(program: Program, chosen: argparse.Namespace) -> Outcome:
    builds = {
        "reserves": program.tracking.reserves,
        "on_rrp": program.tracking.on_rrp,
        "tga": program.tracking.treasury_account,
    }
    shown = [build() for id, build in builds.items() if chosen.claim in (None, id)]
    return Outcome(
        {"claims": [_claim(one) for one in shown]}, tuple(line for one in shown for line in _claim_lines(one))
    )


def _claim(one: Absorber) -> dict[str, Any]:
    return {
        "id": one.id,
        "finding": sentence(one.finding),
        "level": last_of(one.level),
        "share": last_of(one.share) | {"of": one.of} if one.share is not None else None,
        "beside": [last_of(track) for track in one.beside],
        "peaks": [{"date": peak.on, "value": peak.value, "unit": one.level.unit} for peak in one.peaks],
        "notes": [sentence(note) for note in one.notes],
    }


def last_of(track: Track) -> dict[str, Any]:
    """A track's latest value with its unit, date, source and known-from."""
    known: datetime | None = track.known(-1) if len(track) else None
    return {
        "series": track.id,
        "value": track.latest,
        "unit": track.unit,
        "date": track.last,
        "source": track.source or None,
        "known_from": f"{known.isoformat()}Z" if known is not None else None,
        "observations": len(track),
        "revised": track.first is not None,
    }


def _claim_lines(one: Absorber) -> list[str]:
    lines = [f"{claim_label(one.id)}: {sentence(one.finding)}"]
    lines += [
        f"  {track.id:22}{number(track.latest, 2):>14} {unit_label(track.unit):8} {day(track.last):>14}  {track.source}"
        for track in (one.level, one.share, *one.beside)
        if track is not None and track.last is not None and track.latest is not None
    ]
    lines += [
        f"  {_('Peak')}: {number(peak.value, 1)} {unit_label(one.level.unit)}, {day(peak.on)}" for peak in one.peaks
    ]
    return [*lines, *(f"  {sentence(note)}" for note in one.notes), ""]


def _rates(program: Program, _chosen: argparse.Namespace) -> Outcome:
    built = program.tracking.rates()
    data = {
        "finding": sentence(built.finding),
        "turning": sentence(built.turning),
        "facility": sentence(built.facility),
        "iorb": {"from": IORB_BEGAN, "before": "IOER"},
        "spreads": [
            {
                "series": row.id,
                "rate": row.rate,
                "unit": "percent",
                "over_iorb": row.spread,
                "over_iorb_unit": "basis points",
                "date": row.on,
                "source": row.source,
            }
            for row in built.spreads
        ],
        "turns": [
            {
                "date": turn.on,
                "kind": turn.kind,
                "sofr_iorb": turn.spread,
                "usual": turn.usual,
                "jump": turn.jump,
                "unit": "basis points",
            }
            for turn in built.turns
        ],
        "rates": [last_of(track) for track in built.tracks.values()],
    }
    lines = [sentence(built.finding), sentence(built.turning), sentence(built.facility), ""]
    lines += [
        f"{r.id:16}{number(r.rate, 2):>8} %{number(r.spread, 0, sign=True):>8} bp  {day(r.on)}" for r in built.spreads
    ]
    lines += [""] + [f"{turn_label(t.kind, t.on):34}{number(t.jump, 1, sign=True):>8} bp" for t in built.turns[-8:]]
    return Outcome(data, tuple(lines))


def _impact(program: Program, _chosen: argparse.Namespace) -> Outcome:
    built = program.tracking.impact()
    data = {
        "finding": sentence(built.finding),
        "lending": sentence(built.lending),
        "yields": sentence(built.yields),
        "measures": [
            {
                "id": m.id,
                "unit": m.unit,
                "printed": None
                if m.printed is None
                else {
                    "label": LABEL,
                    "first": m.printed.first,
                    "second": m.printed.second,
                    "value": m.printed.value,
                    "from": m.printed.start,
                    "to": m.printed.end,
                    "errata": m.printed.errata,
                },
                "ours": {"first": m.ours_first, "second": m.ours_second, "value": m.ours_value},
                "latest": m.latest,
                "date": m.latest_date,
                "source": m.source or None,
                "known_from": m.known_from,
                "reason": sentence(m.reason) if m.reason else None,
            }
            for m in built.measures
        ],
    }
    lines = [sentence(built.finding), sentence(built.lending), sentence(built.yields), ""]
    for m in built.measures:
        said: tuple[Decimal | None, ...] = (m.printed.first, m.printed.value, m.printed.second) if m.printed else ()
        ours = (m.ours_value,) if m.ours_value is not None else (m.ours_first, m.ours_second)
        lines.append(
            f"{measure_label(m.id):40}{_arrow(said):>18}{_arrow(ours):>18}{_arrow((m.latest,)):>12}  "
            f"{measure_unit(m.unit)}  {canonical(m.latest_date) or '–'}  {sentence(m.reason) if m.reason else ''}"
        )
    return Outcome(data, tuple(lines))


def _arrow(values: tuple[Any, ...]) -> str:
    known = [number(value, 2) for value in values if value is not None]
    return " → ".join(known) if known else "–"


def _whole(amount: int | None) -> Decimal | None:
    return None if amount is None else Decimal(amount)
