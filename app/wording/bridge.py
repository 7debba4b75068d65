"""The words of the reserves bridge and of the source document's tables beside the program's."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.i18n import gettext as _
from app.wording.errata import erratum
from app.wording.formats import dollars, number
from app.wording.liquidity import line_label


def step_label(id: str) -> str:
    """A step of the reserves bridge."""
    return {
        "reserves": _("Reserves"),
        "residual": _("Residual"),
        "computed": _("Sum of the steps"),
        "reported": _("Reserves, reported change"),
    }.get(id) or line_label(id)


def verdict_label(verdict: str) -> str:
    """How a printed amount stands to the program's."""
    return {
        "agrees": _("agrees"),
        "explained": _("differs, explained"),
        "differs": _("differs"),
        "no data": _("no data"),
    }[verdict]


def _lines(ids: Sequence[str]) -> str:
    return _(", ").join(dict.fromkeys(step_label(id) for id in ids))


def _bn(millions: float) -> str:
    return dollars(abs(millions) / 1000, 1)


def _bridge(text: str, other: str, v: Mapping[str, Any]) -> str:
    """The sentence that names the line which explains the rest, or the one without such a line."""
    values = {"change": _bn(v["change"]), "assets": _bn(v["assets"])}
    if v["line"] is None:
        return other.format(**values)
    return text.format(**values, line=line_label(v["line"]), amount=_bn(v["amount"]))


def _residual(v: Mapping[str, Any]) -> str:
    return dollars(v["residual"] / 1000, 1, sign=True)


def counted(text: str, v: Mapping[str, Any]) -> str:
    """A sentence of counts."""
    return text.format(**{name: number(value) if isinstance(value, int) else value for name, value in v.items()})


SENTENCES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    f"erratum.{n}": (lambda v, n=n: erratum(n)) for n in range(1, 16)
} | {
    # Why did reserves change?
    "bridge.no_data": lambda v: _("Cannot be said: {lines} have no figure on both dates.").format(
        lines=_lines(v["missing"])
    ),
    "bridge.unchanged": lambda v: _("Reserves are as large as before."),
    "bridge.fell_more": lambda v: _bridge(
        _("Reserves fell by {change}, more than the assets ({assets}): {line} took another {amount}."),
        _("Reserves fell by {change}, more than the assets ({assets})."),
        v,
    ),
    "bridge.fell_with": lambda v: _bridge(
        _("Reserves fell by {change}, less than the assets ({assets}): {line} gave back {amount}."),
        _("Reserves fell by {change}, with the assets ({assets})."),
        v,
    ),
    "bridge.fell_against": lambda v: _bridge(
        _("Reserves fell by {change} although the assets did not shrink: {line} took {amount}."),
        _("Reserves fell by {change} although the assets did not shrink."),
        v,
    ),
    "bridge.rose_more": lambda v: _bridge(
        _("Reserves rose by {change}, more than the assets ({assets}): {line} gave back another {amount}."),
        _("Reserves rose by {change}, more than the assets ({assets})."),
        v,
    ),
    "bridge.rose_with": lambda v: _bridge(
        _("Reserves rose by {change}, less than the assets ({assets}): {line} took {amount}."),
        _("Reserves rose by {change}, with the assets ({assets})."),
        v,
    ),
    "bridge.rose_against": lambda v: _bridge(
        _("Reserves rose by {change} although the assets did not grow: {line} gave back {amount}."),
        _("Reserves rose by {change} although the assets did not grow."),
        v,
    ),
    "bridge.gaps": lambda v: _(
        "The residual of {residual} holds lines without a figure on one of the dates: {lines}."
    ).format(residual=_residual(v), lines=_lines(v["missing"])),
    "bridge.closes": lambda v: _("The bridge closes; the residual of {residual} is rounding.").format(
        residual=_residual(v)
    ),
    "bridge.small": lambda v: _(
        "The residual of {residual} is small: liabilities that the table does not list, and rounding."
    ).format(residual=_residual(v)),
    "bridge.large": lambda v: _(
        "The residual of {residual} is large: look at the liabilities that the table does not list."
    ).format(residual=_residual(v)),
    # Does the source document agree with the data?
    "document.no_data": lambda v: _(
        "Table {table} of the source document cannot be compared: its dates have no data here. "
        "Refresh, or take in files."
    ).format(table=v["table"]),
    "document.agrees": lambda v: counted(
        _("Table {table}: {agrees} of {amounts} printed amounts agree to the last digit; {no_data} have no data here."),
        v,
    ),
    "document.explained": lambda v: counted(
        _(
            "Table {table}: {agrees} of {amounts} printed amounts agree, {explained} differ for a known reason; "
            "{no_data} have no data here."
        ),
        v,
    ),
    "document.differs": lambda v: counted(
        _(
            "Table {table}: {agrees} of {amounts} printed amounts agree, {explained} differ for a known reason and "
            "{differs} without one; {no_data} have no data here."
        ),
        v,
    ),
}


REFUSALS: dict[str, Callable[[Mapping[str, Any]], tuple[str, str]]] = {
    "document.unknown": lambda v: (
        _("The source document has no table {table}.").format(table=v["table"]),
        _("Choose one of {tables}.").format(tables=_(", ").join(v["known"])),
    ),
    "balance_sheet.one_date": lambda v: (
        _("A bridge needs two different dates."),
        _("Give another date with --against."),
    ),
}
