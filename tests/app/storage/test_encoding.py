from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum

import pytest

from alerts.finding import Finding
from app.storage.encoding import decode, encode


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class Inner:
    when: date | None
    value: Decimal | str | None


@dataclass(frozen=True)
class Outer:
    colour: Colour
    parts: tuple[Inner, ...]
    names: dict[str, str]
    at: datetime
    inner: Inner | None = None


WHOLE = Outer(
    Colour.RED,
    (Inner(date(2026, 5, 26), Decimal("92.10")), Inner(None, "B+"), Inner(None, None)),
    {"country": "TR"},
    datetime(2026, 5, 26, 0, 31, tzinfo=UTC),
    Inner(None, "1.0"),
)


def test_every_kind_comes_back_as_it_was():
    back = decode(Outer, encode(WHOLE))
    assert back == WHOLE
    # "1.0" the text and 1.0 the number are not the same figure.
    assert isinstance(back.inner.value, str)
    assert isinstance(back.parts[0].value, Decimal)
    assert format(back.parts[0].value, "f") == "92.10"


def test_a_finding_keeps_its_values():
    finding = Finding("case", {"amount": Decimal("1.5"), "day": date(2026, 1, 1), "countries": ("TR", "AR"), "n": 3})
    assert decode(Finding, encode(finding)) == finding


def test_equal_values_have_equal_texts():
    assert encode({"b": 1, "a": Decimal("2")}) == encode({"a": Decimal("2"), "b": 1})


def test_what_has_no_form_is_refused():
    with pytest.raises(TypeError):
        encode(object())


def test_a_field_that_a_class_lost_is_passed_over():
    assert decode(Inner, '{"gone":1,"value":"B+","when":null}') == Inner(None, "B+")
