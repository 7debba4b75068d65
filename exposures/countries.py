"""Names and codes of countries and regions, English and Chinese, old ones too, to ISO 3166 alpha-2.

The names are those of CLDR, read from babel's package data (no file of ours, no network), and the tables below.
"NA" is Namibia. XK (Kosovo) and XM (international organisations) are accepted beside ISO's codes.
"""

import difflib
from collections.abc import Mapping
from functools import cache

from babel import Locale
from babel.core import get_global

from exposures.spelling import letters

#: What stands for the lines that say no country; CLDR keeps it for "unknown", so no country can have it.
NO_COUNTRY = "ZZ"
#: CLDR territories that are no country: groupings, pseudo-locales, exceptional reservations.
_NOT_COUNTRIES = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", NO_COUNTRY})
_LANGUAGES = ("en", "zh", "zh_Hant", "zh_Hant_HK")

#: Codes that lenders still write, in today's ISO code (YF, TP, ZR: the World Bank's).
OLD_CODES: Mapping[str, str] = {
    "YF": "RS", "TP": "TL", "ZR": "CD", "UK": "GB", "EL": "GR", "BU": "MM", "KOS": "XK", "XKX": "XK", "XKS": "XK",
    "ROM": "RO", "ZAR": "CD", "TMP": "TL", "WBG": "PS",
}  # fmt: skip

#: Names CLDR has not: official, inverted, old and bank usage.
_NAMES: Mapping[str, str] = {
    "AE": "UAE|阿联酋|阿聯酋", "AG": "Antigua and Barbuda", "BA": "Bosnia|波黑|波斯尼亚|波斯尼亞", "BN": "文莱|汶萊",
    "BO": "Bolivia, Plurinational State of|Plurinational State of Bolivia", "BS": "Bahamas, The|The Bahamas",
    "BY": "Byelorussia", "CD": "Congo, Democratic Republic of|Congo, Democratic Republic of the|Congo, Dem. Rep."
    "|Democratic Republic of the Congo|Democratic Republic of Congo|DR Congo|DRC|Zaire|刚果金|刚果民主共和国",
    "CG": "Congo, Republic of|Congo, Rep.|Republic of the Congo|Republic of Congo|Congo|刚果布|刚果共和国",
    "CI": "Ivory Coast|Cote d'Ivoire|科特迪瓦|象牙海岸", "CN": "PRC|P.R. China|P.R.C.|China, People's Republic of"
    "|People's Republic of China|Mainland China|中华人民共和国|中國大陸|中国大陆|中国内地|大陆|境内",
    "CV": "Cabo Verde|Cape Verde|佛得角", "CZ": "Czech Republic|捷克共和国", "DE": "Federal Republic of Germany",
    "DO": "多米尼加共和国|多米尼加共和國", "EG": "Egypt, Arab Republic of|Egypt, Arab Rep.|Arab Republic of Egypt",
    "FM": "Micronesia, Federated States of|Micronesia, Fed. Sts.", "GB": "U.K.|Great Britain|Britain|England"
    "|United Kingdom of Great Britain and Northern Ireland|大不列颠|大英|聯合王國|联合王国",
    "GM": "Gambia, The|The Gambia", "GQ": "赤道几内亚", "HK": "Hong Kong|Hong Kong SAR|Hong Kong, China"
    "|Hong Kong SAR, China|Hongkong|中国香港|中國香港|香港|香港特别行政区|香港特別行政區|香港地区",
    "IR": "Iran, Islamic Republic of|Iran, Islamic Rep.|Islamic Republic of Iran",
    "KG": "Kyrgyz Republic|吉尔吉斯", "KN": "St. Kitts and Nevis", "KP": "Korea, Democratic People's Republic of"
    "|Korea, Dem. People's Rep.|朝鲜民主主义人民共和国", "KR": "Korea, Republic of|Korea, Rep.|Republic of Korea"
    "|Korea"
    "|S. Korea|南韩|南韓|大韩民国|大韓民國", "KZ": "哈萨克", "LA": "Lao PDR|Lao People's Democratic Republic"
    "|老挝|寮國",
    "LC": "St. Lucia", "LY": "Libyan Arab Jamahiriya", "MD": "Moldova, Republic of|Republic of Moldova",
    "MK": "Macedonia|Macedonia, FYR|FYROM|Macedonia, former Yugoslav Republic of|马其顿",
    "MM": "Myanmar|Burma|缅甸联邦", "MO": "Macau|Macao|Macao SAR, China|Macau SAR|中国澳门|中國澳門|澳门|澳門"
    "|澳门特别行政区",
    "NL": "Holland|The Netherlands", "PG": "巴布亚新几内亚|巴新", "PS": "West Bank and Gaza|Palestine, State of",
    "RS": "Serbia and Montenegro|Republic of Serbia", "RU": "Russian Federation|俄罗斯联邦|俄国|USSR",
    "SA": "Kingdom of Saudi Arabia|KSA|沙特|沙烏地阿拉伯", "SK": "Slovak Republic", "SN": "塞内加尔",
    "ST": "Sao Tome and Principe", "SY": "Syrian Arab Republic", "SZ": "Swaziland|斯威士兰",
    "TL": "East Timor|Timor-Leste|东帝汶", "TR": "Turkey|Turkiye|Republic of Turkey|Republic of Turkiye|土尔其"
    "|土耳其共和国",
    "TT": "Trinidad and Tobago", "TW": "Taiwan, China|Taiwan, Province of China|Chinese Taipei|Taipei, China"
    "|台湾|臺灣"
    "|中国台湾|中國台灣|中华台北|台湾地区", "TZ": "Tanzania, United Republic of|United Republic of Tanzania",
    "US": "U.S.|U.S.A.|USA|United States of America|America|美利坚合众国"
    "|美國", "VC": "St. Vincent and the Grenadines",
    "VE": "Venezuela, Republica Bolivariana de|Venezuela, RB|Venezuela, Bolivarian Republic of"
    "|Bolivarian Republic of Venezuela", "VN": "Viet Nam|越南社会主义共和国", "XK": "科索沃",
    "XM": "International organisation|International organization|International organisations|Supranational"
    "|国际组织|國際組織", "YE": "Yemen, Republic of|Yemen, Rep.", "ZA": "Republic of South Africa|RSA",
}  # fmt: skip
#: "土尔其" is a misspelling the import asks about, so it is only a suggestion, never read silently.
_MISSPELT = frozenset({"土尔其"})


@cache
def codes() -> frozenset[str]:
    """Every accepted alpha-2 code."""
    known = {str(code) for code in Locale("en").territories}
    known = {code for code in known if len(code) == 2 and code.isalpha()}
    return frozenset(known - _NOT_COUNTRIES | {"XK", "XM"})


@cache
def _names() -> Mapping[str, str]:
    """Every spelling's letters -> code; a later table never overrides an earlier one."""
    found: dict[str, str] = {}
    for code, spellings in _NAMES.items():
        for name in spellings.split("|"):
            if name not in _MISSPELT:
                found.setdefault(letters(name), code)
    for language in _LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if code in codes():
                found.setdefault(letters(name), code)
                found.setdefault(letters(name.replace("&", "and").replace("St.", "Saint")), code)
    for alias, targets in get_global("territory_aliases").items():
        if len(alias) == 3 and alias.isalpha() and len(targets) == 1 and targets[0] in codes():
            found.setdefault(letters(alias), targets[0])  # alpha-3
    return found


def learn() -> None:
    """Have every name ready; the first country that is looked up would wait for them."""
    _names()


def resolve(text: str, areas: Mapping[str, str] | None = None, further: Mapping[str, str] | None = None) -> str | None:
    """The code of a country or region, or None.

    `areas` (code -> name) are declared codes that are no country, `further` (name or code -> code) the layout's own
    aliases; both go before every table.
    """
    plain = letters(text)
    if not plain:
        return None
    for code, name in (areas or {}).items():
        if plain in (letters(code), letters(name)):
            return code
    for alias, code in (further or {}).items():
        if plain == letters(alias):
            return code
    code = text.strip().upper()
    if code in codes():
        return code
    return OLD_CODES.get(code) or OLD_CODES.get(plain.upper()) or _names().get(plain)


def suggest(text: str) -> str | None:
    """The code a misspelt name may mean, or None; never used without being asked."""
    plain = letters(text)
    if text.strip() in _MISSPELT:
        return next(code for code, names in _NAMES.items() if text.strip() in names.split("|"))
    long_enough = 2 if any(ord(c) > 0x2E80 for c in plain) else 4
    near = difflib.get_close_matches(plain, _names(), 1, 0.65) if len(plain) >= long_enough else []
    return _names()[near[0]] if near else None
