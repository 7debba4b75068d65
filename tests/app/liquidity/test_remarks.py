"""Each erratum of the source document stands where its figure is shown (one page lists all of them)."""

from datetime import date

import pytest

from app.liquidity.remarks import line_notes, remarks
from app.wording.errata import erratum
from app.wording.sentences import sentence

TABLE_1 = (date(2022, 5, 18), date(2008, 1, 2))
TABLE_2 = (date(2019, 9, 4), date(2017, 10, 4))


def cases(on: date, against: date) -> list[str]:
    return [one.case for one in remarks((), on, against)]


def test_the_dates_of_the_two_tables_carry_their_remarks_and_their_units() -> None:
    assert cases(*TABLE_1) == ["note.table_1_date", "erratum.10"]
    assert cases(*TABLE_2) == ["note.cycle_dates", "note.cycle_treasury_cash", "erratum.10"]
    assert cases(date(2026, 5, 20), date(2025, 5, 21)) == []
    assert sentence(remarks((), *TABLE_2)[2]) == erratum(10)


@pytest.mark.parametrize(
    ("number", "line", "day", "code"),
    [
        (2, "federal_reserve_notes", TABLE_1[0], "note.notes_not_currency"),
        (2, "depository_deposits", TABLE_2[0], "note.reserves_definition"),
        (3, "reverse_repos", TABLE_1[0], "note.rrp_share"),
        (11, "unlisted_assets", TABLE_1[1], "note.unlisted"),
        (14, "loans_and_facilities", TABLE_1[0], "note.loans_and_facilities"),
        (14, "other_assets", TABLE_1[0], "note.other_assets"),
        (15, "other_assets", TABLE_1[1], "note.other_assets_2008"),
        (15, "swaps", TABLE_1[1], "note.not_in_file_2008"),
    ],
)
def test_a_line_carries_the_remark_of_its_erratum(number: int, line: str, day: date, code: str) -> None:
    assert code in line_notes(line, day), number
