import csv
from pathlib import Path

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from exposures.countries import codes, resolve, suggest
from exposures.mapping import shipped

AREAS = {"YU": "Yugoslavia, former", "3E": "Eastern and Southern Africa"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Turkey", "TR"), ("Türkiye", "TR"), ("Turkiye", "TR"), ("土耳其", "TR"), ("阿根廷", "AR"), ("智利", "CL"),
        ("Egypt, Arab Republic of", "EG"), ("Hong Kong SAR, China", "HK"), ("中国香港", "HK"), ("Taiwan, China", "TW"),
        ("臺灣", "TW"), ("U.K.", "GB"), ("uk", "GB"), ("Côte d’Ivoire", "CI"), ("Zaire", "CD"), ("Burma", "MM"),
        ("NA", "NA"), ("Namibia", "NA"), ("ARG", "AR"), ("YF", "RS"), ("TP", "TL"), ("ZR", "CD"), ("XK", "XK"),
        ("Kosovo", "XK"), ("TR", "TR"), ("Czech Republic", "CZ"), ("Korea, Republic of", "KR"), ("中国", "CN"),
        ("国际组织", "XM"),
    ],
)  # fmt: skip
def test_names_and_codes_old_and_new(text: str, code: str) -> None:
    assert resolve(text) == code


@pytest.mark.parametrize("text", ["", "  ", "土尔其", "Atlantis", "QO", "ZZ", "n/a", "YU", "3E", "12"])
def test_what_is_no_country_is_none(text: str) -> None:
    assert resolve(text) is None


def test_declared_areas_and_own_aliases_go_first() -> None:
    assert resolve("YU", AREAS) == "YU"
    assert resolve("yugoslavia, former", AREAS) == "YU"
    assert resolve("3E", AREAS) == "3E"
    assert resolve("Unit 7", None, {"Unit 7": "CL"}) == "CL"


def test_misspelt_names_are_suggested_never_read() -> None:
    assert suggest("土尔其") == "TR"
    assert suggest("Argentinia") == "AR"
    assert suggest("Qwxzzy") is None


@given(st.sampled_from(sorted(codes() - {"XM"})), st.sampled_from(["en", "zh", "zh_Hant"]))
def test_every_country_is_known_by_its_names_and_code(code: str, language: str) -> None:
    name = Locale.parse(language).territories[code]
    assert resolve(name) == code
    assert resolve(f"  {name.upper()} ") == code
    assert resolve(code) == code
    assert resolve(code.lower()) == code


@given(st.text(max_size=20))
def test_any_text_gives_a_code_or_none(text: str) -> None:
    assert resolve(text) in codes() | {None}
    suggest(text)


@pytest.mark.shared
def test_every_country_of_the_real_book_is_the_same_by_code_and_by_name(shared_data: Path) -> None:
    mapping = shipped()["IBRD Statement of Loans"]
    with (shared_data / "books" / "IBRD_Statement_of_Loans_snapshot.csv").open(encoding="utf-8-sig") as file:
        pairs = {(row["Country Code"], row["Country"]) for row in csv.DictReader(file)}
    assert len(pairs) > 130
    for code, name in pairs:
        by_code, by_name = (resolve(text, mapping.areas, mapping.countries) for text in (code, name))
        assert by_code == by_name is not None
