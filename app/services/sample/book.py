"""The sample's book as lines of cells: invented names, planted breaches, and about twenty rows with faults."""

import random
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from importlib.resources import files
from typing import Any

from babel import Locale

from app.services.sample.history import history
from exposures.currencies import minor_units

#: The Friday before the sample's day.
REPORTING_DATE = date(2022, 5, 20)

#: Units of each currency for one dollar that are not among the sample's series.
OTHER_RATES = {"EUR": 0.9470, "GBP": 0.8010, "HKD": 7.8490, "SGD": 1.3790, "EGP": 18.2900}
LOCAL = {"TR": "TRY", "AR": "ARS", "CL": "CLP", "ZA": "ZAR", "ID": "IDR", "BR": "BRL", "MX": "MXN", "IN": "INR"}
LOCAL |= {"PL": "PLN", "GB": "GBP", "DE": "EUR", "HK": "HKD", "SG": "SGD", "EG": "EGP"}
RATINGS = {
    "TR": "B+",
    "AR": "CCC+",
    "CL": "A",
    "ZA": "BB-",
    "EG": "B",
    "ID": "BBB",
    "BR": "BB-",
    "MX": "BBB",
    "IN": "BBB-",
}
RATINGS |= {"PL": "A-", "VN": "BB", "KZ": "BBB-", "PK": "B-", "NG": "B-", "KE": "B", "PE": "BBB+", "LK": "CC"}
RATINGS |= {"SG": "AAA", "HK": "AA+", "GB": "AA", "DE": "AAA"}

INSTRUMENTS = {
    "loan": ("贷款", "LN", "Term loan"),
    "trade_finance": ("贸易融资", "TF", "LC confirmed"),
    "bond": ("债券", "BD", "Bond"),
    "placement": ("拆放", "PL", "Term placement"),
    "derivative": ("衍生品", "DV", "Currency swap"),
    "guarantee": ("保函", "GT", "Letter of guarantee"),
    "project": ("项目", "PJ", "Project"),
    "deposit": ("存款", "DP", "Term deposit"),
    "borrowing": ("拆入", "BR", "Interbank borrowing"),
}
#: The amount of a line of each instrument, where it is not the drawn principal.
AMOUNT_FIELD = {"derivative": "market_exposure", "guarantee": "contingent"}
WORDS = {
    "side": {"asset": "资产", "liability": "负债"},
    "sector": {"bank": "银行", "sovereign": "主权", "corporate": "企业"},
    "stage": {
        "in_approval": "审批中",
        "approved": "已批未签",
        "planned": "储备",
        "repaying": "还款中",
        "disbursing": "提款中",
    },
    "loan_class": {"pass": "正常", "special_mention": "关注", "substandard": "次级", "doubtful": "可疑"},
    "undrawn_kind": {"cancellable": "可撤销", "draw_stop": "可停止提款", "committed": "不可撤销"},
    "booking_entity_kind": {"head_office": "总行", "branch": "分行", "subsidiary": "子行"},
    "collateral_kind": {"property": "房产", "cash": "现金"},
}
OWNERS = ("陈立", "王敏", "赵琪", "孙怡")
SOVEREIGN = ("Republic", "Kingdom", "States")
TYPICAL = 26.0  # USD millions of an invented line

Line = dict[str, Any]


@dataclass
class SampleBook:
    """Lines by field name (amounts in units of the line's currency), per-USD rates, and limits in USD millions."""

    lines: list[Line]
    rates: dict[str, Decimal]
    limits: dict[str, Decimal]
    serials: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    counterparties: dict[str, int] = field(default_factory=dict)


def book() -> SampleBook:
    """The valid lines; the same on every machine."""
    known = tomllib.loads(files(__package__).joinpath("book.toml").read_text("utf-8"))
    made = SampleBook([], _rates(), {country: Decimal(amount) * 10**6 for country, amount in known["limits"].items()})
    for given in known["lines"]:
        _add(made, known, given)
    for country, targets in known["targets"].items():
        wanted = dict(zip(known["columns"], targets, strict=True))
        for given in _fill(country, wanted, known):
            _add(made, known, given)
    for country, (deposits, borrowings) in known["funding"].items():
        for given in _fund(country, {"deposit": deposits, "borrowing": borrowings}, known):
            _add(made, known, given)
    return made


def _rates() -> dict[str, Decimal]:
    rates = {"USD": Decimal(1)} | {code: Decimal(str(rate)) for code, rate in OTHER_RATES.items()}
    for name, values in history().items():
        if name.startswith("FX_"):
            rates[name.removeprefix("FX_")] = Decimal(str(values[REPORTING_DATE]))
    return rates


def _fill(country: str, wanted: Mapping[str, float], known: Mapping[str, Any]) -> Iterator[Line]:
    """Invented lines until the country's targets are met on the guarantor basis."""
    left = {name: float(amount) for name, amount in wanted.items()}
    for given in known["lines"]:
        for name, amount in _falls_to(given, country).items():
            left[name] = round(left[name] - amount, 4)
    chance = random.Random(country)  # noqa: S311 (invented figures, not a secret)
    names = known["names"][country]
    corporates = [name for name in names[1:] if not _is_sovereign(name)]
    sovereign = names[-1] if names[-1] not in corporates else names[0]
    lines: list[Line] = []
    for instrument in ("loan", "trade_finance", "bond", "placement", "derivative", "guarantee"):
        for amount in _parts(left[instrument], chance):
            next_corporate = corporates[len(lines) % len(corporates)]
            owes = {"bond": sovereign, "placement": names[0], "derivative": names[0]}.get(instrument, next_corporate)
            given = _invented(country, owes, instrument, chance)
            given[AMOUNT_FIELD.get(instrument, "outstanding")] = amount
            lines.append(given)
    loans = [given for given in lines if given["instrument"] == "loan"]
    for given, amount in zip(loans, _shares(left["undrawn"], len(loans), chance), strict=True):
        given["undrawn"] = amount
        given["undrawn_kind"] = chance.choice(("cancellable", "draw_stop", "committed"))
    yield from lines


def _falls_to(given: Mapping[str, Any], country: str) -> dict[str, float]:
    """What of a written-out line falls to `country` on the guarantor basis, by target column."""
    if "pending" in given:
        return {}
    amount, undrawn = given.get("outstanding", 0.0), given.get("undrawn", 0.0)
    owes = given.get("head_office_country", given["country"])
    if given.get("guarantee_irrevocable"):
        moved = amount * given["guarantee_percent"] / 100
        if given["guarantor_country"] == country != owes:
            return {given["instrument"]: moved}
        if given["guarantor_country"] != owes:
            amount -= moved
    return {given["instrument"]: amount, "undrawn": undrawn} if owes == country else {}


def _fund(country: str, wanted: Mapping[str, float], known: Mapping[str, Any]) -> Iterator[Line]:
    chance = random.Random(f"funding {country}")  # noqa: S311
    names = known["names"][country]
    for instrument, total in wanted.items():
        for amount in _parts(total, chance, typical=120.0):
            given = _invented(
                country, names[0] if instrument == "borrowing" else chance.choice(names[1:]), instrument, chance
            )
            given |= {"side": "liability", "outstanding": amount, "loan_class": None, "rating": None}
            yield given


def _invented(country: str, name: str, instrument: str, chance: random.Random) -> Line:
    """A line without its amount: currency, maturity and quality by chance, weighted by what is common."""
    local = LOCAL.get(country, "USD")
    days = {"placement": (3, 120), "trade_finance": (10, 270), "guarantee": (60, 900), "deposit": (20, 720),
            "borrowing": (5, 240)}.get(instrument, (120, 2600))  # fmt: skip
    currency = chance.choices(("USD", "EUR", local), (7, 1, 2))[0]
    loan_class = chance.choices(("pass", "special_mention"), (93, 7))[0] if instrument == "loan" else "pass"
    return {
        "country": country,
        "name": name,
        "instrument": instrument,
        "currency": currency,
        "maturity": REPORTING_DATE + timedelta(days=chance.randint(*days)),
        "rating": RATINGS[country],
        "loan_class": loan_class,
        "days_past_due": chance.randint(5, 60) if loan_class == "special_mention" else 0,
        "local_revenue": True if instrument == "loan" and currency != local and chance.random() < 0.3 else None,
    }


def _parts(total: float, chance: random.Random, typical: float = TYPICAL) -> list[float]:
    return [part for part in _shares(total, max(1, round(total / typical)), chance) if part > 0]


def _shares(total: float, count: int, chance: random.Random) -> list[float]:
    """`count` uneven parts to a tenth of a million that add up to `total`; nothing where there is nothing."""
    if count == 0 or total <= 0:
        return [0.0] * count
    weights = [0.5 + chance.random() for _ in range(count)]
    shares = [round(total * weight / sum(weights), 1) for weight in weights[:-1]]
    return [*shares, round(total - sum(shares), 4)]


def _add(made: SampleBook, known: Mapping[str, Any], given: Mapping[str, Any]) -> None:
    """Turn a line in USD millions and plain words into one with the program's fields in its own currency."""
    country, instrument, name = given["country"], given["instrument"], given["name"]
    word, code, product = INSTRUMENTS[instrument]
    serial_of = f"{country}-{code}"
    made.serials[serial_of] += 1
    number = made.counterparties.setdefault(name, 1001 + len(made.counterparties))
    entity, kind = known["entities"].get(given.get("entity", country), ("总行", "head_office"))
    asset = given.get("side", "asset") == "asset"
    sector = "bank" if name == known["names"].get(country, [""])[0] else given.get("sector", "corporate")
    line: Line = {
        "line_id": f"{serial_of}-{made.serials[serial_of]:03d}",
        "side": WORDS["side"][given.get("side", "asset")],
        "counterparty_id": f"C{number}",
        "counterparty_name": name,
        "group_id": given.get("group"),
        "sector": WORDS["sector"]["sovereign" if _is_sovereign(name) else sector],
        "country": country_name(country),
        "booking_entity": entity,
        "booking_entity_kind": WORDS["booking_entity_kind"][kind],
        "instrument": word,
        "product": given.get("product", product),
        "currency": given["currency"] if given["currency"] in made.rates else "USD",
        "maturity": given.get("maturity"),
        "rating": given.get("rating"),
        "loan_class": WORDS["loan_class"][given.get("loan_class") or "pass"]
        if asset and "pending" not in given
        else None,
        "days_past_due": given.get("days_past_due", 0) if asset and "pending" not in given else None,
        "ifrs_stage": given.get("ifrs_stage"),
        "local_revenue": "是" if given.get("local_revenue") else None,
        "dscr": given.get("dscr"),
        "hard_currency_share": given.get("hard_currency_share"),
        "stage": WORDS["stage"].get(given.get("stage", "")),
        "undrawn_kind": WORDS["undrawn_kind"][given.get("undrawn_kind", "committed")] if given.get("undrawn") else None,
        "relationship_owner": OWNERS[number % len(OWNERS)],
    }
    for amount in ("outstanding", "undrawn", "contingent", "market_exposure", "pending", "collateral_value"):
        if amount in given:
            line[amount] = _in_currency(given[amount], line["currency"], made.rates)
    line |= _cover(given)
    made.lines.append(line)


def _cover(given: Mapping[str, Any]) -> Line:
    """Guarantee, collateral and branch fields, where the line has any."""
    cover: Line = {}
    if "guarantor" in given:
        cover |= {"guarantor_name": given["guarantor"], "guarantor_country": country_name(given["guarantor_country"])}
        cover |= {"guarantee_percent": given["guarantee_percent"]}
        cover |= dict.fromkeys(("guarantee_explicit", "guarantee_unconditional", "guarantee_in_force"), "是")
        cover["guarantee_irrevocable"] = "是" if given["guarantee_irrevocable"] else "否"
    if "collateral_kind" in given:
        cover["collateral_kind"] = WORDS["collateral_kind"][given["collateral_kind"]]
        cover["collateral_country"] = country_name(given["collateral_country"])
    if "head_office_country" in given:
        cover |= {"head_office_country": country_name(given["head_office_country"]), "dependent_branch": "是"}
    return cover


def _in_currency(usd_millions: float, currency: str, rates: Mapping[str, Decimal]) -> Decimal:
    """To the currency's minor unit."""
    exact = Decimal(str(usd_millions)) * 10**6 * rates[currency]
    return exact.quantize(Decimal(1).scaleb(-minor_units(currency)))


def _is_sovereign(name: str) -> bool:
    return any(word in name.split() for word in SOVEREIGN)


def country_name(code: str) -> str:
    """As a Chinese ledger writes it."""
    return str(Locale("zh").territories[code])
