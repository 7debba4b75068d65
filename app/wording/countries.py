"""What countries and regions are called, in the reader's language."""

from babel import Locale

from app.i18n import gettext as _
from app.i18n import language


def country(code: str) -> str:
    """The name of a country or region; the code itself where there is none (an area that the bank declared)."""
    match code:
        case "TW":
            return _("Taiwan, China")
        case "HK":
            return _("Hong Kong, China")
        case "MO":
            return _("Macao, China")
        case "XM":
            return _("International organisation")
        case "TR" if language() == "en":
            return "Turkey"
    return str(Locale.parse(language()).territories.get(code, code))
