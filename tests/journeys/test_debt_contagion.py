"""An officer reads who pulls whom down by keyboard, and says which borrower is a bank."""

from app.bootstrap import Program
from tests.ui.cuts import cuts
from ui.pictures import settle


def test_the_spread_of_a_failure_is_a_network_and_a_table(open_window, sample: Program):
    made = next(one for one in sample.reviewing.lists() if one.id == "L9")
    window = open_window(width=1366, height=768, page="reviews", over=sample)
    page = window.pages["reviews"]
    page.lists.table.select("L9")
    settle(window)
    item = next(item for item in made.items if item.id == page.items.table.current)
    found = item.proposal.contagion
    assert page.spread.isVisible()
    assert not page.lines.isVisible()
    assert page.spread.table.rows.keys == [member.id for member in found.members]
    assert page.spread.answer.text() == "3 fail in 2 rounds; the bank loses USD 304 m."
    assert set(page.spread.chart._places) == {member.id for member in found.members}
    page.spread.table.setFocus()
    page.spread.table.select(found.members[1].id)
    assert page.spread.chart._ring.points()[0].pos().x() == 1.0  # the second column
    assert cuts(page) == []
    page.spread.lines.click()
    assert page.lines.isVisible()
    page.lists.table.select("L1")
    settle(window)
    assert not page.spread.isVisible()


def test_a_sector_is_reviewed_in_the_window(open_window, sample: Program):
    window = open_window(width=1366, height=768, page="reviews", over=sample)
    page = window.pages["reviews"]
    assert not page.sectors_button.isVisible()
    page.lists.table.select("L8")
    settle(window)
    page.sectors_button.click()
    settle(window)
    form = page.beside.form
    bank = next(one for one in sample.supplying.borrowers("TR") if one.name == "Pamuk Bankası")
    form.table.select(bank.key)
    form.set_button.click()
    assert "where" in form.fault.text()  # a source is needed
    form.source.setText("licence register")
    form.set_button.click()
    settle(window)
    reviewed = next(one for one in sample.supplying.borrowers("TR") if one.key == bank.key).reviewed
    assert (reviewed.sector, reviewed.origin) == ("bank", "licence register")
    page.supplied_button.click()
    settle(window)
    assert page.beside.form.table.rows.keys == ["links", "capital", "banks", "systems"]
    page.beside.form.reject()
    settle(window)
    sample.supplying.withdraw_sector(bank.key, "the test is over")
