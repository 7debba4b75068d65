"""Remarks beside the balance sheet: where the source document's figure differs from the release, and why."""

from collections.abc import Callable, Mapping
from typing import Any

from app.i18n import gettext as _

SENTENCES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "note.table_1_date": lambda v: _(
        "The 2022 paper heads its first column 25 Jan 2008; its figures are those of 2 Jan 2008."
    ),
    "note.cycle_dates": lambda v: _(
        "The 2022 paper dates this cycle two ways: 2017.10 to 2019.9, and 2017.9 to 2018.11."
    ),
    "note.cycle_treasury_cash": lambda v: _(
        "Reserves fell by more than the assets in this cycle, because notes and Treasury cash grew."
    ),
    "note.notes_not_currency": lambda v: _(
        "The paper's “currency in circulation” is the line Federal Reserve notes, net; currency in circulation is more."
    ),
    "note.reserves_definition": lambda v: _(
        "The paper's “reserves” are deposits of banks in the condition statement; reserve balances leave out "
        "service-related balances, and WRESBAL is a week average."
    ),
    "note.rrp_share": lambda v: _(
        "The paper gives the share of reverse repos as 24.3 % in its text and 25.2 % in its table."
    ),
    "note.unlisted": lambda v: _(
        "Other, unlisted is what the listed lines leave of the total: premiums, discounts, gold, coin, premises, "
        "foreign currency and the like."
    ),
    "note.loans_and_facilities": lambda v: _(
        "The paper's “loans and facilities” of 59 bn are loans of 21.4 bn and three facility companies."
    ),
    "note.other_assets": lambda v: _("The paper's “other assets” of 31 bn are the line other Federal Reserve assets."),
    "note.other_assets_2008": lambda v: _(
        "The paper's “other assets” of 9 bn for 2008 are not the line of the release, which is 66.8 bn."
    ),
    "note.not_in_file_2008": lambda v: _(
        "The release of 3 Jan 2008 gives swaps and loans elsewhere; files of the main table do not hold them."
    ),
    "note.rounding": lambda v: _("Published figures are rounded to a million, so the sides may differ by one or two."),
    "note.week_average": lambda v: _("Reserves before and after the files with Wednesday levels are week averages."),
}
