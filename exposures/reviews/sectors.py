"""Who is a bank: as somebody reviewed it, else as the book says; a name alone never decides."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from exposures.spelling import letters
from exposures.supplied import SectorReview

#: What in a name suggests a bank, to be reviewed by a person.
_LIKE_A_BANK = ("bank", "banc", "banka", "banque", "banco", "银行")

#: What of a line tells a borrower and its sector.
SAID = ("subject", "counterparty_name", "country", "head_office_country", "sector")


@dataclass(frozen=True, slots=True)
class Borrower:
    """A borrower with the sector that counts for it: `reviewed` by somebody, else the book's (None: not known)."""

    key: str
    name: str
    country: str | None
    sector: str | None
    reviewed: SectorReview | None = None

    @property
    def like_a_bank(self) -> bool:
        """Whether the name alone suggests a bank."""
        plain = letters(self.name)
        return any(part in plain for part in _LIKE_A_BANK)


def borrowers(lines: pd.DataFrame, reviewed: Mapping[str, SectorReview]) -> tuple[Borrower, ...]:
    """Everybody in these lines (of Claims) by key."""
    firsts = {
        column: lines[lines[column].notna().to_numpy()].drop_duplicates("subject").set_index("subject")[column]
        for column in ("counterparty_name", "country", "head_office_country", "sector")
    }
    given = {column: dict(zip(first.index.astype(str), first.astype(str), strict=True))
             for column, first in firsts.items()}  # fmt: skip
    found = []
    for key in sorted(map(str, lines["subject"].unique())):
        review = reviewed.get(key)
        found.append(
            Borrower(
                key,
                given["counterparty_name"].get(key, key),
                given["head_office_country"].get(key) or given["country"].get(key),
                given["sector"].get(key) if review is None else review.sector,
                review,
            )
        )
    return tuple(found)
