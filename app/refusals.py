"""How the program says no: a code and its values; `app.wording` gives the sentence and the remedy."""

from typing import Any


class Refused(Exception):
    """Something was refused, quarantined or failed, and nothing was stored (exit 1)."""

    exit_code = 1

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


class Misused(Refused):
    """Wrong usage or a missing file (exit 2)."""

    exit_code = 2
