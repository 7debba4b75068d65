"""Numbers, dates and amounts as people read them, in the reader's language (true minus, thousands separator)."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache, reduce

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import get_currency_name

from app.i18n import gettext as _
from app.i18n import language, pgettext

MINUS = "\u2212"
#: Amounts of a book are shown in millions of its currency.
MILLION = 1_000_000
Number = int | float | Decimal


@lru_cache
def _locale_of(name: str) -> Locale:
    return Locale.parse(name)


def _locale() -> Locale:
    """The reader's; handed a name, Babel would look for its files each time."""
    return _locale_of(language())


def number(value: Number, decimals: int = 0, *, sign: bool = False) -> str:
    """1,842.0 or −6.1; `sign` writes the plus as well. Rounds half up, and never shows −0."""
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,.{decimals}f}"
    if rounded < 0:
        return MINUS + text
    return f"+{text}" if sign and rounded > 0 else text


def percent(value: Number, decimals: int = 1, *, sign: bool = False) -> str:
    """A value already in percent: "92.0 %" in English, "92.0%" in Chinese."""
    return _("{number} %").format(number=number(value, decimals, sign=sign))


def currency(code: str) -> str:
    """A currency beside a figure: USD, or 美元."""
    return get_currency_name(code, locale=_locale()) if language() == "zh_CN" else code


def money(value: Decimal, code: str) -> str:
    """An amount of major units as sentences say it: "USD 1,842 m", below ten million with one decimal.

    Chinese counts in 亿 and, below one 亿, in 万: "18.42 亿美元", "4,200 万美元".
    """
    if language() == "zh_CN":
        if abs(value) >= 10**8:
            return f"{number(value / 10**8, 2)} 亿{currency(code)}"
        return f"{number(value / 10**4)} 万{currency(code)}"
    millions = value / 10**6
    return f"{code} {number(millions, 0 if abs(millions) >= 10 else 1)} m"


def dollars(billions: float, decimals: int = 1, *, sign: bool = False) -> str:
    """Billions of dollars as sentences say them: "USD 6,713.6 bn", or 67,136 亿美元."""
    if language() == "zh_CN":
        return f"{number(billions * 10, max(0, decimals - 1), sign=sign)} 亿美元"
    return f"USD {number(billions, decimals, sign=sign)} bn"


def together(sentences: Iterable[str]) -> str:
    """Whole sentences after one another; Chinese puts no space between them."""
    return reduce(
        lambda first, second: pgettext("two sentences", "{first} {second}").format(first=first, second=second),
        [text for text in sentences if text] or [""],
    )


def listed(names: Iterable[str]) -> str:
    """Names in a sentence: "A", "A and B", "A, B and C"."""
    *first, last = list(names) or [""]
    if not first:
        return last
    most = reduce(lambda one, other: pgettext("list", "{one}, {other}").format(one=one, other=other), first)
    return pgettext("list", "{most} and {last}").format(most=most, last=last)


def opening(text: str) -> str:
    """A text that begins a cell or a line: its first letter is a capital."""
    return text[:1].upper() + text[1:]


def day(value: date) -> str:
    """29 May 2026, or 2026年5月29日."""
    return format_date(value, "y年M月d日" if language() == "zh_CN" else "d MMM y", locale=_locale())


def short_day(value: date) -> str:
    """29 May, or 5月29日, for tables."""
    return format_date(value, "M月d日" if language() == "zh_CN" else "d MMM", locale=_locale())


def weekday(value: date) -> str:
    """Tue 26 May 2026, or 2026年5月26日 周二."""
    return format_date(value, "y年M月d日 EEE" if language() == "zh_CN" else "EEE d MMM y", locale=_locale())


def hour(value: datetime) -> str:
    """09:12 in the machine's zone."""
    return format_datetime(value.astimezone(), "HH:mm", locale=_locale())


def moment(value: datetime) -> str:
    """26 May 08:31 in the machine's zone."""
    local = value.astimezone()
    return format_datetime(local, "M月d日 HH:mm" if language() == "zh_CN" else "d MMM HH:mm", locale=_locale())


def dated_moment(value: datetime) -> str:
    """26 May 2026 08:31 in the machine's zone, for what leaves the program."""
    local = value.astimezone()
    return format_datetime(local, "y年M月d日 HH:mm" if language() == "zh_CN" else "d MMM y HH:mm", locale=_locale())
