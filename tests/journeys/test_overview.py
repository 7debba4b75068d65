"""The officer's morning: the Overview answers its four questions from what the workspace holds, and invents nothing."""

from app.bootstrap import Program
from tests.ui.cuts import cuts, every_look, wordless
from ui.pages.overview.page import OverviewPage
from ui.pictures import settle


def _overview(window) -> OverviewPage:
    return window.pages["overview"]


def test_an_empty_workspace_says_what_is_missing_and_how_it_gets_here(open_window):
    page = _overview(open_window(page="overview"))
    assert not page.tide.content.isVisible()
    assert page.tide.answer.isHidden()
    assert "Nothing" not in page.money.answer.text()
    assert page.todo.answer.text() == "Start with the book: none is imported yet."
    assert cuts(page) == []


def test_the_sample_answers_all_four_questions_and_is_marked(open_window, sample: Program):
    page = _overview(open_window(page="overview", over=sample))
    for card in (page.tide, page.todo, page.countries, page.money):
        assert card.answer.text().endswith(".")
        assert card.sample.isVisible()
    # Total assets of 18 May 2022 in the source document: 8,945,898 USD millions.
    assert page.tide.tiles[0].figure.text() == "8,945.9"
    assert page.money.answer.text().startswith("USD ")
    worst = sample.attending.countries().rows[0]
    assert page.countries.table.rows.keys[0] == worst.position.key


def test_nothing_is_cut_and_the_page_does_not_scroll(open_window, sample):
    window = open_window(page="overview", over=sample)
    for look in every_look(window):
        assert cuts(window) == [], look
        assert wordless(window) == [], look
        assert _overview(window).verticalScrollBar().maximum() == 0
        assert _overview(window).horizontalScrollBar().maximum() == 0


def test_the_cards_action_leads_to_the_page_it_names(open_window, sample, qtbot):
    window = open_window(page="overview", over=sample)
    _overview(window).tide._link.click()
    settle(window)
    assert window.current == "liquidity"


def test_language_and_theme_change_while_the_window_is_open(open_window, sample):
    window = open_window(page="overview", over=sample)
    before = _overview(window).tide.tiles[0].figure.text()
    window.speak("zh_CN")
    settle(window)
    assert window.navigation.items["overview"].text() == window.entries["overview"].title()
    window.wear("dark")
    settle(window)
    assert _overview(window).tide.tiles[0].figure.text() == before
    window.speak("en")
    window.wear("light")
    settle(window)


def test_a_country_has_its_currency_and_the_flagged_ones_are_there_though_calm(sample: Program):
    """The lira of the sample fell as the source document has it, 43.02 → 45.82; Argentina and Chile are listed."""
    found = sample.attending.countries()
    by_code = {row.position.key: row for row in found.rows}
    turkey = by_code["TR"]
    assert found.rows[0] is turkey
    assert turkey.move is not None
    assert round(turkey.move.short or 0, 1) == -6.1
    assert {"AR", "TR", "CL"} <= {row.position.key for row in found.rows if row.flagged}
    assert by_code["NG"].move is None
