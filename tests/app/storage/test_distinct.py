import pandas as pd
import pytest

from app.storage.distinct import Distinct

MANY = [f"L{number}" for number in range(300)]


@pytest.mark.parametrize(
    "texts",
    [MANY, [*MANY, "L7"], [*MANY, None], ["a", "a", None], [None, None], []],
    ids=["all different", "one again", "one without", "few", "none", "no line"],
)
def test_places_lead_back_to_the_texts_each_of_which_stands_once(texts: list[str | None]) -> None:
    column = pd.Series(texts, dtype="str")
    codes, values = Distinct(pd.DataFrame({"line_id": column})).of("line_id")
    assert [None if code < 0 else values[code] for code in codes.tolist()] == texts
    assert len(set(values.tolist())) == len(values)
    assert list(dict.fromkeys(text for text in texts if text)) == values.tolist()  # in the order of their first lines
