"""An officer looks which limits are tight, sets one, asks for an excess, and another person approves it."""

from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from app.services.limiting import Limiting
from tests.app.services.workbooks import write_csv
from tests.ui.cuts import cuts, every_look, wordless
from ui.pages.limits.forms import ExcessForm, LimitForm
from ui.pages.limits.page import LimitsPage
from ui.pictures import settle


@pytest.fixture
def one_loan(program, tmp_path):
    """A book of one Turkish loan of 16.8 bn dollars."""
    file = write_csv(tmp_path / "b.csv", "1,Ege,TR,loan,USD,16800000000,0")
    return program.importing.commit(file, date(2022, 5, 20))


def _page(window) -> LimitsPage:
    return window.pages["limits"]


def test_the_sample_shows_breaches_excesses_and_faults(open_window, sample, tmp_path):
    window = open_window(page="limits", over=sample)
    page = _page(window)
    assert page.standing.answer.text() == "2 limits are breached, most of all Marmara Bankası, at 104 % with pending."
    rows = page.standing.table.rows
    scopes = {rows.value(row, "limit") for row in range(rows.rowCount())}
    assert {"Anadolu", "Banks in Turkey", "Trade finance", "Beyond 5 years", "Turkey"} <= scopes
    assert "Pampa was to be reviewed by 30 Apr 2022" in page.standing.note.text()
    assert "Anadolu Enerji A.Ş., USD 520 m, is above that of Anadolu" in page.standing.note.text()
    assert page.excesses.answer.text() == "1 excess waits for a second person."
    page.export_to(tmp_path / "limits.xlsx")
    settle(window)
    assert openpyxl.load_workbook(tmp_path / "limits.xlsx").sheetnames == ["Limits", "Temporary excesses"]


def test_a_limit_an_excess_and_the_second_person(open_window, program, one_loan):
    """16.8 bn of 16 bn is a breach; of 18 bn, with an excess of 2 bn, it is 93.3 %: critical."""
    window = open_window(page="limits")
    page = _page(window)
    assert not page.standing.content.isVisible()
    page.set_button.click()
    form = page.findChild(LimitForm)
    form.scope.setCurrentIndex(form.scope.findData("country"))
    form.key.setCurrentIndex(form.key.findData("TR"))
    form.amount.setText("x")
    form.done_button.click()
    assert "Not an amount" in form._fault.text()
    form.amount.setText("16,000")
    form.done_button.click()
    settle(window)
    assert "breached: Turkey" in page.standing.answer.text()

    assert not page.excess_button.isEnabled()
    page.standing.table.select("country\x1fTR\x1f")
    assert page.excess_button.isEnabled()
    page.excess_button.click()
    asking = page.findChild(ExcessForm)
    asking.amount.setText("2000")
    asking.done_button.click()
    assert "why" in asking._fault.text()
    asking.reason.setText("Bridge until the syndicate signs")
    asking.done_button.click()
    settle(window)
    (asked,) = program.limiting.excesses()
    assert (asked.amount, asked.approved) == (Decimal(2_000_000_000), None)
    page.excesses.table.select(asked.id)
    assert not page.excesses.approve.isEnabled()  # who asked cannot approve

    other = Limiting(program.gauging._database, program.events, program.clock, "somebody else")
    other.decide_excess(asked.id, approved=True)
    settle(window)
    page.refresh()
    settle(window)
    assert page.standing.answer.text().startswith("No breach; 1 limit above 80 %: Turkey")
    assert page.excesses.answer.text().startswith("1 excess")


def test_another_persons_excess_is_declined(open_window, program, one_loan):
    program.limiting.set("TR", Decimal(16_000_000_000), "USD")
    other = Limiting(program.gauging._database, program.events, program.clock, "somebody else")
    asked = other.ask_excess("TR", Decimal(5_000_000), program.clock().date(), "A week's delay")
    window = open_window(page="limits")
    page = _page(window)
    page.excesses.table.select(asked.id)
    page.excesses.decline.click()
    settle(window)
    assert program.limiting.excesses()[0].approved is False


def test_without_a_book_the_page_says_what_brings_one(open_window):
    window = open_window(page="limits")
    assert _page(window).nothing.isVisible()
    assert not _page(window).set_button.isEnabled()


def test_nothing_is_cut(open_window, sample):
    window = open_window(page="limits", over=sample)
    for look in every_look(window):
        assert cuts(window) == [], look
        assert wordless(window) == [], look
