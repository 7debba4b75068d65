"""Concentration on the worked book of CALCULATIONS 2 and on small books, branch by branch."""

from decimal import Decimal

from exposures.book import Basis
from exposures.holders import concentration, in_groups, in_hands, in_places
from tests.exposures.lines import ELIGIBLE, book, line, section_2

D = Decimal
ROWS = (
    line("1", "TR", counterparty_id="C1", counterparty_name="Ege", group_id="G1", sector="corporate", outstanding=60),
    line("2", "TR", counterparty_id="C2", counterparty_name="Ege Enerji", group_id="G1", outstanding=20),
    line("3", "CL", counterparty_id="C3", counterparty_name="Banco", sector="bank", outstanding=20,
         guarantor_id="C1", guarantor_country="CL", guarantee_percent=50.0, **ELIGIBLE),
)  # fmt: skip


def test_worked_example() -> None:
    """§2, guarantor basis: HHI 16,893/60,025 = 0.2814."""
    rows = [row | {"counterparty_id": row["line_id"]} for row in section_2()]
    found = concentration(book(*rows), Basis.GUARANTOR)
    assert found.hhi_countries is not None
    assert round(found.hhi_countries, 4) == D("0.2814")
    assert found.total == 245


def test_names_and_groups_by_share() -> None:
    found = concentration(book(*ROWS))
    assert [(one.key, one.share, one.cumulative) for one in found.names] == [
        ("C1", D("0.6"), D("0.6")), ("C2", D("0.2"), D("0.8")), ("C3", D("0.2"), D(1)),
    ]  # fmt: skip
    assert [(one.key, one.share) for one in found.groups] == [("G1", D("0.8"))]
    assert found.ungrouped == 20
    assert found.hhi_names == D("0.44")  # 0.36 + 0.04 + 0.04


def test_a_guarantor_in_the_same_country_counts_beside_what_it_owes() -> None:
    found = concentration(book(*ROWS))
    assert {one.key: one.guaranteed for one in found.names} == {"C1": 10, "C2": 0, "C3": 0}
    assert sum(one.amount for one in found.names) == 100


def test_sector_by_country() -> None:
    cells = concentration(book(*ROWS)).cells
    assert [(cell.sector, cell.country, cell.amount) for cell in cells] == [
        ("corporate", "TR", 60), ("bank", "CL", 20), (None, "TR", 20),
    ]  # fmt: skip
    assert sum(cell.share for cell in cells) == 1


def test_large_exposures_have_a_mark_by_kind() -> None:
    """Tier 1 of 100: 60 of a company is above 15 %, 20 of a bank below 25 %; a sovereign is not measured."""
    sovereign = line("4", "AR", counterparty_id="S", sector="sovereign", outstanding=90)
    names = {one.key: one for one in concentration(book(*ROWS, sovereign), tier_1=D(100)).names}
    assert (names["C1"].of_capital, names["C1"].mark, names["C1"].large) == (60, 15, True)
    assert (names["C3"].mark, names["C3"].large) == (25, False)
    assert (names["S"].mark, names["S"].large) == (None, False)
    exactly = book(line("1", "TR", counterparty_id="C", sector="corporate", outstanding=15))
    assert not concentration(exactly, tier_1=D(100)).names[0].large


def test_in_whose_hands() -> None:
    assert in_hands(concentration(book())).case == "book.holders.none"
    assert in_hands(concentration(book(ROWS[0]))).case == "book.holders.one"
    top = in_hands(concentration(book(*ROWS)))
    assert (top.case, top.values["name"], top.values["share"], top.values["top"]) == (
        "book.holders.top",
        "Ege",
        60,
        100,
    )
    large = in_hands(concentration(book(*ROWS), tier_1=D(100)))
    assert (large.case, large.values["large"], large.values["who"]) == ("book.holders.large", 1, "Ege")


def test_which_groups() -> None:
    assert in_groups(concentration(book(ROWS[2]))).case == "book.groups.none"
    found = in_groups(concentration(book(*ROWS)))
    assert (found.case, found.values["name"], found.values["share"], found.values["alone"]) == (
        "book.groups.top", "G1", 80, 20,
    )  # fmt: skip


def test_where_it_gathers() -> None:
    assert in_places(concentration(book())).case == "book.places.none"
    found = in_places(concentration(book(*ROWS)))
    assert (found.case, found.values["sector"], found.values["country"], found.values["share"]) == (
        "book.places.top", "corporate", "TR", 60,
    )  # fmt: skip
    assert in_places(concentration(book(ROWS[1]))).case == "book.places.no_sector"


def test_a_line_without_a_rate_is_in_no_share() -> None:
    lira = line("9", "TR", "TRY", counterparty_id="C9", outstanding=500)
    assert [one.key for one in concentration(book(*ROWS, lira)).names] == ["C1", "C2", "C3"]
