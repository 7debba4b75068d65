"""Rules as text: identity, and every fault at once with its line and field."""

from importlib.resources import files

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from alerts.conditions import Change, Level, PercentChange
from alerts.finding import Finding
from alerts.rule import FAMILIES, Band, Comparison, NoData, Rule
from alerts.rulefile import RuleFileError, read, write

DEFAULTS = files("alerts").joinpath("defaults.toml").read_text("utf-8")
GOOD = """
[[rule]]
id = "A"
metric = "SOFR"
unit = "percent"
family = "corridor"
[rule.warning]
comparison = ">"
threshold = 1
"""

NOISE = list("[]{}=\"'.#\n")

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
name = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
finite = st.floats(-1e9, 1e9)


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    comparison = draw(st.sampled_from(list(Comparison)))
    low, high = sorted((draw(finite), draw(finite)))
    mild, bad = (low, high) if comparison.upward else (high, low)
    bands = [
        Band(comparison, mild, draw(st.integers(0, 9)), draw(st.sampled_from([None, mild])), draw(text)),
        Band(comparison, bad, draw(st.integers(0, 9)), draw(st.sampled_from([None, mild])), draw(text)),
    ]
    which = draw(st.sampled_from([(0, None), (None, 1), (0, 1)]))
    return Rule(
        draw(name),
        draw(name),
        draw(text),
        draw(st.sampled_from(FAMILIES)),
        draw(st.sampled_from([Level(), Change(4), PercentChange(20, "dollar_rise")])),
        None if which[0] is None else bands[0],
        None if which[1] is None else bands[1],
        draw(st.dictionaries(name, text, max_size=3)),
        draw(st.integers(0, 9)),
        draw(st.sampled_from(list(NoData))),
        draw(text),
        draw(text),
        draw(text),
        draw(st.booleans()),
        draw(st.integers(1, 99)),
    )


@given(st.lists(rules(), max_size=4, unique_by=lambda rule: rule.id))
def test_writing_and_reading_is_the_identity(several: list[Rule]) -> None:
    assert read(write(several)) == tuple(several)


def test_the_shipped_rules_are_read_and_survive_the_round_trip() -> None:
    shipped = read(DEFAULTS)
    named = {rule.id.partition("-")[0] for rule in shipped}
    # ALERTS 2.2 and 2.3; L11 has no thresholds, and S1 is ours: a critical rule whose figures stand still.
    assert named == {
        *(f"L{number}" for number in range(1, 11)),
        *(f"E{number}" for number in range(1, 15)),
        *("D1", "X1", "X2", "X3", "S1"),
    }
    assert read(write(shipped)) == shipped
    assert all(rule.rationale and rule.source for rule in shipped)
    assert all(band.source for rule in shipped for _, band in rule.bands)


def test_shipped_thresholds_are_those_of_the_reference() -> None:
    """ALERTS 2.2 and 2.3: warning, critical and recovery of the rules whose numbers it states."""
    shipped = {rule.id: rule for rule in read(DEFAULTS)}
    stated = {
        rule_id: [(band.comparison.value, band.threshold, band.recovery) for _, band in shipped[rule_id].bands]
        for rule_id in (
            *("L2", "L3-IORB", "L3-TOP", "L5", "L5-MAX", "L6", "L9", "L10", "D1", "E4", "E5", "E6", "E7", "E7-RISE"),
            *("E9", "E10", "E11", "E12", "E13", "E14", "X1", "X2", "X3"),
        )
    }
    assert stated == {
        "L3-IORB": [(">=", 0, None)],
        "L3-TOP": [(">", 0, None)],
        "L5-MAX": [("<", 8, None)],
        "L6": [("<", 0, None)],
        "L9": [(">", 0, None)],
        "L10": [(">", 0, None)],
        "E4": [("<", 120, None), ("<", 100, None)],
        "E5": [("<", 110, None), ("<", 100, None)],
        "E6": [("<", 3, None)],
        "E7": [(">=", 1000, None)],
        "E7-RISE": [(">=", 150, None)],
        "E11": [(">=", 15, None), (">=", 25, None)],
        "E12": [("<=", -15, None), ("<=", -30, None)],
        "E13": [("<", 0, None), ("<", -10, None)],
        "E14": [(">=", 60, None), (">=", 70, None)],
        "X3": [(">", 7, None), (">", 10, None)],
        "L2": [(">", 10, None), (">", 20, None)],
        "L5": [("<", 11, None), ("<", 10, None)],
        "D1": [(">=", 3, 2.5), (">=", 5, 4)],
        "E9": [("<=", -3, -2), ("<=", -5, -4)],
        "E10": [("<=", -6, -5), ("<=", -10, -8)],
        "X1": [(">=", 80, None), (">=", 90, None)],
        "X2": [(">", 100, None)],
    }
    assert shipped["L1"].warning == Band(Comparison.ABOVE, 0, 5)
    assert (shipped["E9"].condition, shipped["E10"].condition) == (PercentChange(5), PercentChange(20))


def _outcome(source: str) -> tuple[tuple[Rule, ...], tuple[Finding, ...]]:
    try:
        return read(source), ()
    except RuleFileError as error:
        return (), error.faults


def _faults(source: str) -> list[tuple[str, int | None, str]]:
    with pytest.raises(RuleFileError) as error:
        read(source)
    return [(fault.case, fault.values["line"], fault.values["field"]) for fault in error.value.faults]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (('id = "A"\n', ""), ("rulefile.missing", 2, "id")),
        (('family = "corridor"', 'family = "weather"'), ("rulefile.unknown", 6, "family")),
        (('unit = "percent"', "unit = 3"), ("rulefile.not_text", 5, "unit")),
        (('unit = "percent"', 'unit = "percent"\nthreshhold = 3'), ("rulefile.unknown_field", 6, "threshhold")),
        (("threshold = 1", 'threshold = "1"'), ("rulefile.not_a_number", 9, "warning.threshold")),
        (("threshold = 1", "threshold = true"), ("rulefile.not_a_number", 9, "warning.threshold")),
        (("threshold = 1", "threshold = nan"), ("rulefile.not_a_number", 9, "warning.threshold")),
        (("threshold = 1", "threshold = 1\nfor = -1"), ("rulefile.negative", 10, "warning.for")),
        (("threshold = 1", "threshold = 1\nfor = 1.5"), ("rulefile.not_whole", 10, "warning.for")),
        (("threshold = 1", "threshold = 1\nrecovery = 2"), ("rulefile.beyond_threshold", 10, "warning.recovery")),
        (("threshold = 1", ""), ("rulefile.missing", 7, "warning.threshold")),
        (('comparison = ">"', 'comparison = "~"'), ("rulefile.unknown", 8, "warning.comparison")),
        (
            ("[rule.warning]", "[rule.condition]\nkind = 'change'\nover = 0\n[rule.warning]"),
            ("rulefile.out_of_range", 9, "condition.over"),
        ),
        (
            ("[rule.warning]", "[rule.condition]\nkind = 'tide'\n[rule.warning]"),
            ("rulefile.unknown", 8, "condition.kind"),
        ),
        (('id = "A"', 'id = "A"\nkeep = 99999999999999999999'), ("rulefile.out_of_range", 4, "keep")),
    ],
)
def test_a_fault_names_its_line_and_field(change: tuple[str, str], expected: tuple[str, int, str]) -> None:
    assert _faults(GOOD.replace(*change)) == [expected]


def test_every_fault_at_once_and_ids_are_unique() -> None:
    broken = GOOD.replace('"percent"', "1").replace('"corridor"', '"x"').replace('"A"', '"B"')
    assert _faults(GOOD + broken + GOOD) == [
        ("rulefile.not_text", 14, "unit"),
        ("rulefile.duplicate", 21, "id"),
    ]
    assert [fault[0] for fault in _faults(broken.replace("threshold = 1", "limit = 1"))] == [
        "rulefile.not_text",
        "rulefile.unknown_field",
    ]
    assert _faults('name = "x"\n') == [("rulefile.unknown_field", None, "name")]
    assert _faults("rule = 3") == [("rulefile.not_tables", None, "rule")]


def test_a_text_that_is_not_toml() -> None:
    with pytest.raises(RuleFileError) as error:
        read("[[rule]\nid = 3")
    assert error.value.faults[0].case == "rulefile.syntax"
    assert "line 1" in error.value.faults[0].values["problem"]


@given(st.data())
def test_damaged_files_are_refused_or_read_and_never_crash(data: st.DataObject) -> None:
    """Shipped text with a slice taken out, doubled or replaced by noise."""
    start = data.draw(st.integers(0, len(DEFAULTS)))
    end = data.draw(st.integers(start, min(len(DEFAULTS), start + 200)))
    put = data.draw(st.one_of(st.just(""), text, st.just(DEFAULTS[start:end] * 2), st.sampled_from(NOISE)))
    several, faults = _outcome(DEFAULTS[:start] + put + DEFAULTS[end:])
    assert faults or read(write(several)) == several


plain = st.recursive(
    st.one_of(st.integers(), st.floats(), st.booleans(), text),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(name, inner, max_size=3)),
    max_leaves=5,
)
fields = st.sampled_from(
    [
        "id",
        "metric",
        "unit",
        "family",
        "condition",
        "warning",
        "critical",
        "scope",
        "keep",
        "no_data",
        "enabled",
        "version",
    ]
)


@given(st.dictionaries(fields, plain, max_size=6), st.sampled_from(["warning", "condition", "rule"]))
def test_values_of_any_kind_in_any_field(table: dict[str, object], where: str) -> None:
    whole: dict[str, object] = {"id": "A", "metric": "m", "unit": "u", "family": "fx"}
    whole |= {"warning": {"comparison": ">", "threshold": 1}} | table
    if where != "rule":
        whole[where] = {"comparison": ">", "threshold": 1, "kind": "change", "over": 1} | table
    several, faults = _outcome(tomli_w.dumps({"rule": [whole]}))
    assert several or all(fault.case.startswith("rulefile.") for fault in faults)
