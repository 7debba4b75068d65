"""Renewals as the lists ask for them: by the position of a line among the claims of a book."""

from decimal import Decimal

import numpy as np

from exposures.renewals import Renewal, Standing
from exposures.reviews.claims import Claims

NOTHING = Decimal(0)


class Renewed:
    """What of a book's claims replaces another line, and what is asked for in a line's place."""

    def __init__(self, claims: Claims) -> None:
        self._claims = claims
        self._of: dict[int, Renewal] = {}
        self._by: dict[int, list[int]] = {}
        found = claims.book.renewals
        if not found:  # the frame of a long book takes a second
            return
        asset = (claims.book.lines["side"] != "liability").to_numpy(dtype=bool)
        at = np.cumsum(asset) - 1
        self._of |= {int(at[one.place]): one for one in found}
        for one in found:
            if one.new and one.old is not None and one.standing is not Standing.OTHER_PARTY:
                self._by.setdefault(int(at[one.old]), []).append(int(at[one.place]))

    def of(self, line: int) -> Renewal | None:
        """How a line that names what it replaces counts."""
        return self._of.get(line)

    def increase(self, line: int) -> Decimal:
        """What of a renewal counts beyond what it replaces, in the reporting currency."""
        return self._claims.money(self._of[line].increase, self._claims.cell(line, "currency"))

    def asked(self, line: int) -> Decimal:
        """What is asked for in a line's place, the whole of it; a renewal without a rate stands elsewhere."""
        cell = self._claims.cell
        asked = (by for by in self._by.get(line, ()) if cell(by, "converted"))
        return sum((self._claims.money(self._of[by].new, cell(by, "currency")) for by in asked), NOTHING)
