"""The attached files of a report: what was attached to its items and countries, by whom, and the hash of each."""

from collections.abc import Sequence
from datetime import datetime

from app.i18n import gettext as _
from app.i18n import ngettext
from app.wording import formats
from app.wording.report.document import Cell, Column, Kind, Marked, Section, Table
from app.wording.terms import country

#: Number, subject ("item L1-0001", "country TR"), name, bytes, who, when, comment, SHA-256; and "", "gone", "altered".
Row = tuple[int, str, str, int, str, datetime, str, str, str]
_KILO = 1024


def section(rows: Sequence[Row], folder: str) -> Section:
    """Every file; `folder` is where they lie beside the report, empty where they were not written out."""
    columns = (
        Column(_("File"), share=0.5),
        Column(_("Attached to"), share=1.0),
        Column(_("Name"), Kind.LONG, 1.8),
        Column(_("KB"), Kind.COUNT, 0.5),
        Column(_("By"), share=0.9),
        Column(_("At"), share=1.2),
        Column(_("Comment"), Kind.LONG, 1.8),
        Column(_("SHA-256"), Kind.LONG, 2.2),
    )
    damaged = sum(bool(row[-1]) for row in rows)
    if damaged:
        text = ngettext(
            "{n} of {all} attached files is not as it was attached.",
            "{n} of {all} attached files are not as they were attached.",
            damaged,
        ).format(n=formats.number(damaged), all=formats.number(len(rows)))
    else:
        text = ngettext("{n} file is attached.", "{n} files are attached.", len(rows)).format(
            n=formats.number(len(rows))
        )
    where = folder or _("not written out; the workspace holds them")
    table = Table(columns, [_row(*row) for row in rows], empty=_("Nothing is attached to what this report holds."))
    state = "warning" if damaged else ""
    return Section(_("Attached files"), text, state, [(_("Where they lie"), where)], (), (table,), wide=True)


def _row(
    number: int, subject: str, name: str, size: int, who: str, at: datetime, comment: str, digest: str, fault: str
) -> tuple[Cell, ...]:
    kind, _blank, code = subject.partition(" ")
    about = country(code) if kind == "country" else code
    words = {"gone": _("content gone"), "altered": _("altered afterwards")}
    end: Cell = Marked("warning", words[fault]) if fault else digest
    return number, about, name, -(-size // _KILO), who, formats.dated_moment(at), comment, end
