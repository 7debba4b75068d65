"""The words of portfolio flows and of the home side."""

from collections.abc import Callable, Mapping
from typing import Any

from app.i18n import gettext as _
from app.wording.formats import dollars, number

Values = Mapping[str, Any]

SENTENCES: dict[str, Callable[[Values], str]] = {
    "flows.none": lambda v: _("Cannot be said: no flows are stored. Import the file of the month."),
    "flows.in": lambda v: _("No: {total} came in.").format(total=dollars(v["total"])),
    "flows.out": lambda v: _("Yes: {total} left.").format(total=dollars(abs(v["total"]))),
    "flows.out_china": lambda v: _("{total} left, but from mainland China alone: the others took in {others}.").format(
        total=dollars(abs(v["total"])), others=dollars(v["others"])
    ),
    "home.no_data": lambda v: _("Cannot be said: no renminbi rate is stored. Refresh, or take in files."),
    "home.rate": lambda v: _("{rate} for the dollar; without China's 10-year yield there is no spread.").format(
        rate=number(v["rate"], 2)
    ),
    "home.inverted": lambda v: _("{rate} for the dollar; China yields {spread} pp less than the United States.").format(
        rate=number(v["rate"], 2), spread=number(abs(v["spread"]), 2)
    ),
    "home.normal": lambda v: _("{rate} for the dollar; China yields {spread} pp more than the United States.").format(
        rate=number(v["rate"], 2), spread=number(v["spread"], 2)
    ),
    "home_figures.all": lambda v: _("All {count} figures are there.").format(count=v["count"]),
    "home_figures.some": lambda v: _("{there} of {count} figures are there; enter or import the others.").format(**v),
    "home_figures.none": lambda v: _("None of the figures is there. Refresh, enter or import them."),
}
