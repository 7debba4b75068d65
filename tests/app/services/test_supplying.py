"""What is supplied beside the book: read back from the template's own sheets, refused whole, kept, undone."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from app.bootstrap import Program
from app.refusals import Misused, Refused
from app.storage import audit
from app.wording.sentences import refusal
from tests.app.services.workbooks import write_csv

DAY = date(2026, 3, 31)
LINKS = "Kind,Who loses owns or guarantees,Who owes or is owned,Amount,Currency,Date,Source"


def filled(path: Path, **rows: list[list[object]]) -> Path:
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        for row in rows.get(str(sheet.title).replace(" ", "_"), []):
            sheet.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_template_is_read_back_in_both_languages(program: Program, tmp_path: Path, language: str):
    path = tmp_path / "supplied.xlsx"
    program.supplying.write_template(path, language)
    with pytest.raises(Refused) as caught:
        program.supplying.import_file(path)  # nothing is filled in
    assert (caught.value.code, len(caught.value.values["sheets"])) == ("supplied.no_rows", 4)
    book = openpyxl.load_workbook(path)
    words = {"en": "claim", "zh_CN": "债权"}
    sheets = [sheet for sheet in book.worksheets if sheet.max_row == 1 and sheet.max_column > 4]
    assert len(sheets) == 4
    rows = (
        [words[language], "B", "A", 15000000, "USD", DAY, "annual report"],
        ["A", 10000000, "USD", DAY, "annual report"],
        ["BANK", 12, 20, 100, 6, None, "62%", "BB", -31.5, DAY, "annual report"],
        ["TR", 17.5, 3, 130, None, 90, DAY, "regulator"],
    )
    for sheet, row in zip(sheets, rows, strict=True):
        sheet.append(row)
    book.save(path)
    taken = program.supplying.import_file(path)
    assert [(one.kind, len(one.rows), one.file) for one in taken] == [
        (kind, 1, "supplied.xlsx") for kind in ("banks", "capital", "links", "systems")
    ]
    held = program.supplying.in_force()
    assert (held.links[0].kind, held.links[0].amount, held.links[0].date) == ("claim", Decimal(15000000), DAY)
    assert held.banks[0].figures["fx_loans"] == 62
    assert held.banks[0].figures["equity"] == Decimal("-31.5")
    assert "liquid" not in held.banks[0].figures  # empty is not zero
    assert (held.systems[0].subject, held.systems[0].figures["roll_over"]) == ("TR", 90)


def test_a_csv_is_taken_replaced_and_undone(program: Program, tmp_path: Path):
    one = write_csv(tmp_path / "a.csv", "claim,B,A,15,USD,2026-03-31,report", headers=LINKS)
    two = write_csv(tmp_path / "b.csv", "control,P,S,,,2026-03-31,report", headers=LINKS)
    program.supplying.import_file(one)
    program.supplying.import_file(two)
    assert [link.kind for link in program.supplying.in_force().links] == ["control"]
    assert program.supplying.undo("links").file == "a.csv"
    assert [link.kind for link in program.supplying.in_force().links] == ["claim"]
    with pytest.raises(Misused, match="nothing_to_undo"):
        program.supplying.undo("capital")
    with program.database.read() as connection:
        trail = [row["action"] for row in audit.trail(connection, subject="links")]
    assert trail == ["supplied.import", "supplied.import", "supplied.undo"]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("loaned,B,A,15,USD,2026-03-31,r", "neither claim, control nor guarantee: loaned"),
        ("claim,B,A,fifteen,USD,2026-03-31,r", "not a number: fifteen"),
        ("claim,B,A,-15,USD,2026-03-31,r", "negative: -15"),
        ("claim,B,A,15,LIRA,2026-03-31,r", "no currency: LIRA"),
        ("claim,B,A,15,USD,March,r", "not a date: March"),
        ("claim,B,A,15,USD,2027-03-31,r", "lies in the future: 2027-03-31"),
        ("claim,B,b,15,USD,2026-03-31,r", "both sides are the same"),
        ("claim,B,A,,USD,2026-03-31,r", "needed, and empty"),
        ("claim,,A,15,USD,2026-03-31,r", "B3: needed, and empty"),
        ("claim,B,A,15,USD,2026-03-31,", "G3: needed, and empty"),
        ("claim,b,a,16,USD,2026-03-31,r", "stands already in"),
    ],
)
def test_a_faulty_row_refuses_the_whole_file_and_names_the_cell(
    program: Program, tmp_path: Path, row: str, problem: str
):
    path = write_csv(tmp_path / "a.csv", "claim,B,A,15,USD,2026-03-31,report", row, headers=LINKS)
    with pytest.raises(Refused) as caught:
        program.supplying.import_file(path)
    what, remedy = refusal(caught.value)
    assert problem in what
    assert "whole or not at all" in remedy
    assert program.supplying.in_force().links == ()


def test_sectors_are_reviewed_with_a_source_and_withdrawn(program: Program, tmp_path: Path):
    with pytest.raises(Refused, match="no_book"):
        program.supplying.borrowers()
    program.importing.commit(write_csv(tmp_path / "b.csv", "L1,Pamuk Bankası,TR,loan,USD,37,0"), date(2026, 5, 22))
    (one,) = program.supplying.borrowers("TR")
    assert (one.sector, one.like_a_bank, program.supplying.borrowers("CL")) == (None, True, ())
    for subject, sector, source, code in (
        ("Nobody", "bank", "register", "sectors.no_such_borrower"),
        (one.key, "banker", "register", "sectors.unknown_sector"),
        (one.key, "bank", " ", "sectors.no_source"),
    ):
        with pytest.raises(Refused, match=code):
            program.supplying.review_sectors([subject], sector, source)
    (review,) = program.supplying.review_sectors([one.key], "bank", "licence register")
    assert (review.sector, review.who, review.at) == ("bank", program.user, program.clock())
    assert program.supplying.borrowers()[0].sector == "bank"
    program.supplying.withdraw_sector(one.key, "licence returned")
    assert program.supplying.borrowers()[0].sector is None
    with pytest.raises(Misused, match="not_reviewed"):
        program.supplying.withdraw_sector(one.key, "again")
