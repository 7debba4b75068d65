"""What stands beneath the lines: how many are shown, in which unit, and what they add up to."""

from app.i18n import gettext as _
from app.i18n import ngettext
from app.wording import formats
from ui.pages.exposures.book_lines import Sum
from ui.pages.exposures.survey import MILLION
from ui.tables.model import TableModel


def foot_text(rows: TableModel, currency: str, day: str) -> str:
    """How many of the lines are shown, in which order and unit; `day` is that of the rates."""
    values = {"currency": formats.currency(currency), "day": day}
    if rows.sort_keys:
        text = _("Amounts in {currency} m at the rates of {day}.").format(**values)
    else:
        text = _("Largest first. Amounts in {currency} m at the rates of {day}.").format(**values)
    shown, whole = rows.rowCount(), rows.total_rows
    if shown == whole:
        return text
    count = _("{shown} of {whole} lines.").format(shown=formats.number(shown), whole=formats.number(whole))
    return formats.together([count, text])


def totals_text(total: Sum, several: bool) -> str:
    """The exact totals of the lines that are shown, or of `several` that are selected."""
    values = {
        "lines": formats.number(total.lines),
        "drawn": formats.number(total.drawn / MILLION, 1),
        "undrawn": formats.number(total.undrawn / MILLION, 1),
        "missing": formats.number(total.not_converted),
    }
    text = (
        _("{lines} selected   Drawn {drawn}   Undrawn {undrawn}") if several else _("Drawn {drawn}   Undrawn {undrawn}")
    ).format(**values)
    if total.beside:
        values |= {"totals": text, "beside": formats.number(total.beside / MILLION, 1)}
        text = _("{totals}   Other exposure {beside}").format(**values)
    if total.pending:
        values |= {"totals": text, "pending": formats.number(total.pending / MILLION, 1)}
        text = _("{totals}   Pending {pending}").format(**values)
    if not total.not_converted:
        return text
    without = ngettext(
        "{missing} line without a rate is not in it", "{missing} lines without a rate are not in it",
        total.not_converted,
    ).format(**values)  # fmt: skip
    return _("{totals}   {without}").format(totals=text, without=without)
