"""What officers and auditors reject in a notice: each kind of secret, in both languages, and what is no secret."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exposures.reviews.confidential import Secret, leaks_of_others, leaks_to_client

CLEAN = (
    "Dear Score Holding Ltd., market conditions have changed. USD 118 m falls due by 19 June. "
    "This letter is for information; our liability is limited. We would like to review the security with you."
)


def kinds(text: str, **given_: object) -> set[Secret]:
    return {leak.secret for leak in leaks_to_client(text, "Score Holding Ltd.", (), **given_)}  # type: ignore[arg-type]


def test_a_proper_letter_gives_nothing_away():
    assert kinds(CLEAN, grades={"B-", "BB"}) == set()
    assert kinds("贵公司在我行的业务将于 6 月 19 日前到期 1.18 亿美元，请告知还款安排。") == set()


@pytest.mark.parametrize(
    ("words", "secret"),
    [
        ("your loan is now special mention", Secret.CLASS),
        ("it was classified as Substandard", Secret.CLASS),
        ("moved to stage 2", Secret.CLASS),
        ("贵公司贷款列为关注类", Secret.CLASS),
        ("已下调为次级", Secret.CLASS),
        ("our rating of your company", Secret.GRADE),
        ("you were downgraded", Secret.GRADE),
        ("内部评级下调", Secret.GRADE),
        ("the limit for Turkey is used", Secret.LIMIT),
        ("no headroom is left", Secret.LIMIT),
        ("国别限额已用 95%", Secret.LIMIT),
        ("your country scores 79", Secret.SCORE),
        ("脆弱性评分", Secret.SCORE),
        ("you are on our watch list", Secret.WATCH_LIST),
        ("the country is flagged, tier A", Secret.WATCH_LIST),
        ("item L7-0012", Secret.WATCH_LIST),
        ("列入关注国别", Secret.WATCH_LIST),
    ],
)
def test_each_kind_of_secret_is_found(words: str, secret: Secret):
    assert secret in kinds(f"{CLEAN} {words}.")


def test_the_clients_own_grade_is_found_as_a_word_of_its_own():
    assert kinds(f"{CLEAN} B- is what we think.", grades={"B-"}) == {Secret.GRADE}
    assert kinds(f"{CLEAN} Plan B-2 is fine, and BBC.", grades={"B-", "BB"}) == set()


def test_no_other_client_is_named():
    found = leaks_to_client(f"{CLEAN} As with EGE BANK before.", "Score Holding Ltd.", {"Ege Bank", "Ab"})
    assert [(leak.secret, leak.words) for leak in found] == [(Secret.OTHER_CLIENT, "Ege Bank")]
    assert leaks_of_others("Istanbul branch: Ege Bank", {"Ege Bank"})
    assert not leaks_of_others("Istanbul branch", {"Ege Bank"})


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(["Ege Bank", "土耳其能源公司", "Pampa S.A."]))
def test_a_name_is_found_wherever_it_stands(before: str, after: str, name: str):
    assert leaks_of_others(before + name + after, {name})
