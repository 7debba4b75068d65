"""The words of the Overview's tide: its answer and its tiles."""

from collections.abc import Callable, Mapping
from typing import Any

from app.i18n import gettext as _
from app.wording.formats import day, dollars, number, percent


def _tide(text: str, v: Mapping[str, Any]) -> str:
    on_rrp = "" if v["on_rrp"] is None else dollars(v["on_rrp"])
    return text.format(weeks=v["weeks"], amount=dollars(abs(v["change"])), on_rrp=on_rrp)


SENTENCES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "tide.no_data": lambda v: _(
        "Cannot be said: total assets of the last weeks are missing. Refresh, or take in files."
    ),
    "tide.ebb_empty": lambda v: _tide(
        _("Yes: assets fell {amount} in {weeks} weeks. ON RRP is empty, so reserves bear it."), v
    ),
    "tide.ebb_full": lambda v: _tide(_("Yes: assets fell {amount} in {weeks} weeks. ON RRP still holds {on_rrp}."), v),
    "tide.ebb_unknown": lambda v: _tide(_("Yes: assets fell {amount} in {weeks} weeks. ON RRP is not known."), v),
    "tide.slack_empty": lambda v: _("Not this month: slack water. ON RRP is empty, so the next drain hits reserves."),
    "tide.slack_full": lambda v: _tide(
        _("Not this month: slack water. ON RRP holds {on_rrp} before a drain hits reserves."), v
    ),
    "tide.slack_unknown": lambda v: _("Not this month: slack water. ON RRP is not known."),
    "tide.flood_empty": lambda v: _tide(
        _("No, it is coming in: assets rose {amount} in {weeks} weeks. ON RRP is empty."), v
    ),
    "tide.flood_full": lambda v: _tide(
        _("No, it is coming in: assets rose {amount} in {weeks} weeks. ON RRP holds {on_rrp}."), v
    ),
    "tide.flood_unknown": lambda v: _tide(
        _("No, it is coming in: assets rose {amount} in {weeks} weeks. ON RRP is not known."), v
    ),
    "tile.no_data": lambda v: _("No data for {series}").format(series=v["series"]),
    "tile.change": lambda v: _("{change}  {weeks} weeks").format(
        change=number(v["change"], 1, sign=True), weeks=v["weeks"]
    ),
    "tile.change_gdp": lambda v: _("{change}  {weeks} weeks, {share} of GDP").format(
        change=number(v["change"], 1, sign=True), weeks=v["weeks"], share=percent(v["share"], 1)
    ),
    "tile.peak": lambda v: _("Peak {peak} on {day}").format(peak=number(v["peak"], 1), day=day(v["date"])),
    "tile.average": lambda v: _("{n}-day average {average} bp").format(
        n=v["observations"], average=number(v["average"], 0, sign=True)
    ),
}
