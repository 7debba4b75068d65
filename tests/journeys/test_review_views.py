"""What of the lists is in sight is filtered, told, kept under a name and taken again; a file of others is no fault."""

import json

from app.bootstrap import Program
from tests.ui.cuts import cuts
from ui.pages.reviews import views
from ui.pages.reviews.views import UNASSIGNED, Sieve, View
from ui.pictures import settle


def test_a_view_is_kept_with_its_list_filter_text_order_and_widths(open_window, sample: Program, state) -> None:
    window = open_window(1366, 768, page="reviews", over=sample)
    page = window.pages["reviews"]
    page.lists.table.select("L1")
    settle(window)
    items = page.items
    whole = items.table.rows.rowCount()
    items.sight.click()
    settle(window)
    form = items.sight.form
    assert cuts(form) == []
    assert form.found.text() == f"{whole} of {len(items._items)} items are in sight."
    form.fields["country"].setCurrentIndex(form.fields["country"].findData("TR"))
    form.fields["status"].setCurrentIndex(form.fields["status"].findData("proposed"))
    settle(window)
    turkish = [one for one in items._items if one.proposal.key.country == "TR" and one.status == "proposed"]
    assert 0 < len(turkish) < whole
    assert [one.id for one in items.visible()] == [one.id for one in items._items if one in turkish]
    assert items.sight.text() == f"Filtered: {len(turkish)} items in sight"
    items.table.arrange({"subject": 222}, ("amount", True))
    form.name.setText("Turkey, to decide")
    form.keep_button.click()
    assert [view.name for view in views.read(state)] == ["Turkey, to decide"]
    form.clear()
    settle(window)
    assert items.table.rows.rowCount() == whole
    form.accept()
    settle(window)
    items.table.arrange({}, None)
    page.lists.table.select("L2")
    settle(window)
    items.sight.click()
    settle(window)
    items.sight.form.take_button.click()
    settle(window)
    assert (page.lists.table.current, items._made.id) == ("L1", "L1")
    assert {one.id for one in items.visible()} == {one.id for one in turkish}
    amounts = [one.proposal.size for one in items.visible()]
    assert amounts == sorted(amounts, reverse=True)
    assert items.table.arrangement() == ({"subject": 222}, ("amount", True))
    items.choose(next(one.id for one in items._items if one.proposal.key.country != "TR"))
    assert items.sight.text() == "Filter and views\N{HORIZONTAL ELLIPSIS}"  # to show the item the filter gives way
    items.sight.click()
    settle(window)
    items.sight.form.delete_button.click()
    assert views.read(state) == ()
    assert not items.sight.form.take_button.isEnabled()
    items.sight.form.accept()
    window.speak("zh_CN")
    settle(window)
    items.sight.click()
    settle(window)
    assert cuts(items.sight.form) == []
    items.sight.form.accept()
    settle(window)
    items.table.start_over()


def test_sieves_by_owner_and_due_date_and_a_file_of_others(sample: Program, state) -> None:
    today = sample.reviewing.today()
    items = [item for made in sample.reviewing.lists() for item in made.items]
    nobody = [item for item in items if Sieve(owner=UNASSIGNED).lets(item, today)]
    assert nobody == [item for item in items if item.owner is None]
    kinds = [Sieve(due=kind) for kind in ("overdue", "soon", "later", "undated")]
    assert sum(sieve.lets(item, today) for sieve in kinds for item in items) == len(items)
    for text in ("no json", "[1]", '[{"name": "x"}]', '{"a": 1}'):
        state.put(views.REVIEWS_VIEWS, text)
        assert views.read(state) == ()


def test_one_view_that_cannot_be_read_takes_no_other_with_it(state) -> None:
    for name in ("Turkey", "Chile"):
        views.keep(state, View(name, "L1", "open"))
    kept = json.loads(state.get(views.REVIEWS_VIEWS))
    state.put(views.REVIEWS_VIEWS, json.dumps([{"name": "of a later version"}, *kept]))
    assert [view.name for view in views.read(state)] == ["Chile", "Turkey"]
    views.keep(state, View("Egypt", "L1", "open"))
    assert [view.name for view in views.read(state)] == ["Chile", "Egypt", "Turkey"]
