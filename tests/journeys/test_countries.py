"""An officer looks at Turkey, sees why its score rose, compares, enters a spread, and another person accepts it."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QDialog

from app.bootstrap import Program
from app.series.catalogue import SERIES
from app.series.series import Batch
from app.storage import observations
from app.storage.observations import Fetch
from tests.ui.cuts import cuts, wordless
from ui.pages.countries.dialogs import CheckForm, EnterForm, LevelForm
from ui.pages.countries.page import CountriesPage
from ui.pictures import settle


def _page(window) -> CountriesPage:
    return window.pages["countries"]


def _form(page: CountriesPage, kind: type):
    return next(form for form in page.findChildren(QDialog) if isinstance(form, kind))


def _view(window, view: str) -> None:
    _page(window).show_target(view=view)
    settle(window)


def test_it_opens_with_the_country_that_hurts_most_and_answers_every_question(open_window, sample: Program):
    window = open_window(page="countries", over=sample)
    page = _page(window)
    assert page.header.title.text() == "Turkey"
    assert page.header.badge.word == "Critical"
    score = sample.profiling.country("TR").score
    assert page.score.question.text() == f"Why score {score.value:.0f}?"
    for card in (page.rate, page.score, page.figures, page.standing, page.stake):
        assert card.answer.text().endswith("."), card.question.text()
    assert page.rate.chart.panes[0].inverted  # down is weaker
    assert page.standing.badge.word == "Tier A, act"
    # MISSION: the lira lost 6 % in five days
    assert page.rate.chart.panes[1].lines[0].values[-1] == pytest.approx(-6.1, abs=0.05)
    rows = page.score.inputs.rows
    assert rows.total_rows == 10
    assert rows.totals["strain"] == pytest.approx(float(score.value or 0))


def test_a_change_is_explained_and_adds_up(open_window, sample: Program):
    window = open_window(page="countries", over=sample)
    page = _page(window)
    page.score.part.choose("change")
    page.score._show_part()
    moves = page.score.moves
    assert moves.isVisible()
    shown = [moves.rows.value(row, "points") for row in range(moves.rows.rowCount())]
    assert sum(shown) == pytest.approx(moves.rows.totals["points"])


def test_every_country_can_be_stepped_to_and_the_last_one_comes_back(open_window, sample: Program):
    window = open_window(page="countries", over=sample)
    page = _page(window)
    page.show_target(country="TR")
    settle(window)
    codes = sample.profiling.countries()
    page.following.click()
    settle(window)
    assert page.code == codes[(codes.index("TR") + 1) % len(codes)]
    page.previous.click()
    settle(window)
    assert page.code == "TR"


def test_all_are_compared_and_one_is_opened(open_window, sample: Program):
    window = open_window(page="countries", over=sample)
    page = _page(window)
    _view(window, "compare")
    table = page.compare.comparison.table
    assert table.rows.value(0, "country") == "Turkey"
    assert page.compare.comparison.answer.text().startswith("Turkey with ")
    assert page.compare.tide.badge.word in ("On", "Off")
    table.opened.emit("CL")
    settle(window)
    assert page.header.title.text() == "Chile"
    assert page.view.current == "country"


def test_flows_and_home_side_say_where_their_figures_come_from(open_window, sample: Program):
    window = open_window(page="countries", over=sample)
    page = _page(window)
    _view(window, "flows")
    rows = page.flows.table.rows
    march = next(row for row in range(rows.rowCount()) if rows.value(row, "month") == date(2022, 3, 31))
    # MISSION M14 and erratum 9
    assert [rows.value(march, name) for name in ("total", "equity", "debt", "china", "others")] == [
        -9.8, -6.7, -3.1, -17.5, 7.7,
    ]  # fmt: skip
    assert "China alone was USD 17.5 bn" in page.flows.note.text()
    assert "checked by wu.fang" in rows.value(march, "source")
    _view(window, "home")
    assert "China yields" in page.home.rate.answer.text()
    assert "of 7 figures" in page.home.figures.answer.text() or "All 7" in page.home.figures.answer.text()


def test_a_value_is_entered_and_waits_for_another_person(open_window, program: Program):
    window = open_window(page="countries", over=program)
    page = _page(window)
    page.show_target(country="TR")
    settle(window)
    assert page.figures.answer.text().startswith("None of the figures")
    page._enter("SPREAD_TR")
    form = _form(page, EnterForm)
    form.done_button.click()
    assert form.isVisible()  # no number yet
    form.figure.setText("418")
    form.done_button.click()
    assert form.isVisible()  # no source yet
    form.source.setText("Terminal, CDS 5y")
    form.done_button.click()
    settle(window)
    (entry,) = program.entering.waiting()
    assert (entry.draft.series_id, entry.draft.value, entry.draft.source) == ("SPREAD_TR", 418.0, "Terminal, CDS 5y")
    assert page.figures.check.isVisible()
    page.figures.check.click()
    check = _form(page, CheckForm)
    assert not check.accept_button.isEnabled()  # the maker never checks
    assert "another person" in check._why.text()
    check.reject()
    settle(window)


def test_another_person_accepts_what_waits_and_approves_a_level(open_window, program: Program, monkeypatch):
    entry = program.entering.enter("SPREAD_TR", date(2026, 5, 22), 418.0, "Terminal")
    program.levelling.propose("TR", "high", "Capital controls.")
    window = open_window(page="countries", over=program)
    page = _page(window)
    page.show_target(country="TR")
    settle(window)
    monkeypatch.setattr(program.entering, "_user", "wu")
    monkeypatch.setattr(program.levelling, "_user", "wu")
    form = CheckForm(program.entering.waiting(), "wu", page)
    form.decided.connect(page._decide)
    form.accept_button.click()
    settle(window)
    form.deleteLater()
    assert program.entering.history()[0].accepted is True
    assert program.entering.history()[0].id == entry.id
    level = LevelForm("TR", None, program.levelling.proposals("TR"), "wu", page)
    level.decided.connect(page._decide_level)
    level.done_button.click()
    settle(window)
    level.deleteLater()
    assert program.levelling.in_force()["TR"].level == "high"
    assert "High" in page.standing._level.text()


def test_what_is_in_sight_leaves_as_a_workbook(open_window, sample: Program, tmp_path: Path):
    window = open_window(page="countries", over=sample)
    page = _page(window)
    page.show_target(country="TR")
    settle(window)
    page.export_to(tmp_path / "tr.xlsx")
    settle(window)
    names = openpyxl.load_workbook(tmp_path / "tr.xlsx").sheetnames
    assert {"Indicators", "Score", "What moved it", "At stake"} <= set(names)


@pytest.mark.parametrize("size", [(1366, 768), (1440, 900)])
def test_nothing_is_cut(open_window, sample: Program, size):
    window = open_window(page="countries", over=sample, width=size[0], height=size[1])
    for view in ("country", "compare", "flows", "home"):
        _view(window, view)
        assert cuts(window) == [], view
        assert wordless(window) == [], view


def test_the_overview_leads_to_all_countries(open_window, sample: Program):
    window = open_window(page="overview", over=sample)
    window.pages["overview"].countries._open_all()
    settle(window)
    assert window.current == "countries"
    assert _page(window).view.current == "compare"
    assert _page(window).compare.comparison.answer.text().startswith("Turkey with ")


def test_first_prints_stand_in_the_chart_of_the_currency(open_window, program: Program):
    days = [date(2026, 1, 1) + timedelta(days=count) for count in range(30)]
    values = [40.0 + count / 10 for count in range(30)]
    for at, last in ((datetime(2026, 2, 2, tzinfo=UTC), 43.5), (datetime(2026, 2, 3, tzinfo=UTC), 42.9)):
        with program.database.write() as connection:
            key = observations.log(connection, Fetch("fredgraph", "FX_TRY", at, "stored"))
            rows = tuple(zip(days, [*values[:-1], last], strict=True))
            observations.store(connection, Batch("FX_TRY", "bis", rows, SERIES["FX_TRY"].unit), at, key)
    window = open_window(page="countries", over=program)
    page = _page(window)
    page.show_target(country="TR")
    settle(window)
    rate, moved = (pane.lines[0] for pane in page.rate.chart.panes)
    assert (rate.values[-1], rate.first[-1]) == (42.9, 43.5)
    # 5 observations before stood 42.4: 42.4/42.9 − 1 and 42.4/43.5 − 1
    assert moved.values[-1] == pytest.approx(-1.166, abs=0.001)
    assert moved.first[-1] == pytest.approx(-2.529, abs=0.001)
    assert page.rate.chart.has_first_prints
    action = next(a for a in page.score.chart.menu().actions() if a.text().startswith("First prints"))
    assert not action.isEnabled()
