"""Units of amounts, in headers, titles and rows beneath a header: 万元, USD mn, '000, 百亿美元, 10 thousand."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from exposures import currencies

#: A unit: what an amount is multiplied by (None: not said) and its currency (None: not said).
Unit = tuple[Decimal | None, str | None]
NONE: Unit = (None, None)

_WORDS = {
    "k": 3, "thousand": 3, "thousands": 3, "tsd": 3, "thd": 3, "m": 6, "mn": 6, "mm": 6, "mio": 6, "mln": 6, "mil": 6,
    "million": 6, "millions": 6, "bn": 9, "bln": 9, "mrd": 9, "billion": 9, "billions": 9, "tn": 12, "trn": 12,
    "trillion": 12, "trillions": 12, "lakh": 5, "lakhs": 5, "crore": 7, "crores": 7,
}  # fmt: skip
_CHINESE = {"十": 1, "拾": 1, "百": 2, "佰": 2, "千": 3, "仟": 3, "万": 4, "萬": 4, "亿": 8, "億": 8}
_FILLERS = frozenset(
    ["of", "in", "unit", "units", "ccy", "currency", "amount", "amounts", "figures", "单位", "單位", "$", "¥"]
)
_YUAN = ("元", "圆", "圓")
_SCALE = re.compile(f"[{''.join(_CHINESE)}]+")
_BETWEEN_CHINESE = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
_NUMBER = re.compile(r"[x×]?\b([0-9]{1,3}(?:[, ][0-9]{3})+|[0-9]+)(?:s\b)?")
_TOKEN = re.compile(r"[x×]?[0-9]+|[^\W\d_\u4e00-\u9fff]+|[\u4e00-\u9fff]+|[$€£¥₩₹]")
_DOLLARS = re.compile(r"\b[a-z]{1,2}\$")
_GLUED = re.compile(rf"([a-z]{{3}})({'|'.join(sorted(_WORDS, key=len, reverse=True))})")
_BRACKETS = re.compile(r"[(\[【<]([^()\[\]【】<>]*)[)\]】>]")
#: The word "unit" itself, where it is not 填报单位 (the institution that reports).
_KEY = re.compile(
    r"(?:^|[\s(\[【<:;,、])(?:金额|金額|货币|貨幣|计量|計量|数量|数据)?(?:单位|單位)\s*(?P<colon>[::为為]?)\s*"
    r"|\b(?:currency\s+)?units?\s*(?P<mark>[:=])\s*"
    r"|\b(?:amounts?|figures?|all|values?|expressed|stated)\b[^:]{0,20}?\bin\s+|\bin\s+"
    r"|\b(?:amounts?|figures?|values?)\b\s*:?\s*",
    re.IGNORECASE,
)
_MONEY_KEY = re.compile(r"(?:币种|幣種|币别|幣別|货币|貨幣|currency)\s*[:=]\s*([^\s,;、()]+)", re.IGNORECASE)
#: What a bracket in a title needs to be its unit and not a number or a mark: two letters, a Chinese one, or 000.
_PLAINLY = re.compile(r"[^\W\d_]{2}|[\u4e00-\u9fff]|\b000|\$")
_ENDS = re.compile(r"[,;、()\[\]【】\n。]|币种|幣種|币别|幣別")


def unit_of(text: str) -> Unit:
    """(factor, currency) that a unit such as 万元, USD mn, '000 or 百亿美元 names; (None, None) where it is none.

    Scales multiply: 10 thousand is 10,000 and 十亿 10 to the ninth. A currency alone has no factor; 元 alone is 1.
    """
    plain = unicodedata.normalize("NFKC", text).casefold().translate({ord(c): None for c in "'’‘`"})
    plain = _BETWEEN_CHINESE.sub("", plain.strip(" :.,;()[]"))
    if not plain:
        return NONE
    plain = _DOLLARS.sub(lambda sign: f"{currencies.resolve(sign[0])[0] or sign[0]} ".casefold(), plain)
    code, alias = currencies.resolve(plain.strip())
    if code is not None and not alias and not plain.startswith(_YUAN):
        return None, code
    plain = _NUMBER.sub(lambda found: re.sub("[, ]", "", found[1]) + " ", plain)
    factor: Decimal | None = None
    names: list[str] = []
    numbers = False
    for part in _parts(plain):
        scale = _scale(part)
        if scale is not None:
            factor = (factor or Decimal(1)) * scale
            numbers |= part.isdigit()
        elif (chinese := _SCALE.search(part)) is not None and currencies.resolve(part)[0] is None:
            factor = (factor or Decimal(1)) * Decimal(10) ** sum(_CHINESE[letter] for letter in chinese[0])
            if rest := part[: chinese.start()] + part[chinese.end() :]:
                names.append(rest)
        elif part not in _FILLERS:
            names.append(part)
    if numbers and factor is not None and factor < 1000:
        return NONE  # the second column of that name, or the tenth table
    money = _money(names)
    if money is None:
        return NONE
    if not money and names and factor is None:
        factor = Decimal(1)  # 元, of whatever money the line is in
    return factor, money or None


def _parts(plain: str) -> Iterator[str]:
    for part in _TOKEN.findall(plain):
        glued = _GLUED.fullmatch(part)
        if glued and part not in _WORDS and currencies.resolve(glued[1])[0] is not None:
            yield from glued.groups()
        else:
            yield part


def _scale(part: str) -> Decimal | None:
    """What a word or a number multiplies by: 000 and 1000 are a thousand, 10 is ten; None for any other text."""
    if part in _WORDS:
        return Decimal(10) ** _WORDS[part]
    bare = part.lstrip("x×")
    if bare.isdigit() and bare.strip("0") in ("1", "") and bare.lstrip("0") in ("", bare):
        return Decimal(10) ** (len(bare) if not bare.strip("0") else len(bare) - 1)
    return None


def _money(names: Sequence[str]) -> str | None:
    """The currency that the words left over name, "" for none and for 元; None where they say something else."""
    if not names:
        return ""
    whole = " ".join(names)
    tries = [whole, "".join(names)]
    tries += [text.removesuffix(yuan).removeprefix(yuan) for text in tries for yuan in _YUAN]
    for text in tries:
        if not text.strip():
            return ""
        if (code := currencies.resolve(text)[0]) is not None:
            return code
    codes = {currencies.resolve(name)[0] for name in names}
    if len(codes) == 1 and None not in codes:
        return codes.pop()
    return None


def in_words(text: str) -> bool:
    """Whether the text is a unit and has more than digits: a cell that says 1000 may be an amount."""
    return unit_of(text) != NONE and any(letter.isalpha() for letter in text)


@dataclass(frozen=True, slots=True)
class Named:
    """What the titles of a sheet say of its amounts; `unread` is a unit that nobody knows, or that another gainsays."""

    factor: Decimal | None = None
    currency: str | None = None
    unread: str = ""


def of_titles(titles: Sequence[str]) -> Named:
    """The unit that a title block names for the whole sheet ("单位:万元", "Amounts in USD million", "… (USD mn)")."""
    factors: dict[Decimal, str] = {}
    currency: str | None = None
    unread = ""
    for title in titles:
        plain = unicodedata.normalize("NFKC", title)
        if (said := _MONEY_KEY.search(plain)) is not None:
            currency = currency or currencies.resolve(said[1])[0]
        for text, factor, money in _in_title(plain):
            currency = currency or money
            if factor is not None:
                factors.setdefault(factor, text)
            elif money is None:
                unread = unread or text
    if len(factors) > 1:
        unread = unread or list(factors.values())[1]
    return Named(next(iter(factors), None), currency, unread)


def _in_title(plain: str) -> Iterator[tuple[str, Decimal | None, str | None]]:
    """Each unit of a title with its text; (text, None, None) where the title says "unit:" and then nothing known."""
    brackets = [text for text in _BRACKETS.findall(plain) if unit_of(text) != NONE and _PLAINLY.search(text)]
    for text in brackets:
        yield (text, *unit_of(text))
    if brackets:
        return
    factor, money = unit_of(plain)
    if in_words(plain) and (factor or 1) > 1 and len(plain.strip()) > 1:
        yield plain, factor, money
        return
    for key in _KEY.finditer(plain):
        rest = plain[key.end() :]
        rest = rest[1:] if rest[:1] in "([【<" else rest
        rest = rest[: found.start()] if (found := _ENDS.search(rest, 1)) else rest
        words = rest.split()
        for count in range(len(words), 0, -1):
            text = " ".join(words[:count])
            if unit_of(text) != NONE and (count == len(words) or in_words(text)):
                yield (text, *unit_of(text))
                break
        else:
            if (key["colon"] or key["mark"]) and rest.strip():
                yield rest.strip(), None, None
                return
