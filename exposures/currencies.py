"""Currencies of ISO 4217: codes, minor units, and the names and signs that books write for them."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from babel import Locale

from exposures.spelling import letters

# ISO 4217 list one (active codes), funds and metals left out.
_ACTIVE = (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLF "
    "CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG "
    "HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA "
    "MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD "
    "RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX "
    "USD UYI UYU UYW UZS VED VES VND VUV WST XAF XCD XCG XDR XOF XPF YER ZAR ZMW ZWG"
)
#: Every accepted code.
CODES = frozenset(_ACTIVE.split())
_MINOR_UNITS = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
_MINOR = {code: digits for digits, codes in _MINOR_UNITS.items() for code in codes.split()}
#: Codes in daily use that ISO has not; the amount is the same money.
ALIASES: Mapping[str, str] = {"CNH": "CNY", "RMB": "CNY", "NTD": "TWD", "SDR": "XDR"}
_NAMES: Mapping[str, str] = {
    "CNY": "人民币|人民币元|人民幣元|人民幣|离岸人民币|元人民币|CN¥|renminbi|yuan",
    "USD": "美元|美金|US$|U.S. dollar|US dollars"
    "|dollar",
    "EUR": "欧元|歐元|€|euros", "JPY": "日元|日圆|日圓|JP¥", "GBP": "英镑|英鎊|£|sterling|pound sterling",
    "HKD": "港币|港幣|港元|HK$", "MOP": "澳门元|澳門元|葡币", "TWD": "新台币|新臺幣|NT$", "TRY": "土耳其里拉|里拉|TL",
    "ARS": "阿根廷比索", "CLP": "智利比索", "CLF": "UF|unidad de fomento",
    "KRW": "韩元|韓元|₩", "CHF": "瑞士法郎|瑞郎", "AUD": "澳元"
    "|A$", "CAD": "加元",
    "SGD": "新加坡元|新币|坡币", "RUB": "卢布|盧布", "BRL": "雷亚尔|R$", "INR": "卢比|₹", "XDR": "特别提款权",
}  # fmt: skip


def minor_units(currency: str) -> int:
    """Decimals of the currency's smallest unit: 2 for USD, 0 for CLP, 3 for KWD."""
    return _MINOR.get(currency, 2)


def from_minor(amount: int, currency: str) -> Decimal:
    """An amount in minor units as the currency's own units: 1234 US cents are 12.34."""
    return Decimal(int(amount)).scaleb(-minor_units(currency))


@cache
def _names() -> Mapping[str, str]:
    found = {_sign(name): code for code, names in _NAMES.items() for name in names.split("|")}
    for language in ("en", "zh", "zh_Hant"):
        for code, name in Locale.parse(language).currencies.items():
            if code in CODES:
                found.setdefault(_sign(name), code)
    return found


def _sign(text: str) -> str:
    """Signs such as € have no letters, so they stand for themselves."""
    return letters(text) if any(c in text for c in "$€£¥₩₹") is False else "".join(text.split()).casefold()


def resolve(text: str) -> tuple[str | None, bool]:
    """(ISO code, whether it was an alias such as CNH), or (None, False)."""
    code = text.strip().upper()
    if code in CODES:
        return code, False
    if code in ALIASES:
        return ALIASES[code], True
    return _names().get(_sign(text)), False


_USUAL = ("USD", "CNY", "EUR", "GBP", "JPY", "HKD", "AUD", "CAD", "CHF", "SGD", "TRY", "ARS", "CLP", "BRL")


def suggest(text: str) -> str:
    """The code that differs from a mistyped one in one letter, the usual ones first, or ""."""
    typed = text.strip().upper()
    for code in (*_USUAL, *sorted(CODES)):
        if len(typed) == 3 and sum(a == b for a, b in zip(typed, code, strict=True)) == 2:
            return code
    return ""
