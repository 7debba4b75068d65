"""Names in one go are as each by itself."""

from hypothesis import given
from hypothesis import strategies as st

from exposures.spelling import all_letters, letters

#: Marks, jamo, ligatures, wide forms, line ends and what is written with several letters.
ODD = (
    "\u0301\u0327\u1100\u1161\u11a8\ufb01\uff21\u3000\n\r\u2028"
    "\u0130\u00df\u03a3\u03c2\u00e9%_- aZ\u5ba2\u0345\u00b4\u037a"
)


@given(st.lists(st.text(ODD, max_size=8) | st.text(max_size=8), max_size=6))
def test_names_in_one_go_are_as_each_by_itself(texts):
    assert all_letters(texts) == [letters(text) for text in texts]


def test_accents_width_and_spaces_do_not_count():
    assert all_letters(["Côte d’Ivoire", "币 种", "", "ＡＢＣ\n5 %"]) == ["cotedivoire", "币种", "", "abc5%"]
