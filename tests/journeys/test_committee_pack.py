"""An officer looks at the committee pack before it is written."""

from app.bootstrap import Program
from app.services.packing import Chosen
from app.storage import audit_chain
from tests.ui.cuts import cuts
from ui.pictures import settle


def test_the_pack_is_previewed_page_by_page_and_nothing_is_anchored(open_window, sample: Program):
    window = open_window(width=1366, height=768, page="reviews", over=sample)
    page = window.pages["reviews"]
    page.pack.button.click()
    settle(window)
    form = page.pack.form
    assert set(form.chosen().countries) == set(sample.packing.flagged())
    assert form.chosen().check
    for row in range(form.parts.count()):
        item = form.parts.item(row)
        wanted = str(item.data(0x0100)) in ("list L9", "country TR")
        item.setCheckState(item.checkState().Checked if wanted else item.checkState().Unchecked)
    assert form.chosen() == Chosen(("L9",), ("TR",), (), check=False)
    form.preview_button.click()
    settle(window)
    assert not form.page.pixmap().isNull()
    assert form.note.text().startswith("Page 1 of 3")  # cover, Turkey, L9
    form.on_button.click()
    assert form.note.text().startswith("Page 2 of 3")
    assert cuts(form) == []
    with sample.database.read() as connection:
        assert [one for one in audit_chain.anchors(connection) if one.occasion == "pack"] == []
    form.reject()
    settle(window)
