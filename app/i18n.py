"""The reader's language. Texts are looked up when shown, so that the language can change while the program runs."""

import gettext as _gettext
import os
import string
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path

LANGUAGES = ("en", "zh_CN")
_LOCALE = Path(__file__).parent / "locale"
_language = "en"
#: An export in another language than the window's, in its own thread or task only.
_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)


def detect_language() -> str:
    """The language the person's system asks for, English where the program does not speak it."""
    for name in ("TIDEWATCH_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if wanted := os.environ.get(name):
            return "zh_CN" if wanted.lower().startswith("zh") else "en"
    return "en"


def set_language(language: str) -> None:
    """Speak `language` (one of LANGUAGES) from now on."""
    global _language
    if language not in LANGUAGES:
        raise ValueError(f"no such language: {language}")
    _language = language


def language() -> str:
    """The language spoken now."""
    return _spoken.get() or _language


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak `language` inside the block (an export), in this thread only."""
    if language not in LANGUAGES:
        raise ValueError(f"no such language: {language}")
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


@lru_cache
def _translations(language: str) -> _gettext.NullTranslations:
    return _gettext.translation("tidewatch", _LOCALE, [language], fallback=True)


def is_translated(language: str) -> bool:
    """Whether the compiled texts of `language` are there; without them the program speaks English."""
    return bool(_translations(language).info()) if language != "en" else True


@lru_cache(maxsize=4096)
def _fields(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def gettext(message: str) -> str:
    """The message in the reader's language; a translation whose {fields} differ is not used."""
    translated = _translations(language()).gettext(message)
    return translated if _fields(translated) == _fields(message) else message


def ngettext(singular: str, plural: str, n: int) -> str:
    """The message for `n` things in the reader's language."""
    translated = _translations(language()).ngettext(singular, plural, n)
    return (
        translated if _fields(translated) <= _fields(plural) | _fields(singular) else (singular if n == 1 else plural)
    )


def pgettext(context: str, message: str) -> str:
    """The message where its English form has several meanings; `context` tells which."""
    return _translations(language()).pgettext(context, message)
