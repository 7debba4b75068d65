"""The sentences of credit-asset screening (L1): its criteria, and why nothing qualifies."""

from collections.abc import Callable, Mapping
from typing import Any

from app.i18n import gettext as _
from app.i18n import ngettext
from app.wording.formats import number
from app.wording.marks import mark
from app.wording.terms import country


def _points(case: str) -> Callable[[Mapping[str, Any]], str]:
    return lambda _values: {
        "credit": _(
            "Special mention, 1\u201390 days past due or stage 2: 2 points; "
            "substandard or worse, over 90 days or stage 3: 4."
        ),
        "rating": _("At or below B+: 1 point; lowered by a notch or more since the last book: 2."),
        "limit": _(
            "Pending included: country at 90 % or more: 1 point; counterparty or group at 90 % or more: 2; breach: 3."
        ),
        "fx": _("Foreign-currency debt, local revenue and a currency alert: warning 1 point, critical 2."),
        "maturity": _("The minimum amount or more due within 30 days of the book's date: 1 point."),
    }[case]


#: Findings and criteria of the list.
SENTENCES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "l1.empty.no_flags": lambda _values: _("Nothing qualifies: no country or region is flagged."),
    "l1.empty.no_lines": lambda values: _("Nothing qualifies: the book has no live claim in {countries}.").format(
        countries=_(", ").join(country(code) for code in values["countries"])
    ),
    "l1.empty.all_small": lambda values: ngettext(
        "Nothing qualifies: {lines} line in flagged countries belongs to subjects below {amount}.",
        "Nothing qualifies: {lines} lines in flagged countries belong to subjects below {amount}.",
        values["lines"],
    ).format(lines=number(values["lines"]), amount=number(values["amount"])),
    "l1.universe": lambda values: _(
        "Every counterparty with a live claim, on or off the balance sheet, in an emerging market. Flagged "
        "countries and regions make items, by the immediate or the guarantor country; the rest is a summary. Emerging "
        "markets are all but the home country, international organisations and the advanced economies of {source}."
    ).format(source=values["em_source"]),
    "l1.minimum": lambda values: _(
        "Subjects below {amount} of the reporting currency are not screened and stand in one row."
    ).format(amount=number(values["amount"])),
    **{f"l1.points.{case}": _points(case) for case in ("credit", "rating", "limit", "fx", "maturity")},
    "l1.points.cover": lambda values: _(
        "Eligible collateral and guarantees below {cover} of the exposure: 1 point."
    ).format(cover=mark(values, "cover", "l1.cover")),
    "l1.priority": lambda values: _(
        "Points are the maximum within each family, summed. High from {from_high}, medium from {from_medium}, low from "
        "{from_low}, otherwise minor. Due in bank business days: high {high}, medium {medium}, low {low}, minor "
        "{minor}."
    ).format(
        **{name: number(values[name]) for name in ("high", "medium", "low", "minor")},
        **{f"from_{name}": mark(values, f"from_{name}", f"l1.{name}") for name in ("high", "medium", "low")},
    ),
    "l1.action": lambda values: _(
        "The first that holds: non-performing, recovery and provision; class finding, downgrade to the "
        "minimum; limit at 90 % or more, reduce the tightest to {target}, shared in proportion to drawn; high, do not "
        "renew what falls due within 90 days; medium and uncovered, add collateral; medium, call report; low, watch; "
        "minor, keep."
    ).format(target=mark(values, "target", "l1.limit_target")),
    "l1.rank": lambda _values: _("Points, then exposure. Items without an owner are shown first."),
}
