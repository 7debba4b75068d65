"""The families a report is set in."""

from types import SimpleNamespace
from typing import Any

import pytest

from app.refusals import Refused
from app.reports import fonts


class Known:
    """A system with some fonts."""

    def __init__(self, *families: str) -> None:
        self._families = families

    def families(self) -> list[str]:
        return list(self._families)

    def fonts(self) -> list[Any]:
        return [
            SimpleNamespace(family=name, style=style, weight=weight, path=f"/fonts/{name}-{weight}-{style}.otf")
            for name in self._families
            for style, weight in (("italic", 400), ("normal", 700), ("normal", 400))
        ]


def test_inter_and_a_chinese_family() -> None:
    found = fonts.choose(Known("DejaVu Sans", "Noto Sans CJK SC", "Inter"))  # type: ignore[arg-type]
    assert found.families == ("Inter", "Noto Sans CJK SC")
    assert [file.name for file in found.files] == ["Inter-400-normal.otf", "Noto Sans CJK SC-400-normal.otf"]


def test_without_inter_the_chinese_family_has_latin_letters_too() -> None:
    assert fonts.choose(Known("Microsoft YaHei")).families == ("Microsoft YaHei",)  # type: ignore[arg-type]


def test_without_chinese_letters_it_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        fonts.choose(Known("Inter", "DejaVu Sans", "Noto Sans CJK JP"))  # type: ignore[arg-type]
    assert (refused.value.code, refused.value.values) == ("report.no_font", {"family": "Noto Sans CJK SC"})
