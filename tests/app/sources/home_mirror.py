"""Answers of the American sources as their documentation shapes them: for the table of faults and for the mirror.

`answer(path, params, first, until)` gives the body for a question of ours, from `first` (or where the question starts)
to `until`; None where no such source has the path. Figures follow a slow wave around a plausible level; a day is there
once its release is out, with the morning after `until`.
"""

import io
import json
import math
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

from app.series import releases
from app.series.catalogue import SERIES, carried_by
from app.series.releases import NONE, RELEASES
from app.series.series import Series

_DAY = timedelta(days=1)
_UNITS = {
    "USD millions": ("Millions of U.S. Dollars", 1),
    "USD billions": ("Billions of Dollars", 1),
    "percent": ("Percent", 1),
    "index": ("Index Jan 2006=100", 1),
}
#: How many series the whole release holds beside those of the catalogue: with them it is as large as the real one.
FILLING = 40


def answer(path: str, params: Mapping[str, str], first: date, until: date) -> bytes | None:
    """The body for a question; None for a path of another source."""
    for part, make in _PATHS.items():
        if part in path:
            return make(path, params, first, until)
    return None


def level(series: Series, day: date) -> float:
    """A value in the middle of the series' range (of its logarithm), waving by a tenth over some months."""
    middle = math.sqrt(max(series.low, series.high / 1e3) * series.high)
    value = middle * (1 + 0.1 * math.sin(day.toordinal() / 60))
    return float(round(value)) if series.whole else round(value, 3)


@cache
def days(release: str, first: date, until: date) -> tuple[date, ...]:
    """The dates of a release that are out by the morning after `until`."""
    calendar, out = RELEASES[release], datetime.combine(until + _DAY, time(6), UTC)
    found, day = [], first
    while day <= until:
        if calendar.has(day, NONE) and releases.published(release, day) <= out:
            found.append(day)
        day += _DAY
    return tuple(found)


def _from(params: Mapping[str, str], key: str, first: date) -> date:
    return max(date.fromisoformat(params[key]), first) if key in params else first


def _lasts(series: Series, first: date, until: date) -> tuple[date, ...]:
    return days(series.release, max(first, series.first or first), min(until, series.last or until))


def _fredgraph(_path: str, params: Mapping[str, str], first: date, until: date) -> bytes:
    series = carried_by("fredgraph")[params["id"]]
    lines = [f"observation_date,{params['id']}"]
    lines += [f"{day},{level(series, day):g}" if not series.whole else f"{day},{level(series, day):.0f}"
              for day in _lasts(series, _from(params, "cosd", first), until)]  # fmt: skip
    return "\n".join(lines).encode()


def _fred_series(_path: str, params: Mapping[str, str], _first: date, until: date) -> bytes:
    series = carried_by("fred")[params["series_id"]]
    told = {"id": params["series_id"], "title": series.title, "units": _UNITS[series.unit][0],
            "frequency_short": series.frequency[:1].upper(), "last_updated": f"{until} 15:31:07-05"}  # fmt: skip
    return json.dumps({"realtime_start": str(until), "realtime_end": str(until), "seriess": [told]}).encode()


def _fred_observations(_path: str, params: Mapping[str, str], first: date, until: date) -> bytes:
    series = carried_by("fred")[params["series_id"]]
    start, end = params.get("realtime_start", str(until)), params.get("realtime_end", str(until))
    rows = []
    for day in _lasts(series, _from(params, "observation_start", first), until):
        out = releases.published(series.release, day).date()
        began = max(str(out), start) if "realtime_start" in params else start
        rows.append({"realtime_start": began, "realtime_end": end, "date": str(day), "value": str(level(series, day))})
    whole = {"realtime_start": start, "realtime_end": end, "observation_start": "1600-01-01", "units": "lin"}
    whole |= {"count": len(rows), "offset": 0, "limit": 100000, "observations": rows}
    return json.dumps(whole).encode()


def _ddp(_path: str, params: Mapping[str, str], first: date, until: date) -> bytes:
    if params["filetype"] == "zip":
        return _release(first, until)
    month, day, year = (int(part) for part in params["from"].split("/"))
    own = [(code, one) for code, one in carried_by("ddp").items() if one.last is None]
    codes, start = [code for code, _ in own], max(date(year, month, day), first)
    rows = [["Series Description", *("x" for _ in own)], ["Unit:", *("Currency" for _ in own)],
            ["Multiplier:", *("1000000" for _ in own)], ["Currency:", *("USD" for _ in own)],
            ["Unique Identifier: ", *(f"H41/H41/{code}" for code in codes)], ["Time Period", *codes]]  # fmt: skip
    rows += [[str(day), *(f"{level(one, day):.0f}" for _, one in own)] for day in days("h41", start, until)]
    return "\n".join(",".join(row) for row in rows).encode()


def _release(first: date, until: date) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (("H41_struct.xsd", "<schema/>"), ("H41_data.xml", release_xml(first, until, FILLING))):
            entry = zipfile.ZipInfo(name)  # without the hour, so that the same release is the same archive
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text)
    return packed.getvalue()


@cache
def release_xml(first: date, until: date, filling: int = 0) -> str:
    """The release out of its archive, with so many series that nobody asked for."""
    names = 'xmlns:frb="f" xmlns:kf="k" xmlns:message="m"'
    parts = [f'<?xml version="1.0" encoding="UTF-8"?><message:MessageGroup {names}><frb:DataSet id="H41">']
    own = carried_by("ddp")
    weeks = days("h41", first, until)
    for code in [*own, *(f"RESPPX{number}_N.WW" for number in range(filling))]:
        parts.append(f'<kf:Series CURRENCY="USD" FREQ="19" SERIES_NAME="{code}" UNIT="Currency" UNIT_MULT="1e+06" >'
                     "<frb:Annotations><common:Annotation xmlns:common='c'><common:AnnotationText>x"
                     "</common:AnnotationText></common:Annotation></frb:Annotations>")  # fmt: skip
        one = own.get(code, SERIES["WALCL"])
        for day in weeks:
            if (one.first or day) <= day <= (one.last or day):
                parts.append(f'<frb:Obs OBS_STATUS="A" OBS_VALUE="{level(one, day):.0f}" TIME_PERIOD="{day}" />\n')
            else:
                parts.append(f'<frb:Obs OBS_STATUS="ND" OBS_VALUE="-9999" TIME_PERIOD="{day}" />\n')
        parts.append("</kf:Series>")
    return "".join((*parts, "</frb:DataSet></message:MessageGroup>"))


def _rates(path: str, params: Mapping[str, str], first: date, until: date) -> bytes:
    rate = path.rsplit("/", 2)[1].upper()
    series = SERIES[rate]
    start, end = _from(params, "startDate", first), min(until, date.fromisoformat(params["endDate"]))
    rows: list[dict[str, Any]] = []
    for day in reversed(days(series.release, start, end)):
        value = level(series, day)
        rows.append({"effectiveDate": str(day), "type": rate, "percentRate": value, "percentPercentile1": value,
                     "percentPercentile25": value, "percentPercentile75": value, "percentPercentile99": value,
                     "volumeInBillions": 2008, "revisionIndicator": ""})  # fmt: skip
    return json.dumps({"refRates": rows}).encode()


def _operations(path: str, params: Mapping[str, str], first: date, until: date) -> bytes:
    start, end = _from(params, "startDate", first), min(until, date.fromisoformat(params["endDate"]))
    rows = []
    for day in days("on_rrp", start, end):
        dollars = round(level(SERIES["RRPONTSYD"], day) * 1e9)
        reverse = {"operationId": f"RP {day} 25", "auctionStatus": "Results", "operationDate": str(day),
                   "operationType": "Reverse Repo", "operationMethod": "Fixed Rate", "term": "Overnight",
                   "termCalenderDays": 1, "note": "", "totalAmtAccepted": dollars}  # fmt: skip
        if "propositions" not in path:
            detail = {"securityType": "Treasury", "amtAccepted": dollars, "percentAwardRate": 3.5,
                      "percentOfferingRate": 3.5}  # fmt: skip
            kinds = ("Treasury", "Agency", "Mortgage-Backed")
            details = [{"securityType": kind, "amtAccepted": "1000000"} for kind in kinds]
            repo = {"auctionStatus": "Results", "operationDate": str(day), "operationType": "Repo",
                    "operationMethod": "Full Allotment", "term": "Overnight", "note": "", "details": details,
                    "totalAmtAccepted": "3000000"}  # fmt: skip
            rows += [{**repo, "operationId": f"RP {day} {hour}", "releaseTime": hour} for hour in ("08:15", "13:30")]
            reverse["details"] = [detail]
        rows.append(reverse)
    return json.dumps({"repo": {"operations": rows}}).encode()


def _summary(_path: str, _params: Mapping[str, str], first: date, until: date) -> bytes:
    keys = {"mbs": "SOMA_MBS", "cmbs": "SOMA_CMBS", "tips": "SOMA_TIPS", "frn": "SOMA_FRN", "bills": "SOMA_BILLS",
            "tipsInflationCompensation": "SOMA_TIPS_COMPENSATION", "notesbonds": "SOMA_NOTES_BONDS",
            "agencies": "SOMA_AGENCIES", "total": "SOMA_TOTAL"}  # fmt: skip
    rows = [
        {"asOfDate": str(day), **{key: f"{level(SERIES[id], day) * 1e6:.2f}" for key, id in keys.items()}}
        for day in days("h41", first, until)
    ]
    return json.dumps({"soma": {"summary": rows}}).encode()


def _holdings(path: str, _params: Mapping[str, str], _first: date, until: date) -> bytes:
    day = date.fromisoformat(path.rsplit("/", 1)[1].removesuffix(".json"))
    kinds = ("Bills", "NotesBonds", "TIPS", "FRN")
    rows = [
        {"asOfDate": str(day), "cusip": f"9128{number:05d}", "maturityDate": str(day + (30 + 7 * number) * _DAY),
         "issuer": "", "spread": "0.115" if number % 4 == 3 else "", "coupon": "" if number % 4 == 0 else "2.375",
         "parValue": str(1_000_000 * (number + 1)), "inflationCompensation": "12.34" if number % 4 == 2 else "",
         "percentOutstanding": "0.1", "changeFromPriorWeek": "0", "changeFromPriorYear": "0",
         "securityType": kinds[number % 4]}
        for number in range(450)
    ]  # fmt: skip
    return json.dumps({"soma": {"holdings": rows if day in days("h41", day, until) else []}}).encode()


def _swaps(path: str, _params: Mapping[str, str], first: date, until: date) -> bytes:
    count = int(path.rsplit("/", 1)[1].removesuffix(".json"))
    rows = [
        {"operationType": "U.S. Dollar Liquidity Swap", "counterparty": "European Central Bank", "currency": "EUR",
         "tradeDate": str(day), "settlementDate": str(day + _DAY), "maturityDate": str(day + 8 * _DAY),
         "termInDays": 7, "amount": 138_000_000, "interestRate": 4.08, "isSmallValue": False}
        for day in reversed(days("h41", first, until))
    ]  # fmt: skip
    return json.dumps({"fxSwaps": {"operations": rows[:count]}}).encode()


def _treasury(path: str, params: Mapping[str, str], first: date, until: date) -> bytes:
    gte, lte = (part.split(":")[2] for part in params["filter"].split(","))
    start, end = max(date.fromisoformat(gte), first), min(until, date.fromisoformat(lte))
    rows = [row for day in days("dts", start, end) for row in (_flows(day) if "deposits" in path else _balance(day))]
    return json.dumps({"data": rows, "meta": {"count": len(rows), "total-count": len(rows)}, "links": {}}).encode()


def _balance(day: date) -> list[dict[str, str]]:
    value = f"{level(SERIES['TGA_CLOSE'], day):.0f}"
    if day <= date(2021, 9, 30):
        told = {"Federal Reserve Account": (value, value), "Tax and Loan Note Accounts (Table V)": ("2030", "2030")}
    elif day <= date(2022, 4, 15):
        told = {"Treasury General Account (TGA)": (value, value)}
    else:
        told = {"Treasury General Account (TGA) Opening Balance": ("null", value),
                "Total TGA Deposits (Table II)": ("null", "21000"),
                "Total TGA Withdrawals (Table II) (-)": ("null", "19000"),
                "Treasury General Account (TGA) Closing Balance": ("null", value)}  # fmt: skip
    return [
        {"record_date": str(day), "account_type": name, "close_today_bal": close, "open_today_bal": opening}
        for name, (close, opening) in told.items()
    ]


def _flows(day: date) -> list[dict[str, str]]:
    return [
        {"record_date": str(day), "account_type": "Treasury General Account (TGA)", "transaction_type": kind,
         "transaction_catg": f"Category {number}", "transaction_catg_desc": "null",
         "transaction_today_amt": str(100 * number + day.day)}
        for kind in ("Deposits", "Withdrawals")
        for number in range(45)
    ]  # fmt: skip


_PATHS: Mapping[str, Callable[[str, Mapping[str, str], date, date], bytes]] = {
    "graph/fredgraph.csv": _fredgraph,
    "fred/series/observations": _fred_observations,
    "fred/series": _fred_series,
    "datadownload/Output.aspx": _ddp,
    "api/rates/": _rates,
    "api/rp/": _operations,
    "api/soma/summary": _summary,
    "api/soma/": _holdings,
    "api/fxs/": _swaps,
    "accounting/dts/": _treasury,
}
