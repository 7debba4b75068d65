"""Answers of the sources abroad as their documentation shapes them: for the table of faults and for the mirror.

`answer(path, params, first, until)` gives the body for a question of ours, from `first` (or where the question starts)
to `until`; None where no such source has the path. Figures follow a slow wave around a plausible level.
"""

import json
import math
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from app.series.catalogue import SERIES
from app.series.places import PLACES

DIMENSIONS = (
    *("FREQ", "L_MEASURE", "L_REP_CTY", "CBS_BANK_TYPE", "CBS_BASIS", "L_POSITION", "L_INSTR", "REM_MATURITY"),
    *("CURR_TYPE_BOOK", "L_CP_SECTOR", "L_CP_COUNTRY"),
)
_DAY = timedelta(days=1)
_CODES = {place.alpha3: place.code for place in PLACES}
_INDICATORS = {
    "FI.RES.TOTL.CD": ("RESERVES_YEAR", 1e6),
    "FI.RES.TOTL.MO": ("IMPORT_COVER", 1),
    "DT.DOD.DSTC.IR.ZS": ("STDEBT_RESERVES", 1),
    "BN.CAB.XOKA.GD.ZS": ("CURRENT_ACCOUNT", 1),
    "DT.DOD.DECT.GN.ZS": ("EXTERNAL_DEBT_GNI", 1),
    "FP.CPI.TOTL.ZG": ("CPI_YEAR", 1),
    "NY.GDP.MKTP.CD": ("GDP", 1e9),
}
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def answer(path: str, params: Mapping[str, str], first: date, until: date) -> bytes | None:
    """The body for a question; None for a path of another source."""
    for part, make in _PATHS.items():
        if part in path:
            return make(path, params, first, until)
    return None


def _level(series_id: str, day: date) -> float:
    """A value in the middle of the series' range (of its logarithm), waving by a tenth over some months."""
    series = SERIES[series_id]
    middle = math.sqrt(max(series.low, series.high / 1e3) * series.high)
    return middle * (1 + 0.1 * math.sin(day.toordinal() / 60))


def _each(first: date, until: date) -> Iterator[date]:
    return (first + ahead * _DAY for ahead in range((until - first).days + 1))


def _ends(first: date, until: date, months: int = 1) -> Iterator[date]:
    """The last days of months, quarters or years."""
    return (day for day in _each(first, until) if (day + _DAY).day == 1 and day.month % months == 0)


def _start(params: Mapping[str, str], first: date) -> date:
    return max(date.fromisoformat(params["startPeriod"]), first)


def _xru(path: str, params: Mapping[str, str], first: date, until: date) -> bytes:
    areas, currencies = (part.split("+") for part in path.rsplit("/", 1)[1].split(".")[1:3])
    lines = ["FREQ,REF_AREA,CURRENCY,COLLECTION,TIME_PERIOD,OBS_VALUE"]
    for area, currency in zip(areas, currencies, strict=True):
        for day in _each(_start(params, first), until - 3 * _DAY):
            value = "NaN" if day.weekday() > 4 else f"{_level(f'FX_{currency}', day):.5f}"
            lines.append(f"D,{area},{currency},A,{day},{value}")
    return "\n".join(lines).encode()


def _cbpol(path: str, params: Mapping[str, str], first: date, until: date) -> bytes:
    lines = ["FREQ,REF_AREA,TIME_PERIOD,OBS_VALUE"]
    frequency, areas = path.rsplit("/", 1)[1].split(".")
    for area in areas.split("+"):
        for day in _each(_start(params, first), until - 7 * _DAY):
            value = "NaN" if day.weekday() > 4 and frequency == "D" else f"{5 + day.month % 4 * 0.25}"
            if frequency == "D":
                lines.append(f"D,{area},{day},{value}")
            elif (day + _DAY).day == 1:
                lines.append(f"M,{area},{day:%Y-%m},{value}")
    return "\n".join(lines).encode()


def _structure(_path: str, _params: Mapping[str, str], _first: date, _until: date) -> bytes:
    listed = [{"id": id, "position": place} for place, id in enumerate(DIMENSIONS, 1)]
    part = {"id": "BIS_CBS", "dataStructureComponents": {"dimensionList": {"dimensions": listed}}}
    return json.dumps({"meta": {}, "data": {"dataStructures": [part]}}).encode()


def _claims(path: str, _params: Mapping[str, str], first: date, until: date) -> bytes:
    key = path.rsplit("/", 1)[1].split(".")
    lines = [",".join((*DIMENSIONS, "UNIT_MEASURE", "UNIT_MULT", "TIME_PERIOD", "OBS_VALUE"))]
    for area in key[-1].split("+"):
        for day in _ends(first, until - 130 * _DAY, 3):
            value = _level(f"FOREIGN_CLAIMS_{area}", day)
            lines.append(",".join((*key[:-1], area, "USD", "6", f"{day.year}-Q{day.month // 3}", f"{value:.1f}")))
    return "\n".join(lines).encode()


def _imf(indicator: str, columns: tuple[str, ...], unit: float) -> Callable[..., bytes]:
    def make(path: str, params: Mapping[str, str], first: date, until: date) -> bytes:
        flow = path.split("/IMF.STA/")[1].split("/")[0]
        countries, *rest = path.rsplit("/", 1)[1].split(".")
        start = max(date.fromisoformat(params["c[TIME_PERIOD]"].removeprefix("ge:") + "-01"), first)
        lines = [",".join(("DATAFLOW", "COUNTRY", *columns, "TIME_PERIOD", "OBS_VALUE"))]
        for country in countries.split("+"):
            for day in _ends(start, until - 45 * _DAY):
                value = _level(f"{indicator}_{_CODES[country]}", day) * unit
                period = f"{day.year}-M{day.month:02}"
                lines.append(",".join((f"IMF.STA:{flow}(5.0.0)", country, *rest, period, f"{value:.6g}")))
        return "\n".join(lines).encode()

    return make


def _worldbank(path: str, params: Mapping[str, str], first: date, until: date) -> bytes:
    indicator = path.rsplit("/", 1)[1]
    name, unit = _INDICATORS[indicator]
    years = range(max(int(params["date"][:4]), first.year - 3), until.year)
    records = [
        {
            "indicator": {"id": indicator, "value": name},
            "country": {"id": _CODES[country], "value": country},
            "countryiso3code": country,
            "date": str(year),
            "value": None if year == until.year - 1 else _level(f"{name}_{_CODES[country]}", date(year, 12, 31)) * unit,
            "unit": "",
            "obs_status": "",
            "decimal": 1,
        }
        for country in path.split("/country/")[1].split("/")[0].split(";")
        for year in reversed(years)
    ]
    about = {"page": 1, "pages": 1, "per_page": "20000", "total": len(records), "lastupdated": str(until)}
    return json.dumps([about, records]).encode()


def _ecb(path: str, params: Mapping[str, str], first: date, until: date) -> bytes:
    rest = path.rsplit("/", 1)[1]
    lines = [
        "KEY,FREQ,REF_AREA,CURRENCY,PROVIDER_FM,INSTRUMENT_FM,PROVIDER_FM_ID,DATA_TYPE_FM,TIME_PERIOD,OBS_VALUE",
        *(
            f"YC.{rest},{rest.replace('.', ',')},{day},{2 + math.sin(day.toordinal() / 90):.8f}"
            for day in _each(_start(params, first), until - _DAY)
            if day.weekday() < 5
        ),
    ]
    return "\n".join(lines).encode()


def _mof(path: str, _params: Mapping[str, str], first: date, until: date) -> bytes:
    month = until.replace(day=1)
    whole = "jgbcme_all" in path
    span = _each(first, month - _DAY) if whole else _each(month, until - _DAY)
    lines = [
        "Interest Rate,,,,,,,,,,,,,,,(Unit : %)",
        "Date,1Y,2Y,3Y,4Y,5Y,6Y,7Y,8Y,9Y,10Y,15Y,20Y,25Y,30Y,40Y",
        *(
            f"{day.year}/{day.month}/{day.day}," + ",".join(f"{year / 10 + 0.1:.3f}" for year in range(1, 15)) + ",-"
            for day in span
            if day.weekday() < 5
        ),
    ]
    footnote = "" if whole else '\r\n,,,,,,,,,,,,,,,\r\n"  ※If you cannot download the latest csv data …",,,'
    return ("\r\n".join(lines) + footnote).encode("cp932")


def _bcra(_path: str, params: Mapping[str, str], _first: date, until: date) -> bytes:
    day = date.fromisoformat(params["fecha"])
    if day.weekday() > 4 or day >= until:
        return b'{"status":200,"results":{"fecha":null,"detalle":[]}}'
    dollar = _level("FX_ARS", day)
    quoted = {"ARS": 0.0, "USD": dollar}
    quoted |= {code: dollar / _level(f"FX_{code}", day) for code in ("TRY", "CLP")}
    rows = [
        {"codigoMoneda": code, "descripcion": code, "tipoPase": 0.0, "tipoCotizacion": round(value, 8)}
        for code, value in quoted.items()
    ]
    return json.dumps({"status": 200, "results": {"fecha": str(day), "detalle": rows}}).encode()


def _rates(_path: str, params: Mapping[str, str], _first: date, until: date) -> bytes:
    last = date.fromisoformat(params["SelectDate"])
    days = [day for day in _each(last.replace(day=1), min(last, until - _DAY)) if day.weekday() < 5]
    title = f"Representative Exchange Rates for Selected Currencies for {_MONTHS[last.month - 1]} {last.year}"
    lines = [title]
    for block in (days[:11], days[11:]):
        if block:
            heads = [f"{_MONTHS[day.month - 1]} {day.day:02}, {day.year}" for day in block]
            rates = [f"{_level('FX_CLP', day):,.6f}" for day in block]
            lines += ["\t".join(("Currency", *heads)), "\t".join(("Chilean peso", *rates)), ""]
            lines += ["\t".join(("Euro(1)", *("1.1" for _day in block))), ""]
    return "\r\n".join(lines).encode()


def _tic(path: str, _params: Mapping[str, str], first: date, until: date) -> bytes:
    table = path.rsplit("/", 1)[1].removesuffix(".txt")
    wanted = {
        tuple(name.split("/")[1:]): series.id for series in SERIES.values() if (name := series.name_in("tic") or "")
        if name.startswith(table)
    }  # fmt: skip
    columns = sorted({column for _code, column in wanted})
    lines = [f"{table}: U.S. securities held by foreign residents", "Millions of dollars", ""]
    lines.append("\t".join(("country", "country_code", "date", *columns)))
    for code in sorted({code for code, _column in wanted}):
        for day in _ends(first, until - 50 * _DAY):
            cells = [
                f"{_level(wanted[code, column], day):.0f}" if (code, column) in wanted else "n.a." for column in columns
            ]
            lines.append("\t".join(("Somewhere", code, f"{day:%Y-%m}", *cells)))
    return "\n".join(lines).encode()


_PATHS: Mapping[str, Callable[..., bytes]] = {
    "/WS_XRU/": _xru,
    "/WS_CBPOL/": _cbpol,
    "/structure/dataflow/BIS/": _structure,
    "/data/WS_CBS_PUB/": _claims,
    "/IMF.STA/CPI/": _imf("CPI", ("INDEX_TYPE", "COICOP_1999", "TYPE_OF_TRANSFORMATION", "FREQUENCY"), 1),
    "/IMF.STA/IRFCL/": _imf("RESERVES", ("INDICATOR", "SECTOR", "FREQUENCY"), 1e6),
    "/indicator/": _worldbank,
    "/YC/": _ecb,
    "/interest_rate/": _mof,
    "/Cotizaciones": _bcra,
    "rms_mth.aspx": _rates,
    "/tic/Documents/": _tic,
}
