"""The columns of the lines, and their words in the reader's language."""

from collections.abc import Mapping
from typing import Any

from app.i18n import gettext as _
from app.i18n import pgettext
from app.wording import formats, terms
from ui.marks import severity_word
from ui.pages.exposures.book_lines import Lines
from ui.tables.coded import Coded
from ui.tables.column import Column, Kind


def columns() -> list[Column]:
    """The table's columns; those with the highest priority go first where room is short."""
    return [
        Column("counterparty", lambda: _("Counterparty"), strong=True, stretch=3, priority=0),
        Column("country_name", lambda: _("Country or region"), quiet=True, priority=4, fades=True),
        Column("group", lambda: _("Group"), quiet=True, priority=8, fades=True),
        Column("entity", lambda: _("Booked in"), priority=6, fades=True),
        Column("product", lambda: _("Product"), stretch=1, width=80, note="product", priority=5),
        Column("currency", lambda: _("Ccy"), priority=2),
        Column("drawn", lambda: _("Drawn"), Kind.NUMBER, strong=True, decimals=1, note="part_note", priority=0),
        Column("undrawn", lambda: _("Undrawn"), Kind.NUMBER, decimals=1, note="part_note", priority=0),
        Column(
            "beside", lambda: _("Other exposure"), Kind.NUMBER, decimals=1, note="beside_note", priority=2, fades=True
        ),
        Column("pending", lambda: terms.field("pending"), Kind.NUMBER, decimals=1, priority=7, fades=True),
        Column("maturity", lambda: _("Matures"), Kind.DATE, tone="due", priority=1),
        Column("guarantor_name", lambda: _("Risk transfer"), quiet=True, priority=7, fades=True),
        Column("rating", lambda: _("Grade"), priority=9, fades=True),
        Column("class_word", lambda: _("Five-category class"), tone="class_tone", priority=3, fades=True),
        Column("late", lambda: _("Days late"), Kind.NUMBER, tone="late_tone", priority=3, fades=True),
        Column("alert", lambda: _("Alert"), Kind.SEVERITY, detail="alert_word", priority=2),
        Column("source", lambda: _("Row in the file"), quiet=True, priority=10, fades=True),
        Column("file", lambda: _("File"), quiet=True, priority=11, fades=True),
        Column("replaces", lambda: terms.field("replaces_line_id"), quiet=True, priority=12, fades=True),
    ]


def words(lines: Lines, alerts: Mapping[str, str]) -> dict[str, Any]:
    """The columns of the table in the reader's language; each word is formed once, however many lines say it."""
    cells: dict[str, Any] = dict(lines.arrays)
    own, none = lines.choice.country, pgettext("alert", "None")
    part = _("Only the part that is owed there; the rest counts in another country or region.")
    beside = _("Guarantees and letters of credit issued, derivatives and repo after netting.")
    country = cells["country"]
    stated = Coded(country.codes, ["" if code is None else code for code in country.words])
    return cells | {
        "country_name": country.mapped(lambda code: None if code == own else terms.country(code)),
        "product": cells["product"].or_else(cells["instrument"].mapped(terms.instrument)),
        "guarantor_name": cells["guarantor"].mapped(terms.country),
        # a grade's minus is a minus
        "rating": cells["rating"].mapped(lambda grade: grade.replace("-", formats.MINUS)),
        "class_word": cells["loan_class"].mapped(lambda code: terms.loan_class(code) or None),
        "class_tone": cells["loan_class"].mapped(_class_tone),
        "late_tone": Coded.flagged(cells["late"] > 0, "warning"),
        "alert": stated.mapped(lambda code: alerts.get(code, "ok")),
        "alert_word": stated.mapped(lambda code: severity_word(alerts[code]) if code in alerts else none),
        "beside_note": Coded.flagged(cells["beside"] == cells["beside"], beside),
        "part_note": Coded.flagged(cells["part"], part),
    }


def _class_tone(code: str) -> str:
    if code in ("substandard", "doubtful", "loss"):
        return "critical"
    return "warning" if code == "special_mention" else ""
