"""The words of bank-sector soundness (L8): its figures, states, reasons, criteria, and why nothing qualifies."""

from collections.abc import Callable, Mapping
from typing import Any

from app.i18n import gettext as _
from app.i18n import ngettext
from app.wording.formats import number
from app.wording.marks import mark, shown
from app.wording.terms import country
from exposures.reviews.marks import marks_of

Values = Mapping[str, Any]


def subject(key: str, name: str) -> str:
    """What an item is about: a banking system or a bank."""
    return _("Banking system of {country}").format(country=country(name)) if key.startswith("system:") else name


def state(code: str) -> str:
    """All figures of a bank or system together."""
    return {
        "red": _("Red"),
        "amber": _("Amber"),
        "not_assessable": _("Not assessable, as amber"),
        "green": _("Green"),
    }[code]


def figures() -> dict[str, str]:
    """Each figure of a bank or system."""
    return {
        "bank_capital": _("Capital after sovereign haircut"),
        "bank_non_performing": _("Non-performing loans"),
        "bank_liquid": _("Liquid assets"),
        "bank_fx_loans": _("Foreign-currency loans"),
        "bank_rating": _("Rating"),
        "bank_equity": _("Share price, 3 months"),
    }


def facts() -> dict[str, str]:
    """The figures of an item."""
    return {
        "state": _("Soundness"),
        **figures(),
        "roll_over": _("External debt rolled over"),
        "figures_of": _("Figures of"),
    }


def reasons() -> dict[str, str]:
    """What a reason is about."""
    return figures()


def briefs() -> dict[str, str]:
    """A reason in two or three words with its figure."""
    return {
        "bank_capital": _("Capital {value}"),
        "bank_non_performing": _("Non-performing {value}"),
        "bank_liquid": _("Liquid assets {value}"),
        "bank_fx_loans": _("Foreign-currency loans {value}"),
        "bank_rating": _("Rated {value}"),
        "bank_equity": _("Share price {value}"),
    }


def families() -> dict[str, str]:
    """Families of reasons that this list adds, and what of a bank's figures can be missing."""
    return {
        "soundness": _("Soundness"),
        "sector": _("Sector"),
        "capital": _("Capital"),
        "non_performing": _("Non-performing loans"),
        "liquid": _("Liquid assets"),
        "fx_loans": _("Foreign-currency loans"),
        "equity": _("Share price"),
    }


def missing() -> dict[str, str]:
    """What could not be judged, and what to do."""
    return {
        "sector_missing": _(
            "The book gives no sector for {grade} borrowers in flagged countries and regions; who of them is a bank "
            "counts once somebody reviewed it: sectors set."
        ),
        "bank_by_name": _("Called like a bank, and its sector is neither in the book nor reviewed: sectors set."),
        "figures_missing": _(
            "No figures are supplied: every one is grey, which counts as amber. Supply them: supplied import FILE."
        ),
        "figures_grey": _("{grade} figures are not supplied: they are grey, never green."),
    }


#: Findings and criteria of the list.
SENTENCES: dict[str, Callable[[Values], str]] = {
    "l8.empty.no_flags": lambda _v: _("Nothing qualifies: no country or region is flagged."),
    "l8.empty.no_sectors": lambda v: ngettext(
        "Nothing qualifies: no borrower in a flagged country or region is known as a bank, and {n} has no sector. "
        "Review it: sectors set.",
        "Nothing qualifies: no borrower in a flagged country or region is known as a bank, and {n} have no sector. "
        "Review them: sectors set.",
        v["borrowers"],
    ).format(n=number(v["borrowers"])),
    "l8.empty.no_banks": lambda _v: _(
        "Nothing qualifies: no bank of the minimum amount has its head office where it is flagged."
    ),
    "l8.universe": lambda v: _(
        "Banks that owe us and whose head office is in a flagged country or region, and the banking system there. "
        "Emerging markets are all but the home country, international organisations and the advanced economies of "
        "{source}."
    ).format(source=v["em_source"]),
    "l8.sectors": lambda _v: _(
        "A borrower is a bank as somebody reviewed it, else as the book says. A name alone never decides."
    ),
    "l8.minimum": lambda v: _(
        "Banks below {amount} of the reporting currency are not screened and stand in one row."
    ).format(amount=number(v["amount"])),
    "l8.measure": lambda v: _(
        "Amber and red: common equity tier 1 less {haircut} of the holdings of the own sovereign below {capital_amber} "
        "and {capital_red} of risk-weighted assets; non-performing loans from {non_performing_amber} and "
        "{non_performing_red}; liquid assets below {liquid_amber} and {liquid_red} of short liabilities; "
        "foreign-currency loans from {fx_loans_amber} and {fx_loans_red}; rating below BBB- and at or below B-; share "
        "price down {fall_amber} and {fall_red} in three months. What is missing is grey, never green."
    ).format(**{name[3:]: mark(v, name[3:], name) for name in marks_of("L8")}),
    "l8.selection": lambda v: _(
        "Red: two red, or one red and two amber. Amber: one red or two amber. {grey} grey or more: not assessable, "
        "treated as amber."
    ).format(grey=mark(v, "grey", "l8.most_grey")),
    "l8.action": lambda v: _(
        "Red: nothing new unsecured beyond overnight, and what there is runs off. Amber: no tenor over three months, "
        "and the limit falls by {cut}. Otherwise watch."
    ).format(cut=shown("percent", v["cut"])),
    "l8.priority": lambda v: _(
        "High where red, medium where amber or not assessable, otherwise low. Due in bank business days: high {high}, "
        "medium {medium}, low {low}."
    ).format(**{name: number(v[name]) for name in ("high", "medium", "low")}),
    "l8.rank": lambda _v: _("State, then exposure. Items without an owner are shown first."),
}
