"""The alerts of a report: what fires, who took note and why, and the figures behind the gravest."""

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from alerts.alert import Alert, summary
from alerts.finding import Finding
from alerts.rule import Severity
from app.i18n import gettext as _
from app.i18n import ngettext
from app.wording import alerts as words
from app.wording import formats, liquidity
from app.wording.report.document import Band, Cell, Column, Kind, Line, LineChart, Marked, Section, Table
from app.wording.reporting import dollar_axis
from app.wording.sentences import sentence

#: How much of a figure's past a chart shows.
SPAN = np.timedelta64(730, "D")
#: Fewer observations make no line.
SHORTEST = 2


class _Evidence(Protocol):
    """The condition's values of an alert on their dates (datetime64[D]), in `unit`; NaN where there is none."""

    @property
    def dates(self) -> NDArray[np.datetime64]: ...
    @property
    def values(self) -> NDArray[np.float64]: ...
    @property
    def unit(self) -> str: ...


def section(finding: Finding, listed: Sequence[Alert], younger: int, *, rebuilt: bool) -> Section:
    """Every listed alert with its acknowledgement, and what history does not hold: rules that came later, and figures
    that were fetched later than the day (`rebuilt`).
    """
    columns = (
        Column(_("Alert"), Kind.LONG, 1.9),
        Column(_("State"), share=1.15),
        Column(_("What it says"), Kind.LONG, 2.3),
        Column(_("Since"), Kind.DATE, 0.95),
        Column(_("Acknowledged"), Kind.LONG, 1.9),
    )
    table = Table(columns, [_row(alert) for alert in listed], empty=sentence(finding))
    firing = [alert for alert in listed if alert.fires]
    grave = any(alert.severity is Severity.CRITICAL for alert in firing)
    state = "critical" if grave else "warning" if firing else "ok"
    facts = []
    if younger:
        text = ngettext(
            "{count} rule was written later; it counts as it was first written.",
            "{count} rules were written later; they count as they were first written.",
            younger,
        )
        facts.append((_("Remark"), text.format(count=younger)))
    if rebuilt:
        facts.append((_("Data"), _("A figure that was fetched later counts from its scheduled release.")))
    return Section(_("What is firing?"), sentence(finding), state, facts, tables=(table,))


def figures(listed: Sequence[Alert], evidence: Mapping[str, _Evidence]) -> Section | None:
    """A chart for each alert that `evidence` has, with the lines of its rule; None where there is none to draw."""
    charts = [chart for alert in listed if alert.id in evidence and (chart := _chart(alert, evidence[alert.id]))]
    return Section(_("The figures behind the alerts"), charts=charts) if charts else None


def _row(alert: Alert) -> tuple[Cell, ...]:
    return (
        _title(alert),
        _state(alert),
        sentence(summary(alert)),
        alert.since if alert.resolved is None else alert.resolved,
        _note(alert),
    )


def _title(alert: Alert) -> str:
    """The rule's title and the alert's id; an episode that only the look back knows has none."""
    title = words.title(alert.rule, alert.labels)
    return _("{title} ({id})").format(title=title, id=alert.id) if alert.id else title


def _state(alert: Alert) -> Marked:
    if alert.resolved is not None:
        return Marked("ok", words.phase(alert.phase))
    if alert.fires and alert.severity is not None:
        return Marked(alert.severity.value, words.severity(alert.severity))
    return Marked("watch", words.phase(alert.phase))


def _note(alert: Alert) -> str:
    note = alert.acknowledgement
    if note is None:
        return _("Not acknowledged") if alert.fires else ""
    told = _("{who}, {moment}: {reason}").format(who=note.who, moment=formats.dated_moment(note.at), reason=note.reason)
    if note.dropped is not None:
        return formats.together((told, _("No longer stands.")))
    if note.until is None:
        return told
    return formats.together((told, _("Until {day}.").format(day=formats.day(note.until.date()))))


def _chart(alert: Alert, evidence: _Evidence) -> LineChart | None:
    known = np.isfinite(evidence.values)
    if known.sum() < SHORTEST:
        return None
    dates, values = evidence.dates[known].astype("datetime64[D]"), evidence.values[known]
    recent = dates >= dates[-1] - SPAN
    dates, values = dates[recent], values[recent]
    scale, unit = 1.0, liquidity.unit_label(evidence.unit)
    if evidence.unit in ("USD millions", "USD billions"):
        scale, unit = dollar_axis()
        scale = scale / 1000 if evidence.unit == "USD millions" else scale
    bands = []
    for severity, band in alert.rule.bands:
        told = _("{severity}: {line}").format(
            severity=words.severity(severity), line=words.amount(band.threshold, evidence.unit)
        )
        bands.append(Band(told, severity.value, band.threshold * scale, band.comparison.upward))
    return LineChart(
        _title(alert),
        unit,
        (Line(_("Value"), "single", dates, values * scale),),
        bands,
        note=_("Data to {day}").format(day=formats.day(dates[-1].item())),
    )
